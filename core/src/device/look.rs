//! What a screen shows: pages of bookings, a day at the desk, what the wall clock says.

use super::{Connection, Device, DeviceError};
use crate::replica::{AgendaEntry, BookingId, CustodyDay, DeskEntry};
use crate::report::{Report, ReportOrder};
use crate::resolve::SlotKey;
use crate::statement::Document;
use crate::time::{CivilMinute, DayStart, OfficeDay, Timestamp, Zone};
use crate::view::{Delivery, DeskEntry as DeskTime, Explanation};

impl Device {
    /// At most `limit` of this device's bookings behind `after`, in the order in which they were made.
    pub fn agenda_page(
        &mut self,
        after: Option<BookingId>,
        limit: usize,
    ) -> Result<Vec<AgendaEntry>, DeviceError> {
        Ok(self.replica()?.agenda_page(after, limit))
    }

    /// At most `limit` bookings of a document behind `after`, by ticket and slot, as the desk sees them.
    pub fn desk_page(
        &mut self,
        document: Document,
        after: Option<SlotKey>,
        limit: usize,
    ) -> Result<Vec<DeskEntry>, DeviceError> {
        Ok(self.replica()?.desk_page(document, after, limit))
    }

    /// What is taken on a day and by which booking, by unit, then by time: for stewards.
    pub fn desk_day(&mut self, day: OfficeDay) -> Result<Vec<DeskTime>, DeviceError> {
        Ok(self.replica()?.desk_day(day))
    }

    /// Who may decide what on a day, what is on its way between devices, and when each was last heard of: for staff.
    pub fn custody(&mut self, now: Timestamp, day: OfficeDay) -> Result<CustodyDay, DeviceError> {
        Ok(self.replica()?.custody_day(now, day)?)
    }

    /// How the office was used in some months: counts alone, for those who run and fund it.
    pub fn report(&mut self, order: ReportOrder) -> Result<Report, DeviceError> {
        Ok(self.replica()?.report(order)?)
    }

    /// Why a booking stands as it does: for stewards, who know bookings by ticket and slot. `None` when it is not
    /// known here.
    pub fn explain_at_desk(
        &mut self,
        now: Timestamp,
        key: SlotKey,
    ) -> Result<Option<Explanation>, DeviceError> {
        let replica = self.replica()?;
        let document = replica.document_of(&key);
        Ok(document.and_then(|document| replica.explain_slot(document, &key, now)))
    }

    /// What the office's wall clock shows at `now`.
    pub fn civil(&mut self, now: Timestamp) -> Result<CivilMinute, DeviceError> {
        Ok(self.replica()?.civil(now)?)
    }

    /// The office's time zone.
    pub fn zone(&mut self) -> Result<Zone, DeviceError> {
        Ok(self.replica()?.zone()?)
    }

    /// When an office day begins.
    pub fn day_start(&mut self) -> Result<DayStart, DeviceError> {
        Ok(self.replica()?.day_start())
    }

    /// Whether the clock can be believed at `now`: without that nothing is freed, expired or stamped automatically.
    pub fn clock_is_believed(&mut self, now: Timestamp) -> Result<bool, DeviceError> {
        Ok(self.replica()?.clock_is_believed(now))
    }

    /// The version of the published catalogue in force.
    pub fn catalogue_version(&mut self) -> Result<Option<u32>, DeviceError> {
        Ok(self.replica()?.catalogue_version())
    }

    /// How many open bookings of this device the office does not have yet, as far as is known.
    pub fn undelivered(&mut self) -> Result<usize, DeviceError> {
        let open = self.replica()?.agenda().into_iter();
        let open = open.filter(|entry| entry.status.stage.is_open());
        Ok(open
            .filter(|entry| entry.status.delivery != Delivery::Received)
            .count())
    }

    /// Connections that are open, in the order in which they were opened.
    pub fn connections(&self) -> Vec<Connection> {
        self.sessions.keys().copied().collect()
    }
}
