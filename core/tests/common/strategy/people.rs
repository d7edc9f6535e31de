//! What is known of people, and what they say to one another.

use super::values::*;
use allkontor_core::limits;
use allkontor_core::statement::{Answers, Ground, NoticeKind, Post, Suspend};
use allkontor_core::time::{CivilMinute, OfficeDay};
use proptest::prelude::*;

pub fn suspend() -> impl Strategy<Value = Suspend> {
    let days = (
        -10_957..72_000i64,
        0..i64::from(limits::MAX_SUSPENSION_DAYS),
    );
    (public(), days, any::<u16>(), minute()).prop_map(|(holder, (from, days), ground, minute)| {
        Suspend {
            holder,
            from: OfficeDay::new(from).unwrap(),
            until: OfficeDay::new(from + days).unwrap(),
            ground: Ground::from_number(ground),
            minute,
        }
    })
}

pub fn post() -> impl Strategy<Value = Post> {
    let days = (
        -10_956..72_000i64,
        -1..=i64::from(limits::MAX_NOTICE_DAYS),
        0..1_440i64,
    );
    let numbers = (any::<u8>(), any::<u16>(), any::<u16>());
    (id(), numbers, words(), days).prop_map(|(ticket, numbers, text, (day, days, minute))| {
        let (slot, notice, answers) = numbers;
        Post {
            ticket,
            slot,
            notice: NoticeKind::from_number(notice),
            text,
            last: OfficeDay::new(day + days).unwrap(),
            answers: Answers::from_number(answers),
            claimed: CivilMinute::new(day * 1_440 + minute).unwrap(),
        }
    })
}
