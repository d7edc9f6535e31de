use crate::convert::{day, interval, minute, office, seed};
use crate::{AllkontorError, BookingView, DateResult, Wanted};
use allkontor_core::command::Founding;
use allkontor_core::device::{Connection, Device as Engine, DeviceError};
use allkontor_core::id::{ClassId, FeatureId};
use allkontor_core::model::Catalogue;
use allkontor_core::replica::BookingId;
use allkontor_core::statement::Role;
use allkontor_core::store::SqliteStore;
use allkontor_core::time::{DayStart, Timestamp};
use allkontor_core::vault::FileVault;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One office on one device, in a folder of the app's choosing.
///
/// The folder holds `office.sqlite`, and `vault` beside it: leave the vault out of backups.
#[derive(uniffi::Object)]
pub struct Device {
    engine: Mutex<Option<Engine>>,
}

/// A unit that is free.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Free {
    /// The unit.
    pub unit: u32,
    /// Features beyond those needed; those with fewest come first.
    pub surplus: u32,
    /// Undecided bookings that others hope to have there.
    pub expected: u32,
}

/// A time at which a unit is taken.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Taken {
    /// The unit.
    pub unit: u32,
    /// Start, office civil time.
    pub start: String,
    /// End, office civil time.
    pub end: String,
    /// Whether it is only expected: asked for and not decided.
    pub expected: bool,
}

/// Messages for the other side of a connection.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Opened {
    /// The connection's number.
    pub connection: u64,
    /// The first messages to send.
    pub messages: Vec<Vec<u8>>,
}

fn places(folder: &str) -> Result<(Box<SqliteStore>, Box<FileVault>), AllkontorError> {
    let folder = Path::new(folder);
    let store = SqliteStore::open(folder.join("office.sqlite")).map_err(DeviceError::from)?;
    Ok((
        Box::new(store),
        Box::new(FileVault::new(folder.join("vault"))),
    ))
}

impl Device {
    fn of(engine: Engine) -> Arc<Self> {
        Arc::new(Self {
            engine: Mutex::new(Some(engine)),
        })
    }

    fn with<T>(
        &self,
        act: impl FnOnce(&mut Engine) -> Result<T, DeviceError>,
    ) -> Result<T, AllkontorError> {
        let mut engine = self.lock();
        let engine = engine.as_mut().ok_or_else(|| AllkontorError::Failed {
            code: "closed".to_owned(),
            message: "this device is closed".to_owned(),
            retry: false,
        })?;
        Ok(act(engine)?)
    }

    // A panic inside the engine poisons the lock; the engine restores itself from its store, so go on.
    fn lock(&self) -> MutexGuard<'_, Option<Engine>> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[uniffi::export]
impl Device {
    /// Founds an office in an empty folder. `catalogue` is its description as JSON; `device_seed`, `recovery_seed` and
    /// `salt` are 32 random bytes each. Print the recovery seed and keep it off line.
    #[uniffi::constructor]
    pub fn found(
        folder: String,
        now: i64,
        catalogue: Vec<u8>,
        device_seed: Vec<u8>,
        recovery_seed: Vec<u8>,
        salt: Vec<u8>,
    ) -> Result<Arc<Self>, AllkontorError> {
        let founding = Founding {
            catalogue: Catalogue::from_bytes(&catalogue).map_err(DeviceError::from)?,
            day_start: DayStart::default(),
            role: Role::Kiosk,
            recovery_seed: seed("recovery_seed", &recovery_seed)?,
            salt: seed("salt", &salt)?,
        };
        let (store, vault) = places(&folder)?;
        let device_seed = seed("device_seed", &device_seed)?;
        Ok(Self::of(Engine::found(
            store,
            vault,
            Timestamp(now),
            device_seed,
            &founding,
        )?))
    }

    /// Joins an office as a visitor, in an empty folder. `device_seed`: 32 random bytes.
    #[uniffi::constructor]
    pub fn join(
        folder: String,
        office_id: String,
        device_seed: Vec<u8>,
    ) -> Result<Arc<Self>, AllkontorError> {
        let office_id = office(&office_id)?;
        let device_seed = seed("device_seed", &device_seed)?;
        let (store, vault) = places(&folder)?;
        Ok(Self::of(Engine::join(
            store,
            vault,
            device_seed,
            office_id,
        )?))
    }

    /// Opens the device that a folder holds.
    #[uniffi::constructor]
    pub fn open(folder: String) -> Result<Arc<Self>, AllkontorError> {
        let (store, vault) = places(&folder)?;
        Ok(Self::of(Engine::open(store, vault)?))
    }

    /// Saves what a quick first answer needs, and closes. Every later call fails with the code `closed`.
    pub fn close(&self) -> Result<(), AllkontorError> {
        match self.lock().take() {
            Some(engine) => Ok(engine.close()?),
            None => Ok(()),
        }
    }

    /// The office's id, in hexadecimal.
    pub fn office_id(&self) -> Result<String, AllkontorError> {
        self.with(|engine| Ok(engine.office().to_string()))
    }

    /// The published catalogue as JSON; `None` before it has come.
    pub fn catalogue(&self) -> Result<Option<Vec<u8>>, AllkontorError> {
        self.with(|engine| {
            Ok(engine
                .catalogue()?
                .map(|catalogue| catalogue.to_bytes().to_vec()))
        })
    }

    /// Books, with no network if there is none.
    pub fn book(&self, now: i64, wanted: Wanted) -> Result<DateResult, AllkontorError> {
        let book = wanted.to_book()?;
        let booked = self.with(|engine| engine.book(Timestamp(now), book))?;
        booked
            .dates
            .into_iter()
            .next()
            .map(DateResult::from)
            .ok_or_else(|| AllkontorError::Argument {
                message: "no date was asked for".to_owned(),
            })
    }

    /// Withdraws a booking.
    pub fn cancel(&self, now: i64, booking: u64) -> Result<(), AllkontorError> {
        self.with(|engine| engine.cancel(Timestamp(now), BookingId(booking)))
    }

    /// Asks for another time or place instead; what is held stays held until the office confirms the new one.
    pub fn move_to(&self, now: i64, booking: u64, wanted: Wanted) -> Result<(), AllkontorError> {
        let book = wanted.to_book()?;
        self.with(|engine| engine.move_to(Timestamp(now), BookingId(booking), book))
    }

    /// Asks to stay until `end`, in the same place.
    pub fn extend(&self, now: i64, booking: u64, end: String) -> Result<(), AllkontorError> {
        let end = minute("end", &end)?;
        self.with(|engine| engine.extend(Timestamp(now), BookingId(booking), end))
    }

    /// "I am here."
    pub fn arrive(&self, now: i64, booking: u64) -> Result<(), AllkontorError> {
        self.with(|engine| engine.arrive(Timestamp(now), BookingId(booking)))
    }

    /// This device's bookings, in the order in which they were made.
    pub fn agenda(&self) -> Result<Vec<BookingView>, AllkontorError> {
        self.with(|engine| {
            Ok(engine
                .agenda()?
                .into_iter()
                .map(BookingView::from)
                .collect())
        })
    }

    /// Units free for the whole time, fewest surplus features first.
    pub fn free(
        &self,
        class: Option<u16>,
        needs: Vec<u16>,
        start: String,
        end: String,
    ) -> Result<Vec<Free>, AllkontorError> {
        let at = interval(&start, &end)?;
        let needs = needs.into_iter().map(FeatureId).collect();
        let free = self.with(|engine| engine.free(class.map(ClassId), &needs, at))?;
        let convert = |unit: allkontor_core::view::FreeUnit| Free {
            unit: unit.unit.0,
            surplus: unit.surplus,
            expected: unit.expected,
        };
        Ok(free.into_iter().map(convert).collect())
    }

    /// When any unit is taken on a day (`2026-11-24`), or expected to be; never by whom.
    pub fn day(&self, date: String) -> Result<Vec<Taken>, AllkontorError> {
        let date = day(&date)?;
        let entries = self.with(|engine| engine.day(date))?;
        let convert = |entry: allkontor_core::view::Entry| Taken {
            unit: entry.unit.0,
            start: entry.interval.start().to_string(),
            end: entry.interval.end().to_string(),
            expected: entry.kind.is_expected(),
        };
        Ok(entries.into_iter().map(convert).collect())
    }

    /// Lets time pass: an office's device decides what is ripe. Call it once a minute.
    pub fn tick(&self, now: i64) -> Result<(), AllkontorError> {
        self.with(|engine| engine.tick(Timestamp(now)))
    }

    /// A person has looked: the clock is right.
    pub fn confirm_clock(&self, now: i64) -> Result<(), AllkontorError> {
        self.with(|engine| engine.confirm_clock(Timestamp(now)))
    }

    /// Starts a connection that this device opened.
    pub fn connect(&self, now: i64) -> Result<Opened, AllkontorError> {
        let (connection, messages) = self.with(|engine| engine.connect(Timestamp(now)))?;
        Ok(Opened {
            connection: connection.0,
            messages,
        })
    }

    /// Starts a connection that the other side opened: its number.
    pub fn accept(&self, now: i64) -> Result<u64, AllkontorError> {
        self.with(|engine| engine.accept(Timestamp(now)).map(|connection| connection.0))
    }

    /// Takes one message from the other side, and answers with messages to send.
    pub fn receive(
        &self,
        now: i64,
        connection: u64,
        message: Vec<u8>,
    ) -> Result<Vec<Vec<u8>>, AllkontorError> {
        self.with(|engine| engine.receive(Timestamp(now), Connection(connection), &message))
    }

    /// Ends a connection in good order.
    pub fn disconnect(&self, now: i64, connection: u64) -> Result<(), AllkontorError> {
        self.with(|engine| engine.disconnect(Timestamp(now), Connection(connection)))
    }

    /// Everything this device may pass on, as one file.
    pub fn export_file(&self, now: i64) -> Result<Vec<u8>, AllkontorError> {
        self.with(|engine| engine.export_file(Timestamp(now)))
    }

    /// Takes in a file that another device exported.
    pub fn import_file(&self, now: i64, bytes: Vec<u8>) -> Result<(), AllkontorError> {
        self.with(|engine| engine.import_file(Timestamp(now), &bytes))
    }

    /// One hash of everything: equal on devices with the same statements.
    pub fn digest(&self) -> Result<String, AllkontorError> {
        self.with(|engine| Ok(engine.digest()?.to_string()))
    }
}
