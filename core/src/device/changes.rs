//! What has changed since somebody last looked, so that an app draws again only what is different.

use super::Device;
use crate::replica::{AgendaEntry, Alarm, BookingId, Standing, touch};
use crate::statement::{Document, Family};
use crate::time::OfficeDay;
use crate::view::Redrawn;
use std::collections::{BTreeMap, BTreeSet};

/// What has changed on a device since somebody last looked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The device was restored from its store: anything may be different.
    pub everything: bool,
    /// This device's bookings that stand in another way.
    pub bookings: BTreeSet<BookingId>,
    /// Office days on which something is taken or free that was not.
    pub days: BTreeSet<OfficeDay>,
    /// Documents in which a booking may stand in another way: what a desk reads again.
    pub documents: BTreeSet<Document>,
    /// Another catalogue is in force.
    pub catalogue: bool,
    /// This device is something else to its office.
    pub standing: bool,
    /// There are other alarms: a new one, or one fewer.
    pub alarms: bool,
    /// A connection was opened, used or closed.
    pub connections: bool,
}

/// What has happened since somebody last looked, and what was there then.
#[derive(Debug, Default)]
pub(super) struct Watch {
    everything: bool,
    stirred: bool,
    touched: BTreeMap<Document, Redrawn>,
    connections: bool,
    bookings: BTreeMap<BookingId, AgendaEntry>,
    catalogue: Option<u32>,
    standing: Option<Standing>,
    alarms: BTreeSet<Alarm>,
}

impl Watch {
    /// A turn had effects.
    pub(super) fn stir(&mut self, touched: BTreeMap<Document, Redrawn>) {
        self.stirred = true;
        for (document, redrawn) in touched {
            touch(&mut self.touched, document, redrawn);
        }
    }

    /// Something happened to a connection.
    pub(super) fn connection(&mut self) {
        self.connections = true;
    }

    /// The device goes on from its store.
    pub(super) fn start_over(&mut self) {
        self.everything = true;
    }
}

impl Changes {
    /// Whether there is nothing to look at.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// These changes and later ones.
    pub fn and(&mut self, later: &Self) {
        self.everything |= later.everything;
        self.bookings.extend(&later.bookings);
        self.days.extend(&later.days);
        self.documents.extend(&later.documents);
        self.catalogue |= later.catalogue;
        self.standing |= later.standing;
        self.alarms |= later.alarms;
        self.connections |= later.connections;
    }
}

impl Device {
    /// What has changed since this was last asked. Costs a look at this device's own bookings, and nothing when
    /// nothing happened.
    pub fn changes(&mut self) -> Changes {
        let watch = &mut self.watch;
        let mut changes = Changes {
            everything: std::mem::take(&mut watch.everything),
            connections: std::mem::take(&mut watch.connections),
            alarms: watch.alarms != self.alarms,
            ..Changes::default()
        };
        if changes.alarms {
            watch.alarms.clone_from(&self.alarms);
        }
        for (document, redrawn) in std::mem::take(&mut watch.touched) {
            changes.days.extend(days(document, redrawn));
            changes.documents.insert(document);
        }
        if let Some(replica) = self.replica.as_ref().filter(|_| watch.stirred) {
            watch.stirred = false;
            let now: BTreeMap<BookingId, AgendaEntry> = replica
                .agenda()
                .into_iter()
                .map(|entry| (entry.booking, entry))
                .collect();
            let different = now
                .iter()
                .filter(|(booking, entry)| watch.bookings.get(booking) != Some(*entry));
            changes.bookings = different.map(|(booking, _)| *booking).collect();
            watch.bookings = now;
            changes.catalogue = watch.catalogue != replica.catalogue_version();
            watch.catalogue = replica.catalogue_version();
            changes.standing = watch.standing != Some(replica.standing());
            watch.standing = Some(replica.standing());
        }
        changes
    }
}

/// The office days of a document that look different; a storage document has years.
fn days(document: Document, redrawn: Redrawn) -> BTreeSet<OfficeDay> {
    let of_period = |period: i32| OfficeDay::new(period.into());
    match (document, redrawn) {
        (Document::Ledger(month), Redrawn::Everything) => {
            let days = (0..31).map(|after| month.first_day().plus(after));
            days.filter(|day| day.month() == month).collect()
        }
        (document, Redrawn::Periods(periods)) if document.family() == Some(Family::Ledger) => {
            periods.into_iter().filter_map(of_period).collect()
        }
        _ => BTreeSet::new(),
    }
}
