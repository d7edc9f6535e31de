//! Certificates that show nothing, each with its reason.

use super::super::*;
use super::{Story, Told, at, hold, key, wish};
use crate::id::ClassId;
use crate::statement::AnyEqual;

#[test]
fn what_does_not_belong_together_is_refused_with_the_reason() {
    let refused = |story: Story| story.told().refused();
    let story = Story::default;
    assert_eq!(
        refused(Story { slot: 2, ..story() }),
        "the request is for a booking that the ticket does not allow"
    );
    assert_eq!(
        refused(Story {
            claimed: at(21),
            ..story()
        }),
        "the request was made after the ticket expired"
    );
    let other = vec![hold(wish(7, 10, 11))];
    let told = "the confirmation holds other times or units than were asked for";
    assert_eq!(
        refused(Story {
            holds: other.clone(),
            ..story()
        }),
        told
    );
    assert_eq!(
        refused(Story {
            holds: vec![hold(wish(8, 9, 10))],
            ..story()
        }),
        told
    );
    let half_of_an_option = vec![hold(wish(7, 11, 12))];
    assert_eq!(
        refused(Story {
            holds: half_of_an_option,
            ..story()
        }),
        told
    );
    let twice = vec![wish(7, 9, 10), wish(7, 9, 10)];
    assert_eq!(
        refused(Story {
            options: vec![twice.clone()],
            holds: twice.into_iter().map(hold).collect(),
            ..story()
        }),
        "the confirmation holds one place twice"
    );
    let december = Document::ledger_of(crate::time::OfficeDay::from_ymd(2026, 12, 1).unwrap());
    assert_eq!(
        refused(Story {
            document: december,
            ..story()
        }),
        "the confirmation holds a time outside its document"
    );
    assert_eq!(
        refused(Story {
            kiosk_role: Role::Other(9),
            ..story()
        }),
        format!("device {} is not certified for confirming", key(3).public())
    );
    let equal = Some(AnyEqual {
        class: ClassId(1),
        needs: Vec::new(),
    });
    let equal = Story {
        any_equal: equal,
        holds: vec![hold(wish(99, 9, 10))],
        ..story()
    };
    assert!(
        equal.told().build().is_ok(),
        "an equal unit at the same time is what was asked for"
    );

    let (told, other) = (
        Story::default().told(),
        Story {
            slot: 1,
            ..Story::default()
        }
        .told(),
    );
    let mixed = Told {
        confirm: other.confirm,
        ..told
    };
    assert_eq!(mixed.refused(), "the confirmation is of another request");
    let (told, bo) = (
        Story::default().told(),
        Story {
            anna: key(6),
            ..Story::default()
        }
        .told(),
    );
    assert_eq!(
        Told {
            ticket: bo.ticket,
            ..told
        }
        .refused(),
        "the request names another ticket"
    );
    let told = Story::default().told();
    let swapped = Told {
        ticket: told.request.clone(),
        ..told
    };
    assert_eq!(
        swapped.refused(),
        format!(
            "statement {} is a Request: expected a Ticket",
            swapped.ticket.id()
        )
    );
    let no_certificate = Told {
        chain: swapped.chain[..1].to_vec(),
        ..Story::default().told()
    };
    assert_eq!(
        no_certificate.refused(),
        format!("device {} is not certified for confirming", key(3).public())
    );
}

#[test]
fn another_office_is_named() {
    let told = Story::default().told();
    let payload = told.build().unwrap().to_bytes();
    let ours = OfficeId([8; 32]);
    let expected = format!("certificate is of office {}: expected {ours}", told.office);
    assert_eq!(
        Certificate::verify(&payload, ours).unwrap_err().to_string(),
        expected
    );
}

#[test]
fn no_byte_can_be_changed() {
    let told = Story::default().told();
    let payload = told.build().unwrap().to_bytes();
    for at in 0..payload.len() {
        for flip in [1, 0x10, 0x80] {
            let mut changed = payload.clone();
            changed[at] ^= flip;
            assert!(
                Certificate::verify(&changed, told.office).is_err(),
                "byte {at}"
            );
        }
        assert!(
            Certificate::verify(&payload[..at], told.office).is_err(),
            "cut at {at}"
        );
    }
}

#[test]
fn an_admin_chain_that_no_code_has_room_for_is_not_read() {
    let chain = vec![Bytes(b"statement"[..].into()); MAX_KEY_CHAIN + 1];
    let mut fields = QrKind::Certificate.fields();
    fields.put(10, &chain);
    let error = Certificate::verify(&fields.into_bytes(), OfficeId([7; 32])).unwrap_err();
    let words = "admin key chain has 17 statements: the limit is 16";
    assert_eq!(error.to_string(), words);
}
