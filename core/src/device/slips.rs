//! Slips: bookings of people without a phone, looked up and changed at a device of the office.

use super::{Device, DeviceError};
use crate::replica::{Command, DeskEntry, Event, SlipSays};
use crate::time::Timestamp;

/// For whoever comes with a slip. Its QR code is read by [`Slip::from_bytes`](crate::sync::qr::Slip::from_bytes), its
/// short code by [`Slip::seed_from_code`](crate::sync::qr::Slip::seed_from_code).
impl Device {
    /// The booking on a slip, and how it stands; `None` when its ticket is not known here.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/office.rs"));
    /// use allkontor_core::command::{Book, WalkIn, WalkInDate};
    /// use allkontor_core::{id::UnitId, sync::qr::Slip, view::Stage};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (_, mut kiosk) = office()?;
    /// let walk_in = WalkIn { book: Book::unit(UnitId(1), at(2, 18, 20)), slip_seed: [5; 16] };
    /// let WalkInDate::Requested { slip, .. } = kiosk.walk_in(NOW, walk_in)?.dates.remove(0) else { panic!() };
    ///
    /// // Back in the afternoon, with the code on paper.
    /// let seed = Slip::seed_from_code(&slip.code().to_lowercase())?;
    /// let booking = kiosk.slip(&seed)?.unwrap();
    /// assert!(matches!(booking.status.stage, Stage::Confirmed { .. }));
    /// kiosk.cancel_slip(NOW, seed)?;
    /// assert!(matches!(kiosk.slip(&seed)?.unwrap().status.stage, Stage::Released { .. }));
    /// # Ok(())
    /// # }
    /// ```
    pub fn slip(&mut self, seed: &[u8; 16]) -> Result<Option<DeskEntry>, DeviceError> {
        Ok(self.replica()?.slip(seed))
    }

    /// Withdraws the booking on a slip.
    pub fn cancel_slip(&mut self, now: Timestamp, seed: [u8; 16]) -> Result<(), DeviceError> {
        self.speak_for_slip(now, seed, SlipSays::Cancel)
    }

    /// "I am here", says whoever holds the slip.
    pub fn arrive_slip(&mut self, now: Timestamp, seed: [u8; 16]) -> Result<(), DeviceError> {
        self.speak_for_slip(now, seed, SlipSays::Arrive)
    }

    fn speak_for_slip(
        &mut self,
        now: Timestamp,
        seed: [u8; 16],
        says: SlipSays,
    ) -> Result<(), DeviceError> {
        let command = Command::Slip { seed, says };
        self.run(now, Event::Command(command)).map(drop)
    }
}
