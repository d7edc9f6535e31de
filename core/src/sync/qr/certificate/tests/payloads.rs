//! The other payloads of codes.

use super::super::*;
use super::{Story, key};
use crate::sync::qr::{Invite, RequestCard, Slip};

#[test]
fn a_request_card_carries_a_ticket_and_what_its_holder_says() {
    let told = Story::default().told();
    let card = RequestCard::new([told.request.clone(), told.ticket.clone()]).unwrap();
    assert_eq!(
        card.statements(),
        [told.ticket.clone(), told.request.clone()]
    );
    let payload = card.to_bytes();
    assert!(payload.len() < 700, "{} bytes", payload.len());
    assert_eq!(RequestCard::from_bytes(&payload), Ok(card));
    let refused = |statements: Vec<Verified>| RequestCard::new(statements).unwrap_err().to_string();
    assert_eq!(
        refused(vec![told.ticket.clone(), told.confirm.clone()]),
        format!(
            "statement {} is a Confirm: a request card carries a ticket and what its holder says",
            told.confirm.id()
        )
    );
    let bo = Story {
        anna: key(6),
        ..Story::default()
    }
    .told();
    assert_eq!(
        refused(vec![told.ticket.clone(), bo.request.clone()]),
        format!(
            "statement {} is not of the ticket on the card, or not signed by its holder",
            bo.request.id()
        )
    );
    assert_eq!(
        refused(vec![bo.request.clone(); 17]),
        "card has 17 statements: the limit is 16 beside the ticket"
    );
    assert_eq!(
        refused(vec![bo.request.clone(); 13]),
        "payload is 3177 bytes: a QR code holds 2953"
    );
    for at in 0..payload.len() {
        let mut changed = payload.clone();
        changed[at] ^= 1;
        assert!(RequestCard::from_bytes(&changed).is_err(), "byte {at}");
    }
}

#[test]
fn payloads_are_told_apart() {
    let told = Story::default().told();
    let slip = Slip {
        seed: [3; 16],
        ticket: told.ticket.id(),
    };
    assert_eq!(Slip::from_bytes(&slip.to_bytes()), Ok(slip.clone()));
    assert_eq!(slip.key().public(), Slip::key_of(&[3; 16]).public());
    let invite = Invite {
        office: told.office,
        name: "å".repeat(100),
    };
    let read = Invite::from_bytes(&invite.to_bytes()).unwrap();
    assert_eq!((read.office, read.name), (told.office, "å".repeat(60)));
    let card = RequestCard::new([told.ticket.clone()]).unwrap();
    let kinds = [
        slip.to_bytes(),
        invite.to_bytes(),
        card.to_bytes(),
        told.build().unwrap().to_bytes(),
        vec![1, 2, 3],
    ];
    assert_eq!(
        kinds.map(|payload| QrKind::of(&payload)),
        [
            Some(QrKind::Slip),
            Some(QrKind::Invite),
            Some(QrKind::RequestCard),
            Some(QrKind::Certificate),
            None
        ]
    );
    let error = Invite::from_bytes(&slip.to_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "payload is of kind 4: expected an invitation"
    );
}
