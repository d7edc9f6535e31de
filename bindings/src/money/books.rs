//! What the books of a till say.

use super::{Means, Money, amount};
use crate::AllkontorError;
use allkontor_core::id::{LineId, PublicKey, StatementId};
use allkontor_core::money::Ore;
use allkontor_core::time::CivilMinute;
use allkontor_core::{command, resolve};

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
    /// Money was paid into an account.
    TopUp,
    /// Money of an account was given back.
    Refund,
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
                command::ReceiptKind::TopUp => ReceiptKind::TopUp,
                command::ReceiptKind::Refund => ReceiptKind::Refund,
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
