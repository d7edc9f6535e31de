//! One statement of every kind, with every optional field; and the sparsest of those that can do with less.

mod authority;
mod commons;
mod event;
mod money;
mod people;
mod rental;
mod sparse;
mod steward;
mod visitor;

pub use authority::{genesis, revoke};
pub use commons::{answer, is_of_commons, words};
pub use event::{edit, propose};
pub use money::{charge, correction, deposit, refund, settle};
pub use people::key_copies;
pub use rental::{carry, code};
pub use sparse::sparse;
pub use steward::confirm;
pub use visitor::{request, ticket};

use allkontor_core::id::{OfficeId, PublicKey, StatementId};
use allkontor_core::statement::{Body, Document, Header, Keypair, Kind, Link, Statement, Verified};
use allkontor_core::time::{CivilMinute, Interval, Month};

pub const LEDGER: i32 = 2026;

pub fn key(n: u8) -> Keypair {
    Keypair::from_seed(&[n; 32])
}

pub fn public(n: u8) -> PublicKey {
    key(n).public()
}

pub fn id(n: u8) -> StatementId {
    StatementId([n; 32])
}

pub fn office() -> OfficeId {
    OfficeId([0xaf; 32])
}

/// A minute of 24 November 2026.
pub fn at(hour: u32, minute: u32) -> CivilMinute {
    CivilMinute::from_ymd_hm(2026, 11, 24, hour, minute).unwrap()
}

pub fn hours(from: u32, to: u32) -> Interval {
    Interval::new(at(from, 0), at(to, 0)).unwrap()
}

pub fn november() -> Document {
    Document::Ledger(Month::new(LEDGER, 11).unwrap())
}

pub fn roster() -> Document {
    Document::Roster(Month::new(LEDGER, 11).unwrap())
}

/// A body where its kind stands: the admin chain, a steward's chain in November's ledger, or no chain.
pub fn placed(body: impl Into<Body>) -> Statement {
    let body = body.into();
    let header = match body.kind() {
        _ if matches!(body, Body::Genesis(_)) => Header::GENESIS,
        Kind::Authority => Header::linked(
            office(),
            Document::Authority,
            Link {
                seq: 7,
                prev: Some(id(0x70)),
                auth: None,
            },
        ),
        Kind::Steward | Kind::Money | Kind::People | Kind::Commons | Kind::Roster => {
            Header::linked(
                office(),
                match body.kind() {
                    Kind::Money => Document::Till(LEDGER as u16),
                    Kind::People => Document::People(LEDGER as u16),
                    Kind::Commons => Document::Commons(LEDGER as u16),
                    Kind::Roster => roster(),
                    _ => november(),
                },
                Link {
                    seq: 300,
                    prev: Some(id(0x71)),
                    auth: Some(id(0x72)),
                },
            )
        }
        Kind::Visitor if is_of_commons(&body) => {
            Header::standalone(office(), Document::Commons(LEDGER as u16))
        }
        Kind::Visitor | Kind::Unknown => Header::standalone(office(), november()),
    };
    Statement { header, body }
}

/// Every kind once, in the order of their numbers, with every optional field.
pub fn full() -> Vec<Statement> {
    let mut bodies = [
        authority::full(),
        visitor::full(),
        steward::full(),
        money::full(),
        rental::full(),
        event::full(),
        people::full(),
        commons::full(),
    ]
    .concat();
    bodies.sort_by_key(Body::number);
    let mut all: Vec<Statement> = bodies.into_iter().map(placed).collect();
    all.iter_mut()
        .filter(|s| s.header != Header::GENESIS)
        .for_each(|s| s.header.critical = true);
    all
}

/// All samples, each signed by one of eight keys.
pub fn signed() -> Vec<Verified> {
    let all = full().into_iter().chain(sparse());
    all.zip((1..=8).cycle())
        .map(|(statement, n)| key(n).sign(statement).unwrap())
        .collect()
}
