use crate::AllkontorError;
use crate::changes::{Bell, Journal};
use crate::ids::seed;
use crate::status::Role;
use allkontor_core::command::Founding as Plan;
use allkontor_core::device::{Device as Engine, DeviceError};
use allkontor_core::id::{OfficeId, PublicKey, StatementId};
use allkontor_core::model::Catalogue;
use allkontor_core::replica;
use allkontor_core::store::SqliteStore;
use allkontor_core::sync::qr::Invite;
use allkontor_core::time::{CivilMinute, DayStart, Timestamp};
use allkontor_core::vault::FileVault;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One office on one device, in a folder of the app's choosing.
///
/// The folder holds `office.sqlite`, and `vault` beside it: leave the vault out of backups. Calls may come from any
/// thread; they are carried out one after another, each durable before it answers.
#[derive(uniffi::Object)]
pub struct Device {
    folder: PathBuf,
    inner: Mutex<Inner>,
    pub(crate) bell: Bell,
}

/// What the lock keeps.
pub(crate) struct Inner {
    power: Power,
    /// How often the engine was opened: connections do not outlive it.
    epoch: u32,
    relays_everything: bool,
    pub(crate) journal: Journal,
}

enum Power {
    On(Box<Engine>),
    /// Opened again by the next call.
    Asleep,
    ShutDown,
}

/// What it takes to found an office.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Founding {
    /// What the office is, as JSON: its zone comes from its profile.
    pub catalogue: Vec<u8>,
    /// What this device is; it also holds the admin key.
    pub role: Role,
    /// 32 random bytes: this device's key.
    pub device_seed: Vec<u8>,
    /// 32 random bytes: the recovery key, which the founder prints and keeps off line.
    pub recovery_seed: Vec<u8>,
    /// 32 random bytes, mixed into the order of requests.
    pub salt: Vec<u8>,
    /// The minute after midnight at which an office day begins, 0 to 1439.
    #[uniffi(default = 240)]
    pub day_start: u16,
}

/// What a device is to its office.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Standing {
    /// A visitor's phone, or a relay.
    Visitor,
    /// Certified: it may decide what it has custody of.
    Steward {
        /// As what.
        role: Role,
    },
    /// Certified, and restored from a backup or copied: it decides nothing until it is certified under a new key, which
    /// `renew` gives it.
    Recovering,
}

pub(crate) type Places = (Box<SqliteStore>, Box<FileVault>);

fn places(folder: &Path) -> Result<Places, AllkontorError> {
    if let Ok(false) | Err(_) = folder.metadata().map(|there| there.is_dir()) {
        return Err(no_folder(folder));
    }
    let store = SqliteStore::open(folder.join("office.sqlite")).map_err(DeviceError::from)?;
    Ok((
        Box::new(store),
        Box::new(FileVault::new(folder.join("vault"))),
    ))
}

/// How much of a path is there, and nothing of what it is called: that may be somebody's name.
fn no_folder(folder: &Path) -> AllkontorError {
    let parts = |path: &Path| path.components().count();
    let there = folder.ancestors().find(|part| part.exists());
    let kind = if folder.is_absolute() {
        "an absolute"
    } else {
        "a relative"
    };
    let is_file = there.filter(|part| part.is_file()).map(parts);
    let is_file = is_file.map_or(String::new(), |part| format!(", and part {part} is a file"));
    let detail = format!(
        "expected a folder that exists: of {kind} path's {} parts, {} exist{is_file}",
        parts(folder),
        there.map_or(0, parts),
    );
    AllkontorError::argument("no_folder", detail)
}

impl Device {
    /// Opens for the first time: a panic is an error here as well.
    pub(crate) fn first(
        folder: String,
        open: impl FnOnce(Places) -> Result<Engine, DeviceError>,
    ) -> Result<Arc<Self>, AllkontorError> {
        let folder = PathBuf::from(folder);
        let opening = || Ok::<_, AllkontorError>(open(places(&folder)?)?);
        let engine =
            catch_unwind(AssertUnwindSafe(opening)).map_err(|_| AllkontorError::panic())??;
        let inner = Inner {
            power: Power::On(Box::new(engine)),
            epoch: 0,
            relays_everything: false,
            journal: Journal::new(),
        };
        Ok(Arc::new(Self {
            folder,
            inner: Mutex::new(inner),
            bell: Bell::default(),
        }))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One turn of the engine; then, with no lock held, the doorbell.
    pub(crate) fn with<T>(
        &self,
        act: impl FnOnce(&mut Engine) -> Result<T, AllkontorError>,
    ) -> Result<T, AllkontorError> {
        self.with_epoch(|engine, _| act(engine))
    }

    /// The same for those who must know how often the engine was opened.
    pub(crate) fn with_epoch<T>(
        &self,
        act: impl FnOnce(&mut Engine, u32) -> Result<T, AllkontorError>,
    ) -> Result<T, AllkontorError> {
        let (answer, seq) = {
            let mut inner = self.lock();
            let answer = inner.turn(&self.folder, act);
            (answer, inner.journal.seq())
        };
        self.bell.ring(seq);
        answer
    }

    /// Lets the engine go after `last`, if it is on; errors of `last` are answered, and it is gone all the same.
    fn let_go(
        &self,
        then: Power,
        last: impl FnOnce(&mut Engine) -> Result<(), DeviceError>,
    ) -> Result<(), AllkontorError> {
        let mut inner = self.lock();
        if matches!(inner.power, Power::ShutDown) {
            return Ok(());
        }
        match std::mem::replace(&mut inner.power, then) {
            Power::On(mut engine) => catch_unwind(AssertUnwindSafe(move || last(&mut engine)))
                .map_err(|_| AllkontorError::panic())?
                .map_err(AllkontorError::from),
            Power::Asleep | Power::ShutDown => Ok(()),
        }
    }
}

impl Inner {
    fn turn<T>(
        &mut self,
        folder: &Path,
        act: impl FnOnce(&mut Engine, u32) -> Result<T, AllkontorError>,
    ) -> Result<T, AllkontorError> {
        let Self { power, epoch, .. } = self;
        let relays = self.relays_everything;
        let turn = catch_unwind(AssertUnwindSafe(|| {
            let engine = power.on(folder, epoch, relays)?;
            let answer = act(engine, *epoch);
            Ok::<_, AllkontorError>((answer, engine.changes()))
        }));
        match turn {
            Ok(Ok((answer, changes))) => {
                self.journal.note(changes);
                answer
            }
            Ok(Err(error)) => Err(error),
            Err(_) => {
                let stopped = std::mem::replace(&mut self.power, Power::Asleep);
                let _ = catch_unwind(AssertUnwindSafe(|| drop(stopped)));
                self.journal.start_over();
                Err(AllkontorError::panic())
            }
        }
    }

    pub(crate) fn relay_everything(&mut self) {
        self.relays_everything = true;
    }
}

impl Power {
    /// The engine, opened again if it sleeps.
    fn on(
        &mut self,
        folder: &Path,
        epoch: &mut u32,
        relays: bool,
    ) -> Result<&mut Engine, AllkontorError> {
        if let Self::Asleep = self {
            let (store, vault) = places(folder)?;
            let mut engine = Engine::open(store, vault)?;
            if relays {
                engine.relay_everything();
            }
            *epoch = epoch.saturating_add(1);
            *self = Self::On(Box::new(engine));
        }
        match self {
            Self::On(engine) => Ok(engine),
            Self::Asleep | Self::ShutDown => Err(AllkontorError::closed()),
        }
    }
}

#[uniffi::export]
impl Device {
    /// Founds an office in an empty folder: this device is its admin, and decides everything.
    #[uniffi::constructor]
    pub fn found(
        folder: String,
        now: Timestamp,
        founding: Founding,
    ) -> Result<Arc<Self>, AllkontorError> {
        let device_seed = seed("device_seed", &founding.device_seed)?;
        let plan = Plan {
            catalogue: Catalogue::from_bytes(&founding.catalogue).map_err(DeviceError::from)?,
            day_start: DayStart::new(founding.day_start).ok_or_else(|| {
                let got = founding.day_start;
                let detail = format!("day_start is {got}: expected 0 to 1439 minutes");
                AllkontorError::argument("out_of_range", detail)
            })?,
            role: founding.role.into(),
            recovery_seed: seed("recovery_seed", &founding.recovery_seed)?,
            salt: seed("salt", &founding.salt)?,
        };
        Self::first(folder, |(store, vault)| {
            Engine::found(store, vault, now, device_seed, &plan)
        })
    }

    /// Joins an office as a visitor, in an empty folder. `device_seed`: 32 random bytes.
    #[uniffi::constructor]
    pub fn join(
        folder: String,
        office: OfficeId,
        device_seed: Vec<u8>,
    ) -> Result<Arc<Self>, AllkontorError> {
        let seed = seed("device_seed", &device_seed)?;
        Self::first(folder, |(store, vault)| {
            Engine::join(store, vault, seed, office)
        })
    }

    /// Joins the office of a scanned invitation as a visitor, in an empty folder. `device_seed`: 32 random bytes.
    #[uniffi::constructor]
    pub fn join_by_invitation(
        folder: String,
        invitation: Vec<u8>,
        device_seed: Vec<u8>,
    ) -> Result<Arc<Self>, AllkontorError> {
        let invite = Invite::from_bytes(&invitation).map_err(DeviceError::from)?;
        Self::join(folder, invite.office, device_seed)
    }

    /// Opens the device that a folder holds.
    #[uniffi::constructor]
    pub fn open(folder: String) -> Result<Arc<Self>, AllkontorError> {
        Self::first(folder, |(store, vault)| Engine::open(store, vault))
    }

    /// Saves what a quick first answer needs and lets go of the files: no lock and no thread is left. The next call
    /// opens them again. Connections end. For an app that goes to the background.
    pub fn suspend(&self) -> Result<(), AllkontorError> {
        self.let_go(Power::Asleep, Engine::maintain)
    }

    /// The same for good: every later call fails as `Closed`.
    pub fn shut_down(&self) -> Result<(), AllkontorError> {
        self.let_go(Power::ShutDown, Engine::maintain)
    }

    /// Has the engine stop in the middle of a call, as a fault of its own would: so that an app can try how it goes on.
    /// Fails as `panic` each time; the next call goes on from the store, and connections have ended.
    pub fn rehearse_fault(&self) -> Result<(), AllkontorError> {
        self.with(|_| resume_unwind(Box::new("a fault is rehearsed")))
    }

    /// The office's id, which phones join by.
    pub fn office_id(&self) -> Result<OfficeId, AllkontorError> {
        self.with(|engine| Ok(engine.office()))
    }

    /// What this device is to its office.
    pub fn standing(&self) -> Result<Standing, AllkontorError> {
        self.with(|engine| Ok(engine.standing()?.into()))
    }

    /// The key that others know this device by. A visitor's is different at every office.
    pub fn public_key(&self) -> Result<PublicKey, AllkontorError> {
        self.with(|engine| Ok(engine.public_key()?))
    }

    /// The first statement that this app is too old to follow; none when it follows everything.
    pub fn outdated(&self) -> Result<Option<StatementId>, AllkontorError> {
        self.with(|engine| Ok(engine.outdated()?))
    }

    /// Lets time pass: an office's device decides what is ripe. Call it once a minute.
    pub fn tick(&self, now: Timestamp) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.tick(now)?))
    }

    /// The office's IANA time zone.
    pub fn zone(&self) -> Result<String, AllkontorError> {
        self.with(|engine| Ok(engine.zone()?.name().to_owned()))
    }

    /// What the office's wall clock shows at `now`.
    pub fn civil(&self, now: Timestamp) -> Result<CivilMinute, AllkontorError> {
        self.with(|engine| Ok(engine.civil(now)?))
    }

    /// Whether this device's clock can be believed: without that nothing is freed, expired or stamped automatically.
    pub fn clock_is_believed(&self, now: Timestamp) -> Result<bool, AllkontorError> {
        self.with(|engine| Ok(engine.clock_is_believed(now)?))
    }

    /// A person has looked: the clock is right.
    pub fn confirm_clock(&self, now: Timestamp) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.confirm_clock(now)?))
    }

    /// One hash of everything, in hexadecimal: equal on devices with the same statements.
    pub fn digest(&self) -> Result<String, AllkontorError> {
        self.with(|engine| Ok(engine.digest()?.to_string()))
    }
}

impl From<replica::Standing> for Standing {
    fn from(standing: replica::Standing) -> Self {
        match standing {
            replica::Standing::Visitor => Self::Visitor,
            replica::Standing::Steward(role) => Self::Steward { role: role.into() },
            replica::Standing::Recovering => Self::Recovering,
        }
    }
}

#[cfg(test)]
mod tests;
