//! What people say to one another, and what the office says of it.

use super::{at, id};
use allkontor_core::id::Digest;
use allkontor_core::statement::{
    Answer, Answers, Body, Cause, Moderate, NoticeKind, Post, Review, Suggest, Support, Verdict,
    Words,
};
use allkontor_core::time::OfficeDay;

pub fn answer() -> Answer {
    Answer {
        suggestion: id(0x29),
        outcome: Verdict::Planned,
        text: Some(words(0x84)),
        minute: at(10, 4),
    }
}

/// What there is of a text.
pub fn words(n: u8) -> Words {
    Words {
        hash: Digest([n; 32]),
        length: 2_000,
    }
}

/// What visitors say in commons documents, and nowhere else.
pub fn is_of_commons(body: &Body) -> bool {
    matches!(body, Body::Suggest(_) | Body::Support(_) | Body::Post(_))
}

/// Each of these kinds, with every optional field.
pub fn full() -> Vec<Body> {
    vec![
        Suggest {
            ticket: id(0x20),
            slot: 1,
            text: words(0x29),
            claimed: at(8, 19),
        }
        .into(),
        Support {
            ticket: id(0x20),
            slot: 1,
            suggestion: id(0x29),
            claimed: at(8, 20),
        }
        .into(),
        Post {
            ticket: id(0x20),
            slot: 2,
            notice: NoticeKind::Ask,
            text: words(0x81),
            last: OfficeDay::from_ymd(2026, 12, 23).unwrap(),
            answers: Answers::AtDesk,
            claimed: at(8, 21),
        }
        .into(),
        answer().into(),
        Moderate {
            of: id(0x29),
            cause: Cause::Guidelines,
            minute: at(10, 5),
        }
        .into(),
        Review {
            of: id(0x29),
            minute: at(10, 6),
        }
        .into(),
    ]
}
