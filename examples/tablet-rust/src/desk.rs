//! What the tablet does for whoever stands before it, and how it tells.

use crate::trouble::Trouble;
use allkontor_core::command::{Book, DateOutcome, WalkIn, WalkInDate};
use allkontor_core::device::Device;
use allkontor_core::replica::Standing;
use allkontor_core::sync::qr::Slip;
use allkontor_core::time::{OfficeDay, Timestamp};
use allkontor_core::view::{EntryKind, Stage};

/// A tablet at work, at a time.
pub(crate) struct Desk {
    pub(crate) device: Device,
    pub(crate) now: Timestamp,
}

impl Desk {
    /// What this device is to its office.
    pub(crate) fn standing(&mut self) -> Result<&'static str, Trouble> {
        Ok(match self.device.standing()? {
            Standing::Visitor => "a visitor",
            Standing::Steward(_) => "one of the office's devices",
            Standing::Recovering => "restored, and to be certified anew",
        })
    }

    /// Books for somebody without a phone. With no network it promises what it has custody of, and asks for the rest.
    pub(crate) fn walk_in(&mut self, book: Book) -> Result<(), Trouble> {
        let mut slip_seed = [0; 16];
        getrandom::fill(&mut slip_seed).map_err(std::io::Error::from)?;
        let made = self.device.walk_in(self.now, WalkIn { book, slip_seed })?;
        for date in made.dates {
            match date {
                WalkInDate::Requested { slip, .. } => {
                    println!("slip {}", slip.code());
                    self.slip(&slip.code())?;
                }
                WalkInDate::Refused(DateOutcome::Refused { rule, nearest, .. }) => {
                    println!("refused: {rule}");
                    nearest.iter().for_each(|near| println!("  free {near}"));
                }
                WalkInDate::Refused(DateOutcome::Requested { .. }) => {}
            }
        }
        Ok(())
    }

    /// How the booking on a slip stands.
    pub(crate) fn slip(&mut self, code: &str) -> Result<(), Trouble> {
        match self.device.slip(&seed(code)?)? {
            Some(booking) => {
                println!("{}", stage(&booking.status.stage));
                for hold in booking.status.stage.holds() {
                    println!("  {} {}", hold.unit, hold.interval());
                }
            }
            None => println!("not known here"),
        }
        Ok(())
    }

    /// "I am here", says whoever holds the slip.
    pub(crate) fn arrive(&mut self, code: &str) -> Result<(), Trouble> {
        Ok(self.device.arrive_slip(self.now, seed(code)?)?)
    }

    /// Who is expected when; nobody's name.
    pub(crate) fn day(&mut self, day: OfficeDay) -> Result<(), Trouble> {
        for time in self.device.desk_day(day)? {
            let how = match time.entry.kind {
                EntryKind::Confirmed if time.arrived => "confirmed, and says to be here",
                EntryKind::Confirmed => "confirmed",
                EntryKind::CheckedIn => "checked in",
                EntryKind::Leaving => "leaving",
                EntryKind::Occupied { .. } => "closed",
                EntryKind::Expected => "expected",
            };
            println!("{} {} {how}", time.entry.unit, time.entry.interval);
        }
        Ok(())
    }
}

/// In English. An app for people has words in their languages: `bindings/words`.
fn stage(stage: &Stage) -> String {
    let short = match stage {
        Stage::Asked => "asked",
        Stage::Likely { .. } => "likely",
        Stage::Alternative { .. } => "likely elsewhere",
        Stage::Waiting { n } => return format!("waiting, number {n}"),
        Stage::Confirmed { .. } => "confirmed",
        Stage::CheckedIn { .. } => "checked in",
        Stage::Moved => "moved",
        Stage::Released { .. } => "given back",
        Stage::Declined { .. } => "declined",
        Stage::Withdrawn { .. } => "taken back, and first in line",
        Stage::Cancelled => "cancelled",
    };
    short.to_owned()
}

fn seed(code: &str) -> Result<[u8; 16], Trouble> {
    Slip::seed_from_code(code).map_err(|error| Trouble::Misused(error.to_string()))
}
