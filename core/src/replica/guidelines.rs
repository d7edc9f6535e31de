//! The code of conduct: read and accepted on a phone, with no network, and said with what is asked for from then on.

use super::{Outcome, Replica};
use crate::error::Error;
use crate::id::UnitId;
use crate::model::{Catalogue, Moment, Rule};
use crate::time::{OfficeDay, Timestamp};

impl Replica {
    /// The version of the guidelines that holds now; `None` where there are none.
    pub fn guidelines_in_force(&self, now: Timestamp) -> Result<Option<u32>, Error> {
        let day = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        let catalogue = self.catalogue();
        let guidelines = catalogue.and_then(|catalogue| catalogue.parts().guidelines.as_ref());
        Ok(guidelines.and_then(|guidelines| guidelines.on(day)))
    }

    /// The newest version of the guidelines that the person with this device has accepted.
    pub fn accepted_guidelines(&self) -> Option<u32> {
        self.wallet.accepts()
    }

    /// The person has read that version and accepts it. Kept on this device, and said with each request from now on.
    pub(super) fn accept_guidelines(
        &mut self,
        now: Timestamp,
        version: u32,
    ) -> Result<Outcome, Error> {
        let catalogue = self.require_catalogue()?;
        let guidelines = catalogue.parts().guidelines.as_ref();
        if !guidelines.is_some_and(|guidelines| guidelines.knows(version)) {
            return Err(Error::NoSuchGuidelines { version });
        }
        self.wallet.accept(version);
        self.keep_wallet();
        self.promote_drafts(now)?;
        Ok(Outcome::Done)
    }

    /// Whether the person with this device may ask for those units now.
    pub(super) fn check_accepted(
        &self,
        catalogue: &Catalogue,
        moment: &Moment,
        units: &[UnitId],
    ) -> Result<(), Rule> {
        let day = OfficeDay::of(moment.now, moment.day_start);
        let accepted = self.wallet.accepts();
        let mut units = units.iter();
        units.try_for_each(|unit| catalogue.check_acceptance(*unit, day, accepted))
    }

    /// Fails when a catalogue gives a version that people have accepted another text.
    pub(super) fn require_lasting_guidelines(&self, next: &Catalogue) -> Result<(), Error> {
        let known = self
            .catalogue()
            .and_then(|known| known.parts().guidelines.clone());
        let (Some(known), Some(next)) = (known, &next.parts().guidelines) else {
            return Ok(());
        };
        let version = known.version;
        if next.version < version || (next.version == version && next.text != known.text) {
            return Err(Error::GuidelinesRewritten { version });
        }
        Ok(())
    }
}
