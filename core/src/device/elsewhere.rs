//! Where to go when the office is closed.

use super::{Device, DeviceError};
use crate::command::What;
use crate::id::{ClassId, OfficeId};
use crate::replica::{BookingId, Elsewhere, HostOffice};
use crate::time::{Interval, OfficeDay};
use std::collections::BTreeSet;

impl Device {
    /// This office's word that it takes the people of `guest` when that is closed, for its admin to put into their catalogue
    /// ([`Host`](crate::model::Host)). `reach` and `website` are for people who have not been here; see
    /// [`Listing`](crate::directory::Listing). On the admin's device.
    pub fn agree_to_host(
        &mut self,
        guest: OfficeId,
        classes: &BTreeSet<ClassId>,
        until: Option<OfficeDay>,
        reach: Vec<String>,
        website: String,
    ) -> Result<Vec<u8>, DeviceError> {
        let replica = self.replica()?;
        Ok(replica.agree_to_host(guest, classes, until, reach, website)?)
    }

    /// The offices that have agreed to take this one's people, by id.
    pub fn hosts(&mut self) -> Result<Vec<HostOffice>, DeviceError> {
        Ok(self.replica()?.hosts())
    }

    /// Where the person can go instead, when the office closed on a booking of theirs or is closed when they asked to come:
    /// offices that have agreed to it and have something for all of it. Asking there is asking like anybody else.
    pub fn elsewhere(&mut self, booking: BookingId) -> Result<Vec<Elsewhere>, DeviceError> {
        Ok(self.replica()?.elsewhere(booking)?)
    }

    /// The same for anything that somebody would like on a date, whether it was asked for or not.
    pub fn elsewhere_for(
        &mut self,
        what: What,
        date: Interval,
    ) -> Result<Vec<Elsewhere>, DeviceError> {
        Ok(self.replica()?.elsewhere_for(what, date))
    }
}
