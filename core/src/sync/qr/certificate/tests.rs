mod payloads;
mod refused;

use super::*;
use crate::id::{ClassId, UnitId};
use crate::statement::{
    AnyEqual, Certify, Genesis, HandOver, Header, Keypair, Link, Replace, Statement, Wish,
};
use crate::sync::qr::svg;
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
