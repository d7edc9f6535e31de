//! What tills and accounts have.

use super::{at, id, november, public};
use allkontor_core::id::LineId;
use allkontor_core::money::Ore;
use allkontor_core::statement::{
    About, Allow, Body, CarryOver, Cause, Charge, Deposit, Document, Entry, Means, OpenAccount,
    PaidOut, Part, Pay, Posting, Refund, Settle, Spend, TopUp,
};

pub fn charge() -> Charge {
    Charge {
        line: LineId(300),
        quantity: 5,
        amount: ore(1_000),
        catalogue: 12,
        minute: at(10, 0),
        about: Some(about()),
    }
}

pub fn deposit() -> Deposit {
    Deposit {
        line: LineId(7),
        amount: ore(20_000),
        means: Means::Cash,
        catalogue: 12,
        minute: at(10, 2),
        about: Some(about()),
    }
}

pub fn settle() -> Settle {
    Settle {
        deposit: id(0x42),
        returned: ore(15_000),
        forfeited: ore(5_000),
        cause: Cause::Lost,
        paid_out: Some(id(0x44)),
    }
}

pub fn correction() -> Entry {
    let posting = Posting::Correction {
        of: id(0x40),
        change: ore(-200),
        returned: vec![part(0x41, 200)],
    };
    Entry {
        posting,
        minute: at(10, 5),
        cause: Some(Cause::Staff),
    }
}

pub fn refund() -> Refund {
    Refund {
        account: id(0x51),
        amount: ore(300),
        means: Means::Cash,
        minute: at(10, 8),
        of: Some(id(0x52)),
    }
}

fn ore(amount: i64) -> Ore {
    Ore::new(amount).unwrap()
}

fn part(of: u8, amount: i64) -> Part {
    let (of, amount) = (id(of), ore(amount));
    Part { of, amount }
}

fn about() -> About {
    About {
        document: november(),
        confirm: id(0x33),
    }
}

/// Each of these kinds, with every optional field.
pub fn full() -> Vec<Body> {
    vec![
        charge().into(),
        Pay {
            parts: vec![part(0x40, 1_000), part(0x41, 5)],
            means: Means::Cash,
            minute: at(10, 1),
        }
        .into(),
        deposit().into(),
        settle().into(),
        PaidOut {
            deposit: id(0x42),
            amount: ore(15_000),
            means: Means::Card,
            minute: at(16, 0),
        }
        .into(),
        correction().into(),
        OpenAccount {
            holder: public(5),
            limit: ore(5_000),
            minute: at(10, 4),
            account: Some(id(0x51)),
        }
        .into(),
        TopUp {
            account: id(0x51),
            amount: ore(10_000),
            means: Means::Card,
            minute: at(10, 5),
        }
        .into(),
        Spend {
            account: id(0x51),
            parts: vec![part(0x40, 1_000), part(0x41, 5)],
            minute: at(10, 6),
        }
        .into(),
        Allow {
            account: id(0x51),
            amount: ore(2_000),
            to: public(4),
        }
        .into(),
        CarryOver {
            account: id(0x51),
            change: ore(-700),
            document: Document::Till(2027),
            minute: at(10, 7),
        }
        .into(),
        refund().into(),
    ]
}
