//! What is said of guidelines, and to whoever may not book for a time.

use super::Words;
use crate::backup::OwnKeys;
use crate::people::{Ground, OwnSuspension, Suspension};
use fluent_bundle::{FluentArgs, FluentValue};

/// The number of the catalogue's rule about guidelines.
pub(super) const GUIDELINES: u16 = 20;

impl Words {
    pub(super) fn say_ground(&self, ground: Ground) -> String {
        match ground {
            Ground::Conduct => say!(self, "ground-conduct"),
            Ground::Damage => say!(self, "ground-damage"),
            Ground::NoShows => say!(self, "ground-no-shows"),
            Ground::Owing => say!(self, "ground-owing"),
            Ground::LostKeys => say!(self, "ground-lost-keys"),
            Ground::Later { .. } => say!(self, "ground-later"),
        }
    }

    pub(super) fn say_own_keys(&self, keys: &OwnKeys) -> String {
        match (keys.seeks, keys.moved, keys.copied) {
            (true, ..) => say!(self, "own-keys-seeks"),
            (_, true, _) => say!(self, "own-keys-moved"),
            (_, _, true) => say!(self, "own-keys-copied"),
            _ => say!(self, "own-keys-single"),
        }
    }

    pub(super) fn say_own_suspension(&self, told: &OwnSuspension) -> String {
        let (until, ground) = (
            self.say_date(told.until.date()),
            self.say_ground(told.ground),
        );
        let said = say!(self, "suspension-own", "until": until, "ground": ground);
        let office = self.catalogue.as_ref();
        let guidelines = office.and_then(|office| office.parts().guidelines.as_ref());
        let how = guidelines.map(|guidelines| guidelines.appeal.in_language(&self.language));
        let appeal = match how.filter(|how| !how.trim().is_empty()) {
            Some(how) => say!(self, "suspension-appeal-by", "how": how.to_owned()),
            None => say!(self, "suspension-appeal"),
        };
        [said, appeal].join(" ")
    }

    pub(super) fn say_suspension(&self, known: &Suspension) -> String {
        let (until, ground) = (
            self.say_date(known.until.date()),
            self.say_ground(known.ground),
        );
        let said = say!(self, "suspension", "until": until, "ground": ground);
        if known.is_appealed {
            return [said, say!(self, "suspension-appealed")].join(" ");
        }
        said
    }

    /// The version of the guidelines that is to be accepted, when the office's description is here.
    pub(super) fn say_guidelines_first(&self) -> String {
        let office = self.catalogue.as_ref();
        let version = office.and_then(|office| Some(office.parts().guidelines.as_ref()?.version));
        match version {
            Some(version) => say!(self, "by-rule-guidelines-of", "version": version.to_string()),
            None => say!(self, "by-rule-guidelines"),
        }
    }
}
