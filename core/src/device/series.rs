//! Series: booked by a rule, looked at as one, changed on one date, from one on, or altogether.

use super::{Device, DeviceError};
use crate::command::{Book, Change, Changed, Which};
use crate::replica::{BookingId, Command, Event, Group, Outcome, SeriesId};
use crate::time::{CivilMinute, Timestamp};

/// What visitors do with dates that belong together. Each date is a request of its own: what stops one, a rule or a
/// clash, stops no other.
impl Device {
    /// This device's bookings, those of a series together, in the order in which the first of each was made.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/office.rs"));
    /// use allkontor_core::{command::Book, id::UnitId};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (mut phone, mut kiosk) = office()?;
    /// // Every Tuesday evening until Easter, starting on 9 March 2027; and one morning.
    /// let choir = Book::unit(UnitId(1), at(9, 18, 20)).repeating("FREQ=WEEKLY;UNTIL=20270328");
    /// let choir = phone.book(NOW, choir)?.series.unwrap();
    /// phone.book(NOW, Book::unit(UnitId(2), at(10, 9, 10)))?;
    ///
    /// let groups = phone.agenda_groups()?;
    /// assert_eq!((groups[0].series, groups[0].dates.len()), (Some(choir), 3));
    /// assert_eq!((groups[1].series, groups[1].dates.len()), (None, 1));
    /// # Ok(())
    /// # }
    /// ```
    pub fn agenda_groups(&mut self) -> Result<Vec<Group>, DeviceError> {
        Ok(self.replica()?.agenda_groups())
    }

    /// One series of this device; `None` when it has no such series.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/office.rs"));
    /// use allkontor_core::{command::{Book, DateOutcome}, id::UnitId};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (mut phone, mut kiosk) = office()?;
    /// // The office is closed on Thursdays: that date is listed with the rule, and the others are booked.
    /// let course = Book::unit(UnitId(1), at(2, 18, 20)).repeating("FREQ=DAILY;COUNT=3");
    /// let booked = phone.book(NOW, course)?;
    /// let DateOutcome::Refused { rule, .. } = &booked.dates[2] else { panic!() };
    /// assert_eq!(rule.to_string(), "the office is closed on 2027-03-04");
    ///
    /// // Monday will do instead.
    /// let series = booked.series.unwrap();
    /// phone.book(NOW, Book::unit(UnitId(1), at(8, 18, 20)).joining(series))?;
    /// let course = phone.series(series)?.unwrap();
    /// assert_eq!(course.rrule.as_deref(), Some("FREQ=DAILY;COUNT=3"));
    /// assert_eq!(course.dates.len(), 3);
    /// # Ok(())
    /// # }
    /// ```
    pub fn series(&mut self, series: SeriesId) -> Result<Option<Group>, DeviceError> {
        Ok(self.replica()?.series(series))
    }

    /// Withdraws a date of a series, it and the later ones, or all that are not over.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/office.rs"));
    /// use allkontor_core::{command::{Book, Which}, id::UnitId, view::Stage};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (mut phone, mut kiosk) = office()?;
    /// let choir = Book::unit(UnitId(1), at(9, 18, 20)).repeating("FREQ=WEEKLY;COUNT=3");
    /// let dates: Vec<_> = phone.book(NOW, choir)?.bookings().collect();
    /// let changed = phone.cancel_dates(NOW, dates[1], Which::Following)?;
    /// assert_eq!(changed.dates.len(), 2);
    /// assert_eq!(phone.booking(dates[2])?.unwrap().status.stage, Stage::Cancelled);
    /// # Ok(())
    /// # }
    /// ```
    pub fn cancel_dates(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        which: Which,
    ) -> Result<Changed, DeviceError> {
        self.change_dates(now, booking, which, Change::Cancel)
    }

    /// Asks for another time or place instead. `to` is for the date named, and the others move by as much on the wall
    /// clock. What is held stays held until the office confirms the new time.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/office.rs"));
    /// use allkontor_core::{command::{Book, DateChange, Which}, id::UnitId};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (mut phone, mut kiosk) = office()?;
    /// let choir = Book::unit(UnitId(1), at(9, 18, 20)).repeating("FREQ=WEEKLY;COUNT=4");
    /// let dates: Vec<_> = phone.book(NOW, choir)?.bookings().collect();
    /// meet(&mut phone, &mut kiosk)?;
    ///
    /// // From the 16th on it is Wednesday: the office shuts at eight, which each date is told of.
    /// let changed = phone.move_dates(NOW, dates[1], Which::Following, Book::unit(UnitId(1), at(17, 19, 21)))?;
    /// let DateChange::Refused { rule, nearest, .. } = &changed.dates[0] else { panic!() };
    /// assert_eq!(rule.to_string(), "outside the opening hours of 2027-03-17: [2027-03-17T08:00/2027-03-17T20:00]");
    /// assert_eq!(nearest[0], at(17, 18, 20));
    ///
    /// // An hour earlier it can be. The last date would be on 31 March, still in the month that it is filed in.
    /// phone.move_dates(NOW, dates[1], Which::Following, Book::unit(UnitId(1), nearest[0]))?;
    /// meet(&mut phone, &mut kiosk)?;
    /// let held = |date| phone.booking(date).unwrap().unwrap().status.holding[0].interval();
    /// assert_eq!(dates.iter().copied().map(held).collect::<Vec<_>>(), [at(9, 18, 20), at(17, 18, 20), at(24, 18, 20), at(31, 18, 20)]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn move_dates(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        which: Which,
        to: Book,
    ) -> Result<Changed, DeviceError> {
        self.change_dates(now, booking, which, Change::Move(to))
    }

    /// Asks to stay longer or shorter, in the same place. `end` is for the date named, and the others end later by as
    /// much.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/office.rs"));
    /// use allkontor_core::{command::{Book, DateChange, Which}, id::UnitId};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (mut phone, mut kiosk) = office()?;
    /// let choir = Book::unit(UnitId(1), at(9, 18, 20)).repeating("FREQ=WEEKLY;COUNT=3");
    /// let dates: Vec<_> = phone.book(NOW, choir)?.bookings().collect();
    /// let changed = phone.extend_dates(NOW, dates[0], Which::All, at(9, 18, 21).end())?;
    /// let asked = DateChange::Requested { booking: dates[2], interval: at(23, 18, 21) };
    /// assert_eq!(changed.dates[2], asked);
    /// # Ok(())
    /// # }
    /// ```
    pub fn extend_dates(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        which: Which,
        end: CivilMinute,
    ) -> Result<Changed, DeviceError> {
        self.change_dates(now, booking, which, Change::Extend(end))
    }

    fn change_dates(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        which: Which,
        change: Change,
    ) -> Result<Changed, DeviceError> {
        let command = Command::ChangeDates {
            booking,
            which,
            change,
        };
        match self.run(now, Event::Command(command))? {
            Outcome::Changed(changed) => Ok(changed),
            _ => Ok(Changed::default()),
        }
    }
}
