//! What passes through a till, each in its steward's chain of a `till` document.

use super::Document;
use super::field::{Item, Value, kind};
use super::numbered::{Cause, numbered};
use super::values::in_range;
use crate::cbor::{CborError, Reader, Writer};
use crate::id::{LineId, StatementId};
use crate::limits;
use crate::money::Ore;
use crate::time::CivilMinute;

kind! {
    /// Something is owed: for a confirmed booking, or for what is bought at the till. Never for a forecast.
    Charge {
        /// The line of the tariff.
        10 line: LineId,
        /// How many: pages, months, pieces.
        11 quantity: u32,
        /// What it costs in all, by the tariff of that version and day.
        12 amount: Ore,
        /// The version of the catalogue.
        13 catalogue: u32,
        /// When.
        14 minute: CivilMinute,
        /// The booking it is for; none for what is bought at the till.
        15 about: Option<About>,
    }
    check |charge| {
        in_range("quantity", charge.quantity, 1, limits::MAX_QUANTITY)?;
        at_least("charge", charge.amount, 0)
    };
}

kind! {
    /// Money came in for charges. Its receipt's number is counted, not signed.
    Pay {
        /// Which charges, and how much for each.
        10 parts: Vec<Part>,
        /// In what form.
        11 means: Means,
        /// When.
        12 minute: CivilMinute,
    }
    check |pay| {
        in_order(&pay.parts, 1)?;
        by_hand(pay.means)
    };
}

kind! {
    /// Money came in that is to be given back. Whoever takes it keeps it.
    Deposit {
        /// The line of the tariff.
        10 line: LineId,
        /// How much.
        11 amount: Ore,
        /// In what form.
        12 means: Means,
        /// The version of the catalogue.
        13 catalogue: u32,
        /// When.
        14 minute: CivilMinute,
        /// The booking it is for.
        15 about: Option<About>,
    }
    check |deposit| {
        at_least("deposit", deposit.amount, 1)?;
        by_hand(deposit.means)
    };
}

kind! {
    /// The keeper of a deposit writes off what was given back, or what the office keeps.
    Settle {
        /// The deposit.
        10 deposit: StatementId,
        /// Given back, by that `paid_out`.
        11 returned: Ore,
        /// Kept for good.
        12 forfeited: Ore,
        /// Why.
        13 cause: Cause,
        /// The money that left a till: nothing is given back without.
        14 paid_out: Option<StatementId>,
    }
    check |settle| {
        at_least("returned", settle.returned, 0)?;
        at_least("forfeited", settle.forfeited, 0)?;
        let settled = settle.returned.get().saturating_add(settle.forfeited.get());
        in_range("settled", settled, 1, limits::MAX_ORE)
    };
}

kind! {
    /// Money of a deposit left a till, whichever: a physical fact.
    PaidOut {
        /// The deposit.
        10 deposit: StatementId,
        /// How much.
        11 amount: Ore,
        /// In what form.
        12 means: Means,
        /// When.
        13 minute: CivilMinute,
    }
    check |paid| {
        at_least("pay-out", paid.amount, 1)?;
        by_hand(paid.means)
    };
}

kind! {
    /// Anything else in the books. What was written before stays as it was.
    Entry {
        /// What.
        10 posting: Posting,
        /// When.
        11 minute: CivilMinute,
        /// Why.
        12 cause: Option<Cause>,
    }
}

/// What an [`Entry`] says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Posting {
    /// An earlier charge was wrong: so much more or less, and what is given back of its payments.
    Correction {
        /// The charge.
        of: StatementId,
        /// More, or less.
        change: Ore,
        /// Payments, and how much of each is given back.
        returned: Vec<Part>,
    },
    /// The till's cash was counted; the difference is booked.
    Count {
        /// What lay in it.
        counted: Ore,
        /// What its books said.
        expected: Ore,
    },
    /// Cash was put into the till or taken from it: change for the day, what went to the bank.
    Float {
        /// More, or less.
        change: Ore,
    },
    /// Nothing more is to pass through an account.
    Closed {
        /// The account.
        account: StatementId,
    },
}

numbered! {
    /// In what form money passes.
    Means {
        /// Notes and coins: they lie in the till.
        1 Cash "cash",
        /// A card, through a terminal of its own.
        2 Card "card",
        /// Any other way: an invoice, a phone's payment.
        3 Elsewhere "elsewhere",
        /// From an account: what a `Spend` comes to, and nothing else can say.
        4 Account "account",
    }
}

/// The booking that money is for: a confirmation, and the document it stands in. Nothing waits for it to be here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct About {
    /// Its document.
    pub document: Document,
    /// The confirmation.
    pub confirm: StatementId,
}

/// So much of one entry: of a charge that is paid, of a payment that is given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The entry.
    pub of: StatementId,
    /// How much.
    pub amount: Ore,
}

pub(super) fn at_least(what: &'static str, amount: Ore, least: i64) -> Result<(), CborError> {
    in_range(what, amount.get(), least, limits::MAX_ORE)
}

/// What passes from hand to hand: an account is spent from in another way.
pub(super) fn by_hand(means: Means) -> Result<(), CborError> {
    if means == Means::Account {
        return Err(CborError::Invalid {
            what: "means",
            why: "an account is paid from by a Spend",
        });
    }
    Ok(())
}

/// Ascending, each once, each more than nothing, and together no more than an entry may have.
pub(super) fn in_order(parts: &[Part], least: usize) -> Result<(), CborError> {
    in_range(
        "number of parts",
        parts.len() as u64,
        least as u64,
        limits::MAX_PARTS as u64,
    )?;
    let mut sum: i64 = 0;
    for part in parts {
        at_least("part", part.amount, 1)?;
        sum = sum.saturating_add(part.amount.get());
    }
    in_range("sum of the parts", sum, 0, limits::MAX_ORE)?;
    if parts
        .iter()
        .zip(parts.iter().skip(1))
        .all(|(a, b)| a.of < b.of)
    {
        return Ok(());
    }
    Err(CborError::Invalid {
        what: "parts",
        why: "not in ascending order, each entry once",
    })
}

/// An integer.
impl Value for Ore {
    fn put(&self, to: &mut Writer) {
        to.int(self.get());
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        let got = from.int()?;
        Self::new(got).map_err(|_| CborError::Range {
            what: "amount",
            got: got.into(),
            min: i128::from(limits::MAX_ORE).saturating_neg(),
            max: limits::MAX_ORE.into(),
        })
    }
}

impl Value for LineId {
    fn put(&self, to: &mut Writer) {
        self.0.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        u16::take(from).map(Self)
    }
}

/// `[document, confirm]`
impl Value for About {
    fn put(&self, to: &mut Writer) {
        to.array(2);
        self.document.put(to);
        self.confirm.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("what it is for", 2, 2)?;
        Ok(Self {
            document: Document::take(from)?,
            confirm: StatementId::take(from)?,
        })
    }
}

/// `[entry, amount]`
impl Value for Part {
    fn put(&self, to: &mut Writer) {
        to.array(2);
        self.of.put(to);
        self.amount.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("part", 2, 2)?;
        Ok(Self {
            of: StatementId::take(from)?,
            amount: Ore::take(from)?,
        })
    }
}

impl Item for Part {
    const WHAT: &'static str = "number of parts";
    const MIN: usize = 0;
    const MAX: usize = limits::MAX_PARTS;
}

/// `[1, charge, change, [* part]]`, `[2, counted, expected]`, `[3, change]` or `[4, account]`
impl Value for Posting {
    fn put(&self, to: &mut Writer) {
        match self {
            Self::Correction {
                of,
                change,
                returned,
            } => {
                to.array(4).uint(1);
                of.put(to);
                change.put(to);
                returned.put(to);
            }
            Self::Count { counted, expected } => {
                to.array(3).uint(2);
                counted.put(to);
                expected.put(to);
            }
            Self::Float { change } => {
                to.array(2).uint(3);
                change.put(to);
            }
            Self::Closed { account } => {
                to.array(2).uint(4);
                account.put(to);
            }
        }
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        let fields = from.array("posting", 2, 4)?;
        match (from.uint()?, fields) {
            (1, 4) => {
                let (of, change) = (StatementId::take(from)?, Ore::take(from)?);
                let returned: Vec<Part> = Vec::take(from)?;
                in_order(&returned, 0)?;
                if change == Ore::ZERO && returned.is_empty() {
                    return Err(CborError::Invalid {
                        what: "correction",
                        why: "it changes nothing",
                    });
                }
                Ok(Self::Correction {
                    of,
                    change,
                    returned,
                })
            }
            (2, 3) => {
                let (counted, expected) = (Ore::take(from)?, Ore::take(from)?);
                at_least("counted", counted, 0)?;
                Ok(Self::Count { counted, expected })
            }
            (3, 2) => Ok(Self::Float {
                change: Ore::take(from)?,
            }),
            (4, 2) => Ok(Self::Closed {
                account: StatementId::take(from)?,
            }),
            _ => Err(CborError::Invalid {
                what: "posting",
                why: "expected a correction, a count, a float or a closed account",
            }),
        }
    }
}
