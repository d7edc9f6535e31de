//! What a steward gone bad signs: it is certified, knows everything its engine knows, and means harm.

use super::Came;
use super::hostile::{bundle, popular};
use crate::chance::Chance;
use crate::sim::op::Who;
use crate::sim::violation::Violation;
use crate::sim::world::World;
use allkontor_core::document::{ActorId, Change, ChangeParts, StatementDocument};
use allkontor_core::envelope::{Envelope, SignedEnvelope};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::replica::Replica;
use allkontor_core::resolve::Fold;
use allkontor_core::statement::{
    Body, Cause, CellRange, Certify, CheckIn, Confirm, Decline, Document, Give, Header, Hold,
    Keypair, Link, Pass, Release, Role, Statement, Take, Ticket, Verified,
};
use allkontor_core::sync::{Incoming, file};
use allkontor_core::time::{CivilMinute, DayStart, Month, OfficeDay};

/// What it knows when it strikes.
struct Rogue<'a> {
    key: &'a Keypair,
    fold: &'a Fold,
    now: CivilMinute,
    chance: Chance,
}

impl World {
    /// A steward signs what its engine would not, and tells it to one device and its own.
    pub(super) fn go_rogue(
        &mut self,
        who: Who,
        trick: u8,
        to: Who,
        salt: u64,
    ) -> Result<Came, Violation> {
        // Whoever holds the admin key is the office: nobody is safe from that but by the recovery key.
        if who == 0 || who == to || !self.nodes.contains_key(&to) {
            return Ok(Came::Nothing);
        }
        let Some(node) = self
            .nodes
            .get_mut(&who)
            .filter(|node| node.part.is_of_the_office())
        else {
            return Ok(Came::Nothing);
        };
        let key = node.key.clone();
        self.faithless.insert(key.public());
        let (now, document, office) = (self.civil(), self.ledger(), self.office.0);
        let Some(history) = self.on(who, &[], |device, now| device.export_file(now))? else {
            return Ok(Came::Nothing);
        };
        let said = self.on(who, &[], |device, _| {
            let picture = device.picture()?;
            let chance = Chance(salt);
            let Some(fold) = picture.fold(document) else {
                return Ok(None);
            };
            let mut rogue = Rogue {
                key: &key,
                fold,
                now,
                chance,
            };
            Ok(rogue.strike(trick, picture, &history))
        })?;
        let Some(items) = said.flatten() else {
            return Ok(Came::Nothing);
        };
        self.counts.add("rogue strikes", 1);
        let file = bundle(office, &items);
        for reader in [to, who] {
            self.on(reader, &["not_a_bundle"], |device, now| {
                device.import_file(now, &file)
            })?;
        }
        Ok(Came::Done)
    }
}

impl Rogue<'_> {
    fn me(&self) -> PublicKey {
        self.key.public()
    }

    /// Envelopes, ready to be read.
    fn strike(
        &mut self,
        trick: u8,
        picture: &Replica,
        history: &[u8],
    ) -> Option<Vec<(u8, Vec<u8>)>> {
        let document = self.fold.document();
        let statements = match trick % 12 {
            0..6 => {
                let body = self.body(trick)?;
                vec![self.next(body, 0)?]
            }
            // Two statements at one place.
            6 => {
                let (what, back) = (self.chance.below(6) as u8, 1 + self.chance.below(2) as u32);
                let body = self.body(what)?;
                vec![self.next(body, back)?]
            }
            7 => self.tickets(),
            8 => return self.usurp(picture, history),
            9 => vec![self.next(Body::Unknown { number: 77 }, 0)?],
            10 => return self.misshapen(history),
            _ => return self.elsewhere(),
        };
        let mut copy = copy_of(history, document);
        let change = copy
            .append(self.actor(document), self.now, &statements)
            .ok()?;
        Some(vec![(1, self.sealed(document, change)?)])
    }

    fn actor(&self, document: Document) -> ActorId {
        let day = OfficeDay::of(self.now, DayStart::default());
        ActorId::derive(day, self.me(), document, 1_000)
    }

    fn sealed(&self, document: Document, change: Change) -> Option<Vec<u8>> {
        let office = self.fold.authority().office();
        let envelope = Envelope::new(office, document, vec![change]).ok()?;
        Some(envelope.sign(self.key).ok()?.bytes().to_vec())
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> Option<T> {
        (!items.is_empty()).then(|| self.chance.pick(items))
    }

    fn any_confirmation(&mut self) -> Option<StatementId> {
        let all: Vec<StatementId> = self.fold.resolved().confirmations.keys().copied().collect();
        self.pick(&all)
    }

    fn anybody(&mut self) -> PublicKey {
        let all: Vec<PublicKey> = self.fold.authority().devices().keys().copied().collect();
        self.chance.pick(&all)
    }

    /// Something it may not say, or not about that.
    fn body(&mut self, trick: u8) -> Option<Body> {
        let resolved = self.fold.resolved();
        let requests: Vec<_> = resolved
            .slots
            .values()
            .filter_map(|slot| slot.current())
            .collect();
        let asked = match requests.len() {
            0 => None,
            some => requests.get(self.chance.below(some)).copied(),
        };
        let body = match trick % 6 {
            0 | 1 => {
                // Whether or not it may, and whoever has the place.
                let asked = asked?;
                let wishes = asked.request.options.first()?;
                let holds = wishes
                    .iter()
                    .map(|wish| Hold::new(wish.unit, wish.interval, 0, 0))
                    .collect();
                let ends = if trick == 0 {
                    None
                } else {
                    self.any_confirmation()
                };
                Confirm {
                    request: asked.id,
                    holds,
                    ends,
                }
                .into()
            }
            2 => Release {
                confirm: self.any_confirmation()?,
                cause: Cause::Override,
            }
            .into(),
            3 => match self.chance.below(2) {
                0 => CheckIn {
                    confirm: self.any_confirmation()?,
                }
                .into(),
                _ => Decline {
                    request: asked?.id,
                    cause: Cause::Staff,
                    note: None,
                }
                .into(),
            },
            4 => {
                let day = OfficeDay::of(self.now, DayStart::default()).get();
                let units: Vec<_> = self
                    .fold
                    .authority()
                    .first_custodians()
                    .keys()
                    .copied()
                    .collect();
                let (unit, first, last) =
                    (self.pick(&units)?, day, day + self.chance.below(4) as i32);
                Give {
                    cells: vec![CellRange { unit, first, last }],
                    to: self.anybody(),
                }
                .into()
            }
            _ => match self.chance.below(2) {
                0 => {
                    let tickets: Vec<_> = resolved.tickets.keys().copied().collect();
                    Pass {
                        ticket: self.pick(&tickets)?,
                        to: self.anybody(),
                    }
                    .into()
                }
                _ => {
                    let gives = self.fold.statements().values();
                    let gives = gives.filter(|s| matches!(s.body(), Body::Give(_) | Body::Pass(_)));
                    let gives: Vec<_> = gives.map(Verified::id).collect();
                    Take {
                        of: self.pick(&gives)?,
                        via: None,
                    }
                    .into()
                }
            },
        };
        Some(body)
    }

    /// In its own chain, `back` places before the end: a fork unless 0.
    fn next(&mut self, body: Body, back: u32) -> Option<Verified> {
        let authority = self.fold.authority();
        let mut at = self
            .fold
            .resolved()
            .chains
            .get(&self.me())
            .map(|head| head.id);
        for _ in 0..back {
            let link = self.fold.statements().get(&at?)?.header().link?;
            at = link
                .prev
                .filter(|prev| self.fold.statements().contains_key(prev));
        }
        let before = at.and_then(|at| self.fold.statements().get(&at)?.header().link);
        let link = Link {
            seq: before.map_or(0, |link| link.seq + 1),
            prev: at.or(authority
                .device(&self.me())
                .map(|device| device.certificate)),
            auth: Some(authority.head().id),
        };
        let mut header = Header::linked(authority.office(), self.fold.document(), link);
        header.critical = matches!(body, Body::Unknown { .. });
        self.key.sign(Statement { header, body }).ok()
    }

    /// Tickets for a friend, dated back as far as they go.
    fn tickets(&mut self) -> Vec<Verified> {
        let stamp = self.now.saturating_plus(-6 * 1_440).floor_to(15);
        let header = Header::standalone(self.fold.authority().office(), self.fold.document());
        let tickets = (0..3_u64).filter_map(|n| {
            let mut serial = [0; 16];
            serial[..8].copy_from_slice(&self.chance.bits().to_be_bytes());
            let (key, decider) = (self.key.derive("friend", n).public(), self.me());
            let (uses, slots, expires) = (Vec::new(), 60, stamp.saturating_plus(7 * 1_440));
            let ticket = Ticket {
                serial,
                key,
                decider,
                uses,
                slots,
                stamp,
                expires,
                introduced: None,
            };
            self.key
                .sign(Statement {
                    header,
                    body: ticket.into(),
                })
                .ok()
        });
        tickets.collect()
    }

    /// Certifies a friend in the admin's name.
    fn usurp(&mut self, picture: &Replica, history: &[u8]) -> Option<Vec<(u8, Vec<u8>)>> {
        let head = picture.authority()?.head();
        let link = Link {
            seq: head.seq + 1,
            prev: Some(head.id),
            auth: None,
        };
        let header = Header::linked(picture.office(), Document::Authority, link);
        let device = self.key.derive("friend", 0).public();
        let body = Certify {
            device,
            role: Role::Admin,
        }
        .into();
        let statement = self.key.sign(Statement { header, body }).ok()?;
        let mut copy = copy_of(history, Document::Authority);
        let change = copy
            .append(self.actor(Document::Authority), self.now, &[statement])
            .ok()?;
        Some(vec![(1, self.sealed(Document::Authority, change)?)])
    }

    /// A change that does not fit where it says that it goes.
    fn misshapen(&mut self, history: &[u8]) -> Option<Vec<(u8, Vec<u8>)>> {
        let document = self.fold.document();
        let statement = self.next(Body::Unknown { number: 78 }, 0)?;
        let mut copy = copy_of(history, document);
        let good = copy
            .append(self.actor(document), self.now, &[statement])
            .ok()?
            .to_parts();
        let parts = match self.chance.below(4) {
            0 => ChangeParts {
                seq: good.seq + 5,
                ..good
            },
            1 => ChangeParts {
                start_op: good.start_op + 1_000,
                ..good
            },
            2 => ChangeParts {
                deps: Vec::new(),
                ..good
            },
            _ => ChangeParts {
                statements: vec![vec![0xff; 40].into()],
                ..good
            },
        };
        let change = Change::new(parts).ok()?;
        Some(vec![(1, self.sealed(document, change)?)])
    }

    /// Documents of years that nobody has thought of.
    fn elsewhere(&mut self) -> Option<Vec<(u8, Vec<u8>)>> {
        let mut items = Vec::new();
        for _ in 0..3 {
            let document = Document::Ledger(Month::new(2100 + self.chance.below(90) as i32, 6)?);
            let header = Header::standalone(self.fold.authority().office(), document);
            let at = popular(self.now, &mut self.chance);
            let ticket = Ticket {
                serial: [9; 16],
                key: self.me(),
                decider: self.me(),
                uses: Vec::new(),
                slots: 1,
                stamp: at.start().floor_to(15),
                expires: at.start().floor_to(15),
                introduced: None,
            };
            let statement = self
                .key
                .sign(Statement {
                    header,
                    body: ticket.into(),
                })
                .ok()?;
            let change = StatementDocument::new(document).append(
                self.actor(document),
                self.now,
                &[statement],
            );
            items.push((1, self.sealed(document, change.ok()?)?));
        }
        Some(items)
    }
}

/// A document as a file has it.
fn copy_of(history: &[u8], document: Document) -> StatementDocument {
    let mut copy = StatementDocument::new(document);
    for one in file::import(history, None).unwrap_or_default() {
        let Incoming::Envelope(bytes) = one else {
            continue;
        };
        let envelope = SignedEnvelope::decode(&bytes)
            .ok()
            .and_then(|signed| signed.verify().ok());
        let Some(envelope) = envelope.filter(|envelope| envelope.envelope().document() == document)
        else {
            continue;
        };
        if let Ok(checked) = copy.check(envelope.envelope().changes()) {
            copy.apply(checked).expect("it was just checked");
        }
    }
    copy
}
