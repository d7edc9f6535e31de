//! Why a booking stands as it does, and what is near and free. Names nobody, and is equal on every device but for when
//! each has heard of others.

use super::{Awaits, Delivery, Expected, FreeUnit, Stage, Status, View, Wanted};
use crate::id::{ClassId, FeatureId, PublicKey, StatementId, UnitId};
use crate::model::{Catalogue, Rule, starts_near};
use crate::resolve::{Cell, Fold, Obstacle, SlotKey};
use crate::statement::{Request, Wish};
use crate::time::{CivilMinute, Interval};
use std::collections::{BTreeMap, BTreeSet};

/// Free times offered for one wish: as many as fit a small screen.
const MAX_NEAREST: usize = 5;

/// Why a booking stands as it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// How it stands. A cause that is a rule of the catalogue is [`crate::statement::Cause::rule`].
    pub status: Status,
    /// What it waits for, while it is undecided.
    pub awaits: Option<Awaits>,
    /// What stands in the way of each option, in the order they were asked for.
    pub options: Vec<OptionReport>,
    /// Other times for the first option, when the booking lacks what it asked for.
    pub nearest: Vec<Nearest>,
    /// Other units at the first option's times, when the booking lacks what it asked for.
    pub equals: Vec<EqualUnits>,
    /// Confirmations that were given and do not hold, while the booking has no other.
    pub broken: Vec<Broken>,
}

/// A confirmation that a device of the office gave and that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The confirmation: its certificate can be shown at the desk.
    pub confirm: StatementId,
    /// Why it does not hold.
    pub why: BrokenBy,
}

/// Why a confirmation does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokenBy {
    /// Its device was replaced before the office heard of it.
    Unheard {
        /// Whether somebody at the office has vouched for it, so that the booking comes before all others.
        honoured: bool,
    },
    /// Its device acted on what did not stand, or was cloned and contradicted itself. The booking comes before all
    /// others.
    Contradicted,
}

/// One option of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionReport {
    /// What was asked for, all or nothing.
    pub wishes: Vec<Wish>,
    /// What stands in the way; empty when it fits.
    pub obstacles: Vec<Obstacle>,
    /// The catalogue's rules that it breaks, whoever asks and whenever: closed, outside hours, no such unit.
    pub rules: Vec<Rule>,
}

/// The nearest times at which the same units are free together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// The units that were wanted at the same time.
    pub units: Vec<UnitId>,
    /// That time.
    pub wanted: Interval,
    /// At most 5 as long, in the same period (office day or year), the nearest first; the time itself if it is free.
    pub times: Vec<Interval>,
}

/// Units of the same class that are free at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EqualUnits {
    /// The class.
    pub class: ClassId,
    /// The time.
    pub interval: Interval,
    /// How many units of that class were asked for.
    pub wanted: usize,
    /// Others that nobody has or is expected to get, fewest surplus features first.
    pub units: Vec<FreeUnit>,
}

impl View {
    /// Why a booking stands as it does. `catalogue` is the one the view was made from; `heard`: when each device of the
    /// office was last heard of here; no time before `now` is offered.
    pub fn explain(
        &self,
        fold: &Fold,
        catalogue: &Catalogue,
        key: &SlotKey,
        delivery: Delivery,
        heard: &BTreeMap<PublicKey, CivilMinute>,
        now: CivilMinute,
    ) -> Explanation {
        let status = self.status(fold, key, delivery);
        let awaits = self.awaits(fold, catalogue, key, delivery, heard, now);
        let slot = fold.resolved().slots.get(key);
        let Some(current) = slot.and_then(|slot| slot.current()) else {
            return Explanation {
                status,
                awaits,
                options: Vec::new(),
                nearest: Vec::new(),
                equals: Vec::new(),
                broken: Vec::new(),
            };
        };
        let request = &current.request;
        let lacks = matches!(
            status.stage,
            Stage::Alternative { .. }
                | Stage::Waiting { .. }
                | Stage::Withdrawn { .. }
                | Stage::Declined { .. }
                | Stage::Released { .. }
        );
        let first = request.options.first().filter(|_| lacks);
        let first = first.map(Vec::as_slice).unwrap_or_default();
        let own = self.own(fold, key);
        let broken = if status.stage.stands() {
            Vec::new()
        } else {
            broken(fold, key)
        };
        Explanation {
            broken,
            status,
            awaits,
            options: self.reports(fold, catalogue, key, request),
            nearest: self.nearest(catalogue, first, &own, now),
            equals: self.equals(request, first, &own, now),
        }
    }

    fn reports(
        &self,
        fold: &Fold,
        catalogue: &Catalogue,
        key: &SlotKey,
        request: &Request,
    ) -> Vec<OptionReport> {
        let layout = &self.board.layout;
        let obstacles = self.forecast.obstacles(fold, &**layout, key);
        let broken = |wish: &Wish| {
            catalogue
                .check_bookable(wish.unit, wish.interval, layout.day_start)
                .err()
        };
        let options = request.options.iter().zip(obstacles);
        options
            .map(|(wishes, obstacles)| OptionReport {
                wishes: wishes.clone(),
                obstacles,
                rules: wishes.iter().filter_map(broken).collect(),
            })
            .collect()
    }

    fn nearest(
        &self,
        catalogue: &Catalogue,
        option: &[Wish],
        own: &[super::Entry],
        now: CivilMinute,
    ) -> Vec<Nearest> {
        let mut together: BTreeMap<Interval, Vec<UnitId>> = BTreeMap::new();
        for wish in option {
            together.entry(wish.interval).or_default().push(wish.unit);
        }
        let found = together.into_iter().map(|(wanted, units)| {
            let each = units
                .iter()
                .map(|unit| self.times(catalogue, *unit, wanted, own));
            let common = each.reduce(|common, times| {
                let times: BTreeSet<Interval> = times.into_iter().collect();
                common
                    .into_iter()
                    .filter(|time| times.contains(time))
                    .collect()
            });
            let times = common.unwrap_or_default().into_iter();
            Nearest {
                units,
                wanted,
                times: times
                    .filter(|time| time.start() >= now)
                    .take(MAX_NEAREST)
                    .collect(),
            }
        });
        found.collect()
    }

    /// The times as long as `wanted` at which nobody has or is expected to get that unit, the nearest first.
    fn times(
        &self,
        catalogue: &Catalogue,
        unit: UnitId,
        wanted: Interval,
        own: &[super::Entry],
    ) -> Vec<Interval> {
        let layout = &self.board.layout;
        let day = layout
            .index_holding(wanted)
            .and_then(|at| layout.period_at(at));
        let class = layout.class_of(unit);
        let (Some(period), Some((class, run))) = (day, class) else {
            return Vec::new();
        };
        let Some(class) = catalogue.class(class) else {
            return Vec::new();
        };
        let cell = layout
            .overlapping(wanted)
            .map(|period| Cell { unit, period })
            .next();
        let row = cell.map_or(&[][..], |cell| self.board.row(&cell)).iter();
        let others = row.filter(|entry| !own.contains(entry));
        let mut busy: Vec<Interval> = others.map(|entry| run.widened(entry.blocked)).collect();
        busy.extend(
            layout
                .place(unit)
                .into_iter()
                .flat_map(|place| period.shut(place)),
        );
        starts_near(wanted, period.open(), &busy, class.rules.raster)
    }

    fn equals(
        &self,
        request: &Request,
        option: &[Wish],
        own: &[super::Entry],
        now: CivilMinute,
    ) -> Vec<EqualUnits> {
        let mut wanted: BTreeMap<(ClassId, Interval), BTreeSet<UnitId>> = BTreeMap::new();
        for wish in option.iter().filter(|wish| wish.interval.start() >= now) {
            let any = request.any_equal.as_ref().map(|any| any.class);
            let own_class = || {
                self.board
                    .layout
                    .class_of(wish.unit)
                    .map(|(class, _)| class)
            };
            if let Some(class) = any.or_else(own_class) {
                wanted
                    .entry((class, wish.interval))
                    .or_default()
                    .insert(wish.unit);
            }
        }
        let needs = request
            .any_equal
            .as_ref()
            .map(|any| any.needs.iter().copied());
        let needs: BTreeSet<FeatureId> = needs.into_iter().flatten().collect();
        let found = wanted.into_iter().map(|((class, interval), asked)| {
            let wanted = Wanted {
                expected: Expected::Busy,
                except: own,
                ..Wanted::any(class, &needs, interval)
            };
            let free = self.board.free(&wanted).into_iter();
            EqualUnits {
                class,
                interval,
                wanted: asked.len(),
                units: free.filter(|free| !asked.contains(&free.unit)).collect(),
            }
        });
        found.collect()
    }
}

fn broken(fold: &Fold, key: &SlotKey) -> Vec<Broken> {
    let promises = fold.broken_promises(key).into_iter();
    let why = |confirm: &StatementId| {
        if fold.beyond_cuts().contains(confirm) {
            let honoured = fold.is_honoured(confirm);
            BrokenBy::Unheard { honoured }
        } else {
            BrokenBy::Contradicted
        }
    };
    promises
        .map(|confirm| Broken {
            confirm,
            why: why(&confirm),
        })
        .collect()
}
