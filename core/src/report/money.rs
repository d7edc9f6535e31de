//! What was charged, by line of the tariff and month.
//!
//! A line's months add up to the line, and lines to nothing, because their sum would tell of the one that is withheld.
//! Prices are public, so an amount tells the quantity: the two are told together or not at all.

use super::collect::Source;
use super::withhold::{Counted, hidden};
use super::{Figure, as_text};
use crate::id::LineId;
use crate::model::{Catalogue, LineKind, Text};
use crate::time::{DayStart, Month, OfficeDay};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// What was charged by one line of the tariff, paid or not: deposits are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineMoney {
    /// The line.
    #[serde(serialize_with = "as_number")]
    pub line: LineId,
    /// What the tariff calls it.
    pub name: Text,
    /// How many: pages, months, pieces.
    pub quantity: Figure,
    /// What they came to, corrections included, in hundredths of the office's currency.
    pub ore: Figure,
    /// The same in each month.
    pub months: Vec<MonthMoney>,
}

/// What was charged in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct MonthMoney {
    /// The month.
    #[serde(serialize_with = "as_text")]
    pub month: Month,
    /// How many.
    pub quantity: Figure,
    /// What they came to.
    pub ore: Figure,
}

/// Charges of one line in one month.
#[derive(Clone, Copy, Debug, Default)]
struct Sold {
    charges: u64,
    quantity: u64,
    ore: u64,
}

impl Sold {
    fn add(&mut self, other: Self) {
        self.charges = self.charges.saturating_add(other.charges);
        self.quantity = self.quantity.saturating_add(other.quantity);
        self.ore = self.ore.saturating_add(other.ore);
    }

    fn counted(self) -> Counted {
        Counted {
            places: self.quantity,
            bookings: self.charges,
        }
    }

    fn told(self, is_hidden: bool) -> (Figure, Figure) {
        if is_hidden {
            (Figure::Withheld, Figure::Withheld)
        } else {
            (Figure::Count(self.quantity), Figure::Count(self.ore))
        }
    }
}

/// What was charged in those months, every line of the tariff among it.
pub(super) fn by_line(
    months: &[Month],
    catalogue: &Catalogue,
    day_start: DayStart,
    sources: &[Source<'_>],
    smallest: u32,
) -> Vec<LineMoney> {
    let mut sold: BTreeMap<LineId, BTreeMap<Month, Sold>> = BTreeMap::new();
    let lines = catalogue.tariff().map(|tariff| &tariff.lines);
    for (id, line) in lines.into_iter().flatten() {
        if line.kind == LineKind::Price {
            sold.entry(*id).or_default();
        }
    }
    for source in sources {
        for (id, charged) in &source.fold.resolved().books.charges {
            let month = OfficeDay::of(charged.charge.minute, day_start).month();
            if !source.recorded.contains(id) || !months.contains(&month) {
                continue;
            }
            let of_line = sold.entry(charged.charge.line).or_default();
            of_line.entry(month).or_default().add(Sold {
                charges: 1,
                quantity: charged.charge.quantity.into(),
                ore: u64::try_from(charged.amount.get()).unwrap_or_default(),
            });
        }
    }
    let told = |(line, by_month): (LineId, BTreeMap<Month, Sold>)| {
        let known = lines.and_then(|lines| lines.get(&line));
        let name = known.map(|known| known.name.clone()).unwrap_or_default();
        let each = months
            .iter()
            .map(|month| by_month.get(month).copied().unwrap_or_default());
        let each: Vec<Sold> = each.collect();
        let mut all = Sold::default();
        each.iter().for_each(|sold| all.add(*sold));
        let is_few = all.counted().is_few(smallest);
        let counted: Vec<Counted> = each.iter().map(|sold| sold.counted()).collect();
        let hidden = hidden(is_few, &counted, smallest);
        let (quantity, ore) = all.told(is_few);
        let parts = months.iter().zip(each).zip(hidden);
        LineMoney {
            line,
            name,
            quantity,
            ore,
            months: parts
                .map(|((month, sold), is_hidden)| {
                    let (quantity, ore) = sold.told(is_hidden);
                    MonthMoney {
                        month: *month,
                        quantity,
                        ore,
                    }
                })
                .collect(),
        }
    };
    sold.into_iter().map(told).collect()
}

fn as_number<S: Serializer>(line: &LineId, serializer: S) -> Result<S::Ok, S::Error> {
    line.0.serialize(serializer)
}
