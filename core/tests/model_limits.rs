//! A holder's share, against counting everything again at every later minute.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use allkontor_core::id::{ClassId, PublicKey};
use allkontor_core::model::Limits;
use allkontor_core::model::limits::{Allowance, Limit, Share, Usage, UsageState};
use allkontor_core::time::{CivilMinute, DayStart, Interval, OfficeDay};
use chrono::Datelike;
use proptest::prelude::*;

const ANNA: PublicKey = PublicKey([1; 32]);
const BO: PublicKey = PublicKey([2; 32]);
const DESK: ClassId = ClassId(1);

/// Minutes after the first of February 2027, a Monday; February has four whole weeks.
fn at(minute: i32) -> CivilMinute {
    CivilMinute::from_ymd_hm(2027, 2, 1, 0, 0)
        .unwrap()
        .plus(minute)
        .unwrap()
}

fn usage() -> impl Strategy<Value = Usage> {
    let holder = prop_oneof![3 => Just(ANNA), 1 => Just(BO)];
    let class = prop_oneof![3 => Just(DESK), 1 => Just(ClassId(2))];
    let state = prop_oneof![3 => Just(UsageState::Held), 1 => Just(UsageState::NoShow), 1 => Just(UsageState::GivenBack)];
    (holder, class, 0..20 * 1440, 1..600, state).prop_map(|(holder, class, from, long, state)| {
        Usage {
            holder,
            class,
            interval: Interval::new(at(from), at(from + long)).unwrap(),
            state,
        }
    })
}

fn limits() -> impl Strategy<Value = Limits> {
    let few = || prop::option::of(0_u32..5);
    (few(), few(), few(), few(), prop::option::of(0_u32..1500)).prop_map(
        |(at_once, per_day, per_week, per_month, minutes)| Limits {
            at_once,
            per_day,
            per_week,
            per_month,
            minutes,
        },
    )
}

/// Counts again from the whole list.
fn used(limit: Limit, all: &[Usage], now: CivilMinute, day: OfficeDay) -> u32 {
    let mut sum = 0;
    for usage in all {
        if usage.holder != ANNA || usage.class != DESK || usage.state == UsageState::GivenBack {
            continue;
        }
        let ahead = now < usage.interval.end() && usage.state == UsageState::Held;
        let date = OfficeDay::of(usage.interval.start(), DayStart::default()).date();
        sum += match limit {
            Limit::AtOnce => u32::from(ahead),
            Limit::Minutes => u32::from(ahead) * usage.interval.minutes() as u32,
            Limit::PerDay => u32::from(date == day.date()),
            Limit::PerWeek => u32::from(date.iso_week() == day.date().iso_week()),
            Limit::PerMonth => {
                u32::from((date.year(), date.month()) == (day.date().year(), day.date().month()))
            }
        };
    }
    sum
}

/// The first later minute, or start of a later day, at which more is left.
fn next_at(a: &Allowance, all: &[Usage], now: CivilMinute, day: OfficeDay) -> Option<CivilMinute> {
    let left = |now, day| a.allowed.saturating_sub(used(a.limit, all, now, day));
    match a.limit {
        Limit::AtOnce | Limit::Minutes => (1..21 * 1440)
            .map(|n| now.plus(n).unwrap())
            .find(|t| left(*t, day) > a.left),
        _ => {
            let later = (1..40)
                .map(|n| day.plus(n))
                .find(|d| left(now, *d) > a.left);
            later.map(|d| d.interval(DayStart::default()).start())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_left_and_when_more_is_agree_with_counting_again(
        limits in limits(),
        all in prop::collection::vec(usage(), 0..12),
        now in 0..20 * 1440,
        wanted in (0..20 * 1440, 1..600),
    ) {
        let (now, wanted) = (at(now), Interval::new(at(wanted.0), at(wanted.0 + wanted.1)).unwrap());
        let day = OfficeDay::of(wanted.start(), DayStart::default());
        let share = Share::of(&limits, ANNA, DESK, DayStart::default(), &all);
        let allowances = share.allowances(now, day);
        let set = [limits.at_once, limits.per_day, limits.per_week, limits.per_month, limits.minutes];
        prop_assert_eq!(allowances.len(), set.iter().flatten().count());
        let mut refused = None;
        for a in &allowances {
            let used = used(a.limit, &all, now, day);
            prop_assert_eq!(a.left, a.allowed.saturating_sub(used), "{:?}", a);
            prop_assert_eq!(a.next_at, next_at(a, &all, now, day), "{:?}", a);
            let needed = if a.limit == Limit::Minutes { wanted.minutes() as u32 } else { 1 };
            if used + needed > a.allowed {
                refused.get_or_insert((a.limit, used));
            }
        }
        let answer = share.check(now, wanted);
        prop_assert_eq!(answer.err().map(|r| (r.limit, r.used)), refused);
    }

    #[test]
    fn nobody_is_refused_for_what_strangers_booked(
        limits in limits(),
        own in prop::collection::vec(usage(), 0..6),
        strangers in prop::collection::vec(usage(), 0..30),
        now in 0..20 * 1440,
    ) {
        let strangers = strangers.into_iter().map(|usage| Usage { holder: BO, ..usage });
        let all: Vec<Usage> = own.iter().copied().chain(strangers).collect();
        let (now, day) = (at(now), OfficeDay::of(at(now), DayStart::default()));
        let of = |list: &[Usage]| Share::of(&limits, ANNA, DESK, DayStart::default(), list).allowances(now, day);
        prop_assert_eq!(of(&own), of(&all));
    }
}

#[test]
fn one_room_at_a_time_and_the_next_when_this_one_ends() {
    let limits = Limits {
        at_once: Some(1),
        ..Limits::default()
    };
    let interval = Interval::new(at(9 * 60), at(11 * 60)).unwrap();
    let mine = Usage {
        holder: ANNA,
        class: DESK,
        interval,
        state: UsageState::Held,
    };
    let share = Share::of(&limits, ANNA, DESK, DayStart::default(), &[mine]);
    let later = Interval::new(at(12 * 60), at(13 * 60)).unwrap();
    let reached = share.check(at(10 * 60), later).unwrap_err();
    assert_eq!(
        reached.to_string(),
        "at-once limit of 1 reached: 1 used, next at 2027-02-01T11:00"
    );
    assert_eq!(share.check(at(11 * 60), later), Ok(()));
}

#[test]
fn the_week_turns_on_monday_morning_at_the_day_start() {
    let limits = Limits {
        per_week: Some(1),
        ..Limits::default()
    };
    // Sunday night: 02:00 on Monday the 8th is still Sunday's office day.
    let interval = Interval::new(at(7 * 1440 + 120), at(7 * 1440 + 180)).unwrap();
    let mine = Usage {
        holder: ANNA,
        class: DESK,
        interval,
        state: UsageState::NoShow,
    };
    let share = Share::of(&limits, ANNA, DESK, DayStart::default(), &[mine]);
    let on = |minute| share.check(at(0), Interval::new(at(minute), at(minute + 60)).unwrap());
    assert_eq!(
        on(1440).unwrap_err().next_at.unwrap().to_string(),
        "2027-02-08T04:00"
    );
    assert_eq!(on(7 * 1440 + 240), Ok(()));
}
