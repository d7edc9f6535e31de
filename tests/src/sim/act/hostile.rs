//! What hostile phones try. They know their own keys, what any phone knows, and how statements are made.

use super::{Came, mangle};
use crate::chance::Chance;
use crate::sim::op::Who;
use crate::sim::violation::Violation;
use crate::sim::world::{World, secret};
use allkontor_core::document::{ActorId, StatementDocument};
use allkontor_core::envelope::Envelope;
use allkontor_core::id::{Digest, UnitId};
use allkontor_core::replica::ticket_number;
use allkontor_core::statement::{
    Arrive, Body, Cancel, Document, Header, Keypair, Request, Statement, Ticket, Verified, Wish,
};
use allkontor_core::time::{CivilMinute, Interval, OfficeDay};
use sha2::{Digest as _, Sha256};

/// Keys of a phone that are looked through for one with a ticket.
const KEYS: u32 = 12;
/// How often a flood asks.
const FLOOD: u16 = 24;
/// Turns after which a device has done what is due.
const TURNS: usize = 4;

/// A ticket of a phone's own, and the key that may use it.
#[derive(Clone)]
struct Pen {
    id: allkontor_core::id::StatementId,
    ticket: Ticket,
    document: Document,
    key: Keypair,
}

impl Pen {
    fn request(&self, slot: u8, version: u8, at: Interval, claimed: CivilMinute) -> Request {
        Request {
            event: None,
            ticket: self.id,
            slot,
            version,
            options: vec![vec![Wish::new(UnitId(1), at)]],
            any_equal: None,
            party: 1,
            claimed,
            accepts: None,
        }
    }
}

/// A file with these items, as any device could have written it: 1 is an envelope, 2 a statement.
pub(in crate::sim) fn bundle(office: [u8; 32], items: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::from(b"allkontor\0\0\x01".as_slice());
    out.extend(office);
    for (kind, bytes) in items {
        out.push(*kind);
        out.extend((bytes.len() as u32).to_be_bytes());
        out.extend(bytes);
    }
    out.push(0);
    let hash: [u8; 32] = Sha256::digest(&out).into();
    out.extend(hash);
    out
}

impl World {
    pub(super) fn trick(
        &mut self,
        who: Who,
        trick: u8,
        to: Who,
        salt: u64,
    ) -> Result<Came, Violation> {
        if who == to || !self.nodes.contains_key(&who) || !self.nodes.contains_key(&to) {
            return Ok(Came::Nothing);
        }
        if let Some(node) = self.nodes.get_mut(&who) {
            node.is_faithless = true;
        }
        let mut chance = Chance(salt);
        match trick % 8 {
            0 => self.harmless(to, |world| world.noise(to, &mut chance)),
            1 => {
                let Some(mut file) = self.on(who, &[], |device, now| device.export_file(now))?
                else {
                    return Ok(Came::Nothing);
                };
                mangle(&mut file, &mut chance);
                self.harmless(to, |world| world.read(to, &file))
            }
            2 => {
                let thefts = self.thefts(who, &mut chance)?;
                self.harmless(to, |world| world.tell(to, &thefts))
            }
            3 => {
                let forged = self.forge(who, &mut chance);
                self.harmless(to, |world| world.read(to, &forged))
            }
            _ => self.abuse(who, trick, to, &mut chance),
        }
    }

    /// Tries something that must change nothing, on a device that has done what is due.
    fn harmless(
        &mut self,
        to: Who,
        attempt: impl FnOnce(&mut Self) -> Result<(), Violation>,
    ) -> Result<Came, Violation> {
        self.counts.add("harmless tricks", 1);
        let Some(before) = self.at_rest(to)? else {
            attempt(self)?;
            return Ok(Came::Done);
        };
        attempt(self)?;
        let after = self.on(to, &[], |device, _| device.digest())?;
        if after.is_some_and(|after| after != before) {
            let name = self.nodes.get(&to).map_or("", |node| node.name);
            return Err(Violation::new(
                "a stranger changed the office's picture",
                name,
            ));
        }
        Ok(Came::Done)
    }

    /// What a device makes of the office when it has done what is due; `None` when its machine fails.
    fn at_rest(&mut self, who: Who) -> Result<Option<Digest>, Violation> {
        let mut last = None;
        for _ in 0..TURNS {
            let now = self.on(who, &[], |device, now| {
                device.tick(now)?;
                device.digest()
            })?;
            if now.is_none() || now == last {
                return Ok(now);
            }
            last = now;
        }
        Ok(None)
    }

    fn read(&mut self, who: Who, file: &[u8]) -> Result<(), Violation> {
        self.on(who, &["not_a_bundle"], |device, now| {
            device.import_file(now, file)
        })?;
        Ok(())
    }

    fn tell(&mut self, who: Who, statements: &[Verified]) -> Result<(), Violation> {
        let items: Vec<_> = statements.iter().map(|s| (2, s.bytes().to_vec())).collect();
        let file = bundle(self.office.0, &items);
        self.read(who, &file)
    }

    /// Random bytes through every door.
    fn noise(&mut self, to: Who, chance: &mut Chance) -> Result<(), Violation> {
        let length = chance.below(600);
        let bytes: Vec<u8> = (0..length).map(|_| chance.below(256) as u8).collect();
        self.on(to, &["not_a_card"], |device, now| {
            device.scan_card(now, &bytes)
        })?;
        self.read(to, &bytes)?;
        self.on(to, &["session_failed"], |device, now| {
            let connection = device.accept(now)?;
            device.receive(now, connection, &bytes)?;
            device.disconnect(now, connection)
        })?;
        Ok(())
    }

    /// A phone's own tickets, as far as it has heard of them.
    fn pens(&mut self, who: Who) -> Result<Vec<Pen>, Violation> {
        let Some(key) = self.nodes.get(&who).map(|node| node.key.clone()) else {
            return Ok(Vec::new());
        };
        let keys = |document: Document| -> Vec<Keypair> {
            let numbers = (0..KEYS).map(|n| ticket_number(document, 0, n));
            numbers.map(|number| key.derive("ticket", number)).collect()
        };
        let found = self.on(who, &[], |device, _| {
            let picture = device.picture()?;
            let folds = picture
                .documents()
                .into_iter()
                .filter_map(|document| picture.fold(document));
            let tickets = folds.flat_map(|fold| {
                let (document, keys) = (fold.document(), keys(fold.document()));
                fold.resolved()
                    .tickets
                    .iter()
                    .map(move |(id, record)| (document, keys.clone(), *id, record.ticket.clone()))
            });
            let mine = tickets.filter_map(|(document, keys, id, ticket)| {
                let key = keys.iter().find(|key| key.public() == ticket.key)?.clone();
                Some(Pen {
                    id,
                    ticket,
                    document,
                    key,
                })
            });
            Ok(mine.collect::<Vec<_>>())
        })?;
        Ok(found.unwrap_or_default())
    }

    fn sign(&self, key: &Keypair, document: Document, body: impl Into<Body>) -> Option<Verified> {
        let header = Header::standalone(self.office, document);
        key.sign(Statement {
            header,
            body: body.into(),
        })
        .ok()
    }

    /// Cancels, moves and arrives for everybody else's bookings, with a key that is not theirs.
    fn thefts(&mut self, who: Who, chance: &mut Chance) -> Result<Vec<Verified>, Violation> {
        let (now, pens) = (self.civil(), self.pens(who)?);
        let thief = Keypair::from_seed(&secret(chance.bits(), "thief"));
        let own = pens.first().map_or(thief, |pen| pen.key.clone());
        let mine: Vec<_> = pens.iter().map(|pen| pen.id).collect();
        let others = self.on(who, &[], |device, _| {
            let picture = device.picture()?;
            let folds = picture
                .documents()
                .into_iter()
                .filter_map(|document| picture.fold(document));
            let slots = folds.flat_map(|fold| {
                fold.resolved()
                    .slots
                    .keys()
                    .map(move |key| (fold.document(), *key))
            });
            Ok(slots
                .filter(|(_, key)| !mine.contains(&key.ticket))
                .take(12)
                .collect::<Vec<_>>())
        })?;
        let mut said = Vec::new();
        for (document, key) in others.unwrap_or_default() {
            let (ticket, slot) = (key.ticket, key.slot);
            let body = match chance.below(3) {
                0 => Body::from(Cancel {
                    ticket,
                    slot,
                    version: 15,
                }),
                1 => Body::from(Arrive {
                    ticket,
                    slot,
                    claimed: now,
                }),
                _ => {
                    let at = popular(now, chance);
                    let options = vec![vec![Wish::new(UnitId(1), at)]];
                    let (any_equal, party, claimed) = (None, 1, now);
                    Request {
                        event: None,
                        ticket,
                        slot,
                        version: 15,
                        options,
                        any_equal,
                        party,
                        claimed,
                        accepts: None,
                    }
                    .into()
                }
            };
            said.extend(self.sign(&own, document, body));
        }
        Ok(said)
    }

    /// A ticket that the phone signs for itself, a booking with it, and an envelope that nobody vouches for.
    fn forge(&mut self, who: Who, chance: &mut Chance) -> Vec<u8> {
        let (now, document) = (self.civil(), self.ledger());
        let Some(forger) = self.nodes.get(&who).map(|node| node.key.clone()) else {
            return Vec::new();
        };
        let stamp = now.floor_to(15);
        let ticket = Ticket {
            serial: [7; 16],
            key: forger.public(),
            decider: forger.public(),
            uses: Vec::new(),
            slots: 9,
            stamp,
            expires: stamp.saturating_plus(1_440),
            introduced: None,
        };
        let Some(ticket) = self.sign(&forger, document, ticket.clone()) else {
            return Vec::new();
        };
        let at = popular(now, chance);
        let options = vec![vec![Wish::new(UnitId(1), at)]];
        let (slot, version, any_equal, party, claimed) = (0, 0, None, 1, now);
        let request = Request {
            event: None,
            ticket: ticket.id(),
            slot,
            version,
            options,
            any_equal,
            party,
            claimed,
            accepts: None,
        };
        let request = self.sign(&forger, document, request);
        let statements: Vec<Verified> = [Some(ticket), request].into_iter().flatten().collect();
        let mut items: Vec<(u8, Vec<u8>)> =
            statements.iter().map(|s| (2, s.bytes().to_vec())).collect();
        let day = OfficeDay::of(now, Default::default());
        let actor = ActorId::derive(day, forger.public(), document, 0);
        let change = StatementDocument::new(document).append(actor, now, &statements);
        let envelope = change
            .ok()
            .and_then(|change| Envelope::new(self.office, document, vec![change]).ok());
        let signed = envelope.and_then(|envelope| envelope.sign(&forger).ok());
        items.extend(signed.map(|signed| (1, signed.bytes().to_vec())));
        bundle(self.office.0, &items)
    }

    /// What a ticket's owner may say, and should not.
    fn abuse(
        &mut self,
        who: Who,
        trick: u8,
        to: Who,
        chance: &mut Chance,
    ) -> Result<Came, Violation> {
        let (now, pens) = (self.civil(), self.pens(who)?);
        let Some(pen) = Self::nth(&pens, chance.below(256) as u8) else {
            return Ok(Came::Nothing);
        };
        self.counts.add("abuses", 1);
        let at = popular(now, chance);
        let slot = chance.below(usize::from(pen.ticket.slots)) as u8;
        let lie = |claimed: CivilMinute, slot: u8| Body::from(pen.request(slot, 0, at, claimed));
        let bodies: Vec<Body> = match trick % 8 {
            // Clocks that nobody has, slots that nobody was given.
            4 => vec![
                lie(now.saturating_plus(-3 * 1_440), slot),
                lie(now.saturating_plus(6 * 1_440), slot),
                lie(pen.ticket.expires.saturating_plus(1), slot),
                lie(now, pen.ticket.slots),
            ],
            // The same version over and over.
            5 => (0..FLOOD)
                .map(|n| {
                    let party = n + 1;
                    Request {
                        party,
                        ..pen.request(slot, (n % 16) as u8, at, now)
                    }
                    .into()
                })
                .collect(),
            // Withdrawn before it was asked for, twice.
            6 => {
                let (ticket, version) = (pen.id, 15);
                let early = Cancel {
                    ticket,
                    slot,
                    version: 3,
                };
                vec![
                    early.into(),
                    Cancel {
                        ticket,
                        slot,
                        version,
                    }
                    .into(),
                    lie(now, slot),
                ]
            }
            // Two stories for two devices.
            _ => {
                let other = pen.request(slot, 0, popular(now, chance), now);
                let other: Vec<_> = self
                    .sign(&pen.key, pen.document, other)
                    .into_iter()
                    .collect();
                let stewards: Vec<Who> = self
                    .nodes
                    .keys()
                    .copied()
                    .filter(|w| *w != to && *w != who)
                    .collect();
                if let Some(third) = Self::nth(&stewards, chance.below(256) as u8) {
                    self.tell(third, &other)?;
                }
                vec![lie(now, slot)]
            }
        };
        let said: Vec<Verified> = bodies
            .into_iter()
            .filter_map(|body| self.sign(&pen.key, pen.document, body))
            .collect();
        self.tell(to, &said)?;
        Ok(Came::Done)
    }
}

/// A time that many want.
pub(in crate::sim) fn popular(now: CivilMinute, chance: &mut Chance) -> Interval {
    let midnight = now.saturating_plus(-now.get().rem_euclid(1_440));
    let start = midnight.saturating_plus(1_440 + 9 * 60 + 30 * chance.below(8) as i32);
    Interval::new(start, start.saturating_plus(60)).expect("an hour")
}
