//! What renters and borrowers read, and what the desk reads of them.

use super::Words;
use crate::code::{CodeDue, CodeDueBy, LockCode};
use crate::loan::{Loan, Opening};
use crate::rental::{Rental, RentalStep};
use allkontor_core::id::{ConditionId, UnitId};
use fluent_bundle::{FluentArgs, FluentValue};

impl Words {
    pub(super) fn say_rental(&self, rental: &Rental) -> String {
        let units = self.list(&rental.units, |unit: &UnitId| self.say_unit(*unit));
        let until = match rental.due {
            Some(due) => say!(self, "rental-until", "at": self.say_long_moment(due)),
            None => say!(self, "rental-without-end"),
        };
        let mut lines = vec![say!(self, "rental", "units": units, "until": until)];
        lines.extend(match rental.step {
            RentalStep::Runs => None,
            RentalStep::DueSoon { days } => Some(say!(self, "rental-due-soon", "days": days)),
            RentalStep::DueToday => Some(say!(self, "rental-due-today")),
            RentalStep::Overdue { days: 0 } => Some(say!(self, "rental-overdue-today")),
            RentalStep::Overdue { days } => Some(say!(self, "rental-overdue", "days": days)),
            RentalStep::MayBeOpened { days } => {
                Some(say!(self, "rental-may-be-opened", "days": days))
            }
        });
        if let Some(asked) = &rental.asked {
            let until = match asked.until {
                Some(until) => say!(self, "rental-until", "at": self.say_long_moment(until)),
                None => say!(self, "rental-without-end"),
            };
            lines.push(match &asked.refused {
                Some(cause) => {
                    let cause = self.say_cause(cause);
                    say!(self, "rental-refused", "until": until, "cause": cause)
                }
                None => say!(self, "rental-asked", "until": until),
            });
        }
        lines.join(" ")
    }

    pub(super) fn say_loan(&self, loan: &Loan) -> String {
        let (unit, due) = (self.say_unit(loan.unit), self.say_moment(loan.due));
        if loan.is_late {
            say!(self, "loan-late", "unit": unit, "due": due)
        } else {
            say!(self, "loan", "unit": unit, "due": due)
        }
    }

    pub(super) fn say_condition(&self, condition: u16) -> String {
        let office = self.catalogue.as_ref();
        let known =
            office.and_then(|office| office.parts().conditions.get(&ConditionId(condition)));
        self.name(known, "a-condition", condition.into())
    }

    pub(super) fn say_opening(&self, opening: &Opening) -> String {
        let (unit, at) = (self.say_unit(opening.unit), self.say_moment(opening.at));
        let cause = self.say_cause(&opening.cause);
        say!(self, "opening", "unit": unit, "at": at, "cause": cause)
    }

    pub(super) fn say_lock_code(&self, code: &LockCode) -> String {
        let unit = self.say_unit(code.unit);
        let said = say!(self, "lock-code", "unit": unit, "code": code.code.clone());
        if !code.is_due {
            return said;
        }
        [said, say!(self, "lock-code-changes")].join(" ")
    }

    pub(super) fn say_code_due(&self, due: &CodeDue) -> String {
        let unit = self.say_unit(due.unit);
        match due.why {
            CodeDueBy::Ended => say!(self, "code-due-ended", "unit": unit),
            CodeDueBy::Opened => say!(self, "code-due-opened", "unit": unit),
            CodeDueBy::Twice => say!(self, "code-due-twice", "unit": unit),
        }
    }
}
