//! How people are reached: written at any of the office's devices, read by the staff's.

use crate::ids::{each, seed};
use crate::status::BookingKey;
use crate::{AllkontorError, Device, page};
use allkontor_core::command::{self, NewContact};
use allkontor_core::device::DeviceError;
use allkontor_core::error::Error;
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::replica;
use allkontor_core::time::{CivilMinute, Timestamp};
use std::fmt;

/// How somebody is reached, and what is to be remembered of them. Printed, it shows nothing of that.
#[uniffi::export(Debug, Display)]
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct ContactCard {
    /// A name, a telephone number, an address: at most 500 bytes.
    pub contact: String,
    /// At most 1 000 bytes.
    pub note: String,
}

/// A card that was written.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ContactEntry {
    /// The statement.
    pub id: StatementId,
    /// What it says; none while no other device of the staff has given this one the key.
    pub card: Option<ContactCard>,
    /// When it was written.
    pub at: CivilMinute,
    /// Where it was written.
    pub device: PublicKey,
}

/// How somebody is reached, as the staff know it.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Person {
    /// The pseudonym.
    pub holder: PublicKey,
    /// What was written last.
    pub latest: ContactEntry,
    /// What was written before, the newest first, back to when it was last hidden.
    pub earlier: Vec<ContactEntry>,
}

#[uniffi::export]
impl Device {
    /// Writes down how somebody is reached, for the staff alone: what a kiosk has written it cannot read again. An empty
    /// card hides what was written before. It goes with the month (`drop_before`). `contact_seed`: 32 random bytes, drawn
    /// for this card.
    ///
    /// A kiosk that knows no key of this month answers `no_roster_key`, and keeps nothing of what was typed: it has to meet
    /// a device of the staff.
    pub fn write_contact(
        &self,
        now: Timestamp,
        holder: PublicKey,
        card: ContactCard,
        contact_seed: Vec<u8>,
    ) -> Result<(), AllkontorError> {
        let new = NewContact {
            holder,
            card: command::ContactCard::try_from(card)?,
            seed: seed("contact_seed", &contact_seed)?,
        };
        self.with(|engine| Ok(engine.write_contact(now, new)?))
    }

    /// How a holder is reached; none when nothing is known, or it was hidden. On an admin's or staff's device.
    pub fn person(&self, holder: PublicKey) -> Result<Option<Person>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.person(holder)?))?;
        Ok(found.map(Person::from))
    }

    /// How whoever has a booking is reached; none also where `holder_of` is. On an admin's or staff's device.
    pub fn person_of(&self, booking: BookingKey) -> Result<Option<Person>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.person_of(booking.into())?))?;
        Ok(found.map(Person::from))
    }

    /// Everybody whose contact or note has that text in it, in whatever case, by their contacts; no text finds everybody.
    /// On an admin's or staff's device. `after`: the last of the page before.
    pub fn find_people(
        &self,
        text: String,
        after: Option<PublicKey>,
        limit: u32,
    ) -> Result<Vec<Person>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.find_people(&text, after, page(limit))?))?;
        Ok(each(found))
    }
}

impl fmt::Debug for ContactCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContactCard")
    }
}

impl fmt::Display for ContactCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContactCard")
    }
}

impl TryFrom<ContactCard> for command::ContactCard {
    type Error = AllkontorError;

    fn try_from(card: ContactCard) -> Result<Self, AllkontorError> {
        let made = Self::new(&card.contact, &card.note);
        made.map_err(|error| DeviceError::from(Error::from(error)).into())
    }
}

impl From<replica::ContactEntry> for ContactEntry {
    fn from(entry: replica::ContactEntry) -> Self {
        let card = entry.card.map(|card| ContactCard {
            contact: card.contact().to_owned(),
            note: card.note().to_owned(),
        });
        Self {
            id: entry.id,
            card,
            at: entry.minute,
            device: entry.device,
        }
    }
}

impl From<replica::Person> for Person {
    fn from(person: replica::Person) -> Self {
        Self {
            holder: person.holder,
            latest: person.latest.into(),
            earlier: each(person.earlier),
        }
    }
}
