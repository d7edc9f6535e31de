//! What passes through a till, and what its books say. For the office's devices: phones are not given them.

use super::{Device, DeviceError};
use crate::command::{AtTill, ChargeEntry, DepositEntry, Item, MoneyError, Receipt, TillEntry};
use crate::error::Error;
use crate::id::{PublicKey, StatementId};
use crate::money::{Money, Ore};
use crate::replica::{Command, Outcome};
use crate::resolve::{Counted, SecondPayOut, SlotKey};
use crate::statement::{Cause, Means};
use crate::time::{OfficeDay, Timestamp};

impl Device {
    /// What something costs on a day, by the published tariff.
    pub fn price(&mut self, item: Item, day: OfficeDay) -> Result<Money, DeviceError> {
        let catalogue = self.catalogue()?.ok_or(Error::NoCatalogue)?;
        let tariff = catalogue
            .tariff()
            .ok_or(Error::Money(MoneyError::NoTariff))?;
        let price = tariff.price(item.line, item.quantity, item.reduction, day);
        let amount = price.map_err(|error| Error::Money(error.into()))?;
        Ok(Money {
            amount,
            currency: tariff.currency,
        })
    }

    /// Sells at the till: what is bought is charged and paid at once.
    pub fn sell(
        &mut self,
        now: Timestamp,
        items: Vec<Item>,
        means: Means,
    ) -> Result<Receipt, DeviceError> {
        self.receipt_for(now, AtTill::Sell { items, means })
    }

    /// Charges a booking that is confirmed, to be paid now or later.
    pub fn charge(
        &mut self,
        now: Timestamp,
        key: SlotKey,
        items: Vec<Item>,
    ) -> Result<Vec<StatementId>, DeviceError> {
        match self.at_till(now, AtTill::Charge { key, items })? {
            Outcome::Charged(charges) => Ok(charges),
            _ => Ok(Vec::new()),
        }
    }

    /// Takes the money for charges, all that is owed for each.
    pub fn pay(
        &mut self,
        now: Timestamp,
        charges: Vec<StatementId>,
        means: Means,
    ) -> Result<Receipt, DeviceError> {
        self.receipt_for(now, AtTill::Pay { charges, means })
    }

    /// Takes a deposit; this device keeps it until it is settled.
    pub fn take_deposit(
        &mut self,
        now: Timestamp,
        item: Item,
        key: Option<SlotKey>,
        means: Means,
    ) -> Result<Receipt, DeviceError> {
        self.receipt_for(now, AtTill::TakeDeposit { item, key, means })
    }

    /// Gives money of a deposit back from this till: all that is left, when no amount is named. Its keeper settles it, at
    /// once or when it hears.
    pub fn pay_out(
        &mut self,
        now: Timestamp,
        deposit: StatementId,
        amount: Option<Ore>,
        means: Means,
    ) -> Result<Receipt, DeviceError> {
        self.receipt_for(
            now,
            AtTill::PayOut {
                deposit,
                amount,
                means,
            },
        )
    }

    /// Keeps some of a deposit for good. Only its keeper.
    pub fn forfeit(
        &mut self,
        now: Timestamp,
        deposit: StatementId,
        amount: Ore,
        cause: Cause,
    ) -> Result<(), DeviceError> {
        self.at_till(
            now,
            AtTill::Forfeit {
                deposit,
                amount,
                cause,
            },
        )
        .map(drop)
    }

    /// Says what a charge should have come to; what was paid too much is given back from this till. Only its keeper.
    pub fn correct(
        &mut self,
        now: Timestamp,
        charge: StatementId,
        amount: Ore,
        cause: Option<Cause>,
    ) -> Result<Receipt, DeviceError> {
        self.receipt_for(
            now,
            AtTill::Correct {
                charge,
                amount,
                cause,
            },
        )
    }

    /// Counts the cash in this till. The difference is booked.
    pub fn count_till(&mut self, now: Timestamp, counted: Ore) -> Result<Counted, DeviceError> {
        match self.at_till(now, AtTill::Count { counted })? {
            Outcome::Counted(count) => Ok(count),
            _ => Err(DeviceError::Spoiled),
        }
    }

    /// Notes cash put into this till, or taken out of it when `change` is less than nothing.
    pub fn move_cash(&mut self, now: Timestamp, change: Ore) -> Result<(), DeviceError> {
        self.at_till(now, AtTill::MoveCash { change }).map(drop)
    }

    /// The receipt of an entry, to be printed again.
    pub fn receipt(&mut self, entry: StatementId) -> Result<Option<Receipt>, DeviceError> {
        Ok(self.replica()?.receipt(&entry)?)
    }

    /// What a booking was charged, and what of it is still owed.
    pub fn charges_of(&mut self, key: SlotKey) -> Result<Vec<ChargeEntry>, DeviceError> {
        Ok(self.replica()?.charges_of(&key)?)
    }

    /// What is still owed for a booking; less than nothing when too much was paid.
    pub fn owed(&mut self, key: SlotKey) -> Result<Ore, DeviceError> {
        Ok(self.replica()?.owed(&key)?)
    }

    /// At most `limit` deposits behind `after`; only those of one booking, if it is named.
    pub fn deposits(
        &mut self,
        key: Option<SlotKey>,
        after: Option<StatementId>,
        limit: usize,
    ) -> Result<Vec<DepositEntry>, DeviceError> {
        Ok(self.replica()?.deposits(key.as_ref(), after, limit)?)
    }

    /// Deposits for which more left the tills than there is of them: staff have to look.
    pub fn second_pay_outs(&mut self) -> Result<Vec<SecondPayOut>, DeviceError> {
        Ok(self.replica()?.second_pay_outs())
    }

    /// Charges for which more was paid than they come to, and how much more: staff have to look.
    pub fn overpaid(&mut self) -> Result<Vec<(StatementId, Ore)>, DeviceError> {
        let over = self.replica()?.overpaid().into_iter();
        let each = over.map(|(charge, over)| {
            let over = over.ore().map_err(|error| Error::Money(error.into()))?;
            Ok((charge, over))
        });
        each.collect()
    }

    /// What revoked devices wrote into their tills that the office had not heard of: it does not count, and staff have to
    /// look.
    pub fn stray_money(&mut self) -> Result<Vec<StatementId>, DeviceError> {
        Ok(self.replica()?.stray_money())
    }

    /// A device's till: this one's, if none is named.
    pub fn till(&mut self, till: Option<PublicKey>) -> Result<TillEntry, DeviceError> {
        let replica = self.replica()?;
        let till = till.unwrap_or(replica.public_key());
        Ok(replica.till(&till)?)
    }

    pub(super) fn at_till(&mut self, now: Timestamp, act: AtTill) -> Result<Outcome, DeviceError> {
        self.command(now, Command::AtTill(act))
    }

    pub(super) fn receipt_for(
        &mut self,
        now: Timestamp,
        act: AtTill,
    ) -> Result<Receipt, DeviceError> {
        match self.at_till(now, act)? {
            Outcome::Receipt(receipt) => Ok(*receipt),
            _ => Err(DeviceError::Spoiled),
        }
    }
}
