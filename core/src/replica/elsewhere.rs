//! Where to go when the office is closed: to an office that has agreed to take its people.

use super::{BookingId, Replica};
use crate::command::{ChangeError, HostError, What};
use crate::directory::Listing;
use crate::error::Error;
use crate::id::{ClassId, OfficeId, UnitId};
use crate::limits::MAX_HOSTS;
use crate::model::{Catalogue, Host, Rule, Since, Text};
use crate::statement::Cause;
use crate::sync::qr::Agreement;
use crate::time::{Interval, OfficeDay};
use crate::view::Stage;
use std::collections::{BTreeMap, BTreeSet};

/// An office that takes this one's people when it is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostOffice {
    /// The office, and where it is.
    pub office: Listing,
    /// By class of this office: what there is for it there, and what that is called.
    pub classes: BTreeMap<ClassId, (ClassId, Text)>,
    /// The last day; `None` for as long as nobody says otherwise.
    pub until: Option<OfficeDay>,
}

/// What a person can ask another office for, in place of what this one's closing took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The office, and where it is.
    pub office: Listing,
    /// What to ask for there, all of it.
    pub stays: Vec<Stay>,
}

/// So many places of another office's class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The class there.
    pub class: ClassId,
    /// What it is called.
    pub name: Text,
    /// How many places.
    pub places: u16,
    /// When, the same as here.
    pub interval: Interval,
}

impl Replica {
    /// This office's word, signed, that it takes the people of `guest`: for its admin to put into their catalogue. `reach` and
    /// `website` are for people who have not been here; see [`Listing`].
    pub fn agree_to_host(
        &self,
        guest: OfficeId,
        classes: &BTreeSet<ClassId>,
        until: Option<OfficeDay>,
        reach: Vec<String>,
        website: String,
    ) -> Result<Vec<u8>, Error> {
        self.require_admin()?;
        let catalogue = self.catalogue().ok_or(Error::NoCatalogue)?;
        let office = self.office;
        if guest == office {
            return Err(HostError::Itself { office }.into());
        }
        if classes.is_empty() {
            return Err(HostError::NoClass.into());
        }
        let named = |class: &ClassId| {
            let known = catalogue.class(*class);
            let known = known.ok_or(HostError::UnknownClass { class: *class })?;
            Ok((*class, known.name.clone()))
        };
        let profile = catalogue.profile();
        let agreement = Agreement {
            guest,
            host: Listing {
                office,
                name: profile.name.clone(),
                address: profile.address.clone(),
                reach,
                website,
            },
            classes: classes
                .iter()
                .map(named)
                .collect::<Result<_, HostError>>()?,
            until: until.map(Since),
        };
        let signed = agreement.sign(&self.key, self.shelf.admin_chain());
        Ok(signed.map_err(HostError::from)?)
    }

    /// The offices that have agreed to take this one's people, by id.
    pub fn hosts(&self) -> Vec<HostOffice> {
        let hosts = self.catalogue().map(|catalogue| &catalogue.parts().hosts);
        let mut hosts: Vec<HostOffice> = hosts
            .into_iter()
            .flatten()
            .filter_map(|host| self.host_office(host).ok())
            .collect();
        hosts.sort_by_key(|host| host.office.office);
        hosts
    }

    /// Where the person can go instead, when the office closed on a booking of theirs or is closed when they asked to come:
    /// offices that have agreed to it and have something for all of it. Asking there is asking like anybody else.
    pub fn elsewhere(&self, booking: BookingId) -> Result<Vec<Elsewhere>, Error> {
        let entry = self.booking(booking);
        let entry = entry.ok_or(ChangeError::Unknown { booking })?;
        if !is_closed_out(&entry.status.stage) {
            return Ok(Vec::new());
        }
        let wanted: Option<Vec<_>> = (entry.wanted.iter())
            .map(|wish| Some((self.catalogue()?.unit(wish.unit)?.class, wish.interval)))
            .collect();
        Ok(self.hosts_for(&wanted.unwrap_or_default()))
    }

    /// The same for anything that somebody would like on a date, whether it was asked for or not.
    pub fn elsewhere_for(&self, what: What, date: Interval) -> Vec<Elsewhere> {
        let Some(catalogue) = self.catalogue() else {
            return Vec::new();
        };
        let class_of = |unit: &UnitId| catalogue.unit(*unit).map(|unit| unit.class);
        let classes: Option<Vec<ClassId>> = match what {
            What::Unit(unit) => class_of(&unit).map(|class| vec![class]),
            What::Places { class, count } => Some(vec![class; count.into()]),
            What::Together(composite) => {
                let units = catalogue.expand(composite).unwrap_or_default();
                units.iter().map(class_of).collect()
            }
        };
        let wanted = classes.into_iter().flatten();
        self.hosts_for(&wanted.map(|class| (class, date)).collect::<Vec<_>>())
    }

    fn hosts_for(&self, wanted: &[(ClassId, Interval)]) -> Vec<Elsewhere> {
        let hosts = self.hosts().into_iter();
        hosts.filter_map(|host| self.stays(&host, wanted)).collect()
    }

    /// What there is at `host` for all that is wanted here; `None` when there is not something for all of it.
    fn stays(&self, host: &HostOffice, wanted: &[(ClassId, Interval)]) -> Option<Elsewhere> {
        let mut places: BTreeMap<(Interval, ClassId), (Text, u16)> = BTreeMap::new();
        for (class, interval) in wanted {
            let last = interval.end().saturating_plus(-1);
            let day = OfficeDay::of(last, self.shelf.day_start());
            if host.until.is_some_and(|until| day > until) {
                return None;
            }
            let (class, name) = host.classes.get(class)?;
            let stay = places.entry((*interval, *class));
            let (_, count) = stay.or_insert_with(|| (name.clone(), 0));
            *count = count.saturating_add(1);
        }
        let stays = places.into_iter();
        let stays = stays.map(|((interval, class), (name, places))| Stay {
            class,
            name,
            places,
            interval,
        });
        let stays: Vec<Stay> = stays.collect();
        let office = host.office.clone();
        (!stays.is_empty()).then_some(Elsewhere { office, stays })
    }

    /// Fails when a catalogue names an office that has not agreed.
    pub(super) fn require_agreed(&self, catalogue: &Catalogue) -> Result<(), HostError> {
        let hosts = &catalogue.parts().hosts;
        if hosts.len() > MAX_HOSTS {
            return Err(HostError::TooMany { hosts: hosts.len() });
        }
        for host in hosts {
            self.host_office(host)?;
            let mut ours = host.classes.keys();
            if let Some(class) = ours.find(|class| catalogue.class(**class).is_none()) {
                return Err(HostError::UnknownClass { class: *class });
            }
        }
        Ok(())
    }

    fn host_office(&self, host: &Host) -> Result<HostOffice, HostError> {
        let agreed = Agreement::read(&host.agreement)?;
        let (office, ours) = (agreed.host.office, self.office);
        if agreed.guest != ours {
            let guest = agreed.guest;
            return Err(HostError::ForAnother {
                host: office,
                guest,
                ours,
            });
        }
        let lent = |(ours, theirs): (&ClassId, &ClassId)| {
            let class = *theirs;
            let name = agreed.classes.get(theirs).cloned();
            let name = name.ok_or(HostError::NotAgreed {
                host: office,
                class,
            })?;
            Ok((*ours, (class, name)))
        };
        Ok(HostOffice {
            classes: host
                .classes
                .iter()
                .map(lent)
                .collect::<Result<_, HostError>>()?,
            until: agreed.until.map(|until| until.0),
            office: agreed.host,
        })
    }
}

/// Whether a closing is what is in the way.
fn is_closed_out(stage: &Stage) -> bool {
    match stage {
        Stage::Withdrawn { cause, .. } => *cause == Some(Cause::Closed),
        Stage::Released { cause } | Stage::Declined { cause } => {
            *cause == Cause::Closed || cause.rule().is_some_and(Rule::is_of_closing)
        }
        _ => false,
    }
}
