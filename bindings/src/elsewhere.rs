//! Where to go when the office is closed: to an office that has agreed to take its people.

use crate::directory::{ListedOffice, listed};
use crate::ids::Interval;
use crate::visit::{Wanted, What};
use crate::{AllkontorError, Device};
use allkontor_core::id::{ClassId, OfficeId};
use allkontor_core::replica;
use allkontor_core::replica::BookingId;
use allkontor_core::time::OfficeDay;

/// An office that takes this one's people when it is closed.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct HostOffice {
    /// The office, and where it is.
    pub office: ListedOffice,
    /// What there is there for which of this office's classes, by class.
    pub classes: Vec<HostClass>,
    /// The last day; none for as long as nobody says otherwise.
    pub until: Option<OfficeDay>,
}

/// What another office has for a class of this one.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct HostClass {
    /// The class here.
    pub class_id: ClassId,
    /// The class there.
    pub there: ClassId,
    /// What it is called there.
    pub name: String,
}

/// What a person can ask another office for, in place of what this one's closing took.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Elsewhere {
    /// The office, and where it is: its invitation is what `Device::join` takes.
    pub office: ListedOffice,
    /// What to ask for there, all of it: what `book` takes on a device that follows that office.
    pub stays: Vec<Wanted>,
}

#[uniffi::export]
impl Device {
    /// This office's word, signed, that it takes the people of `guest` when that is closed: for its admin to put into their
    /// catalogue (`hosts`). `until`: the last day. `reach`: where a device of this office can be reached. On the admin's device.
    pub fn agree_to_host(
        &self,
        guest: OfficeId,
        classes: Vec<ClassId>,
        until: Option<OfficeDay>,
        reach: Vec<String>,
        website: String,
    ) -> Result<Vec<u8>, AllkontorError> {
        let classes = classes.into_iter().collect();
        self.with(|engine| Ok(engine.agree_to_host(guest, &classes, until, reach, website)?))
    }

    /// The offices that have agreed to take this one's people, by id, with names in `language` (BCP 47) or the nearest there is.
    pub fn hosts(&self, language: String) -> Result<Vec<HostOffice>, AllkontorError> {
        let hosts = self.with(|engine| Ok(engine.hosts()?))?.into_iter();
        Ok(hosts.map(|host| HostOffice::new(host, &language)).collect())
    }

    /// Where the person can go instead, when the office closed on a booking of theirs or is closed when they asked to come:
    /// offices that have agreed to it and have something for all of it. Asking there is asking like anybody else.
    pub fn elsewhere(
        &self,
        booking: BookingId,
        language: String,
    ) -> Result<Vec<Elsewhere>, AllkontorError> {
        let there = self.with(|engine| Ok(engine.elsewhere(booking)?))?;
        Ok(all(there, &language))
    }

    /// The same for what somebody would like on a date, whether it was asked for or not.
    pub fn elsewhere_for(
        &self,
        what: What,
        date: Interval,
        language: String,
    ) -> Result<Vec<Elsewhere>, AllkontorError> {
        let date = date.try_into()?;
        let there = self.with(|engine| Ok(engine.elsewhere_for(what.into(), date)?))?;
        Ok(all(there, &language))
    }
}

fn all(there: Vec<replica::Elsewhere>, language: &str) -> Vec<Elsewhere> {
    let there = there.into_iter().map(|there| Elsewhere {
        office: listed(&there.office, language),
        stays: there.stays.into_iter().map(Wanted::from).collect(),
    });
    there.collect()
}

impl HostOffice {
    fn new(host: replica::HostOffice, language: &str) -> Self {
        let classes = host.classes.into_iter();
        let classes = classes.map(|(class_id, (there, name))| HostClass {
            class_id,
            there,
            name: name.in_language(language).to_owned(),
        });
        Self {
            office: listed(&host.office, language),
            classes: classes.collect(),
            until: host.until,
        }
    }
}

impl From<replica::Stay> for Wanted {
    fn from(stay: replica::Stay) -> Self {
        Self {
            what: What::Places {
                class_id: stay.class,
                count: stay.places,
            },
            dates: vec![stay.interval.into()],
            alternatives: Vec::new(),
            needs: Vec::new(),
            party: 1,
        }
    }
}

impl From<What> for allkontor_core::command::What {
    fn from(what: What) -> Self {
        match what {
            What::UnitOrEqual { unit } | What::ExactlyUnit { unit } => Self::Unit(unit),
            What::Places { class_id, count } => Self::Places {
                class: class_id,
                count,
            },
            What::Together { bundle } => Self::Together(bundle),
        }
    }
}
