//! A device of the office is lost and replaced, and whoever has its word comes with it.
//!
//! What it had promised is read from the device itself in the minute in which it is lost; what the office had heard of
//! that, from the front desk in the minute in which it is replaced. The engine's own account of what broke is not asked.

use super::error::Trouble;
use super::kiosk::{Ledger, Seen, Stay};
use super::promise::{Acts, Promise, is_closed};
use super::world::{World, trouble};
use crate::desks::{Desk, Loss, Party};
use crate::people::PersonId;
use crate::story::{self, Booking, Carrier, Lost, Notice, Outcome, Told};
use crate::words::Words;
use allkontor_core::device::Device;
use allkontor_core::id::PublicKey;
use allkontor_core::replica::{HonourStanding, Honoured};
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::{Cause, Hold};
use allkontor_core::time::CivilMinute;
use allkontor_core::view::{BrokenBy, Stage, Status};
use std::collections::{BTreeMap, BTreeSet};

/// The device that is gone, and what it leaves.
pub(super) struct Gone {
    loss: Loss,
    key: PublicKey,
    is_replaced: bool,
    made: Vec<Made>,
    /// Whose coming it had written down.
    came: BTreeSet<SlotKey>,
    /// Bookings of which staff were shown what was promised, and what that was worth when they last looked.
    shown: BTreeMap<SlotKey, HonourStanding>,
}

/// A confirmation of the lost device that stood.
pub(super) struct Made {
    key: SlotKey,
    holds: Vec<Hold>,
    since: CivilMinute,
    /// Whether its holder had been checked in.
    came: bool,
    /// Whether the office had it when the device was replaced.
    heard: bool,
}

impl Gone {
    /// Whether that is a promise that the office had not heard of when it replaced the device: all that it can do is
    /// to have whoever was promised it come first in line.
    pub(super) fn only_honours(&self, key: &SlotKey, promise: &Promise) -> bool {
        let unheard = |made: &&Made| made.key == *key && !made.heard && promise.is_of(&made.holds);
        self.is_replaced
            && (self.made.iter().any(|made| unheard(&made))
                || (promise.came() && self.came.contains(key)))
    }
}

impl World {
    /// The device is gone; where it was, the next one stands in until it is replaced.
    pub(super) fn lose(&mut self, desk: Desk, at: CivilMinute) -> Result<(), Trouble> {
        let (now, ledger) = (self.now(at), self.ledger);
        let (Some(key), Some(loss)) = (self.keys.get(&desk).copied(), self.loss) else {
            return Ok(());
        };
        self.look_at_desk(desk, at)?;
        let Some(device) = self.desk(desk) else {
            return Ok(());
        };
        let question = device
            .replacement(now, key)
            .map_err(trouble(desk.the(), "say what it would leave"))?;
        let entries = device
            .desk_entries(ledger)
            .map_err(trouble(desk.the(), "list the bookings"))?;
        let stands = question.documents.get(&ledger).map(|left| &left.stands);
        let said = self.seen.get(&desk);
        let came = |status: &Status| matches!(status.stage, Stage::CheckedIn { .. });
        let of_its_own = entries
            .iter()
            .filter(|entry| stands.is_some_and(|stands| stands.contains(&entry.key)));
        let mut made: Vec<Made> = of_its_own
            .map(|entry| Made {
                key: entry.key,
                since: since(said, &entry.key, &entry.status.holding).unwrap_or(at),
                holds: entry.status.holding.clone(),
                came: came(&entry.status),
                heard: false,
            })
            .collect();
        made.sort_by_key(|made| made.since);
        let came = entries
            .iter()
            .filter(|entry| came(&entry.status))
            .map(|entry| entry.key)
            .collect();
        self.gone = Some(Gone {
            loss,
            key,
            is_replaced: false,
            made,
            came,
            shown: BTreeMap::new(),
        });
        self.take_away(desk);
        Ok(())
    }

    /// When it was at the front, the tablet is from now on.
    fn take_away(&mut self, desk: Desk) {
        if desk != self.at_front {
            self.others.remove(&desk);
            return;
        }
        let heir = self.others.keys().copied().find(|desk| desk.has_people());
        if let Some((heir, device)) = heir.and_then(|heir| self.others.remove_entry(&heir)) {
            (self.at_front, self.front) = (heir, device);
        }
    }

    /// Staff ask what replacing it would mean, and do it: a new device comes, is certified, and takes over.
    pub(super) fn replace(&mut self, desk: Desk, at: CivilMinute) -> Result<(), Trouble> {
        let (now, ledger, at_front) = (self.now(at), self.ledger, self.at_front);
        let front = |what| trouble(at_front.the(), what);
        let Some(mut gone) = self.gone.take() else {
            return Ok(());
        };
        if desk == Desk::Kiosk {
            // The admin key is lost with it: the recovery key is in a drawer.
            self.front
                .recover_office(now, self.recovery, None, at_front.role())
                .map_err(front("become the admin's"))?;
        }
        let (new, seed) = (desk.successor(), self.random.split("successor").bytes32());
        self.add_desk(new, seed, at)?;
        let question = self
            .front
            .replacement(now, gone.key)
            .map_err(front("say what replacing a device would mean"))?;
        let heard = question.documents.get(&ledger).map(|left| &left.stands);
        let entries = self
            .front
            .desk_entries(ledger)
            .map_err(front("list the bookings"))?;
        let known: BTreeMap<SlotKey, Status> = entries
            .into_iter()
            .map(|entry| (entry.key, entry.status))
            .collect();
        for made in &mut gone.made {
            let same = known
                .get(&made.key)
                .is_some_and(|status| status.holding == made.holds);
            made.heard = same && heard.is_some_and(|heard| heard.contains(&made.key));
        }
        gone.came.retain(|key| {
            let status = known.get(key);
            !status.is_some_and(|status| matches!(status.stage, Stage::CheckedIn { .. }))
        });
        self.front
            .replace_device(now, gone.key, self.keys.get(&new).copied())
            .map_err(front("replace a device"))?;
        gone.is_replaced = true;
        self.gone = Some(gone);
        self.bring_together(Party::Desk(new), Party::Desk(at_front), Carrier::Socket, at)?;
        self.look_at_desks(at)
    }

    /// Where somebody goes who wanted to meet a device that is lost: to what replaced it, or to the front desk.
    pub(super) fn who_is_there(&self, party: Party) -> Party {
        let gone = self.gone.as_ref().map(|gone| gone.loss.desk);
        match party.desk() {
            Some(desk) if gone == Some(desk) => {
                if self.desks().contains(&desk.successor()) {
                    Party::Desk(desk.successor())
                } else if desk.has_people() {
                    Party::Desk(self.at_front)
                } else {
                    party
                }
            }
            _ => party,
        }
    }

    /// Whether a device has not been lost.
    pub(super) fn is_there(&self, party: Party) -> bool {
        party.desk().is_none_or(|desk| self.desks().contains(&desk))
    }

    pub(super) fn desk(&mut self, desk: Desk) -> Option<&mut Device> {
        let found = self.every_desk().find(|(other, _)| *other == desk);
        found.map(|(_, device)| device)
    }

    /// After a loss people show the code of what they were promised, and staff read it. Returns its bytes.
    pub(super) fn show_certificates(
        &mut self,
        one: Party,
        other: Party,
        carrier: Carrier,
        at: CivilMinute,
    ) -> Result<u64, Trouble> {
        let (true, Some((who, desk))) = (carrier == Carrier::Qr, self.in_person(one, other)) else {
            return Ok(0);
        };
        let (now, mut bytes) = (self.now(at), 0_u64);
        let phone = self.phone(who)?;
        let mut codes = Vec::new();
        for id in phone.promised()? {
            let code = phone
                .device
                .certificate(id)
                .map_err(phone.says("show a certificate"))?;
            codes.push(code.to_bytes());
        }
        let Some(device) = self.desk(desk) else {
            return Ok(0);
        };
        let mut answers = Vec::new();
        for code in codes {
            bytes = bytes.saturating_add(code.len() as u64);
            let answer = device.honour_certificate(now, &code);
            answers.push(answer.map_err(trouble(desk.the(), "honour a certificate"))?);
        }
        self.note_shown(answers);
        Ok(bytes)
    }

    /// Whoever's phone says that a promise of theirs was unheard of tells staff, who vouch for it.
    pub(super) fn vouch(
        &mut self,
        one: Party,
        other: Party,
        at: CivilMinute,
    ) -> Result<(), Trouble> {
        let Some((who, desk)) = self.in_person(one, other) else {
            return Ok(());
        };
        let now = self.now(at);
        let phone = self.phone(who)?;
        let broken = phone
            .unheard(now)
            .map_err(phone.says("explain a booking"))?;
        let Some(device) = self.desk(desk) else {
            return Ok(());
        };
        let mut answers = Vec::new();
        for confirm in broken {
            let answer = device.honour(now, confirm);
            answers.push(answer.map_err(trouble(desk.the(), "vouch for a confirmation"))?);
        }
        self.note_shown(answers);
        Ok(())
    }

    fn note_shown(&mut self, answers: Vec<Honoured>) {
        let Some(gone) = &mut self.gone else { return };
        let of_key = |answer: Honoured| Some((answer.key?, answer.standing));
        gone.shown.extend(answers.into_iter().filter_map(of_key));
    }

    /// A person before one of the office's devices, once staff know that a device is lost.
    fn in_person(&self, one: Party, other: Party) -> Option<(PersonId, Desk)> {
        let who = one.person().or(other.person())?;
        let desk = one.desk().or(other.desk())?;
        let aware = self.gone.as_ref().is_some_and(|gone| gone.is_replaced);
        (aware && desk.has_people()).then_some((who, desk))
    }

    /// What the front desk says of each of the lost device's promises in the end.
    pub(super) fn inheritance(&mut self, at: CivilMinute) -> Result<Option<Inheritance>, Trouble> {
        let Some(gone) = self.gone.take() else {
            return Ok(None);
        };
        let (now, at_front) = (self.now(at), self.at_front.the());
        let mut vouched = BTreeSet::new();
        for made in &gone.made {
            let explained = self
                .front
                .explain_at_desk(now, made.key)
                .map_err(trouble(at_front, "explain a booking"))?;
            let unheard = BrokenBy::Unheard { honoured: false };
            let broken = explained.into_iter().flat_map(|explained| explained.broken);
            if broken.into_iter().all(|broken| broken.why != unheard) {
                vouched.insert(made.key);
            }
        }
        Ok(Some(Inheritance {
            gone,
            vouched,
            promises: Vec::new(),
        }))
    }
}

/// The lost device's promises, told from the end.
pub(super) struct Inheritance {
    gone: Gone,
    /// Those of which the office does not say that nobody has vouched for them.
    vouched: BTreeSet<SlotKey>,
    promises: Vec<story::Promise>,
}

impl Inheritance {
    /// Tells what became of what was promised about a booking, if anything was.
    pub(super) fn tell(
        &mut self,
        key: &SlotKey,
        seen: &Seen,
        booking: &Booking,
        acts: &Acts,
        closed: &[Notice],
        words: &Words<'_>,
    ) {
        let Some(made) = self.gone.made.iter().find(|made| made.key == *key) else {
            return;
        };
        let replaced = self.gone.loss.replaced;
        let facts = Facts {
            given_up: acts.last.is_some_and(|at| at > made.since),
            closed: is_closed(closed, &made.holds),
            vouched: self.vouched.contains(key),
            shown: self.gone.shown.contains_key(key),
            replaced,
        };
        let outcome = outcome(made, seen, &facts, words);
        let shown =
            |told: &&Told| told.status.is_promise() && made.since <= told.at && told.at <= replaced;
        let changed = booking.told.iter().find(|told| told.at > replaced);
        let changes = matches!(
            outcome,
            Outcome::Moved { .. } | Outcome::InLine | Outcome::Closed | Outcome::Forgotten
        );
        self.promises.push(story::Promise {
            who: booking.who,
            title: booking.title.clone(),
            place: words.place(&made.holds, &[], true).unwrap_or_default(),
            since: made.since,
            shown: booking.told.iter().any(|told| shown(&told)),
            heard: made.heard,
            told: changed.filter(|_| changes).map(|told| told.at),
            outcome,
        });
    }

    pub(super) fn finish(mut self) -> Lost {
        self.promises.sort_by_key(|promise| promise.since);
        Lost {
            loss: self.gone.loss,
            promises: self.promises,
        }
    }
}

fn since(said: Option<&Ledger>, key: &SlotKey, holds: &[Hold]) -> Option<CivilMinute> {
    let seen = said?.0.get(key)?;
    let stay = seen.held.iter().rev().find(|stay| stay.holds == holds)?;
    Some(stay.since)
}

/// What there is to know about a promise besides what the front desk has shown.
struct Facts {
    /// Its holder has cancelled or changed the booking since.
    given_up: bool,
    /// The office has told everybody that the place is closed.
    closed: bool,
    /// The office does not say that nobody has vouched for it.
    vouched: bool,
    /// Staff were shown it.
    shown: bool,
    replaced: CivilMinute,
}

/// What became of a promise, by what the front desk has shown of the booking since.
fn outcome(made: &Made, seen: &Seen, facts: &Facts, words: &Words<'_>) -> Outcome {
    let since = |stay: &&Stay| stay.until.is_none_or(|until| until > facts.replaced);
    let later: Vec<&Stay> = seen.held.iter().filter(since).collect();
    // Given back because nobody came, and given again to who had come: the last word counts.
    let same = later.iter().rfind(|stay| stay.holds == made.holds);
    match same {
        Some(_) if !made.heard => return Outcome::Again,
        Some(stay) if stay.until.is_none() => return Outcome::Kept,
        _ => {}
    }
    let elsewhere = later.iter().find(|stay| stay.holds != made.holds);
    let honoured = !made.heard || made.came;
    let ends = |hold: &Hold| hold.interval().end() <= facts.replaced;
    match (&seen.status.stage, elsewhere) {
        _ if facts.given_up => Outcome::GivenUp,
        _ if !made.heard && made.holds.iter().all(ends) => Outcome::Over,
        _ if made.heard && facts.closed => Outcome::Closed,
        // Who comes late to another device than the one that decides is first in line too: no phone counts it as broken.
        (_, Some(stay)) => Outcome::Moved {
            to: words.place(&stay.holds, &[], true).unwrap_or_default(),
        },
        (
            Stage::Released {
                cause: Cause::NoShow,
            },
            _,
        ) if !made.came => Outcome::NoShow,
        (Stage::Withdrawn { .. } | Stage::Declined { .. }, None) if honoured && facts.vouched => {
            Outcome::InLine
        }
        _ if facts.closed => Outcome::Closed,
        _ if !made.heard && !facts.shown && !facts.vouched => Outcome::NotShown,
        _ => Outcome::Forgotten,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office;
    use crate::plan::DATE;
    use allkontor_core::id::{StatementId, UnitId};
    use allkontor_core::resolve::Place;
    use allkontor_core::time::{Interval, OfficeDay};
    use allkontor_core::view::Delivery;

    fn at(hour: u32) -> CivilMinute {
        CivilMinute::from_ymd_hm(DATE.0, DATE.1, DATE.2, hour, 0).unwrap()
    }

    fn hold(unit: u32, from: u32) -> Hold {
        Hold::new(
            UnitId(unit),
            Interval::new(at(from), at(from + 1)).unwrap(),
            0,
            0,
        )
    }

    /// A promise of Birch that the lost device made at two; the device was replaced at four.
    fn made(heard: bool, from: u32) -> Made {
        Made {
            key: SlotKey {
                ticket: StatementId([1; 32]),
                slot: 0,
            },
            holds: vec![hold(21, from)],
            since: at(14),
            came: false,
            heard,
        }
    }

    fn seen(held: &[(Hold, u32, Option<u32>)], stage: Stage) -> Seen {
        let stays = held.iter().map(|(hold, since, until)| Stay {
            holds: vec![*hold],
            since: at(*since),
            until: until.map(at),
        });
        let status = Status {
            delivery: Delivery::Received,
            stage,
            holding: Vec::new(),
            before: None,
            outdated: None,
        };
        Seen {
            held: stays.collect(),
            waited: false,
            came: false,
            status,
        }
    }

    fn became(made: &Made, seen: &Seen, change: impl FnOnce(&mut Facts)) -> Outcome {
        let office = office::catalogue(DATE.0).unwrap();
        let words = Words::new(
            &office,
            OfficeDay::from_ymd(DATE.0, DATE.1, DATE.2).unwrap(),
        );
        let mut facts = Facts {
            given_up: false,
            closed: false,
            vouched: true,
            shown: false,
            replaced: at(16),
        };
        change(&mut facts);
        outcome(made, seen, &facts, &words)
    }

    fn confirmed(hold: Hold) -> Stage {
        Stage::Confirmed { holds: vec![hold] }
    }

    const NO_SHOW: Stage = Stage::Released {
        cause: Cause::NoShow,
    };

    fn withdrawn() -> Stage {
        Stage::Withdrawn {
            cause: None,
            place: Place::Waiting { n: 1 },
        }
    }

    #[test]
    fn what_the_office_had_heard_of_is_kept_or_went_for_a_reason() {
        let (heard, birch) = (made(true, 17), hold(21, 17));
        let stays = |until| [(birch, 14, until)];
        let kept = seen(&stays(None), confirmed(birch));
        assert_eq!(became(&heard, &kept, |_| {}), Outcome::Kept);
        let twice = [(birch, 14, Some(17)), (birch, 17, None)];
        let kept = seen(&twice, confirmed(birch));
        assert_eq!(became(&heard, &kept, |_| {}), Outcome::Kept);
        let gone = seen(&stays(Some(18)), NO_SHOW);
        assert_eq!(became(&heard, &gone, |_| {}), Outcome::NoShow);
        let given_up = |facts: &mut Facts| facts.given_up = true;
        assert_eq!(became(&heard, &gone, given_up), Outcome::GivenUp);
        let closed = |facts: &mut Facts| facts.closed = true;
        let waits = seen(&stays(Some(17)), withdrawn());
        assert_eq!(became(&heard, &waits, closed), Outcome::Closed);
        assert_eq!(became(&heard, &waits, |_| {}), Outcome::Forgotten);
    }

    #[test]
    fn what_it_had_not_heard_of_comes_first_in_line() {
        let (unheard, birch, spruce) = (made(false, 17), hold(21, 17), hold(22, 17));
        let again = seen(&[(birch, 16, None)], confirmed(birch));
        assert_eq!(became(&unheard, &again, |_| {}), Outcome::Again);
        let moved = seen(&[(spruce, 17, None)], confirmed(spruce));
        let to = "Spruce 17:00–18:00".to_owned();
        assert_eq!(became(&unheard, &moved, |_| {}), Outcome::Moved { to });
        assert_eq!(
            became(&unheard, &seen(&[], withdrawn()), |_| {}),
            Outcome::InLine
        );
        let over = made(false, 15);
        assert_eq!(became(&over, &seen(&[], NO_SHOW), |_| {}), Outcome::Over);
    }

    #[test]
    fn whoever_showed_it_and_is_not_in_line_was_forgotten() {
        let (unheard, waits) = (made(false, 17), seen(&[], Stage::Waiting { n: 1 }));
        let never = |facts: &mut Facts| facts.vouched = false;
        assert_eq!(became(&unheard, &waits, never), Outcome::NotShown);
        let shown = |facts: &mut Facts| (facts.vouched, facts.shown) = (false, true);
        assert_eq!(became(&unheard, &waits, shown), Outcome::Forgotten);
        assert_eq!(became(&unheard, &waits, |_| {}), Outcome::Forgotten);
    }
}
