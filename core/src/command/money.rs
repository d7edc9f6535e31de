//! What is done at a till: sell, charge, take and give back deposits, correct, count.

use super::{AccountError, OnAccount};
use crate::id::{LineId, PublicKey, ReductionId, StatementId};
use crate::model::{PriceError, PriceUnit, Text};
use crate::money::{Currency, Ore, TooMuch};
use crate::resolve::SlotKey;
use crate::statement::{Cause, Means};
use crate::time::CivilMinute;

/// So many of a line of the tariff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The line.
    pub line: LineId,
    /// How many.
    pub quantity: u32,
    /// Why it costs less, if it does. It is written nowhere: the amount says enough.
    pub reduction: Option<ReductionId>,
}

/// What staff do with money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AtTill {
    /// Sell, and take the money.
    Sell {
        /// What.
        items: Vec<Item>,
        /// How it is paid.
        means: Means,
    },
    /// Charge a confirmed booking; it can be paid later.
    Charge {
        /// The booking.
        key: SlotKey,
        /// What for.
        items: Vec<Item>,
    },
    /// Take the money for charges, all that is owed for each.
    Pay {
        /// The charges.
        charges: Vec<StatementId>,
        /// How it is paid.
        means: Means,
    },
    /// Take a deposit.
    TakeDeposit {
        /// The line of the tariff, and how many.
        item: Item,
        /// The confirmed booking it is for.
        key: Option<SlotKey>,
        /// How it is paid.
        means: Means,
    },
    /// Give money of a deposit back, from this till. Whoever keeps the deposit settles it, at once or on hearing of it.
    PayOut {
        /// The deposit.
        deposit: StatementId,
        /// How much; all that is held, when none is named.
        amount: Option<Ore>,
        /// In what form.
        means: Means,
    },
    /// Keep some of a deposit for good. Only its keeper.
    Forfeit {
        /// The deposit.
        deposit: StatementId,
        /// How much.
        amount: Ore,
        /// Why.
        cause: Cause,
    },
    /// Say what a charge should have come to. What was paid too much is given back, from this till. Only its keeper.
    Correct {
        /// The charge.
        charge: StatementId,
        /// What it comes to.
        amount: Ore,
        /// Why.
        cause: Option<Cause>,
    },
    /// Something with an account.
    OnAccount(OnAccount),
    /// Count the cash.
    Count {
        /// What lies in the till.
        counted: Ore,
    },
    /// Put cash into the till or take it out.
    MoveCash {
        /// More, or less.
        change: Ore,
    },
}

/// What a receipt is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// What is printed. VAT is not modelled: what a public office takes is a fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The entry.
    pub entry: StatementId,
    /// What it is for.
    pub kind: ReceiptKind,
    /// Whose till.
    pub till: PublicKey,
    /// Its number in that till and year.
    pub number: u32,
    /// When.
    pub minute: CivilMinute,
    /// What for.
    pub lines: Vec<ReceiptLine>,
    /// What came in; less than nothing when it went out.
    pub total: Ore,
    /// What it is in.
    pub currency: Currency,
    /// In what form; none when no money passed.
    pub means: Option<Means>,
}

/// One line of a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptLine {
    /// The charge or the deposit.
    pub of: StatementId,
    /// The line of the tariff.
    pub line: LineId,
    /// What the tariff calls it.
    pub name: Text,
    /// What is counted; none when the tariff no longer says.
    pub unit: Option<PriceUnit>,
    /// How many.
    pub quantity: u32,
    /// What it comes to.
    pub amount: Ore,
    /// What it came to before it was corrected.
    pub before: Option<Ore>,
}

/// A charge, as the desk sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChargeEntry {
    /// The charge.
    pub charge: StatementId,
    /// The line of the tariff.
    pub line: LineId,
    /// How many.
    pub quantity: u32,
    /// What it comes to.
    pub amount: Ore,
    /// What is still owed; less than nothing when too much was paid.
    pub owed: Ore,
    /// When.
    pub minute: CivilMinute,
    /// Who may correct it.
    pub keeper: PublicKey,
}

/// A deposit, as the desk sees it: taken = held + returned + forfeited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DepositEntry {
    /// The deposit.
    pub deposit: StatementId,
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
    /// What left tills and nobody has settled yet.
    pub unsettled: Ore,
    /// When it was taken.
    pub minute: CivilMinute,
    /// Who may settle it.
    pub keeper: PublicKey,
}

/// What a till holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillEntry {
    /// Whose.
    pub till: PublicKey,
    /// The cash that should lie in it.
    pub cash: Ore,
    /// Its counts, latest last.
    pub counts: Vec<crate::resolve::Counted>,
}

/// Why something cannot be done at a till.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The office has no tariff.
    #[error("the catalogue has no tariff: publish one that does")]
    NoTariff,
    /// It has no price.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// It is about an account.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// A price where a deposit was meant, or a deposit where a price was.
    #[error("line {} of the tariff is {}", line.0, if *deposit { "a deposit: take it as one" } else { "a price, not a deposit" })]
    WrongKind {
        /// The line.
        line: LineId,
        /// Whether it is a deposit.
        deposit: bool,
    },
    /// It comes to more than one entry can say.
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
    /// Nothing was named, or more than one receipt has room for.
    #[error(
        "{got} were named: a receipt has 1 to {} lines",
        crate::limits::MAX_PARTS
    )]
    Lines {
        /// How many.
        got: usize,
    },
    /// Nobody here has heard of that charge, or it does not count.
    #[error("charge {charge} is not known here")]
    NoSuchCharge {
        /// The charge.
        charge: StatementId,
    },
    /// Nobody here has heard of that deposit, or it does not count.
    #[error("deposit {deposit} is not known here")]
    NoSuchDeposit {
        /// The deposit.
        deposit: StatementId,
    },
    /// It is paid.
    #[error("nothing is owed for charge {charge}")]
    NothingOwed {
        /// The charge.
        charge: StatementId,
    },
    /// It is free.
    #[error("that costs nothing: there is nothing to pay")]
    NothingToPay,
    /// Entries of different years stand in different books.
    #[error("the charges are of different years: take a payment for each year")]
    SeveralYears,
    /// There is not so much.
    #[error("{asked} of a deposit of which {left} is left")]
    NotHeld {
        /// What was asked for.
        asked: Ore,
        /// What is left, open pay-outs taken away.
        left: Ore,
    },
    /// Only the keeper writes off what it holds.
    #[error("device {keeper} keeps {entry}: only it can do that")]
    NotKeeper {
        /// The deposit or the charge.
        entry: StatementId,
        /// Who can.
        keeper: PublicKey,
    },
    /// A charge comes to nothing or more, and the same as before is no correction.
    #[error("a charge of {before} cannot be corrected to {after}")]
    NoCorrection {
        /// What it comes to.
        before: Ore,
        /// What was asked for.
        after: Ore,
    },
    /// A till does not hold less than nothing.
    #[error("{asked} were counted: expected nothing or more")]
    BadCount {
        /// What was said.
        asked: Ore,
    },
    /// An office keeps its currency.
    #[error("the tariff is in {published}: the office's prices are in {kept}")]
    CurrencyChanged {
        /// What was to be published.
        published: Currency,
        /// The office's currency.
        kept: Currency,
    },
    /// What was charged must stay explained.
    #[error("line {} no longer tells its prices of days past: add a price from a later day", line.0)]
    PastRewritten {
        /// The line.
        line: LineId,
    },
}

impl MoneyError {
    /// A stable code, for apps and for the languages' own texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoTariff => "no_tariff",
            Self::Price(_) => "no_price",
            Self::Account(error) => error.code(),
            Self::WrongKind { .. } => "wrong_kind_of_line",
            Self::TooMuch(_) => "too_much_money",
            Self::Lines { .. } => "receipt_lines",
            Self::NoSuchCharge { .. } => "no_such_charge",
            Self::NoSuchDeposit { .. } => "no_such_deposit",
            Self::NothingOwed { .. } => "nothing_owed",
            Self::NothingToPay => "nothing_to_pay",
            Self::SeveralYears => "several_years",
            Self::NotHeld { .. } => "not_held",
            Self::NotKeeper { .. } => "not_keeper",
            Self::NoCorrection { .. } => "no_correction",
            Self::BadCount { .. } => "bad_count",
            Self::CurrencyChanged { .. } => "currency_changed",
            Self::PastRewritten { .. } => "past_rewritten",
        }
    }
}
