//! Where everything goes.

use super::WIDTH;
use super::canvas::Box;
use crate::story::{Booking, End, Span, Story};
use allkontor_core::id::UnitId;
use allkontor_core::time::{CivilMinute, Interval};
use std::collections::BTreeMap;

/// Left and right edge of the hours.
const LEFT: f64 = 118.0;
const RIGHT: f64 = WIDTH - 22.0;
/// Top of the first row.
const TOP: f64 = 128.0;
/// A bar.
const BAR: f64 = 21.0;
/// One line of unmet wishes under a row, and how many there may be before the rest share the last.
const LANE: f64 = 6.0;
const MOST_LANES: usize = 4;
/// Between rows, and above the first row of a class.
const GAP: f64 = 6.0;
const HEADING: f64 = 24.0;
/// Minutes shown before the office opens, when people book at home.
const BEFORE: i32 = 60;

pub(super) struct Layout {
    from: CivilMinute,
    until: CivilMinute,
    pub(super) rows: Vec<PlacedRow>,
    /// Lines under rows: by booking and wish.
    lanes: BTreeMap<(usize, UnmetKind, Span), usize>,
    pub(super) bottom: f64,
}

pub(super) struct PlacedRow {
    pub(super) unit: UnitId,
    pub(super) top: f64,
    pub(super) height: f64,
    /// What stands above it, when it is the first of its class.
    pub(super) heading: Option<String>,
}

/// A wish that was not met where it was, or a place that was left.
pub(super) struct Unmet {
    pub(super) booking: usize,
    pub(super) kind: UnmetKind,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum UnmetKind {
    /// Something equal was given.
    Moved,
    /// The person wanted something else later.
    Own,
    /// The office closed it.
    Taken,
    /// Nothing was left.
    Waited,
    /// The office said no.
    Declined,
    /// The person gave it back.
    Cancelled,
}

impl Layout {
    pub(super) fn of(story: &Story) -> Self {
        let opens = story
            .office
            .open
            .first()
            .map_or(CivilMinute::MIN, |open| open.start());
        let closes = story
            .office
            .open
            .last()
            .map_or(CivilMinute::MAX, |open| open.end());
        let mut layout = Self {
            from: opens.saturating_plus(-BEFORE),
            until: closes,
            rows: Vec::new(),
            lanes: BTreeMap::new(),
            bottom: TOP,
        };
        let unmet = unmet(story);
        let mut class = "";
        for row in &story.rows {
            let first = row.class != class;
            class = &row.class;
            let heading = first.then(|| row.class.clone());
            layout.bottom += if first { HEADING } else { GAP };
            let lanes = layout.fill_lanes(unmet.iter().filter(|wish| wish.span.unit == row.unit));
            let extra = if lanes == 0 {
                0.0
            } else {
                LANE * lanes as f64 + 2.0
            };
            layout.rows.push(PlacedRow {
                unit: row.unit,
                top: layout.bottom,
                height: BAR + extra,
                heading,
            });
            layout.bottom += BAR + extra;
        }
        layout.bottom += 8.0;
        layout
    }

    /// Gives each wish the first line that is free there; how many lines it took.
    fn fill_lanes<'a>(&mut self, wishes: impl Iterator<Item = &'a Unmet>) -> usize {
        let mut lanes: Vec<Vec<Interval>> = Vec::new();
        for wish in wishes {
            let busy =
                |lane: &Vec<Interval>| lane.iter().any(|other| other.overlaps(wish.span.interval));
            let free = lanes.iter().position(|lane| !busy(lane));
            let lane = free
                .unwrap_or(lanes.len())
                .min(MOST_LANES.saturating_sub(1));
            match lanes.get_mut(lane) {
                Some(lane) => lane.push(wish.span.interval),
                None => lanes.push(vec![wish.span.interval]),
            }
            self.lanes
                .insert((wish.booking, wish.kind, wish.span), lane);
        }
        lanes.len()
    }

    /// Left to right, held inside the picture.
    pub(super) fn x(&self, at: CivilMinute) -> f64 {
        let whole = f64::from(self.until.minutes_since(self.from));
        let share = f64::from(at.minutes_since(self.from)) / whole;
        LEFT + share.clamp(0.0, 1.0) * (RIGHT - LEFT)
    }

    pub(super) fn shows(&self, at: CivilMinute) -> bool {
        self.from <= at && at <= self.until
    }

    /// Full hours, left to right.
    pub(super) fn hours(&self) -> impl Iterator<Item = CivilMinute> + '_ {
        let count = self.until.minutes_since(self.from) / 60;
        (0..=count).map(|hour| self.from.saturating_plus(hour * 60))
    }

    pub(super) const fn left(&self) -> f64 {
        LEFT
    }

    pub(super) const fn right(&self) -> f64 {
        RIGHT
    }

    pub(super) const fn top(&self) -> f64 {
        TOP
    }

    fn row(&self, unit: UnitId) -> Option<&PlacedRow> {
        self.rows.iter().find(|row| row.unit == unit)
    }

    /// The bar of a booking; none for a place that is not drawn or another day.
    pub(super) fn bar(&self, unit: UnitId, interval: Interval) -> Option<Box> {
        let row = self.row(unit)?;
        (interval.start() < self.until && interval.end() > self.from).then(|| {
            let (x, right) = (self.x(interval.start()), self.x(interval.end()));
            Box {
                x: x + 0.7,
                y: row.top,
                width: (right - x - 1.4).max(1.0),
                height: BAR,
            }
        })
    }

    /// The line of an unmet wish.
    pub(super) fn lane(&self, wish: &Unmet) -> Option<Box> {
        let lane = *self.lanes.get(&(wish.booking, wish.kind, wish.span))?;
        let bar = self.bar(wish.span.unit, wish.span.interval)?;
        let y = bar.y + BAR + 2.5 + LANE * lane as f64;
        Some(Box {
            y,
            height: LANE - 2.0,
            ..bar
        })
    }
}

/// Every wish that was not met where it was, in the order of the bookings.
pub(super) fn unmet(story: &Story) -> Vec<Unmet> {
    let of = |(index, booking): (usize, &Booking)| {
        let mut all = Vec::new();
        let mut add = |kind, spans: &[Span]| {
            all.extend(spans.iter().map(|span| Unmet {
                booking: index,
                kind,
                span: *span,
            }));
        };
        let wanted = booking.asked();
        match booking.end {
            End::Confirmed | End::CheckedIn | End::NoShow => {
                let taken = story.taken_from(booking);
                if let Some(taken) = taken {
                    add(UnmetKind::Taken, taken);
                } else if booking.was_moved() {
                    add(UnmetKind::Moved, wanted);
                }
                // Staying longer is no other place.
                let elsewhere = |first: &Vec<Span>| {
                    let start = |spans: &[Span]| {
                        spans.first().map(|span| (span.unit, span.interval.start()))
                    };
                    start(first) != start(booking.asked())
                };
                if let Some(first) = booking.wishes.first().filter(|first| elsewhere(first)) {
                    add(UnmetKind::Own, first);
                }
            }
            End::Waiting(_) | End::TakenBack => add(UnmetKind::Waited, wanted),
            End::Declined => add(UnmetKind::Declined, wanted),
            End::Cancelled => add(
                UnmetKind::Cancelled,
                booking.held.last().map_or(wanted, |held| &held.spans),
            ),
            End::Refused | End::Unsent => {}
        }
        all
    };
    story.bookings.iter().enumerate().flat_map(of).collect()
}

impl Story {
    /// The place that was taken from a booking because it closed, when it has another now.
    fn taken_from<'a>(&self, booking: &'a Booking) -> Option<&'a [Span]> {
        let (_, earlier) = booking.held.split_last()?;
        let before = &earlier.last()?.spans;
        let closed = |span: &Span| {
            let mut about = self
                .notices
                .iter()
                .filter(|notice| notice.unit.is_none_or(|unit| unit == span.unit));
            about.any(|notice| notice.interval.overlaps(span.interval))
        };
        before.iter().any(closed).then_some(before.as_slice())
    }
}
