//! What things cost, as an app shows it.

use allkontor_core::id::{ClassId, LineId, ReductionId};
use allkontor_core::model;
use allkontor_core::money::Ore;
use allkontor_core::time::OfficeDay;

/// What things cost.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TariffInfo {
    /// Three letters (ISO 4217): SEK.
    pub currency: String,
    /// Reasons for a reduced price.
    pub reductions: Vec<ReductionInfo>,
    /// How far below nothing an account that is opened may go; none where the office has no accounts.
    pub account_limit: Option<Ore>,
    /// What can be charged.
    pub lines: Vec<TariffLine>,
}

/// A reason for a reduced price.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ReductionInfo {
    /// Its number.
    pub id: ReductionId,
    /// What people call it.
    pub name: String,
}

/// One line of a tariff.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TariffLine {
    /// Its number.
    pub id: LineId,
    /// What people call it.
    pub name: String,
    /// What is counted.
    pub unit: PriceUnit,
    /// Whether it is a deposit, to be given back.
    pub is_deposit: bool,
    /// Classes of units that it is the price or the deposit of.
    pub class_ids: Vec<ClassId>,
    /// What it costs, each from a day on, by day.
    pub prices: Vec<TariffPrice>,
}

/// What a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
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

/// What a line costs from a day on.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TariffPrice {
    /// The first day.
    pub first_day: OfficeDay,
    /// Dearer or cheaper after so many; none: no longer to be had.
    pub steps: Vec<PriceStep>,
    /// The same for those who have a reason to pay less.
    pub reduced: Vec<ReducedPrice>,
}

/// From so many on, each costs this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PriceStep {
    /// Which is the first to cost this: 1 is the first of all.
    pub first: u32,
    /// What each costs.
    pub ore: Ore,
}

/// A reduced price.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ReducedPrice {
    /// Why.
    pub reduction: ReductionId,
    /// What each costs.
    pub steps: Vec<PriceStep>,
}

pub(super) fn described(tariff: &model::Tariff, language: &str) -> TariffInfo {
    let in_language = |text: &model::Text| text.in_language(language).to_owned();
    let steps = |steps: &[model::Step]| -> Vec<PriceStep> {
        let step = |step: &model::Step| PriceStep {
            first: step.from,
            ore: step.ore,
        };
        steps.iter().map(step).collect()
    };
    let price = |price: &model::Price| TariffPrice {
        first_day: price.from,
        steps: steps(&price.steps),
        reduced: (price.reduced.iter())
            .map(|(reduction, reduced)| ReducedPrice {
                reduction: *reduction,
                steps: steps(reduced),
            })
            .collect(),
    };
    TariffInfo {
        currency: tariff.currency.to_string(),
        account_limit: tariff.accounts.map(|accounts| accounts.limit),
        reductions: (tariff.reductions.iter())
            .map(|(id, name)| ReductionInfo {
                id: *id,
                name: in_language(name),
            })
            .collect(),
        lines: (tariff.lines.iter())
            .map(|(id, line)| TariffLine {
                id: *id,
                name: in_language(&line.name),
                unit: line.unit.into(),
                is_deposit: line.kind == model::LineKind::Deposit,
                class_ids: line.classes.iter().copied().collect(),
                prices: line.prices.iter().map(price).collect(),
            })
            .collect(),
    }
}

impl From<model::PriceUnit> for PriceUnit {
    fn from(unit: model::PriceUnit) -> Self {
        match unit {
            model::PriceUnit::Page => Self::Page,
            model::PriceUnit::Piece => Self::Piece,
            model::PriceUnit::Minute => Self::Minute,
            model::PriceUnit::Hour => Self::Hour,
            model::PriceUnit::Day => Self::Day,
            model::PriceUnit::Month => Self::Month,
            model::PriceUnit::Once => Self::Once,
        }
    }
}
