//! What hostile phones try at the kiosk. They know their own keys, what any phone knows, and how statements are made.

mod pen;
mod picture;
mod words;

use super::error::Trouble;
use super::world::{Forged, World, trouble};
use crate::clock;
use crate::people::{PersonId, Trick};
use crate::random::Random;
use crate::story::Attempt;
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::id::UnitId;
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::{Cancel, Request, Verified, Wish};
use allkontor_core::time::{CivilMinute, Interval, Timestamp};
use allkontor_core::view::Stage;
use pen::card_of;
use words::{answer, worst};

/// How often a flood asks.
const FLOOD: u16 = 300;

/// What came of a trick.
struct Came {
    times: usize,
    to: String,
    /// Whether the kiosk's picture may have changed: only a request with the phone's own ticket may do that.
    may_change: bool,
}

impl World {
    /// Tries a trick, and looks whether anything changed that should not have.
    pub(super) fn attempt(
        &mut self,
        who: PersonId,
        trick: Trick,
        at: CivilMinute,
    ) -> Result<(), Trouble> {
        let before = self.quiet_picture(at)?;
        let came = match trick {
            Trick::Backdated => self.backdate(who, at)?,
            Trick::AlteredSignature => self.alter(who, at)?,
            Trick::CancelAnothers => self.cancel_anothers(who, at)?,
            Trick::ForeignTicket => self.use_foreign_ticket(who, at)?,
            Trick::Flood => self.flood(who, at)?,
            Trick::Garbage => self.babble(at)?,
        };
        let after = self.picture()?;
        let lost = before
            .held
            .iter()
            .any(|(key, holds)| after.held.get(key) != Some(holds));
        let harm = lost || (!came.may_change && before.digest != after.digest);
        self.attempts.push(Attempt {
            at,
            who,
            trick,
            times: came.times,
            came_to: came.to,
            harm,
        });
        self.look_at_desk(self.at_front, at)
    }

    /// Claims to have asked three days ago for the room that everybody wants.
    fn backdate(&mut self, who: PersonId, at: CivilMinute) -> Result<Came, Trouble> {
        let name = self.at_front.the();
        let Some(pen) = self.pen(who)? else {
            return Ok(no_ticket());
        };
        let slot = self.unused_slot(who, &pen);
        let Some(wish) = popular(at) else {
            return Ok(no_ticket());
        };
        let request = Request {
            event: None,
            ticket: pen.ticket.id(),
            slot,
            version: 0,
            options: vec![vec![wish]],
            any_equal: None,
            party: 2,
            claimed: at.saturating_plus(-3 * 24 * 60),
            accepts: None,
        };
        let scanned = self.scan(at, pen.sign(request));
        let key = SlotKey {
            ticket: pen.ticket.id(),
            slot,
        };
        self.forged.push(Forged { key, who, at, wish });
        let entries = self
            .front
            .desk_entries(self.ledger)
            .map_err(trouble(name, "list the bookings"))?;
        let status = entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.status.stage);
        let became = match (scanned, status) {
            (Err(error), _) => error.to_string(),
            (Ok(()), Some(Stage::Confirmed { .. })) => {
                "the room was free, so it is confirmed".into()
            }
            (Ok(()), Some(Stage::Waiting { n })) => format!("waiting {n}"),
            (Ok(()), Some(_)) => "not confirmed".into(),
            (Ok(()), None) => "not taken".into(),
        };
        let counts = clock::time_on(self.day, pen.says.stamp);
        let to = format!("counts as asked at {counts}, when its ticket was signed: {became}");
        Ok(Came {
            times: 1,
            to,
            may_change: true,
        })
    }

    fn alter(&mut self, who: PersonId, at: CivilMinute) -> Result<Came, Trouble> {
        let Some(pen) = self.pen(who)? else {
            return Ok(no_ticket());
        };
        let Some(wish) = popular(at) else {
            return Ok(no_ticket());
        };
        let request = pen.sign(pen.request(self.unused_slot(who, &pen), wish, at, 1));
        let Some(mut card) = card_of(request) else {
            return Ok(no_ticket());
        };
        // The signature is what a card ends with.
        if let Some(last) = card.last_mut() {
            *last ^= 1;
        }
        let now = self.now(at);
        Ok(Came {
            times: 1,
            to: answer(self.front.scan_card(now, &card)),
            may_change: false,
        })
    }

    fn cancel_anothers(&mut self, who: PersonId, at: CivilMinute) -> Result<Came, Trouble> {
        let Some(pen) = self.pen(who)? else {
            return Ok(no_ticket());
        };
        let (targets, mut answers) = (self.others(who)?, Vec::new());
        for key in &targets {
            let cancel = pen.sign(Cancel {
                ticket: key.ticket,
                slot: key.slot,
                version: 15,
            });
            answers.push(self.scan(at, cancel));
        }
        Ok(Came {
            times: targets.len(),
            to: worst(
                answers,
                "signed with another key than the ticket's: of no effect",
            ),
            may_change: false,
        })
    }

    fn use_foreign_ticket(&mut self, who: PersonId, at: CivilMinute) -> Result<Came, Trouble> {
        let (Some(pen), Some(wish)) = (self.pen(who)?, popular(at)) else {
            return Ok(no_ticket());
        };
        let (targets, mut answers) = (self.others(who)?, Vec::new());
        for key in &targets {
            let request = Request {
                event: None,
                ticket: key.ticket,
                version: 1,
                ..pen.request(key.slot, wish, at, 1)
            };
            answers.push(self.scan(at, pen.sign(request)));
        }
        Ok(Came {
            times: targets.len(),
            to: worst(answers, "not signed with that ticket's key: of no effect"),
            may_change: false,
        })
    }

    fn flood(&mut self, who: PersonId, at: CivilMinute) -> Result<Came, Trouble> {
        let Some(pen) = self.pen(who)? else {
            return Ok(no_ticket());
        };
        let slot = self.unused_slot(who, &pen);
        let Some(wish) = popular(at) else {
            return Ok(no_ticket());
        };
        for n in 0..FLOOD {
            let version = u8::try_from(n % 16).unwrap_or(0);
            let request = Request {
                version,
                ..pen.request(slot, wish, at, n.saturating_add(1))
            };
            // Whether a card is scanned or not is the same to a flood.
            let _ = self.scan(at, pen.sign(request));
        }
        let key = SlotKey {
            ticket: pen.ticket.id(),
            slot,
        };
        if !self.forged.iter().any(|forged| forged.key == key) {
            self.forged.push(Forged { key, who, at, wish });
        }
        let kept = self.kept(&key, at)?;
        Ok(Came {
            times: FLOOD.into(),
            to: format!("the office kept {kept} of them, and one booking"),
            may_change: true,
        })
    }

    /// Random bytes through every door.
    fn babble(&mut self, at: CivilMinute) -> Result<Came, Trouble> {
        let now = self.now(at);
        let bytes = noise(&mut self.random, 700);
        let mut answers = vec![
            self.front.scan_card(now, &bytes),
            self.front.import_file(now, &bytes),
        ];
        answers.push(converse(&mut self.front, now, &bytes));
        let (times, refused) = (
            answers.len(),
            answers.iter().filter(|answer| answer.is_err()).count(),
        );
        let first = answers
            .into_iter()
            .find_map(Result::err)
            .map_or(String::new(), |error| format!(": {error}"));
        Ok(Came {
            times,
            to: format!("{refused} of {times} refused{first}"),
            may_change: false,
        })
    }

    fn scan(&mut self, at: CivilMinute, statement: Option<Verified>) -> Result<(), DeviceError> {
        let now = self.now(at);
        match card_of(statement) {
            Some(card) => self.front.scan_card(now, &card),
            None => Ok(()),
        }
    }

    /// Bookings that hold a place and are somebody else's: anybody's phone shows that much.
    fn others(&mut self, who: PersonId) -> Result<Vec<SlotKey>, Trouble> {
        let ledger = self.ledger;
        let phone = self.phone(who)?;
        let own: Vec<_> = phone
            .device
            .agenda()
            .map_err(phone.says("list its bookings"))?
            .into_iter()
            .filter_map(|entry| entry.key)
            .collect();
        let entries = phone
            .device
            .desk_entries(ledger)
            .map_err(phone.says("list the bookings"))?;
        let held = entries
            .into_iter()
            .filter(|entry| !entry.status.holding.is_empty());
        Ok(held
            .map(|entry| entry.key)
            .filter(|key| own.iter().all(|own| own.ticket != key.ticket))
            .collect())
    }
}

/// Birch, for an hour and a half from the next full hour that is at least an hour away; none at the end of time.
fn popular(at: CivilMinute) -> Option<Wish> {
    let start = at.saturating_plus(119).floor_to(60);
    Some(Wish::new(
        UnitId(21),
        Interval::new(start, start.saturating_plus(90)).ok()?,
    ))
}

fn no_ticket() -> Came {
    Came {
        times: 0,
        to: "had no ticket to do it with".into(),
        may_change: false,
    }
}

fn noise(random: &mut Random, length: usize) -> Vec<u8> {
    std::iter::repeat_with(|| random.bytes32())
        .flatten()
        .take(length)
        .collect()
}

fn converse(kiosk: &mut Device, now: Timestamp, bytes: &[u8]) -> Result<(), DeviceError> {
    let connection = kiosk.accept(now)?;
    kiosk.receive(now, connection, bytes).map(drop)
}
