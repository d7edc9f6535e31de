//! What passes through a till, and what its books say. For the office's devices: phones are not given them.

use crate::ids::each;
use crate::status::{BookingKey, Cause};
use crate::{AllkontorError, Device, page};
use allkontor_core::command::{self, Item};
use allkontor_core::device::DeviceError;
use allkontor_core::error::Error;
use allkontor_core::id::{ClassId, LineId, PublicKey, ReductionId, StatementId};
use allkontor_core::model::{self, Catalogue};
use allkontor_core::money::{self, Ore, Sum};
use allkontor_core::time::{CivilMinute, OfficeDay, Timestamp};
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
}

/// What things cost.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TariffInfo {
    /// Three letters (ISO 4217): SEK.
    pub currency: String,
    /// Reasons for a reduced price.
    pub reductions: Vec<ReductionInfo>,
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

/// What a receipt is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ReceiptKind {
    /// A payment.
    Payment,
    /// A deposit was taken.
    Deposit,
    /// A deposit was given back.
    PayOut,
    /// An earlier charge was corrected.
    Correction,
}

/// What is printed: `Words.receipt` has its lines. VAT is not modelled: what a public office takes is a fee.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Receipt {
    /// The entry in the books.
    pub entry: StatementId,
    /// What it is for.
    pub kind: ReceiptKind,
    /// The device whose till it is of.
    pub till: PublicKey,
    /// Its number in that till and year.
    pub number: u32,
    /// When.
    pub minute: CivilMinute,
    /// What for.
    pub lines: Vec<ReceiptLine>,
    /// What came in; less than nothing when it went out.
    pub total: Money,
    /// In what form; none when no money passed.
    pub means: Option<Means>,
}

/// One line of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ReceiptLine {
    /// The charge or the deposit.
    pub entry: StatementId,
    /// The line of the tariff.
    pub line: LineId,
    /// How many.
    pub quantity: u32,
    /// What it comes to.
    pub ore: Ore,
    /// What it came to before it was corrected.
    pub before: Option<Ore>,
}

/// A charge of a booking.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Charge {
    /// The entry in the books.
    pub entry: StatementId,
    /// The line of the tariff.
    pub line: LineId,
    /// How many.
    pub quantity: u32,
    /// What it comes to.
    pub ore: Ore,
    /// What is still owed; less than nothing when too much was paid.
    pub owed: Ore,
    /// When.
    pub minute: CivilMinute,
    /// The device that may correct it.
    pub keeper: PublicKey,
}

/// A deposit: taken is held, returned and forfeited, always.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Deposit {
    /// The entry in the books.
    pub entry: StatementId,
    /// The line of the tariff.
    pub line: LineId,
    /// What was taken.
    pub taken: Ore,
    /// What the keeper holds.
    pub held: Ore,
    /// What was given back, as settled.
    pub returned: Ore,
    /// What is kept for good.
    pub forfeited: Ore,
    /// What left tills and the keeper has not settled yet.
    pub unsettled: Ore,
    /// When it was taken.
    pub minute: CivilMinute,
    /// The device that may settle it.
    pub keeper: PublicKey,
}

/// More was paid out for a deposit than there is of it: staff have to look.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SecondPayOut {
    /// The deposit.
    pub deposit: StatementId,
    /// How much too much.
    pub ore: Ore,
    /// The pay-outs that nobody has settled wholly.
    pub pay_outs: Vec<StatementId>,
}

/// A charge for which too much was paid.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Overpaid {
    /// The charge.
    pub charge: StatementId,
    /// How much too much.
    pub ore: Ore,
}

/// A device's till.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Till {
    /// The device.
    pub till: PublicKey,
    /// The cash that should lie in it.
    pub cash: Ore,
    /// Its counts, latest last.
    pub counts: Vec<TillCount>,
}

/// A count of a till's cash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TillCount {
    /// When.
    pub minute: CivilMinute,
    /// What lay in it.
    pub counted: Ore,
    /// What its books said.
    pub expected: Ore,
    /// Too much, or too little when less than nothing.
    pub difference: Ore,
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
        Ok(tariff.map(|tariff| described(tariff, &language)))
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
    pub fn second_pay_outs(&self) -> Result<Vec<SecondPayOut>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.second_pay_outs()?))?;
        let second = |second: resolve::SecondPayOut| {
            Ok(SecondPayOut {
                deposit: second.deposit,
                ore: amount(second.amount)?,
                pay_outs: second.pay_outs,
            })
        };
        found.into_iter().map(second).collect()
    }

    /// Charges for which more was paid than they come to: staff have to look.
    pub fn overpaid(&self) -> Result<Vec<Overpaid>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.overpaid()?))?;
        let over = |(charge, ore)| Overpaid { charge, ore };
        Ok(found.into_iter().map(over).collect())
    }

    /// What revoked devices wrote into their tills that the office had not heard of: it does not count, and staff have to
    /// look.
    pub fn stray_money(&self) -> Result<Vec<StatementId>, AllkontorError> {
        self.with(|engine| Ok(engine.stray_money()?))
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

fn described(tariff: &model::Tariff, language: &str) -> TariffInfo {
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
        }
    }
}

impl From<statement::Means> for Means {
    fn from(means: statement::Means) -> Self {
        match means {
            statement::Means::Cash => Self::Cash,
            statement::Means::Card => Self::Card,
            statement::Means::Elsewhere | statement::Means::Other(_) => Self::Elsewhere,
        }
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

impl From<command::Receipt> for Receipt {
    fn from(receipt: command::Receipt) -> Self {
        let line = |line: command::ReceiptLine| ReceiptLine {
            entry: line.of,
            line: line.line,
            quantity: line.quantity,
            ore: line.amount,
            before: line.before,
        };
        Self {
            entry: receipt.entry,
            kind: match receipt.kind {
                command::ReceiptKind::Payment => ReceiptKind::Payment,
                command::ReceiptKind::Deposit => ReceiptKind::Deposit,
                command::ReceiptKind::PayOut => ReceiptKind::PayOut,
                command::ReceiptKind::Correction => ReceiptKind::Correction,
            },
            till: receipt.till,
            number: receipt.number,
            minute: receipt.minute,
            lines: receipt.lines.into_iter().map(line).collect(),
            total: Money {
                ore: receipt.total,
                currency: receipt.currency.to_string(),
            },
            means: receipt.means.map(Means::from),
        }
    }
}

impl From<command::ChargeEntry> for Charge {
    fn from(charge: command::ChargeEntry) -> Self {
        Self {
            entry: charge.charge,
            line: charge.line,
            quantity: charge.quantity,
            ore: charge.amount,
            owed: charge.owed,
            minute: charge.minute,
            keeper: charge.keeper,
        }
    }
}

impl From<command::DepositEntry> for Deposit {
    fn from(deposit: command::DepositEntry) -> Self {
        Self {
            entry: deposit.deposit,
            line: deposit.line,
            taken: deposit.taken,
            held: deposit.held,
            returned: deposit.returned,
            forfeited: deposit.forfeited,
            unsettled: deposit.unsettled,
            minute: deposit.minute,
            keeper: deposit.keeper,
        }
    }
}

impl TryFrom<resolve::Counted> for TillCount {
    type Error = AllkontorError;

    fn try_from(count: resolve::Counted) -> Result<Self, AllkontorError> {
        Ok(Self {
            minute: count.minute,
            counted: count.counted,
            expected: count.expected,
            difference: amount(count.difference())?,
        })
    }
}
