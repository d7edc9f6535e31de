//! Why a request is placed where it is: reasons as data, equal on every device. Words come later.

use super::fold::Fold;
use super::forecast::{Forecast, InTheWay, Places, padded};
use super::rank::{Rank, RankClass};
use super::state::SlotKey;
use crate::id::UnitId;
use crate::statement::{Cause, Hold};
use crate::time::{CivilMinute, Interval};

/// One thing that stands in the way of one option. Names nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The time is outside the unit's bookable hours, or the unit is not in the catalogue.
    NotBookable {
        /// The unit.
        unit: UnitId,
        /// The time asked for.
        interval: Interval,
    },
    /// Confirmed to someone else.
    Confirmed {
        /// The unit.
        unit: UnitId,
        /// What is taken, buffers included.
        interval: Interval,
    },
    /// Physically taken.
    Occupied {
        /// The unit.
        unit: UnitId,
        /// What is taken.
        interval: Interval,
        /// Why.
        cause: Cause,
    },
    /// Someone ranked before is expected to get it.
    RankedBefore {
        /// The unit.
        unit: UnitId,
        /// What they are expected to get, buffers included.
        interval: Interval,
        /// What put them first.
        by: Decider,
    },
}

/// What put one request before another: the first field of [`Rank`] in which they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decider {
    /// They lost a confirmed place through no doing of theirs.
    Victim,
    /// This request's ticket was signed by a device that is no longer trusted.
    RevokedSigner,
    /// They asked in an earlier quarter of an hour.
    Earlier {
        /// When they asked, by the rule.
        theirs: CivilMinute,
        /// When this one was asked, by the rule.
        ours: CivilMinute,
        /// Whether ours counts from the ticket's stamp (the office's last contact) and not from the claim.
        last_contact: bool,
    },
    /// The same quarter of an hour: a draw.
    Draw,
}

impl Forecast {
    /// Why each option of an undecided request does not fit: one list an option, empty for those that do.
    pub fn obstacles(
        &self,
        fold: &Fold,
        places: &impl Places,
        key: &SlotKey,
    ) -> Vec<Vec<Obstacle>> {
        let current = fold
            .resolved()
            .slots
            .get(key)
            .and_then(|slot| slot.current());
        let options = current
            .map(|record| record.request.options.as_slice())
            .unwrap_or_default();
        options
            .iter()
            .map(|option| {
                let holds = padded(places, option);
                holds
                    .iter()
                    .flat_map(|hold| self.obstacles_to_hold(fold, places, key, hold))
                    .collect()
            })
            .collect()
    }

    fn obstacles_to_hold(
        &self,
        fold: &Fold,
        places: &impl Places,
        key: &SlotKey,
        hold: &Hold,
    ) -> Vec<Obstacle> {
        let (unit, interval) = (hold.unit, hold.interval());
        let placed = fold
            .place_one(hold)
            .filter(|_| places.is_bookable(unit, interval));
        let Some(placed) = placed else {
            return vec![Obstacle::NotBookable { unit, interval }];
        };
        let mine = self.outlook(key).map(|outlook| outlook.rank);
        self.obstacles_to(fold, key, &placed)
            .filter_map(|obstacle| match obstacle {
                InTheWay::Confirmed(interval) => Some(Obstacle::Confirmed { unit, interval }),
                InTheWay::Occupied(id, interval) => {
                    let cause = fold.resolved().occupations.get(&id)?.cause;
                    Some(Obstacle::Occupied {
                        unit,
                        interval,
                        cause,
                    })
                }
                InTheWay::Ranked(other, interval) => {
                    let theirs = self.outlook(&other)?.rank;
                    let by = self.decider_between(fold, key, mine?, theirs)?;
                    Some(Obstacle::RankedBefore { unit, interval, by })
                }
            })
            .collect()
    }

    fn decider_between(
        &self,
        fold: &Fold,
        key: &SlotKey,
        ours: Rank,
        theirs: Rank,
    ) -> Option<Decider> {
        if ours <= theirs {
            return None;
        }
        if theirs.class != ours.class {
            let victim = theirs.class == RankClass::Victim;
            return Some(if victim {
                Decider::Victim
            } else {
                Decider::RevokedSigner
            });
        }
        if theirs.quarter == ours.quarter {
            return Some(Decider::Draw);
        }
        let stamp = fold.resolved().tickets.get(&key.ticket)?.ticket.stamp;
        let claimed = fold.resolved().slots.get(key)?.current()?.request.claimed;
        let last_contact = claimed < stamp;
        Some(Decider::Earlier {
            theirs: theirs.since(),
            ours: ours.since(),
            last_contact,
        })
    }
}
