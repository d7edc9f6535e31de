//! What every device expects of requests that nobody has decided yet (spec §6).

use super::fold::Fold;
use super::rank::Rank;
use super::refresh::periods;
use super::state::{Cell, Placed, SlotKey, SlotRecord};
use crate::id::{ClassId, FeatureId, StatementId, UnitId};
use crate::statement::{EventKey, Hold, Request, Wish};
use crate::time::Interval;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What the forecast asks of the published catalogue.
pub trait Places {
    /// Minutes set aside before and after a hold of that unit.
    fn buffers(&self, unit: UnitId) -> (u16, u16);
    /// Whether that time, buffers not included, is inside the unit's bookable hours.
    fn is_bookable(&self, unit: UnitId, interval: Interval) -> bool;
    /// The units of a class, in ascending order.
    fn units_of(&self, class: ClassId) -> Vec<UnitId>;
    /// How many features the unit has beyond the needs; `None` when it lacks one of them.
    fn surplus(&self, unit: UnitId, needs: &[FeatureId]) -> Option<usize>;
    /// The class of a unit; `None` for one that is not in the catalogue.
    fn class_of(&self, unit: UnitId) -> Option<ClassId>;
    /// Whether a unit is a seat, which is for whoever comes to an event and for nobody else.
    fn is_seat(&self, unit: UnitId) -> bool;
}

/// Quarters of an hour for which those who ask for seats after a group that waits may still be placed before it: a day.
const OVERTAKEN_FOR: i32 = 96;

/// A request that waits, and what it could be placed on.
struct Waits {
    event: Option<EventKey>,
    quarter: i32,
    /// Whether there are as many seats as it asks for, were nobody else to come.
    could_fit: bool,
    wanted: Vec<Placed>,
}

impl Waits {
    /// Whether who asked in that quarter for what is wanted stands behind this one (spec §6.6).
    fn holds_back(&self, event: Option<EventKey>, quarter: i32, wanted: &[Placed]) -> bool {
        let long_before = self.quarter.saturating_add(OVERTAKEN_FOR) <= quarter;
        event.is_some()
            && self.event == event
            && self.could_fit
            && long_before
            && overlap(&self.wanted, wanted)
    }
}

/// What is expected of one undecided request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// The request.
    pub request: StatementId,
    /// Its place in line.
    pub rank: Rank,
    /// Where it would be placed.
    pub place: Place,
}

/// Where a request would be placed if it were decided now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Its first option fits.
    Likely(Vec<Hold>),
    /// A later option or an equal unit fits.
    Alternative(Vec<Hold>),
    /// Nothing fits.
    Waiting {
        /// 1 + the waiting rivals ranked before it.
        n: u32,
    },
}

impl Place {
    /// The holds it would be given; none while it waits.
    pub fn holds(&self) -> &[Hold] {
        match self {
            Self::Likely(holds) | Self::Alternative(holds) => holds,
            Self::Waiting { .. } => &[],
        }
    }
}

/// The outlook of every undecided request of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    pub(super) outlooks: BTreeMap<SlotKey, Outlook>,
    /// What requests placed before have taken, by cell.
    pub(super) taken: BTreeMap<Cell, Vec<(SlotKey, Interval)>>,
    /// The requests that could be placed in each period.
    pub(super) by_period: BTreeMap<i32, BTreeSet<SlotKey>>,
}

impl Forecast {
    /// Places every undecided request, in rank order.
    pub fn new(fold: &Fold, places: &impl Places) -> Self {
        let mut forecast = Self::default();
        forecast.place_all(fold, places, fold.pending());
        forecast
    }

    /// Places those undecided requests among what is placed already, in rank order.
    pub(super) fn place_all<'a>(
        &mut self,
        fold: &Fold,
        places: &impl Places,
        keys: impl IntoIterator<Item = &'a SlotKey>,
    ) {
        let mut line: Vec<(Rank, SlotKey, &SlotRecord)> = keys
            .into_iter()
            .filter_map(|key| {
                let record = fold.resolved().slots.get(key)?.current()?;
                Some((Rank::of(fold, key, record)?, *key, record))
            })
            .collect();
        line.sort_by_key(|(rank, key, _)| (*rank, *key));
        let mut waiting: Vec<Waits> = Vec::new();
        for (rank, key, record) in line {
            let request = &record.request;
            let event = request.event;
            let stands_behind = event.is_some() && {
                let wanted = candidates(fold, places, &key, request);
                let mut waiting = waiting.iter();
                waiting.any(|before| before.holds_back(event, rank.quarter, &wanted))
            };
            let place = if stands_behind {
                None
            } else {
                self.place(fold, places, &key, request)
            };
            let place = place.unwrap_or_else(|| {
                let wanted = candidates(fold, places, &key, request);
                let rivals = waiting.iter();
                let rivals = rivals.filter(|other| overlap(&other.wanted, &wanted));
                let n = u32::try_from(rivals.count()).unwrap_or(u32::MAX);
                waiting.push(Waits {
                    event,
                    quarter: rank.quarter,
                    could_fit: could_fit(request, &wanted),
                    wanted,
                });
                Place::Waiting {
                    n: n.saturating_add(1),
                }
            });
            for placed in place.holds().iter().filter_map(|hold| fold.place_one(hold)) {
                self.taken
                    .entry(placed.cell)
                    .or_default()
                    .push((key, placed.occupied));
            }
            for period in periods(fold, &record.request) {
                self.by_period.entry(period).or_default().insert(key);
            }
            self.outlooks.insert(
                key,
                Outlook {
                    request: record.id,
                    rank,
                    place,
                },
            );
        }
    }

    /// Every undecided request's outlook.
    pub fn outlooks(&self) -> &BTreeMap<SlotKey, Outlook> {
        &self.outlooks
    }

    /// The undecided requests with a place or a turn, first in rank first.
    pub fn line(&self) -> Vec<(&SlotKey, &Outlook)> {
        let mut line: Vec<(&SlotKey, &Outlook)> = self.outlooks.iter().collect();
        line.sort_by_key(|(key, outlook)| (outlook.rank, **key));
        line
    }

    /// The same times as `holds` on units in cells that `may` be used, when the request takes any equal ones: each hold
    /// in turn where it is, else on the unit with the fewest surplus features.
    ///
    /// What stands in the way is heeded as by the forecast itself, so nobody ranked before loses anything by it.
    pub fn equals_among(
        &self,
        fold: &Fold,
        places: &impl Places,
        key: &SlotKey,
        holds: &[Hold],
        may: impl Fn(&Cell) -> bool,
    ) -> Option<Vec<Hold>> {
        let request = &fold.resolved().slots.get(key)?.current()?.request;
        request.any_equal.as_ref()?;
        let equals = equal_units(places, request);
        let mut found: Vec<Hold> = Vec::new();
        for wanted in holds {
            let units = std::iter::once(&wanted.unit).chain(&equals);
            let next = units
                .filter(|unit| found.iter().all(|hold| hold.unit != **unit))
                .map(|unit| pad(places, Wish::new(*unit, wanted.interval())))
                .filter(|hold| fold.cell_of(hold).is_some_and(|cell| may(&cell)))
                .find(|hold| {
                    let all = [found.as_slice(), &[*hold]].concat();
                    self.fits(fold, places, key, &all)
                })?;
            found.push(next);
        }
        (!found.is_empty()).then_some(found)
    }

    /// One request's outlook; `None` when it is decided, withdrawn or unknown.
    pub fn outlook(&self, key: &SlotKey) -> Option<&Outlook> {
        self.outlooks.get(key)
    }

    /// What forecasts have taken of a cell.
    pub fn taken(&self, cell: &Cell) -> &[(SlotKey, Interval)] {
        self.taken.get(cell).map_or(&[], Vec::as_slice)
    }

    /// The cells of which forecasts have taken something.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.taken.keys()
    }

    fn place(
        &self,
        fold: &Fold,
        places: &impl Places,
        key: &SlotKey,
        request: &Request,
    ) -> Option<Place> {
        for (index, option) in request.options.iter().enumerate() {
            let holds = padded(places, option);
            if self.fits(fold, places, key, &holds) {
                return Some(if index == 0 {
                    Place::Likely(holds)
                } else {
                    Place::Alternative(holds)
                });
            }
        }
        self.any_equal(fold, places, key, request)
            .map(Place::Alternative)
    }

    /// The first option's times on equal units, each another one, each hold in turn on the unit with the fewest surplus
    /// features.
    fn any_equal(
        &self,
        fold: &Fold,
        places: &impl Places,
        key: &SlotKey,
        request: &Request,
    ) -> Option<Vec<Hold>> {
        let equals = equal_units(places, request);
        let mut holds: Vec<Hold> = Vec::new();
        for wish in request.options.first()? {
            let unused = |unit: &&UnitId| holds.iter().all(|hold| hold.unit != **unit);
            let next = equals.iter().filter(unused).find_map(|unit| {
                let hold = pad(
                    places,
                    Wish {
                        unit: *unit,
                        interval: wish.interval,
                    },
                );
                let all = [holds.as_slice(), &[hold]].concat();
                self.fits(fold, places, key, &all).then_some(hold)
            })?;
            holds.push(next);
        }
        (!holds.is_empty()).then_some(holds)
    }

    fn fits(&self, fold: &Fold, places: &impl Places, key: &SlotKey, holds: &[Hold]) -> bool {
        let Some(placed) = holds
            .iter()
            .map(|hold| fold.place_one(hold))
            .collect::<Option<Vec<_>>>()
        else {
            return false;
        };
        let slot = fold.resolved().slots.get(key);
        let Some(asked) = slot.and_then(|slot| slot.current()) else {
            return false;
        };
        placed.iter().enumerate().all(|(i, this)| {
            let own = placed.iter().skip(i.saturating_add(1));
            places.is_bookable(this.hold.unit, this.hold.interval())
                && fold.is_admitted(places, key, &asked.request, &this.hold.wish())
                && !own.into_iter().any(|other| clash(this, other))
                && self.obstacles_to(fold, key, this).next().is_none()
        })
    }

    /// What stands in the way of a hold: the slot's own confirmation excepted.
    pub(super) fn obstacles_to<'a>(
        &'a self,
        fold: &'a Fold,
        key: &'a SlotKey,
        placed: &'a Placed,
    ) -> impl Iterator<Item = InTheWay> + 'a {
        let own = fold.resolved().slots.get(key).and_then(|slot| slot.last());
        let confirmed = fold
            .blocks(&placed.cell)
            .iter()
            .filter(move |(id, occupied)| Some(*id) != own && occupied.overlaps(placed.occupied))
            .map(|(_, occupied)| InTheWay::Confirmed(*occupied));
        let occupied = fold
            .occupied(placed.cell.unit)
            .filter(|(_, interval)| interval.overlaps(placed.occupied))
            .map(|(id, interval)| InTheWay::Occupied(id, interval));
        let taken = self
            .taken(&placed.cell)
            .iter()
            .filter(move |(other, occupied)| other != key && occupied.overlaps(placed.occupied))
            .map(|(other, occupied)| InTheWay::Ranked(*other, *occupied));
        confirmed.chain(occupied).chain(taken)
    }
}

/// What stands in the way of one hold.
pub(super) enum InTheWay {
    Confirmed(Interval),
    Occupied(StatementId, Interval),
    Ranked(SlotKey, Interval),
}

fn pad(places: &impl Places, wish: Wish) -> Hold {
    let (before, after) = places.buffers(wish.unit);
    Hold::new(wish.unit, wish.interval, before, after)
}

/// The holds of an option, with the catalogue's buffers.
pub(super) fn padded(places: &impl Places, option: &[Wish]) -> Vec<Hold> {
    option.iter().map(|wish| pad(places, *wish)).collect()
}

/// The units that would do as well: fewest surplus features first, ties by SHA-256(ticket id ‖ unit).
fn equal_units(places: &impl Places, request: &Request) -> Vec<UnitId> {
    let Some(any) = &request.any_equal else {
        return Vec::new();
    };
    let mut units: Vec<(usize, [u8; 32], UnitId)> = places
        .units_of(any.class)
        .into_iter()
        .filter_map(|unit| {
            let tie = Sha256::new()
                .chain_update(request.ticket.0)
                .chain_update(unit.0.to_be_bytes());
            Some((
                places.surplus(unit, &any.needs)?,
                tie.finalize().into(),
                unit,
            ))
        })
        .collect();
    units.sort_unstable();
    units.into_iter().map(|(_, _, unit)| unit).collect()
}

/// Every padded hold that a request could be placed on.
fn candidates(fold: &Fold, places: &impl Places, key: &SlotKey, request: &Request) -> Vec<Placed> {
    let equals = equal_units(places, request);
    let first = request.options.first().into_iter().flatten();
    let elsewhere = first.flat_map(|wish| {
        equals.iter().map(|unit| Wish {
            unit: *unit,
            interval: wish.interval,
        })
    });
    let wishes = request.options.iter().flatten().copied().chain(elsewhere);
    wishes
        .filter(|wish| places.is_bookable(wish.unit, wish.interval))
        .filter(|wish| fold.is_admitted(places, key, request, wish))
        .filter_map(|wish| fold.place_one(&pad(places, wish)))
        .collect()
}

/// Whether a request could be placed on some of the units that it may be, each taken once, if nobody else were there.
fn could_fit(request: &Request, wanted: &[Placed]) -> bool {
    let units_at = |at: Interval| {
        let there = wanted.iter().filter(|placed| placed.hold.interval() == at);
        let units: BTreeSet<UnitId> = there.map(|placed| placed.hold.unit).collect();
        units.len()
    };
    let mut options = request.options.iter();
    options.any(|option| {
        option.iter().all(|wish| {
            let together = option
                .iter()
                .filter(|other| other.interval == wish.interval);
            together.count() <= units_at(wish.interval)
        })
    })
}

fn overlap(some: &[Placed], others: &[Placed]) -> bool {
    some.iter().any(|a| others.iter().any(|b| clash(a, b)))
}

fn clash(a: &Placed, b: &Placed) -> bool {
    a.cell == b.cell && a.occupied.overlaps(b.occupied)
}
