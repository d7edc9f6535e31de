//! Events: proposed from anywhere, let through by the office, with seats that people ask for.

use super::{Device, DeviceError};
use crate::command::ProposeEvent;
use crate::replica::{Asked, BookingId, Command, Event, EventEntry, Outcome};
use crate::resolve::SlotKey;
use crate::statement::Cause;
use crate::sync::qr::OrganiserCard;
use crate::time::Timestamp;

impl Device {
    /// Proposes an event. It is a booking of this device, which [`Device::cancel`] withdraws; the office says yes or no
    /// by the catalogue's policy. What a member of staff proposes needs nobody's leave.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/office.rs"));
    /// use allkontor_core::{command::{ProposeEvent, What}, id::UnitId, resolve::EventStage};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (mut phone, mut kiosk) = office()?;
    /// let reading = ProposeEvent::new("Reading aloud", [at(3, 18, 19)]).in_room(What::Unit(UnitId(1)));
    /// phone.propose_event(NOW, reading)?;
    /// meet(&mut phone, &mut kiosk)?;
    /// let event = kiosk.events()?.remove(0);
    /// assert_eq!((event.title(), event.stage), (Some("Reading aloud"), EventStage::Proposed));
    /// kiosk.approve_event(NOW, event.key)?;
    /// meet(&mut phone, &mut kiosk)?;
    /// assert_eq!(phone.events()?[0].stage, EventStage::Open);
    /// # Ok(())
    /// # }
    /// ```
    pub fn propose_event(
        &mut self,
        now: Timestamp,
        event: ProposeEvent,
    ) -> Result<BookingId, DeviceError> {
        self.asked(now, Command::Propose(Box::new(event)))
    }

    /// Asks for seats on a date of an event, all together or none; the first date is 0. [`Device::cancel`] gives them
    /// back.
    pub fn ask_for_seats(
        &mut self,
        now: Timestamp,
        event: SlotKey,
        date: usize,
        seats: u16,
    ) -> Result<BookingId, DeviceError> {
        self.asked(now, Command::AskForSeats { event, date, seats })
    }

    fn asked(&mut self, now: Timestamp, command: Command) -> Result<BookingId, DeviceError> {
        match self.run(now, Event::Command(command))? {
            Outcome::Asked(booking) => Ok(booking),
            _ => Err(DeviceError::Empty),
        }
    }

    /// Events, by date: the programme, and whatever this device proposed, was let in to or has asked for seats at.
    /// Stewards see all.
    pub fn events(&mut self) -> Result<Vec<EventEntry>, DeviceError> {
        Ok(self.replica()?.events())
    }

    /// One event; `None` when it is not known, or not for this device to see.
    pub fn event(&mut self, event: SlotKey) -> Result<Option<EventEntry>, DeviceError> {
        Ok(self.replica()?.event(&event))
    }

    /// Who asks for seats at an event, by ticket: for stewards.
    pub fn asked_for_seats(&mut self, event: SlotKey) -> Result<Vec<Asked>, DeviceError> {
        Ok(self.replica()?.asked_for_seats(&event)?)
    }

    /// Writes the text of an event anew, the title on the first line: whoever proposed it does, those they let in, and
    /// staff. What is different travels, so what several people write far apart is all there when they meet.
    pub fn edit_event(
        &mut self,
        now: Timestamp,
        event: SlotKey,
        text: impl Into<String>,
    ) -> Result<(), DeviceError> {
        let text = text.into();
        self.command(now, Command::EditEvent { event, text })
            .map(drop)
    }

    /// What this phone shows to whoever is to let it write the text of their event: a key made for this alone, another for
    /// each event. For a week it then looks for that event at every meeting.
    pub fn organiser_card(&mut self, now: Timestamp) -> Result<OrganiserCard, DeviceError> {
        let office = self.office();
        match self.run(now, Event::Command(Command::ShowOrganiserKey))? {
            Outcome::OrganiserKey(key) => Ok(OrganiserCard { office, key }),
            _ => Err(DeviceError::Empty),
        }
    }

    /// Lets the phone that has shown that [card](Device::organiser_card) write the text of an event that this device
    /// proposed. It can do nothing else: not withdraw the event, nor see who comes. Nothing takes that back but calling
    /// the event off.
    pub fn add_organiser(
        &mut self,
        now: Timestamp,
        event: SlotKey,
        card: &[u8],
    ) -> Result<(), DeviceError> {
        let key = OrganiserCard::from_bytes(card)?.for_office(self.office())?;
        self.command(now, Command::AddOrganiser { event, key })
            .map(drop)
    }

    /// Lets an event take place. Its room is held as soon as whoever has custody of it hears of that.
    pub fn approve_event(&mut self, now: Timestamp, event: SlotKey) -> Result<(), DeviceError> {
        self.run(now, Event::Command(Command::Approve(event)))
            .map(drop)
    }

    /// Refuses an event, or calls it off: its room comes free, and whoever has a seat is told. With
    /// [`Cause::Guidelines`] its text is erased, here and wherever that is heard.
    pub fn call_off_event(
        &mut self,
        now: Timestamp,
        event: SlotKey,
        cause: Cause,
    ) -> Result<(), DeviceError> {
        let command = Command::CallOff { event, cause };
        self.run(now, Event::Command(command)).map(drop)
    }
}
