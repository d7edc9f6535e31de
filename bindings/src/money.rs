//! What passes through a till, and what its books say. For the office's devices: phones are not given them.

mod books;
mod tariff;

pub use books::{
    Charge, Deposit, Overpaid, Receipt, ReceiptKind, ReceiptLine, SecondPayOut, Till, TillCount,
};
pub use tariff::{
    PriceStep, PriceUnit, ReducedPrice, ReductionInfo, TariffInfo, TariffLine, TariffPrice,
};

use crate::ids::each;
use crate::status::{BookingKey, Cause};
use crate::{AllkontorError, Device, page, page_after};
use allkontor_core::command::{self, Item};
use allkontor_core::device::DeviceError;
use allkontor_core::error::Error;
use allkontor_core::id::{LineId, PublicKey, ReductionId, StatementId};
use allkontor_core::model::Catalogue;
use allkontor_core::money::{self, Ore, Sum};
use allkontor_core::time::{OfficeDay, Timestamp};
use allkontor_core::{resolve, statement};

/// An amount in a currency with hundredths.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Money {
    /// Hundredths: öre, cents.
    pub ore: Ore,
    /// Three letters (ISO 4217): SEK.
    pub currency: String,
}

/// So many of a line of the tariff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SaleItem {
    /// The line.
    pub line: LineId,
    /// How many, 1 to 10 000.
    #[uniffi(default = 1)]
    pub quantity: u32,
    /// Why it costs less, if it does. It is written nowhere: the amount says enough.
    #[uniffi(default = None)]
    pub reduction: Option<ReductionId>,
}

/// In what form money passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Means {
    /// Notes and coins: they lie in the till.
    Cash,
    /// A card, through a terminal of its own.
    Card,
    /// Any other way, also one of a later version.
    Elsewhere,
    /// From an account with the office: what receipts say. To pay so, name the account: `pay_from_account`.
    Account,
}

/// What something would cost by a catalogue, given as JSON: before it is published.
#[uniffi::export]
pub fn price_by(
    catalogue: Vec<u8>,
    item: SaleItem,
    day: OfficeDay,
) -> Result<Money, AllkontorError> {
    let catalogue = Catalogue::from_bytes(&catalogue).map_err(DeviceError::from)?;
    let none = || DeviceError::from(Error::Money(command::MoneyError::NoTariff));
    let tariff = catalogue.tariff().ok_or_else(none)?;
    let price = tariff.price(item.line, item.quantity, item.reduction, day);
    let ore = price.map_err(|error| DeviceError::from(Error::Money(error.into())))?;
    let currency = tariff.currency.to_string();
    Ok(Money { ore, currency })
}

#[uniffi::export]
impl Device {
    /// What things cost, with names in a language, or the nearest there is; none before the catalogue has come, and where
    /// nothing costs anything.
    pub fn tariff(&self, language: String) -> Result<Option<TariffInfo>, AllkontorError> {
        let catalogue = self.with(|engine| Ok(engine.catalogue()?))?;
        let tariff = catalogue.as_ref().and_then(|catalogue| catalogue.tariff());
        Ok(tariff.map(|tariff| tariff::described(tariff, &language)))
    }

    /// What something costs on a day.
    pub fn price(&self, item: SaleItem, day: OfficeDay) -> Result<Money, AllkontorError> {
        let found = self.with(|engine| Ok(engine.price(item.into(), day)?))?;
        Ok(found.into())
    }

    /// Sells at the till: what is bought is charged and paid at once.
    pub fn sell(
        &self,
        now: Timestamp,
        items: Vec<SaleItem>,
        means: Means,
    ) -> Result<Receipt, AllkontorError> {
        let items = each(items);
        let receipt = self.with(|engine| Ok(engine.sell(now, items, means.into())?))?;
        Ok(receipt.into())
    }

    /// Charges a booking that is confirmed, to be paid now or later; the charges, in the order of the items.
    pub fn charge(
        &self,
        now: Timestamp,
        booking: BookingKey,
        items: Vec<SaleItem>,
    ) -> Result<Vec<StatementId>, AllkontorError> {
        let items = each(items);
        self.with(|engine| Ok(engine.charge(now, booking.into(), items)?))
    }

    /// Takes the money for charges, all that is owed for each.
    pub fn pay(
        &self,
        now: Timestamp,
        charges: Vec<StatementId>,
        means: Means,
    ) -> Result<Receipt, AllkontorError> {
        let receipt = self.with(|engine| Ok(engine.pay(now, charges, means.into())?))?;
        Ok(receipt.into())
    }

    /// Takes a deposit, for a confirmed booking or for none; this device keeps it until it is settled.
    pub fn take_deposit(
        &self,
        now: Timestamp,
        item: SaleItem,
        booking: Option<BookingKey>,
        means: Means,
    ) -> Result<Receipt, AllkontorError> {
        let key = booking.map(Into::into);
        let receipt =
            self.with(|engine| Ok(engine.take_deposit(now, item.into(), key, means.into())?))?;
        Ok(receipt.into())
    }

    /// Gives money of a deposit back from this till: all that is left, when no amount is named. Its keeper settles it, at
    /// once or when it hears.
    pub fn pay_out(
        &self,
        now: Timestamp,
        deposit: StatementId,
        ore: Option<Ore>,
        means: Means,
    ) -> Result<Receipt, AllkontorError> {
        let receipt = self.with(|engine| Ok(engine.pay_out(now, deposit, ore, means.into())?))?;
        Ok(receipt.into())
    }

    /// Keeps some of a deposit for good. Only its keeper.
    pub fn forfeit(
        &self,
        now: Timestamp,
        deposit: StatementId,
        ore: Ore,
        cause: Cause,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.forfeit(now, deposit, ore, cause.into())?))
    }

    /// Says what a charge should have come to; what was paid too much is given back from this till. Only the device that
    /// wrote it, or who took over from that.
    pub fn correct(
        &self,
        now: Timestamp,
        charge: StatementId,
        ore: Ore,
        cause: Option<Cause>,
    ) -> Result<Receipt, AllkontorError> {
        let cause = cause.map(Into::into);
        let receipt = self.with(|engine| Ok(engine.correct(now, charge, ore, cause)?))?;
        Ok(receipt.into())
    }

    /// Counts the cash in this till. The difference is booked.
    pub fn count_till(&self, now: Timestamp, counted: Ore) -> Result<TillCount, AllkontorError> {
        let count = self.with(|engine| Ok(engine.count_till(now, counted)?))?;
        TillCount::try_from(count)
    }

    /// Notes cash put into this till, or taken out of it when `change` is less than nothing.
    pub fn move_cash(&self, now: Timestamp, change: Ore) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.move_cash(now, change)?))
    }

    /// The receipt of an entry, to be printed again; none of what is no entry, or not known here.
    pub fn receipt(&self, entry: StatementId) -> Result<Option<Receipt>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.receipt(entry)?))?;
        Ok(found.map(Receipt::from))
    }

    /// What a booking was charged, and what of it is still owed.
    pub fn charges_of(&self, booking: BookingKey) -> Result<Vec<Charge>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.charges_of(booking.into())?))?;
        Ok(each(found))
    }

    /// At most `limit` deposits behind `after`, by entry; only those of one booking, if it is named.
    pub fn deposits(
        &self,
        booking: Option<BookingKey>,
        after: Option<StatementId>,
        limit: u32,
    ) -> Result<Vec<Deposit>, AllkontorError> {
        let key = booking.map(Into::into);
        let found = self.with(|engine| Ok(engine.deposits(key, after, page(limit))?))?;
        Ok(each(found))
    }

    /// Deposits for which more left the tills than there is of them. They stay listed: staff have to look.
    /// `after`: the deposit of the last of the page before.
    pub fn second_pay_outs(
        &self,
        after: Option<StatementId>,
        limit: u32,
    ) -> Result<Vec<SecondPayOut>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.second_pay_outs()?))?;
        let second = |second: resolve::SecondPayOut| {
            Ok(SecondPayOut {
                deposit: second.deposit,
                ore: amount(second.amount)?,
                pay_outs: second.pay_outs,
            })
        };
        let found = page_after(found, |second| second.deposit, after, limit);
        found.into_iter().map(second).collect()
    }

    /// Charges for which more was paid than they come to: staff have to look. `after`: the charge of the last of the page
    /// before.
    pub fn overpaid(
        &self,
        after: Option<StatementId>,
        limit: u32,
    ) -> Result<Vec<Overpaid>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.overpaid()?))?;
        let over = |(charge, ore)| Overpaid { charge, ore };
        let found = page_after(found, |(charge, _)| *charge, after, limit);
        Ok(found.into_iter().map(over).collect())
    }

    /// What revoked devices wrote into their tills that the office had not heard of: it does not count, and staff have to
    /// look. `after`: the last of the page before.
    pub fn stray_money(
        &self,
        after: Option<StatementId>,
        limit: u32,
    ) -> Result<Vec<StatementId>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.stray_money()?))?;
        Ok(page_after(found, |entry| *entry, after, limit))
    }

    /// A device's till: this one's, if none is named.
    pub fn till(&self, device: Option<PublicKey>) -> Result<Till, AllkontorError> {
        let found = self.with(|engine| Ok(engine.till(device)?))?;
        let counts = found.counts.into_iter().map(TillCount::try_from);
        Ok(Till {
            till: found.till,
            cash: found.cash,
            counts: counts.collect::<Result<_, _>>()?,
        })
    }
}

fn amount(sum: Sum) -> Result<Ore, AllkontorError> {
    let ore = sum.ore();
    Ok(ore.map_err(|error| DeviceError::from(Error::Money(error.into())))?)
}

impl From<money::Money> for Money {
    fn from(money: money::Money) -> Self {
        Self {
            ore: money.amount,
            currency: money.currency.to_string(),
        }
    }
}

impl From<SaleItem> for Item {
    fn from(item: SaleItem) -> Self {
        Self {
            line: item.line,
            quantity: item.quantity,
            reduction: item.reduction,
        }
    }
}

impl From<Means> for statement::Means {
    fn from(means: Means) -> Self {
        match means {
            Means::Cash => Self::Cash,
            Means::Card => Self::Card,
            Means::Elsewhere => Self::Elsewhere,
            Means::Account => Self::Account,
        }
    }
}

impl From<statement::Means> for Means {
    fn from(means: statement::Means) -> Self {
        match means {
            statement::Means::Cash => Self::Cash,
            statement::Means::Card => Self::Card,
            statement::Means::Account => Self::Account,
            statement::Means::Elsewhere | statement::Means::Other(_) => Self::Elsewhere,
        }
    }
}
