//! The office's devices, everybody's phones, and what is seen of them.

use super::carry::Wire;
use super::error::Trouble;
use super::kiosk::Ledger;
use super::loss::Gone;
use super::phone::Phone;
use crate::args::Args;
use crate::desks::{Desk, Loss};
use crate::people::{Person, PersonId};
use crate::plan::Plan;
use crate::random::Random;
use crate::story::{Attempt, Meeting, Notice, Row};
use allkontor_core::command::Founding;
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::id::{OfficeId, PublicKey};
use allkontor_core::model::Catalogue;
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::{Document, Role};
use allkontor_core::store::SqliteStore;
use allkontor_core::time::{CivilMinute, DayStart, LocalMinute, OfficeDay, Timestamp, Zone};
use allkontor_core::vault::FileVault;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub(super) struct World {
    pub(super) office: Catalogue,
    pub(super) id: OfficeId,
    pub(super) zone: Zone,
    pub(super) day: OfficeDay,
    pub(super) ledger: Document,
    pub(super) people: Vec<Person>,
    /// The device with the admin key: the kiosk, until it is lost.
    pub(super) front: Device,
    /// Which device that is.
    pub(super) at_front: Desk,
    /// The office's other devices.
    pub(super) others: BTreeMap<Desk, Device>,
    pub(super) phones: Vec<Phone>,
    pub(super) network: bool,
    pub(super) wire: Wire,
    pub(super) folder: PathBuf,
    /// What each of the office's devices has had to say about each booking.
    pub(super) seen: BTreeMap<Desk, Ledger>,
    /// Which device is to be lost, and when.
    pub(super) loss: Option<Loss>,
    /// The device that is lost, and what it leaves.
    pub(super) gone: Option<Gone>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) notices: Vec<Notice>,
    pub(super) attempts: Vec<Attempt>,
    /// Bookings that hostile phones made outside of their own engine.
    pub(super) forged: Vec<Forged>,
    /// The most double bookings that any device has shown at any time.
    pub(super) double_bookings: usize,
    pub(super) random: Random,
    /// What is printed when the office is founded, and kept in a drawer: it makes another device the admin's.
    pub(super) recovery: [u8; 32],
    /// The front desk's own key, which a device learns of itself when it is founded.
    pub(super) keys: BTreeMap<Desk, PublicKey>,
}

/// A booking that no phone's engine knows of.
pub(super) struct Forged {
    pub(super) key: SlotKey,
    pub(super) who: PersonId,
    pub(super) at: CivilMinute,
    pub(super) wish: allkontor_core::statement::Wish,
}

impl World {
    /// Founds the office on the kiosk, and gives everybody a phone that knows the office's id and nothing else.
    pub(super) fn found(
        args: &Args,
        office: Catalogue,
        people: Vec<Person>,
        plan: &Plan,
        random: &Random,
    ) -> Result<Self, Trouble> {
        let folder = args.out.join("devices");
        empty(&folder)?;
        let mut secrets = random.split("secrets");
        let zone = office.profile().zone().map_err(|error| {
            crate::office::NoOffice::from(allkontor_core::model::NotACatalogue::from(
                allkontor_core::model::Invalid::from(error),
            ))
        })?;
        let founded = plan
            .steps
            .first()
            .map_or(CivilMinute::MIN, |step| step.at.saturating_plus(-60));
        let recovery = secrets.bytes32();
        let founding = Founding {
            catalogue: office.clone(),
            day_start: DayStart::default(),
            role: Role::Kiosk,
            recovery_seed: recovery,
            salt: secrets.bytes32(),
        };
        let (store, vault) = files(&folder, "kiosk")?;
        let mut kiosk = Device::found(
            store,
            vault,
            instant(zone, founded),
            secrets.bytes32(),
            &founding,
        )
        .map_err(trouble("the kiosk", "found the office"))?;
        let id = kiosk.office();
        let key = key_of(&mut kiosk).map_err(trouble("the kiosk", "show its key"))?;
        let mut phones = Vec::new();
        for (index, person) in people.iter().enumerate() {
            let seed = secrets.bytes32();
            let file = format!("phone-{index:03}");
            let (store, vault) = files(&folder, &file)?;
            let device = Device::join(store, vault, seed, id)
                .map_err(trouble(&person.name, "join the office"))?;
            phones.push(Phone::new(device, person, file, seed));
        }
        let mut world = Self {
            ledger: Document::ledger_of(plan.day),
            office,
            id,
            zone,
            day: plan.day,
            people,
            front: kiosk,
            at_front: Desk::Kiosk,
            others: BTreeMap::new(),
            phones,
            network: true,
            wire: Wire::new()?,
            folder,
            seen: BTreeMap::new(),
            loss: plan.loss,
            gone: None,
            meetings: Vec::new(),
            notices: Vec::new(),
            attempts: Vec::new(),
            forged: Vec::new(),
            double_bookings: 0,
            random: random.split("world"),
            recovery,
            keys: BTreeMap::from([(Desk::Kiosk, key)]),
        };
        for desk in args.crew.desks().iter().skip(1) {
            world.add_desk(*desk, secrets.bytes32(), founded)?;
        }
        Ok(world)
    }

    /// The kiosk's time: the office's clock is right.
    pub(super) fn now(&self, at: CivilMinute) -> Timestamp {
        instant(self.zone, at)
    }

    pub(super) fn phone(&mut self, who: PersonId) -> Result<&mut Phone, Trouble> {
        self.phones.get_mut(who.0).ok_or(Trouble::NoPhone(who.0))
    }

    /// The app is killed and opened again, from its files.
    pub(super) fn restart(&mut self, who: Option<PersonId>) -> Result<(), Trouble> {
        let folder = self.folder.clone();
        let Some(who) = who else {
            let desk = self.at_front;
            reopen(&mut self.front, &folder, desk.name()).map_err(|error| error.of(desk.the()))?;
            return Ok(());
        };
        let phone = self.phone(who)?;
        let (name, file) = (phone.name.clone(), phone.file.clone());
        reopen(&mut phone.device, &folder, &file).map_err(|error| error.of(&name))
    }

    /// Every place, in the order of the catalogue.
    pub(super) fn rows(&self) -> Vec<Row> {
        let units = self.office.parts().units.iter();
        let class = |id| {
            self.office
                .class(id)
                .map_or("", |class| class.name.in_language("en"))
        };
        units
            .map(|(id, unit)| Row {
                unit: *id,
                name: unit.name.in_language("en").into(),
                class: class(unit.class).into(),
            })
            .collect()
    }
}

/// A device that could not be opened, before it is known whose it is.
enum NotOpened {
    Files(Trouble),
    Device(DeviceError),
}

impl NotOpened {
    fn of(self, device: &str) -> Trouble {
        match self {
            Self::Files(trouble) => trouble,
            Self::Device(error) => trouble(device, "open again")(error),
        }
    }
}

fn reopen(device: &mut Device, folder: &Path, file: &str) -> Result<(), NotOpened> {
    let (store, vault) = files(folder, file).map_err(NotOpened::Files)?;
    *device = Device::open(store, vault).map_err(NotOpened::Device)?;
    Ok(())
}

/// The key that a device shows to be certified.
pub(super) fn key_of(device: &mut Device) -> Result<PublicKey, DeviceError> {
    let shown = device.enrolment()?.to_bytes();
    device.scan_enrolment(&shown)
}

/// What went wrong on whose device.
pub(super) fn trouble(
    device: &str,
    what: &'static str,
) -> impl FnOnce(DeviceError) -> Trouble + use<> {
    let device = device.to_owned();
    move |error| Trouble::Device {
        device,
        what,
        error: Box::new(error),
    }
}

/// The instant at which the office's clock shows a minute; a June day has one for each.
pub(super) fn instant(zone: Zone, at: CivilMinute) -> Timestamp {
    match zone.local(at) {
        LocalMinute::Unambiguous(instant) | LocalMinute::Fold(instant, _) => instant,
        LocalMinute::Gap => instant(zone, at.saturating_plus(60)),
    }
}

type Files = (Box<SqliteStore>, Box<FileVault>);

pub(super) fn files(folder: &Path, name: &str) -> Result<Files, Trouble> {
    let path = folder.join(format!("{name}.sqlite"));
    let store = SqliteStore::open(&path).map_err(|error| Trouble::Store { path, error })?;
    Ok((
        Box::new(store),
        Box::new(FileVault::new(folder.join(format!("{name}.vault")))),
    ))
}

/// Makes the folder, and removes what an earlier day left in it: files named as ours are, and no others.
fn empty(folder: &Path) -> Result<(), Trouble> {
    let file = |what, path: &Path| {
        let path = path.to_owned();
        move |error| Trouble::File { what, path, error }
    };
    fs::create_dir_all(folder).map_err(file("make the folder", folder))?;
    for entry in fs::read_dir(folder).map_err(file("read the folder", folder))? {
        let path = entry.map_err(file("read the folder", folder))?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let ours = [
            "kiosk.",
            "tablet.",
            "hub.",
            "new kiosk.",
            "new tablet.",
            "new hub.",
            "phone-",
            "stick",
        ]
        .iter()
        .any(|start| name.starts_with(start));
        if ours && path.is_file() {
            fs::remove_file(&path).map_err(file("remove", &path))?;
        }
    }
    Ok(())
}
