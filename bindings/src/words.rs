//! Everything a person reads, in their language. A language is a file: `words/sv.ftl` (Project Fluent).

/// A message, with what goes into it.
macro_rules! say {
    ($words:expr, $key:expr $(, $name:literal: $value:expr)* $(,)?) => {{
        #[allow(unused_mut, reason = "messages without arguments")]
        let mut args = FluentArgs::new();
        $( args.set($name, FluentValue::from($value)); )*
        $words.book.say($key, &args)
    }};
}

mod book;
mod commons;
mod event;
mod ics;
mod money;
mod office;
mod people;
mod rental;
mod say;

use crate::account::{Account, AccountLine};
use crate::admin::Decree;
use crate::alarms::Alarm;
use crate::backup::OwnKeys;
use crate::code::{CodeDue, LockCode};
use crate::commons::{NoticeInfo, SuggestionInfo, Verdict};
use crate::custody::{Awaits, Custody, Steward};
use crate::desk::Allowance;
use crate::device::Standing;
use crate::event::EventInfo;
use crate::explain::{Explanation, Obstacle};
use crate::hours::Holiday;
use crate::ids::Interval;
use crate::import::IcsOutcome;
use crate::loan::{Loan, Opening};
use crate::loss::{Replacement, Worth};
use crate::money::{Deposit, Means, Money, PriceUnit, Receipt, SecondPayOut, TillCount};
use crate::people::{Ground, OwnSuspension, Suspension};
use crate::rental::Rental;
use crate::rule::Rule;
use crate::status::{Cause, Status};
use crate::{AllkontorError, Device};
use allkontor_core::id::{ClassId, FeatureId, LineId, UnitId};
use allkontor_core::model::Catalogue;
use allkontor_core::money::Ore;
use allkontor_core::time::{CivilMinute, OfficeDay};
use book::Book;
use std::sync::Arc;

/// Words of one language, with an office's names. It does not follow the office: ask for another when the catalogue
/// has changed.
#[derive(uniffi::Object)]
pub struct Words {
    language: String,
    book: &'static Book,
    catalogue: Option<Arc<Catalogue>>,
}

/// Language tags (BCP 47) for which there are words.
#[uniffi::export]
pub fn languages() -> Result<Vec<String>, AllkontorError> {
    Ok(book::tags().map(str::to_owned).collect())
}

/// Every stable code that an error can have.
#[uniffi::export]
pub fn error_codes() -> Result<Vec<String>, AllkontorError> {
    let known = book::keys().filter_map(|key| key.strip_prefix("error-"));
    let known = known.filter(|code| *code != "unknown");
    Ok(known.map(|code| code.replace('-', "_")).collect())
}

#[uniffi::export]
impl Device {
    /// Words in a language, or English when there is none of that tag, with the office's own names.
    pub fn words(&self, language: String) -> Result<Arc<Words>, AllkontorError> {
        let catalogue = self.with(|engine| Ok(engine.catalogue()?))?;
        Ok(Arc::new(Words::of(language, catalogue)))
    }
}

impl Words {
    pub(crate) fn of(language: String, catalogue: Option<Arc<Catalogue>>) -> Self {
        Self {
            book: book::of(&language),
            language,
            catalogue,
        }
    }
}

#[uniffi::export]
impl Words {
    /// Words in a language without an office: for errors before one is open.
    #[uniffi::constructor]
    pub fn plain(language: String) -> Result<Arc<Self>, AllkontorError> {
        Ok(Arc::new(Self::of(language, None)))
    }

    /// The tag of the language that the words are in.
    pub fn tag(&self) -> Result<String, AllkontorError> {
        Ok(self.book.tag().to_owned())
    }

    /// What a unit's sign says.
    pub fn unit(&self, unit: UnitId) -> Result<String, AllkontorError> {
        Ok(self.say_unit(unit))
    }

    /// What a class of units is called.
    pub fn class_name(&self, class_id: ClassId) -> Result<String, AllkontorError> {
        Ok(self.say_class(class_id))
    }

    /// What a feature is called.
    pub fn feature(&self, feature: FeatureId) -> Result<String, AllkontorError> {
        Ok(self.say_feature(feature))
    }

    /// `tisdag 24 november`.
    pub fn date(&self, day: OfficeDay) -> Result<String, AllkontorError> {
        Ok(self.say_date(day.date()))
    }

    /// `14.30`.
    pub fn clock(&self, minute: CivilMinute) -> Result<String, AllkontorError> {
        Ok(self.say_clock(minute))
    }

    /// `tisdag 24 november kl. 14.00–16.00`.
    pub fn span(&self, interval: Interval) -> Result<String, AllkontorError> {
        Ok(self.say_span(interval))
    }

    /// How a booking stands, in one or two sentences.
    pub fn status(&self, status: Status) -> Result<String, AllkontorError> {
        Ok(self.say_status(&status))
    }

    /// Why a booking stands as it does: a line each for how it stands, what is in the way, and what is near and free.
    pub fn explanation(&self, explanation: Explanation) -> Result<Vec<String>, AllkontorError> {
        Ok(self.say_explanation(&explanation))
    }

    /// How a rental stands, in one or two sentences.
    pub fn rental(&self, rental: Rental) -> Result<String, AllkontorError> {
        Ok(self.say_rental(&rental))
    }

    /// An event: its title, when it is, and how far it has come.
    pub fn event(&self, event: EventInfo) -> Result<String, AllkontorError> {
        Ok(self.say_event(&event))
    }

    /// How a suggestion stands: how many support it, and what comes of it.
    pub fn suggestion(&self, suggestion: SuggestionInfo) -> Result<String, AllkontorError> {
        Ok(self.say_suggestion(&suggestion))
    }

    /// What comes of a suggestion.
    pub fn verdict(&self, verdict: Verdict) -> Result<String, AllkontorError> {
        Ok(self.say_verdict(verdict))
    }

    /// How a notice stands, and how to answer it.
    pub fn notice(&self, notice: NoticeInfo) -> Result<String, AllkontorError> {
        Ok(self.say_notice(&notice))
    }

    /// What is out, and until when.
    pub fn loan(&self, loan: Loan) -> Result<String, AllkontorError> {
        Ok(self.say_loan(&loan))
    }

    /// What is noted of a thing's condition.
    pub fn condition(&self, condition: u16) -> Result<String, AllkontorError> {
        Ok(self.say_condition(condition))
    }

    /// When and why a unit was opened without its renter.
    pub fn opening(&self, opening: Opening) -> Result<String, AllkontorError> {
        Ok(self.say_opening(&opening))
    }

    /// What a lock opens by.
    pub fn lock_code(&self, code: LockCode) -> Result<String, AllkontorError> {
        Ok(self.say_lock_code(&code))
    }

    /// Why a lock's code is to be changed.
    pub fn code_due(&self, due: CodeDue) -> Result<String, AllkontorError> {
        Ok(self.say_code_due(&due))
    }

    /// One thing that stands in the way.
    pub fn obstacle(&self, obstacle: Obstacle) -> Result<String, AllkontorError> {
        Ok(self.say_obstacle(&obstacle))
    }

    /// What an undecided booking waits for.
    pub fn awaits(&self, awaits: Awaits) -> Result<String, AllkontorError> {
        Ok(self.say_awaits(&awaits))
    }

    /// Why a place was given back, a request refused, or a unit taken.
    pub fn cause(&self, cause: Cause) -> Result<String, AllkontorError> {
        Ok(self.say_cause(&cause))
    }

    /// Why something cannot be booked, with the rule's numbers.
    pub fn rule(&self, rule: Rule) -> Result<String, AllkontorError> {
        Ok(self.say_rule(&rule))
    }

    /// A device of the office, and when it was last heard of.
    pub fn steward(&self, steward: Steward) -> Result<String, AllkontorError> {
        Ok(self.say_steward(&steward))
    }

    /// What a device is to its office.
    pub fn standing(&self, standing: Standing) -> Result<String, AllkontorError> {
        Ok(self.say_standing(&standing))
    }

    /// Who may decide about a unit.
    pub fn custody(&self, custody: Custody) -> Result<String, AllkontorError> {
        Ok(self.say_custody(&custody))
    }

    /// What somebody at the office has to see to, and what to do about it.
    pub fn alarm(&self, alarm: Alarm) -> Result<String, AllkontorError> {
        Ok(self.say_alarm(&alarm))
    }

    /// What replacing a device means, to be read before it is done: a line for the device, and for each month and year.
    pub fn replacement(&self, found: Replacement) -> Result<Vec<String>, AllkontorError> {
        Ok(self.say_replacement(&found))
    }

    /// What a promise that somebody showed is worth.
    pub fn worth(&self, worth: Worth) -> Result<String, AllkontorError> {
        Ok(self.say_worth(worth))
    }

    /// What an admin has decreed: for choosing between branches.
    pub fn decree(&self, decree: Decree) -> Result<String, AllkontorError> {
        Ok(self.say_decree(&decree))
    }

    /// How a device shares its keys with others of the same person, and what to do about it.
    pub fn own_keys(&self, keys: OwnKeys) -> Result<String, AllkontorError> {
        Ok(self.say_own_keys(&keys))
    }

    /// What a suspended person is told: until when, why, and how to appeal.
    pub fn own_suspension(&self, told: OwnSuspension) -> Result<String, AllkontorError> {
        Ok(self.say_own_suspension(&told))
    }

    /// A suspension, for the office's devices.
    pub fn suspension(&self, suspension: Suspension) -> Result<String, AllkontorError> {
        Ok(self.say_suspension(&suspension))
    }

    /// Why somebody is suspended.
    pub fn ground(&self, ground: Ground) -> Result<String, AllkontorError> {
        Ok(self.say_ground(ground))
    }

    /// What is left of a person's share.
    pub fn allowance(&self, allowance: Allowance) -> Result<String, AllkontorError> {
        Ok(self.say_allowance(&allowance))
    }

    /// What a line of the tariff is called.
    pub fn line(&self, line: LineId) -> Result<String, AllkontorError> {
        Ok(self.say_line(line))
    }

    /// `12,50 kr`.
    pub fn money(&self, money: Money) -> Result<String, AllkontorError> {
        Ok(self.say_money(&money))
    }

    /// In what form money passed.
    pub fn means(&self, means: Means) -> Result<String, AllkontorError> {
        Ok(self.say_means(means))
    }

    /// `5 sidor`.
    pub fn quantity(&self, unit: PriceUnit, count: u32) -> Result<String, AllkontorError> {
        Ok(self.say_quantity(unit, count))
    }

    /// A receipt, line by line: what it is, what for, and the sum.
    pub fn receipt(&self, receipt: Receipt) -> Result<Vec<String>, AllkontorError> {
        Ok(self.say_receipt(&receipt))
    }

    /// What counting a till came to.
    pub fn count(&self, count: TillCount) -> Result<String, AllkontorError> {
        Ok(self.say_count(&count))
    }

    /// How a deposit stands.
    pub fn deposit(&self, deposit: Deposit) -> Result<String, AllkontorError> {
        Ok(self.say_deposit(&deposit))
    }

    /// What an account has, and what may be spent of it here and elsewhere.
    pub fn account(&self, account: Account) -> Result<String, AllkontorError> {
        Ok(self.say_account(&account))
    }

    /// One line of an account's statement.
    pub fn account_line(&self, line: AccountLine) -> Result<String, AllkontorError> {
        Ok(self.say_account_line(&line))
    }

    /// What is still owed, or was paid too much when less than nothing.
    pub fn owed(&self, ore: Ore) -> Result<String, AllkontorError> {
        Ok(self.say_owed(ore))
    }

    /// What a second pay-out means, and what to do about it.
    pub fn second_pay_out(&self, second: SecondPayOut) -> Result<String, AllkontorError> {
        Ok(self.say_second_pay_out(second.ore))
    }

    /// What came of a date in an iCalendar file.
    pub fn import_outcome(&self, outcome: IcsOutcome) -> Result<String, AllkontorError> {
        Ok(self.say_import(&outcome))
    }

    /// A public holiday.
    pub fn holiday(&self, holiday: Holiday) -> Result<String, AllkontorError> {
        Ok(self.say_holiday(holiday))
    }

    /// What to tell a person about an error, by its code.
    pub fn error(&self, code: String) -> Result<String, AllkontorError> {
        Ok(self.say_error(&code))
    }
}

#[cfg(test)]
mod tests;
