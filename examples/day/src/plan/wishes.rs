//! What people want: the classes as often as in life, the same good rooms at the same good hours.

use super::{Frame, Wanted, Wish};
use crate::office::{
    DESK, HALF_HALL, HEARING_LOOP, HEIGHT_ADJUSTABLE, LAPTOP, ROOM_WITH_PROJECTOR, SMALL_ROOM,
    STEP_FREE, WHOLE_HALL,
};
use crate::random::Random;
use allkontor_core::id::{FeatureId, UnitId};
use allkontor_core::model::Catalogue;
use allkontor_core::time::{CivilMinute, Interval};

/// What is asked for, and its class where the times are concerned.
struct Kind {
    what: Wanted,
    step: i32,
    shortest: i32,
    longest: i32,
    party: (i32, i32),
    needs: Vec<FeatureId>,
    exactly: bool,
}

/// A wish for a time after `from`, or none when the day is over.
pub(super) fn wish(
    frame: &Frame,
    office: &Catalogue,
    from: CivilMinute,
    random: &mut Random,
) -> Option<Wish> {
    let kind = kind(office, random);
    let interval = time(frame, &kind, from, random)?;
    let or_at = if random.chance(35) {
        other_time(frame, &kind, interval, from, random)
    } else {
        None
    };
    let (few, many) = kind.party;
    Some(Wish {
        what: kind.what,
        interval,
        or_at,
        needs: kind.needs,
        party: u16::try_from(random.between(few, many)).unwrap_or(1),
        exactly: kind.exactly,
    })
}

/// The same wish at another time of the day.
pub(super) fn elsewhen(
    frame: &Frame,
    wish: &Wish,
    from: CivilMinute,
    random: &mut Random,
) -> Option<Wish> {
    let length = wish.interval.minutes();
    for _ in 0..12 {
        let shift = random.between(-4, 4) * 60;
        let start = wish.interval.start().saturating_plus(shift);
        let end = start.saturating_plus(length);
        if shift != 0 && start >= from && start >= frame.opens && end <= frame.closes {
            let interval = Interval::new(start, end).ok()?;
            return Some(Wish {
                interval,
                or_at: None,
                ..wish.clone()
            });
        }
    }
    None
}

fn kind(office: &Catalogue, random: &mut Random) -> Kind {
    let kind = |what, step, shortest, longest, party| Kind {
        what,
        step,
        shortest,
        longest,
        party,
        needs: Vec::new(),
        exactly: false,
    };
    match random.below(100) {
        0..=41 => {
            let what = favourite(office, DESK, &[3, 4, 5, 9], random);
            let mut desk = kind(what, 30, 60, 300, (1, 1));
            if random.chance(12) {
                desk.what = Wanted::AnyOf(DESK);
                desk.needs = vec![HEIGHT_ADJUSTABLE];
            }
            desk
        }
        42..=69 => {
            let mut room = kind(
                favourite(office, SMALL_ROOM, &[21, 21, 22], random),
                15,
                60,
                150,
                (2, 6),
            );
            if random.chance(15) {
                room.what = Wanted::AnyOf(SMALL_ROOM);
                room.needs = vec![STEP_FREE, HEARING_LOOP];
            } else if random.chance(10) {
                room.exactly = true;
            }
            room
        }
        70..=84 => kind(Wanted::AnyOf(LAPTOP), 30, 60, 180, (1, 1)),
        85..=89 => kind(Wanted::Together(ROOM_WITH_PROJECTOR), 30, 60, 120, (3, 6)),
        90..=96 => kind(Wanted::AnyOf(HALF_HALL), 60, 60, 180, (6, 25)),
        _ => kind(Wanted::Together(WHOLE_HALL), 60, 120, 240, (30, 60)),
    }
}

/// Half of the people want one of the places that everybody likes, the others any of the class.
fn favourite(
    office: &Catalogue,
    class: allkontor_core::id::ClassId,
    liked: &[u32],
    random: &mut Random,
) -> Wanted {
    if random.chance(50) {
        return Wanted::AnyOf(class);
    }
    let units = office.matching(class, &std::collections::BTreeSet::new());
    let liked = liked.iter().map(|number| UnitId(*number));
    let all: Vec<UnitId> = liked.clone().chain(liked).chain(units).collect();
    random
        .pick(&all)
        .map_or(Wanted::AnyOf(class), |unit| Wanted::Unit(*unit))
}

/// Most people come around ten, one or three: of two drawn starts, the one nearer.
fn time(frame: &Frame, kind: &Kind, from: CivilMinute, random: &mut Random) -> Option<Interval> {
    let open = from.max(frame.opens);
    let first = round_up(frame.minutes(open), kind.step);
    let longest = frame
        .closes
        .minutes_since(frame.at(first))
        .min(kind.longest);
    if longest < kind.shortest {
        return None;
    }
    let length = random.between(kind.shortest / kind.step, longest / kind.step) * kind.step;
    let last = frame.minutes(frame.closes) - length;
    let peak = random.pick(&[10, 10, 13, 15]).map_or(0, |hour| hour * 60);
    let drawn = (0..2).map(|_| first + random.between(0, (last - first) / kind.step) * kind.step);
    let start = drawn.min_by_key(|start| (start - peak).abs())?;
    frame.span(start, start + length)
}

fn other_time(
    frame: &Frame,
    kind: &Kind,
    first: Interval,
    from: CivilMinute,
    random: &mut Random,
) -> Option<Interval> {
    let shift = random.between(1, 3) * kind.step.max(60);
    let start = first
        .start()
        .saturating_plus(if random.chance(50) { shift } else { -shift });
    let end = start.saturating_plus(first.minutes());
    let fits = start >= from.max(frame.opens) && end <= frame.closes;
    fits.then(|| Interval::new(start, end).ok()).flatten()
}

fn round_up(minutes: i32, step: i32) -> i32 {
    minutes.saturating_add(step - 1).div_euclid(step) * step
}
