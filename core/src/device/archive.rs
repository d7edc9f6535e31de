//! A whole office at once, to be moved or kept: everything that its documents say, and nothing of this device.

use super::{Device, DeviceError};
use crate::error::Error;
use crate::id::{Digest, OfficeId};
use crate::limits::MAX_WAITING_TEXTS;
use crate::replica::{Event, Replica, Standing};
use crate::statement::{Document, Keypair};
use crate::sync::Incoming;
use crate::sync::file::BundleError;
use crate::time::Timestamp;

/// Everything that the documents of an office say: envelopes as they were signed, the published catalogues, and the texts
/// that travel beside documents.
///
/// **Architecture invariant:** there is no key in it, and nothing that a device keeps to itself: no holders, no wallet,
/// no orders; and nothing of how people are reached, not even sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// The office.
    pub office: OfficeId,
    /// What [`Device::digest`] is for whoever has this and nothing else.
    pub digest: Digest,
    /// Documents with their envelopes, in the order in which they can be taken in.
    pub documents: Vec<(Document, Vec<Vec<u8>>)>,
    /// Published catalogues, the oldest first.
    pub catalogues: Vec<Vec<u8>>,
    /// Texts of events, suggestions and notices that were not erased, as far as they are here.
    pub texts: Vec<Vec<u8>>,
}

impl Archive {
    fn incoming(&self) -> Vec<Incoming> {
        let envelopes = self.documents.iter().flat_map(|(_, envelopes)| envelopes);
        let envelopes = envelopes.map(|bytes| Incoming::Envelope(bytes.as_slice().into()));
        let catalogues = self.catalogues.iter();
        let catalogues = catalogues.map(|bytes| Incoming::Blob(bytes.as_slice().into()));
        envelopes.chain(catalogues).collect()
    }

    /// Fails unless all of it is there, and holds: takes it in, on a device that lives as long as this call.
    pub fn check(&self, now: Timestamp) -> Result<(), DeviceError> {
        let mut nobody = Replica::new(Keypair::from_seed(&[0; 32]), self.office);
        nobody.handle(now, Event::TakeIn(self.incoming()))?;
        let got = nobody.digest();
        let has_catalogue = self.catalogues.is_empty() || nobody.catalogue().is_some();
        if nobody.authority().is_some() && got == self.digest && has_catalogue {
            return Ok(());
        }
        let said = self.digest;
        Err(BundleError::NotWhole { said, got }.into())
    }
}

impl Device {
    /// The whole office as this device knows it. Only on a device of the office: a visitor's has part of it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/office.rs"));
    /// use allkontor_core::{command::Book, id::UnitId};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (mut phone, mut kiosk) = office()?;
    /// phone.book(NOW, Book::unit(UnitId(1), at(3, 18, 19)))?;
    /// meet(&mut phone, &mut kiosk)?;
    /// let archive = kiosk.archive(NOW)?;
    ///
    /// // On a new machine.
    /// let (store, vault) = (Box::new(MemoryStore::new()), Box::new(MemoryVault::new()));
    /// let mut new = Device::join(store, vault, [3; 32], archive.office)?;
    /// new.restore_archive(NOW, &archive)?;
    /// assert_eq!(new.digest()?, kiosk.digest()?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn archive(&mut self, now: Timestamp) -> Result<Archive, DeviceError> {
        let replica = self.replica()?;
        if replica.standing() == Standing::Visitor {
            return Err(Error::NotASteward.into());
        }
        let (office, digest) = (replica.office(), replica.digest());
        let published: Vec<Digest> = replica
            .authority()
            .map(|authority| authority.catalogues().values().copied().collect())
            .unwrap_or_default();
        let mut catalogues = Vec::new();
        for hash in published {
            catalogues.extend(self.store.blob(&hash)?);
        }
        let texts = self.replica()?.texts_of_documents();
        let mut documents = Vec::new();
        let mut known = self.store.documents()?;
        // Nothing else can be judged before the authority.
        known.sort_unstable();
        // How people are reached stays on the office's own devices.
        known.retain(|document| document.roster_month().is_none());
        for document in known {
            let envelopes = self.store.envelopes(document)?;
            let envelopes = envelopes.into_iter().map(|stored| stored.bytes).collect();
            documents.push((document, envelopes));
        }
        let archive = Archive {
            office,
            digest,
            documents,
            catalogues,
            texts,
        };
        archive.check(now)?;
        Ok(archive)
    }

    /// Takes in a whole office. One that is of another office, not whole, or that does not hold changes nothing.
    pub fn restore_archive(
        &mut self,
        now: Timestamp,
        archive: &Archive,
    ) -> Result<(), DeviceError> {
        let (ours, theirs) = (self.office(), archive.office);
        if ours != theirs {
            return Err(BundleError::OtherOffice { ours, theirs }.into());
        }
        archive.check(now)?;
        self.take_in(now, archive.incoming())?;
        // What they belong to is here now, so none of them has to wait.
        for some in archive.texts.chunks(MAX_WAITING_TEXTS) {
            let some = some.iter();
            let blobs = some.map(|bytes| Incoming::Blob(bytes.as_slice().into()));
            self.take_in(now, blobs.collect())?;
        }
        Ok(())
    }
}
