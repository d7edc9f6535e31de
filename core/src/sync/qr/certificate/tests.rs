use super::*;
use crate::id::{ClassId, UnitId};
use crate::statement::{
    AnyEqual, Certify, Genesis, HandOver, Header, Keypair, Link, Replace, Statement, Wish,
};
use crate::sync::qr::{Invite, RequestCard, Slip, svg};
use crate::time::{CivilMinute, Interval};

/// An office with a kiosk and a desk, and one booking that the kiosk confirmed. Tests change what they doubt.
struct Story {
    admin: Keypair,
    recovery: Keypair,
    kiosk: Keypair,
    desk: Keypair,
    anna: Keypair,
    document: Document,
    options: Vec<Vec<Wish>>,
    any_equal: Option<AnyEqual>,
    holds: Vec<Hold>,
    slot: u8,
    claimed: CivilMinute,
    ticket_by_desk: bool,
    kiosk_role: Role,
}

fn key(n: u8) -> Keypair {
    Keypair::from_seed(&[n; 32])
}

fn at(hour: u32) -> CivilMinute {
    CivilMinute::from_ymd_hm(2026, 11, 24, hour, 0).unwrap()
}

fn wish(unit: u32, from: u32, to: u32) -> Wish {
    Wish::new(UnitId(unit), Interval::new(at(from), at(to)).unwrap())
}

fn hold(wish: Wish) -> Hold {
    Hold::new(wish.unit, wish.interval, 0, 15)
}

impl Default for Story {
    fn default() -> Self {
        Self {
            admin: key(1),
            recovery: key(2),
            kiosk: key(3),
            desk: key(4),
            anna: key(5),
            document: Document::ledger_of(crate::time::OfficeDay::from_ymd(2026, 11, 24).unwrap()),
            options: vec![vec![wish(7, 9, 10)], vec![wish(7, 11, 12), wish(8, 11, 12)]],
            any_equal: None,
            holds: vec![hold(wish(7, 9, 10))],
            slot: 0,
            claimed: at(8),
            ticket_by_desk: false,
            kiosk_role: Role::Kiosk,
        }
    }
}

struct Told {
    office: OfficeId,
    chain: Vec<Verified>,
    ticket: Verified,
    request: Verified,
    confirm: Verified,
}

impl Story {
    fn genesis(&self) -> Verified {
        let genesis = Genesis {
            admin: self.admin.public(),
            recovery: self.recovery.public(),
            zone: "Europe/Stockholm".to_owned(),
            day_start: DayStart::default(),
            salt: [9; 32],
            rules: 1,
        };
        self.admin
            .sign(Statement {
                header: Header::GENESIS,
                body: genesis.into(),
            })
            .unwrap()
    }

    fn next(by: &Keypair, chain: &mut Vec<Verified>, body: impl Into<Body>) {
        let (genesis, last) = (chain[0].id(), chain.last().unwrap());
        let link = Link {
            seq: chain.len() as u32,
            prev: Some(last.id()),
            auth: None,
        };
        let header = Header::linked(genesis.into(), Document::Authority, link);
        chain.push(
            by.sign(Statement {
                header,
                body: body.into(),
            })
            .unwrap(),
        );
    }

    fn certify(&self, chain: &mut Vec<Verified>, by: &Keypair) {
        for (device, role) in [(&self.kiosk, self.kiosk_role), (&self.desk, Role::Staff)] {
            Self::next(
                by,
                chain,
                Certify {
                    device: device.public(),
                    role,
                },
            );
        }
    }

    fn told(&self) -> Told {
        let mut chain = vec![self.genesis()];
        self.certify(&mut chain, &self.admin);
        self.told_after(chain)
    }

    fn told_after(&self, chain: Vec<Verified>) -> Told {
        let office = OfficeId::from(chain[0].id());
        let here = Header::standalone(office, self.document);
        let sign = |by: &Keypair, header, body: Body| by.sign(Statement { header, body }).unwrap();
        let ticket = Ticket {
            serial: [6; 16],
            key: self.anna.public(),
            decider: self.kiosk.public(),
            uses: vec![ClassId(1)],
            slots: 2,
            stamp: at(8),
            expires: at(20),
            introduced: None,
        };
        let issuer = if self.ticket_by_desk {
            &self.desk
        } else {
            &self.kiosk
        };
        let ticket = sign(issuer, here, ticket.into());
        let request = Request {
            event: None,
            ticket: ticket.id(),
            slot: self.slot,
            version: 0,
            options: self.options.clone(),
            any_equal: self.any_equal.clone(),
            party: 2,
            claimed: self.claimed,
            accepts: None,
        };
        let request = sign(&self.anna, here, request.into());
        let link = Link {
            seq: 0,
            prev: Some(chain[1].id()),
            auth: Some(chain.last().unwrap().id()),
        };
        let confirm = Confirm {
            request: request.id(),
            holds: self.holds.clone(),
            ends: None,
        };
        let confirm = sign(
            &self.kiosk,
            Header::linked(office, self.document, link),
            confirm.into(),
        );
        Told {
            office,
            chain,
            ticket,
            request,
            confirm,
        }
    }
}

impl Told {
    fn build(&self) -> Result<Certificate, CertificateError> {
        Certificate::build(
            self.chain.clone(),
            &self.ticket,
            &self.request,
            &self.confirm,
        )
    }

    fn refused(&self) -> String {
        self.build().unwrap_err().to_string()
    }
}

#[test]
fn the_usual_certificate_fits_1600_bytes_and_shows_the_promise() {
    let story = Story::default();
    let told = story.told();
    let payload = told.build().unwrap().to_bytes();
    assert!(payload.len() <= 1_600, "{} bytes", payload.len());
    assert!(payload.len() > 1_000, "{} bytes", payload.len());
    let promise = Certificate::verify(&payload, told.office).unwrap();
    assert_eq!(
        (
            promise.device,
            promise.role,
            promise.key,
            promise.slot,
            promise.party
        ),
        (story.kiosk.public(), Role::Kiosk, story.anna.public(), 0, 2)
    );
    assert_eq!(
        (promise.holds, promise.confirm, promise.ticket),
        (story.holds, told.confirm.id(), told.ticket.id())
    );
    assert!(svg(&payload).unwrap().contains("<path"));
    let with_second_device = Story {
        ticket_by_desk: true,
        ..Story::default()
    }
    .told()
    .build()
    .unwrap()
    .to_bytes();
    assert!(
        with_second_device.len() <= 1_600,
        "{} bytes",
        with_second_device.len()
    );
}

#[test]
fn the_admin_key_may_have_changed_hands() {
    let story = Story::default();
    let (second, third) = (key(21), key(22));
    let mut chain = vec![story.genesis()];
    Story::next(
        &story.admin,
        &mut chain,
        HandOver {
            admin: second.public(),
        },
    );
    let kept = chain[1].id();
    Story::next(
        &story.recovery,
        &mut chain,
        Replace {
            admin: third.public(),
            keeps: kept,
        },
    );
    story.certify(&mut chain, &third);
    Story::next(
        &third,
        &mut chain,
        HandOver {
            admin: second.public(),
        },
    );
    let told = story.told_after(chain);
    let payload = told.build().unwrap().to_bytes();
    assert!(Certificate::verify(&payload, told.office).is_ok());
    // The first admin's certificates no longer count.
    let mut chain = vec![story.genesis()];
    Story::next(
        &story.admin,
        &mut chain,
        HandOver {
            admin: second.public(),
        },
    );
    story.certify(&mut chain, &story.admin);
    let told = story.told_after(chain);
    let expected = format!(
        "statement {} (Certify) does not continue the admin key's chain",
        told.chain[2].id()
    );
    assert_eq!(told.refused(), expected);
}

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
fn an_admin_chain_that_no_code_has_room_for_is_not_read() {
    let chain = vec![Bytes(b"statement"[..].into()); MAX_KEY_CHAIN + 1];
    let mut fields = QrKind::Certificate.fields();
    fields.put(10, &chain);
    let error = Certificate::verify(&fields.into_bytes(), OfficeId([7; 32])).unwrap_err();
    let words = "admin key chain has 17 statements: the limit is 16";
    assert_eq!(error.to_string(), words);
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
