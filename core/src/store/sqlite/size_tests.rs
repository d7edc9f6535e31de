//! How much larger the store is than the statements in it.

use super::SqliteStore;
use crate::document::{ActorId, StatementDocument};
use crate::envelope::Envelope;
use crate::id::{OfficeId, StatementId, UnitId};
use crate::statement::{
    Arrive, Body, CheckIn, Confirm, Document, Header, Hold, Keypair, Link, Request, Statement,
    Ticket, Verified, Wish,
};
use crate::store::{Batch, Operation, Store as _, digest};
use crate::time::{CivilMinute, Interval, OfficeDay};
use std::collections::VecDeque;

const OFFICE: OfficeId = OfficeId([0x0f; 32]);
const YEAR: Document = Document::Storage(2026);

/// A steward with its chain.
struct Steward {
    keys: Keypair,
    last: Link,
}

impl Steward {
    fn says(&mut self, body: impl Into<Body>) -> Verified {
        let header = Header::linked(OFFICE, YEAR, self.last);
        let body = body.into();
        let said = self.keys.sign(Statement { header, body }).unwrap();
        self.last.seq += 1;
        self.last.prev = Some(said.id());
        said
    }
}

fn alone(keys: &Keypair, body: impl Into<Body>) -> Verified {
    let header = Header::standalone(OFFICE, YEAR);
    let body = body.into();
    keys.sign(Statement { header, body }).unwrap()
}

/// Random enough, the same every time.
fn draw(n: u64, below: u64) -> u64 {
    let bytes = digest(&n.to_be_bytes()).0;
    u64::from_be_bytes(bytes[..8].try_into().unwrap()) % below
}

/// The statements of one booking: asked and confirmed at once, checked in later.
fn booking(n: u64, steward: &mut Steward) -> ([Verified; 3], Vec<Verified>) {
    let visitor = Keypair::from_seed(&digest(&[&b"visitor"[..], &n.to_be_bytes()[..]].concat()).0);
    let now = CivilMinute::new(13_800_000 + n as i64 * 3).unwrap();
    let start = now.plus(60 * draw(n, 400) as i32).unwrap().floor_to(15);
    let end = start.plus(30 + 15 * draw(n + 1, 12) as i32).unwrap();
    let (unit, interval) = (
        UnitId(draw(n + 2, 60) as u32),
        Interval::new(start, end).unwrap(),
    );
    let mut serial = [0; 16];
    serial.copy_from_slice(&digest(&n.to_le_bytes()).0[..16]);
    let ticket = alone(
        &steward.keys,
        Ticket {
            serial,
            key: visitor.public(),
            decider: steward.keys.public(),
            uses: Vec::new(),
            slots: 1,
            stamp: now.floor_to(15),
            expires: now.floor_to(15).plus(1_440).unwrap(),
            introduced: None,
        },
    );
    let options = vec![vec![Wish { unit, interval }]];
    let request = alone(
        &visitor,
        Request {
            event: None,
            ticket: ticket.id(),
            slot: 0,
            version: 0,
            options,
            any_equal: None,
            party: 1 + draw(n + 3, 4) as u16,
            claimed: now,
            accepts: None,
        },
    );
    let holds = vec![Hold::new(unit, interval, 0, 15)];
    let confirm = steward.says(Confirm {
        request: request.id(),
        holds,
        ends: None,
    });
    let mut later = vec![steward.says(CheckIn {
        confirm: confirm.id(),
    })];
    if draw(n + 4, 2) == 0 {
        let arrive = Arrive {
            ticket: ticket.id(),
            slot: 0,
            claimed: start,
        };
        later.insert(0, alone(&visitor, arrive));
    }
    ([ticket, request, confirm], later)
}

/// Size on disk over zstd-3 of the statements in the order of their ids.
fn ratio(bookings: u64) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(folder.path().join("office.db")).unwrap();
    let mut stewards: Vec<Steward> = (0..3u8)
        .map(|n| {
            let first = Some(StatementId([n; 32]));
            let last = Link {
                seq: 0,
                prev: first,
                auth: Some(StatementId([9; 32])),
            };
            Steward {
                keys: Keypair::from_seed(&[n; 32]),
                last,
            }
        })
        .collect();
    let mut document = StatementDocument::new(YEAR);
    let (mut queue, mut later) = (VecDeque::new(), VecDeque::new());
    let (mut all, mut batch, mut envelopes) = (Vec::new(), Batch::new(), 0u64);
    for n in 0..bookings {
        let who = draw(n + 5, 3) as usize;
        let (now, then) = booking(n, &mut stewards[who]);
        queue.extend(now);
        later.push_back(then);
        if later.len() > 100 {
            queue.extend(later.pop_front().unwrap());
        }
        while queue.len() >= 5 {
            let received: Vec<Verified> = queue.drain(..2 + draw(envelopes, 4) as usize).collect();
            let minute = CivilMinute::new(13_800_000 + n as i64 * 3).unwrap();
            let day = OfficeDay::of(minute, Default::default());
            let keys = &stewards[draw(envelopes + 7, 3) as usize].keys;
            let actor = ActorId::derive(day, keys.public(), YEAR, 0);
            let change = document.append(actor, minute, &received).unwrap();
            let envelope = Envelope::new(OFFICE, YEAR, vec![change])
                .unwrap()
                .sign(keys)
                .unwrap();
            batch.push(Operation::PutEnvelope {
                document: YEAR,
                bytes: envelope.bytes().to_vec(),
            });
            all.extend(received);
            envelopes += 1;
        }
        if batch.operations().len() >= 500 {
            store.commit(&std::mem::take(&mut batch)).unwrap();
        }
    }
    store.commit(&batch).unwrap();
    store.compact(YEAR).unwrap();
    store.compact(YEAR).unwrap();
    all.sort();
    let plain: Vec<u8> = all
        .iter()
        .flat_map(|statement| statement.bytes().to_vec())
        .collect();
    let bare = zstd::bulk::compress(&plain, 3).unwrap().len() as f64;
    let size = store.size_on_disk().unwrap() as f64;
    size / bare
}

#[test]
fn a_compacted_store_is_at_most_three_tenths_larger_than_its_compressed_statements() {
    let ratio = ratio(4_000);
    assert!(ratio < 1.3, "{ratio}");
}
