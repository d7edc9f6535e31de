//! Random histories of one year's suggestions and notices: visitors that are honest, or write in others' names and years;
//! devices that may speak for the office, and such as may not.

use crate::chance::Chance;
use crate::office::{Office, at, keypair};
use crate::oracle::commons::Commons;
use allkontor_core::id::{Digest, StatementId};
use allkontor_core::statement::{
    Answer, Answers, Body, Cancel, Cause, Document, Moderate, NoticeKind, Post, Review, Role,
    Suggest, Support, Verdict, Verified, Words,
};
use allkontor_core::time::{CivilMinute, DayStart, OfficeDay};
use std::collections::BTreeMap;

/// The document that everything is said in.
pub const DOCUMENT: Document = Document::Commons(2026);

const ROLES: [Role; 3] = [Role::Staff, Role::Kiosk, Role::Hub];
const VISITORS: u64 = 5;
const SLOTS: u8 = 4;

/// A history, and what the oracle needs to know of it.
#[derive(Debug)]
pub struct History {
    /// The office, with everything that was signed.
    pub office: Office,
    cuts: BTreeMap<usize, Option<u32>>,
}

impl History {
    /// So many things said, from a seed.
    pub fn new(seed: u64, length: usize) -> Self {
        let office = Office::new(&ROLES).writing_in(DOCUMENT);
        let mut history = Self {
            office,
            cuts: BTreeMap::new(),
        };
        let mut chance = Chance(seed);
        let tickets: Vec<Verified> = (0..VISITORS)
            .map(|who| {
                let issuer = chance.below(ROLES.len());
                let key = keypair("visitor", who);
                history.office.ticket(issuer, 0, &key, SLOTS, at(0, 0))
            })
            .collect();
        for step in 0..length {
            history.step(&mut chance, &tickets, step);
        }
        history
    }

    fn step(&mut self, chance: &mut Chance, tickets: &[Verified], step: usize) {
        let who = chance.below(tickets.len());
        // One in eight writes under somebody else's ticket.
        let signer = match chance.below(8) {
            0 => keypair("visitor", (who as u64 + 1) % VISITORS),
            _ => keypair("visitor", who as u64),
        };
        let (ticket, slot) = (
            tickets[who].id(),
            chance.below(usize::from(SLOTS) + 1) as u8,
        );
        let claimed = match chance.below(12) {
            0 => at(70, 0),
            _ => at(chance.below(20) as i32, 600),
        };
        let text = words(step);
        let device = chance.below(ROLES.len());
        let minute = at(chance.below(3) as i32, 700);
        let suggestions = self.office.said(|body| matches!(body, Body::Suggest(_)));
        let readable = self
            .office
            .said(|body| matches!(body, Body::Suggest(_) | Body::Post(_) | Body::Answer(_)));
        match chance.below(16) {
            0..3 => {
                let suggest = Suggest {
                    ticket,
                    slot,
                    text,
                    claimed,
                };
                self.office.visit(&signer, suggest);
            }
            3..5 => self.post(chance, &signer, (ticket, slot), (claimed, text)),
            5..9 if !suggestions.is_empty() => {
                let suggestion = chance.pick(&suggestions);
                let support = Support {
                    ticket,
                    slot,
                    suggestion,
                    claimed,
                };
                self.office.visit(&signer, support);
            }
            9..11 => {
                let version = 0;
                let cancel = Cancel {
                    ticket,
                    slot,
                    version,
                };
                self.office.visit(&signer, cancel);
            }
            11..13 if !suggestions.is_empty() => {
                let answer = Answer {
                    suggestion: chance.pick(&suggestions),
                    outcome: chance.pick(&[Verdict::Planned, Verdict::Rejected]),
                    text: (chance.below(2) == 0).then_some(text),
                    minute,
                };
                self.office.say(device, answer);
            }
            13..15 if !readable.is_empty() => {
                let of = chance.pick(&readable);
                let cause = chance.pick(&[Cause::Guidelines, Cause::Staff]);
                if chance.below(3) == 0 {
                    self.office.say(device, Review { of, minute });
                } else {
                    self.office.say(device, Moderate { of, cause, minute });
                }
            }
            15 if self.cuts.is_empty() && chance.below(3) == 0 => self.revoke(chance, device),
            _ => {}
        }
    }

    fn post(
        &mut self,
        chance: &mut Chance,
        signer: &allkontor_core::statement::Keypair,
        (ticket, slot): (StatementId, u8),
        (claimed, text): (CivilMinute, Words),
    ) {
        let first = OfficeDay::of(claimed, DayStart::default());
        let post = Post {
            ticket,
            slot,
            notice: NoticeKind::Offer,
            text,
            last: first.plus(chance.below(20) as i32),
            answers: Answers::AsWritten,
            claimed,
        };
        self.office.visit(signer, post);
    }

    /// Takes a device's certificate back, perhaps at less than it has said.
    fn revoke(&mut self, chance: &mut Chance, device: usize) {
        let (_, last) = self.office.revoke(device, chance.below(3), None);
        self.cuts.insert(device, last);
    }

    /// The slow way to know what it means.
    pub fn oracle(&self) -> Commons<'_> {
        let roles = ROLES.iter().enumerate();
        let cuts = self.cuts.iter();
        Commons {
            heap: &self.office.heap,
            roles: roles
                .map(|(at, role)| (self.office.key(at), *role))
                .collect(),
            cuts: cuts.map(|(at, cut)| (self.office.key(*at), *cut)).collect(),
            document: DOCUMENT,
        }
    }
}

fn words(step: usize) -> Words {
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&step.to_be_bytes());
    Words {
        hash: Digest(hash),
        length: 7,
    }
}
