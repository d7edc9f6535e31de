//! A staff tablet on the command line, on the engine itself.
//!
//! Everything is in one folder, and what was answered survives a power cut. Copy it and make it yours.

mod arguments;
mod desk;
mod stream;
mod trouble;

use allkontor_core::command::Book;
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::id::UnitId;
use allkontor_core::store::SqliteStore;
use allkontor_core::sync::qr::Invite;
use allkontor_core::time::OfficeDay;
use allkontor_core::vault::FileVault;
use arguments::Arguments;
use chrono::{Datelike, NaiveDate};
use data_encoding::HEXLOWER;
use desk::Desk;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use trouble::Trouble;

const USAGE: &str = "\
A staff tablet on the command line.

  tablet join FOLDER INVITATION             an office's invitation, in hexadecimal
  tablet enrol FOLDER                       shows what the office's admin certifies
  tablet meet FOLDER HOST PORT              a kiosk or another device that listens
  tablet walk-in FOLDER UNIT START END      2026-11-24T10:00, what the office's wall clock shows
  tablet slip FOLDER CODE                   how the booking on a slip stands
  tablet arrive FOLDER CODE                 whoever holds it is here
  tablet day FOLDER 2026-11-24              who is expected when
  tablet export FOLDER FILE
  tablet import FOLDER FILE
  tablet digest FOLDER

--at TIME, before the verb: take this to be the time, with its offset: 2026-11-24T08:00:00+01:00";

fn main() -> ExitCode {
    let done = Arguments::read(std::env::args().skip(1)).and_then(carry_out);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(misused @ Trouble::Misused(_)) => {
            eprintln!("{misused}\n\n{USAGE}");
            ExitCode::from(2)
        }
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(mut said: Arguments) -> Result<(), Trouble> {
    let folder = PathBuf::from(said.next("a folder")?);
    let now = said.now;
    if said.verb == "join" {
        let invitation = said.bytes("an invitation")?;
        said.end()?;
        return Ok(join(&folder, &invitation)?.close()?);
    }
    let (store, vault) = places(&folder)?;
    let device = Device::open(store, vault)?;
    let mut desk = Desk { device, now };
    match said.verb.as_str() {
        "enrol" => println!(
            "enrolment {}",
            HEXLOWER.encode(&desk.device.enrolment()?.to_bytes())
        ),
        "meet" => {
            let host = said.next("a host")?;
            let port = said.parsed("a port")?;
            stream::dial(&mut desk.device, now, &host, port)?;
            println!("{}", desk.standing()?);
        }
        "walk-in" => {
            let unit = UnitId(said.parsed("a unit's number")?);
            desk.walk_in(Book::unit(unit, said.interval()?))?;
        }
        "slip" => desk.slip(&said.next("a slip's code")?)?,
        "arrive" => desk.arrive(&said.next("a slip's code")?)?,
        "day" => desk.day(day(said.parsed("a day like 2026-11-24")?)?)?,
        "export" => fs::write(said.next("a file")?, desk.device.export_file(now)?)?,
        "import" => desk
            .device
            .import_file(now, &fs::read(said.next("a file")?)?)?,
        "digest" => println!("{}", desk.device.digest()?),
        verb => return Err(Trouble::Misused(format!("no verb {verb}"))),
    }
    said.end()?;
    Ok(desk.device.close()?)
}

/// A visitor at first, as everybody: the office's admin makes it one of the office's.
fn join(folder: &Path, invitation: &[u8]) -> Result<Device, Trouble> {
    fs::create_dir_all(folder)?;
    let invite = Invite::from_bytes(invitation).map_err(DeviceError::from)?;
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(std::io::Error::from)?;
    let (store, vault) = places(folder)?;
    Ok(Device::join(store, vault, seed, invite.office)?)
}

/// Where the device is kept: leave the vault out of backups.
fn places(folder: &Path) -> Result<(Box<SqliteStore>, Box<FileVault>), Trouble> {
    let store = SqliteStore::open(folder.join("office.sqlite")).map_err(DeviceError::from)?;
    let vault = FileVault::new(folder.join("vault"));
    Ok((Box::new(store), Box::new(vault)))
}

fn day(date: NaiveDate) -> Result<OfficeDay, Trouble> {
    let day = OfficeDay::from_ymd(date.year(), date.month(), date.day());
    day.ok_or_else(|| Trouble::Misused(format!("{date} is outside the years 1970 to 2199")))
}
