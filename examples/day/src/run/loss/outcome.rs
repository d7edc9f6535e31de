//! What became of a promise of the lost device, told from the end of the day.

use super::{Gone, Made};
use crate::run::kiosk::{Seen, Stay};
use crate::run::promise::{Acts, is_closed};
use crate::story::{self, Booking, Lost, Notice, Outcome, Told};
use crate::words::Words;
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::{Cause, Hold};
use allkontor_core::time::CivilMinute;
use allkontor_core::view::Stage;
use std::collections::BTreeSet;

/// The lost device's promises, told from the end.
pub(in crate::run) struct Inheritance {
    gone: Gone,
    /// Those of which the office says that somebody has vouched for them.
    vouched: BTreeSet<SlotKey>,
    promises: Vec<story::Promise>,
}

impl Inheritance {
    pub(super) const fn new(gone: Gone, vouched: BTreeSet<SlotKey>) -> Self {
        Self {
            gone,
            vouched,
            promises: Vec::new(),
        }
    }

    /// Tells what became of what was promised about a booking, if anything was.
    pub(in crate::run) fn tell(
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

    pub(in crate::run) fn finish(mut self) -> Lost {
        self.promises.sort_by_key(|promise| promise.since);
        Lost {
            loss: self.gone.loss,
            promises: self.promises,
        }
    }
}

/// What there is to know about a promise besides what the front desk has shown.
struct Facts {
    /// Its holder has cancelled or changed the booking since.
    given_up: bool,
    /// The office has told everybody that the place is closed.
    closed: bool,
    /// The office says that somebody has vouched for it.
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
        // Not decided, or declined because its time was over.
        (Stage::Withdrawn { .. } | Stage::Declined { .. }, None) if facts.vouched => {
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
    use allkontor_core::view::{Delivery, Status};

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
        let waits = seen(&stays(Some(17)), withdrawn());
        let closed = |facts: &mut Facts| (facts.closed, facts.vouched) = (true, false);
        assert_eq!(became(&heard, &waits, closed), Outcome::Closed);
        let never = |facts: &mut Facts| facts.vouched = false;
        assert_eq!(became(&heard, &waits, never), Outcome::Forgotten);
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
        let declined = Stage::Declined {
            cause: Cause::from_rule(16),
        };
        let over = seen(&[], declined);
        assert_eq!(became(&unheard, &over, never), Outcome::NotShown);
        assert_eq!(became(&unheard, &over, |_| {}), Outcome::InLine);
        let shown = |facts: &mut Facts| (facts.vouched, facts.shown) = (false, true);
        assert_eq!(became(&unheard, &waits, shown), Outcome::Forgotten);
        assert_eq!(became(&unheard, &waits, |_| {}), Outcome::Forgotten);
    }
}
