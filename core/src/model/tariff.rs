use super::{Text, wire};
use crate::id::{ClassId, LineId, ReductionId};
use crate::limits::MAX_QUANTITY;
use crate::money::{Currency, Ore, TooMuch};
use crate::time::OfficeDay;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What things cost. Prices are never changed: a new one holds from a later day on, so that what was charged stays
/// explained.
///
/// ```
/// use allkontor_core::{id::{LineId, ReductionId}, model::Tariff, time::OfficeDay};
/// let karlsborg: Tariff = serde_json::from_str(r#"{"currency": "SEK",
///     "reductions": {"1": {"en": "associations"}},
///     "lines": {"1": {"name": {"en": "copy, A4"}, "unit": "page", "prices": [
///         {"from": "2026-01-01", "steps": [{"from": 1, "ore": 300}],
///          "reduced": {"1": [{"from": 1, "ore": 150}]}}]}}}"#).unwrap();
/// let day = OfficeDay::from_ymd(2026, 11, 24).unwrap();
/// let price = |reduction| karlsborg.price(LineId(1), 5, reduction, day).unwrap().get();
/// assert_eq!((price(None), price(Some(ReductionId(1)))), (1_500, 750));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tariff {
    /// What all prices are in. An office keeps it.
    pub currency: Currency,
    /// Reasons for a reduced price: "associations".
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reductions: BTreeMap<ReductionId, Text>,
    /// Whether people can have accounts with the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accounts: Option<Accounts>,
    /// What can be charged.
    #[serde(default)]
    pub lines: BTreeMap<LineId, Line>,
}

/// What accounts are like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// How far below nothing one that is opened may go; nothing: what is spent is paid in ahead.
    #[serde(default)]
    pub limit: Ore,
}

/// One line of a tariff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// "Black and white A4".
    pub name: Text,
    /// What is counted.
    pub unit: PriceUnit,
    /// Whether it is given back.
    #[serde(default)]
    pub kind: LineKind,
    /// Classes of units that it is the price or the deposit of; none for what is bought at the till.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub classes: BTreeSet<ClassId>,
    /// What it costs, each from a day on.
    pub prices: Vec<Price>,
}

/// What a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceUnit {
    /// A printed, copied or faxed page.
    Page,
    /// A thing.
    Piece,
    /// A minute of a telephone.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A month of a rental.
    Month,
    /// Once, for the whole.
    Once,
}

/// Whether what a line takes is the office's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A price.
    #[default]
    Price,
    /// A deposit: to be given back.
    Deposit,
}

/// What a line costs from a day on, until the next price does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// The first day.
    #[serde(with = "wire::day")]
    pub from: OfficeDay,
    /// Dearer or cheaper after so many; none: no longer to be had.
    pub steps: Vec<Step>,
    /// The same for those who have a reason to pay less.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reduced: BTreeMap<ReductionId, Vec<Step>>,
}

/// From so many on, each costs this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// 1 is the first.
    pub from: u32,
    /// In hundredths of the currency.
    pub ore: Ore,
}

/// Why something has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// It is not in the tariff.
    #[error("line {} is not in the tariff", line.0)]
    NoSuchLine {
        /// What was asked for.
        line: LineId,
    },
    /// Not yet, or no longer.
    #[error("line {} has no price on {day}", line.0)]
    NotOnThatDay {
        /// The line.
        line: LineId,
        /// The day.
        day: OfficeDay,
    },
    /// There is no such reduction of it.
    #[error("line {} has no price reduced for reason {}", line.0, reduction.0)]
    NotReduced {
        /// The line.
        line: LineId,
        /// The reason.
        reduction: ReductionId,
    },
    /// None, or more than one charge can say.
    #[error("{got} of line {}: allowed are 1 to {MAX_QUANTITY}", line.0)]
    Quantity {
        /// The line.
        line: LineId,
        /// How many were asked for.
        got: u32,
    },
    /// It comes to more than one entry can say.
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
}

impl Tariff {
    /// What so many of a line cost on a day.
    pub fn price(
        &self,
        line: LineId,
        quantity: u32,
        reduction: Option<ReductionId>,
        day: OfficeDay,
    ) -> Result<Ore, PriceError> {
        if !(1..=MAX_QUANTITY).contains(&quantity) {
            return Err(PriceError::Quantity {
                line,
                got: quantity,
            });
        }
        let known = self
            .lines
            .get(&line)
            .ok_or(PriceError::NoSuchLine { line })?;
        let price = known.on(day).filter(|price| !price.steps.is_empty());
        let price = price.ok_or(PriceError::NotOnThatDay { line, day })?;
        let steps = match reduction {
            None => &price.steps,
            Some(reduction) => {
                let reduced = price.reduced.get(&reduction);
                reduced.ok_or(PriceError::NotReduced { line, reduction })?
            }
        };
        Ok(sum(steps, quantity)?)
    }

    /// The first line whose prices until `day` another tariff no longer tells as they were.
    pub fn rewritten_in(&self, later: &Self, day: OfficeDay) -> Option<LineId> {
        let told = |line: &Line| -> Vec<Price> {
            let past = line.prices.iter().filter(|price| price.from <= day);
            past.cloned().collect()
        };
        let mut lines = self.lines.iter().filter(|(_, line)| !told(line).is_empty());
        let differs = |(id, line): &(&LineId, &Line)| {
            let then = later.lines.get(id);
            then.is_none_or(|then| then.kind != line.kind || told(then) != told(line))
        };
        lines.find(differs).map(|(id, _)| *id)
    }
}

impl Line {
    /// The price in force on a day.
    pub fn on(&self, day: OfficeDay) -> Option<&Price> {
        let begun = self.prices.iter().filter(|price| price.from <= day);
        begun.max_by_key(|price| price.from)
    }
}

/// The steps are ascending and begin with 1.
fn sum(steps: &[Step], quantity: u32) -> Result<Ore, TooMuch> {
    let ends = steps.iter().skip(1).map(|next| next.from).chain([u32::MAX]);
    let mut sum = Ore::ZERO;
    for (step, end) in steps.iter().zip(ends) {
        let last = quantity.min(end.saturating_sub(1));
        let count = last.saturating_add(1).saturating_sub(step.from);
        sum = sum.plus(step.ore.times(count)?)?;
    }
    Ok(sum)
}
