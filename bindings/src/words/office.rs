//! What the staff read of the office's devices: who they are, what they decide, what is wrong with them.

use super::Words;
use crate::admin::Decree;
use crate::alarms::Alarm;
use crate::custody::{Custody, Steward};
use crate::desk::Ledger;
use crate::device::Standing;
use crate::loss::{LeftBehind, Replacement, Worth};
use crate::status::Role;
use allkontor_core::id::{PublicKey, UnitId};
use fluent_bundle::{FluentArgs, FluentValue};

/// Digits of a key that are shown: enough to tell an office's devices apart.
const DIGITS: usize = 8;

impl Words {
    pub(super) fn say_key(&self, device: &PublicKey) -> String {
        let key: String = device.to_string().chars().take(DIGITS).collect();
        say!(self, "a-device", "key": key)
    }

    fn say_role(&self, role: &Role) -> String {
        let key = match role {
            Role::Admin => "role-admin",
            Role::Staff => "role-staff",
            Role::Kiosk => "role-kiosk",
            Role::Hub => "role-hub",
            Role::Later { .. } => "role-later",
        };
        say!(self, key)
    }

    pub(super) fn say_steward(&self, steward: &Steward) -> String {
        let role = self.say_role(&steward.role);
        match steward.heard_at {
            Some(at) => say!(self, "heard", "role": role, "at": self.say_moment(at)),
            None => say!(self, "never-heard", "role": role),
        }
    }

    pub(super) fn say_standing(&self, standing: &Standing) -> String {
        match standing {
            Standing::Visitor => say!(self, "standing-visitor"),
            Standing::Steward { role } => {
                say!(self, "standing-steward", "role": self.say_role(role))
            }
            Standing::Recovering => say!(self, "standing-recovering"),
        }
    }

    pub(super) fn say_custody(&self, custody: &Custody) -> String {
        match custody {
            Custody::Here => say!(self, "custody-here"),
            Custody::Elsewhere { steward } => {
                say!(self, "custody-elsewhere", "device": self.say_steward(steward))
            }
            Custody::InFlight { steward } => {
                say!(self, "custody-in-flight", "device": self.say_steward(steward))
            }
            Custody::Nobody => say!(self, "custody-nobody"),
        }
    }

    pub(super) fn say_alarm(&self, alarm: &Alarm) -> String {
        match alarm {
            Alarm::SomethingRefused {
                signer: Some(signer),
                ..
            } => say!(self, "alarm-refused", "device": self.say_key(signer)),
            Alarm::SomethingRefused { signer: None, .. } => say!(self, "alarm-refused-unknown"),
            Alarm::Fork { device, .. } => {
                say!(self, "alarm-fork", "device": self.say_key(device))
            }
            Alarm::Cloned { .. } => say!(self, "alarm-cloned"),
            Alarm::Orphan { device, .. } => {
                say!(self, "alarm-orphan", "device": self.say_key(device))
            }
            Alarm::AdminFork { .. } => say!(self, "error-admin-forked"),
            Alarm::Outdated { .. } => say!(self, "error-outdated"),
        }
    }

    pub(super) fn say_worth(&self, worth: Worth) -> String {
        let key = match worth {
            Worth::Stands => "worth-stands",
            Worth::FirstInLine => "worth-first-in-line",
            Worth::Noted => "worth-noted",
            Worth::Superseded => "worth-superseded",
            Worth::NotOwed => "worth-not-owed",
        };
        say!(self, key)
    }

    pub(super) fn say_decree(&self, decree: &Decree) -> String {
        match decree {
            Decree::DeviceCertified { device, role } => {
                let role = self.say_role(role);
                say!(self, "decree-certified", "device": self.say_key(device), "role": role)
            }
            Decree::DeviceReplaced {
                device,
                successor: None,
            } => say!(self, "decree-replaced", "device": self.say_key(device)),
            Decree::DeviceReplaced {
                device,
                successor: Some(successor),
            }
            | Decree::SuccessorNamed { device, successor } => {
                let heir = self.say_key(successor);
                say!(self, "decree-succeeded", "device": self.say_key(device), "heir": heir)
            }
            Decree::UnitsAssigned { units, device } => {
                let units = self.say_units(units);
                say!(self, "decree-assigned", "device": self.say_key(device), "units": units)
            }
            Decree::AdminHandedOver { admin } => {
                say!(self, "decree-handed-over", "device": self.say_key(admin))
            }
            Decree::OfficeRecovered { admin } => {
                say!(self, "decree-recovered", "device": self.say_key(admin))
            }
            Decree::CataloguePublished { version } => {
                say!(self, "decree-published", "version": version.to_string())
            }
            Decree::MonthsDropped { before } => {
                say!(self, "decree-dropped", "date": self.say_date(before.date()))
            }
            Decree::RulesActivated { version, first } => {
                let date = self.say_date(first.date());
                say!(self, "decree-activated", "version": version.to_string(), "date": date)
            }
            Decree::Later { .. } => say!(self, "decree-later"),
        }
    }

    pub(super) fn say_replacement(&self, found: &Replacement) -> Vec<String> {
        let (device, role) = (self.say_key(&found.device), self.say_role(&found.role));
        let mut lines = vec![match (&found.revoked, &found.successor) {
            (None, _) => say!(self, "replacing", "device": device, "role": role),
            (Some(_), None) => say!(self, "replaced-by-nobody", "device": device, "role": role),
            (Some(_), Some(heir)) => {
                let heir = self.say_key(heir);
                say!(self, "replaced-by", "device": device, "role": role, "heir": heir)
            }
        }];
        lines.extend(found.left.iter().map(|left| self.left(left)));
        let unheard = found.left.iter().any(|left| left.lost > 0);
        if unheard {
            lines.push(say!(self, "replacing-lost"));
        }
        if !found.left_out.is_empty() {
            let ledgers = self.list(&found.left_out, |ledger| self.say_ledger(*ledger));
            lines.push(say!(self, "replacing-left-out", "ledgers": ledgers));
        }
        lines
    }

    fn left(&self, left: &LeftBehind) -> String {
        let heard = match left.last_heard {
            Some(at) => say!(self, "left-heard", "at": self.say_moment(at)),
            None => say!(self, "left-never-heard"),
        };
        let units = if left.units.is_empty() {
            say!(self, "no-units")
        } else {
            self.say_units(&left.units)
        };
        say!(self, "left-behind",
            "ledger": self.say_ledger(left.ledger), "heard": heard,
            "stands": left.stands.len().to_string(),
            "undecided": left.undecided.len().to_string(),
            "units": units)
    }

    fn say_units(&self, units: &[UnitId]) -> String {
        self.list(units, |unit| self.say_unit(*unit))
    }

    fn say_ledger(&self, ledger: Ledger) -> String {
        match ledger {
            Ledger::OfMonth { year, month } => {
                let month = format!("month-{month}");
                say!(self, "ledger-month", "month": say!(self, &month), "year": year.to_string())
            }
            Ledger::OfYear { year } => say!(self, "ledger-year", "year": year.to_string()),
        }
    }
}
