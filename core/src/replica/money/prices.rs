//! What is bought, used or deposited, by the prices of today.

use crate::command::{Item, MoneyError};
use crate::id::LineId;
use crate::model::{LineKind, Tariff};
use crate::money::{Ore, Sum};
use crate::statement::{About, Charge, Document};
use crate::time::{CivilMinute, OfficeDay};

/// Where and when a till writes, and by what prices.
pub(in crate::replica) struct Now {
    pub(in crate::replica) minute: CivilMinute,
    pub(super) day: OfficeDay,
    pub(in crate::replica) document: Document,
    pub(in crate::replica) tariff: Tariff,
    pub(super) catalogue: u32,
}

/// Charges for what is bought or used, by today's prices.
pub(in crate::replica) fn priced(
    here: &Now,
    items: &[Item],
    about: Option<About>,
) -> Result<Vec<Charge>, MoneyError> {
    require_lines(items.len())?;
    let charge = |item: &Item| {
        require_kind(&here.tariff, item.line, LineKind::Price)?;
        let amount = here
            .tariff
            .price(item.line, item.quantity, item.reduction, here.day)?;
        Ok(Charge {
            line: item.line,
            quantity: item.quantity,
            amount,
            catalogue: here.catalogue,
            minute: here.minute,
            about,
        })
    };
    items.iter().map(charge).collect()
}

/// What charges come to together, which is not nothing.
pub(in crate::replica) fn total_of(charges: &[Charge]) -> Result<Ore, MoneyError> {
    let total: Sum = charges.iter().map(|charge| charge.amount).sum();
    match total.ore()? {
        Ore::ZERO => Err(MoneyError::NothingToPay),
        total => Ok(total),
    }
}

pub(in crate::replica) fn require_lines(got: usize) -> Result<(), MoneyError> {
    if (1..=crate::limits::MAX_PARTS).contains(&got) {
        Ok(())
    } else {
        Err(MoneyError::Lines { got })
    }
}

pub(super) fn require_kind(
    tariff: &Tariff,
    line: LineId,
    wanted: LineKind,
) -> Result<(), MoneyError> {
    match tariff.lines.get(&line).map(|line| line.kind) {
        Some(kind) if kind != wanted => Err(MoneyError::WrongKind {
            line,
            deposit: kind == LineKind::Deposit,
        }),
        _ => Ok(()),
    }
}
