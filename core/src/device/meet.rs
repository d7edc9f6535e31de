//! Meeting other devices: over a connection, through a file, by QR code.

use super::{Device, DeviceError};
use crate::id::PublicKey;
use crate::replica::BookingId;
use crate::statement::Document;
use crate::store::Operation;
use crate::sync::{Incoming, PeerMemory, Session, SessionConfig, Wants, file, qr};
use crate::time::{OfficeDay, Timestamp};
use std::collections::BTreeMap;

/// A connection to another device, numbered by this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Connection(pub u64);

/// The note of what the last peer was known to have.
pub(super) const MEMORY: &str = "peer/";

/// Connections: the app moves bytes, the device says which.
impl Device {
    /// Starts a connection that this device opened: its number, and the first messages to send.
    ///
    /// A visitor's device also asks for the tickets it likes to have at hand.
    pub fn connect(&mut self, now: Timestamp) -> Result<(Connection, Vec<Vec<u8>>), DeviceError> {
        let connection = self.accept(now)?;
        let messages =
            self.with_session(now, connection, |session, source| session.open(source))?;
        Ok((connection, messages))
    }

    /// Starts a connection that the other side opened.
    pub fn accept(&mut self, now: Timestamp) -> Result<Connection, DeviceError> {
        let effects = self.replica()?.stock_up(now)?;
        self.settle(effects)?;
        let config = SessionConfig {
            wants: self.wants(now)?,
            remembered: self.last_peer_memory(),
        };
        let connection = Connection(self.next_connection);
        self.next_connection = self.next_connection.saturating_add(1);
        self.sessions.insert(connection, Session::new(config));
        self.watch.connection();
        Ok(connection)
    }

    /// Takes one message from the other side, makes what it brings durable, and answers with messages to send.
    ///
    /// After an error the connection is closed; what was taken in before stays.
    pub fn receive(
        &mut self,
        now: Timestamp,
        connection: Connection,
        message: &[u8],
    ) -> Result<Vec<Vec<u8>>, DeviceError> {
        let incoming = self.with_session(now, connection, |session, source| {
            session.receive(message, source)
        })?;
        self.watch.connection();
        let incoming = match incoming {
            Ok(incoming) => incoming,
            Err(error) => {
                self.sessions.remove(&connection);
                return Err(error.into());
            }
        };
        self.is_new |= self.replica()?.authority().is_none();
        self.take_in(now, incoming)?;
        let session = self.sessions.get(&connection);
        if self.is_new && session.is_some_and(Session::is_heard_out) {
            // Only now can it ask for tickets: in the same conversation, so that a newcomer can book when it leaves. What
            // came tells of those that it had before its database was lost.
            self.is_new = self.replica()?.authority().is_none();
            let effects = self.replica()?.stock_up(now)?;
            self.settle(effects)?;
        }
        self.poll(now, connection)
    }

    /// What to send now: ask again whenever this device has news.
    pub fn poll(
        &mut self,
        now: Timestamp,
        connection: Connection,
    ) -> Result<Vec<Vec<u8>>, DeviceError> {
        self.with_session(now, connection, |session, source| session.poll(source))
    }

    /// Whether, for all this side knows, neither lacks what the other has.
    pub fn is_in_sync(
        &mut self,
        now: Timestamp,
        connection: Connection,
    ) -> Result<bool, DeviceError> {
        self.with_session(now, connection, |session, source| {
            session.is_complete(source)
        })
    }

    /// Ends a connection in good order, and remembers the peer so that the next takes one round trip.
    pub fn disconnect(
        &mut self,
        now: Timestamp,
        connection: Connection,
    ) -> Result<(), DeviceError> {
        let (memory, has_all) = self.with_session(now, connection, |session, source| {
            let from_office = session.peer().is_some_and(|peer| peer.steward);
            let has_all = from_office && session.is_complete(source);
            (session.memory(source), has_all)
        })?;
        self.sessions.remove(&connection);
        self.watch.connection();
        if let Some(memory) = memory {
            self.remember(&memory)?;
        }
        if has_all && self.replica()?.seeks() {
            let effects = self.replica()?.has_found();
            self.settle(effects)?;
        }
        Ok(())
    }

    fn with_session<T>(
        &mut self,
        now: Timestamp,
        connection: Connection,
        act: impl FnOnce(&mut Session, &dyn crate::sync::Source) -> T,
    ) -> Result<T, DeviceError> {
        self.replica()?;
        let session = self
            .sessions
            .get_mut(&connection)
            .ok_or(DeviceError::NoConnection { connection })?;
        let replica = self
            .replica
            .as_ref()
            .ok_or(DeviceError::NoConnection { connection })?;
        Ok(act(session, &replica.at(now)))
    }

    /// A steward follows everything; a visitor the authority, this month, the next, and where it has bookings.
    fn wants(&mut self, now: Timestamp) -> Result<Wants, DeviceError> {
        let relays = self.relays_everything;
        let replica = self.replica()?;
        if relays || replica.seeks() || replica.standing() != crate::replica::Standing::Visitor {
            return Ok(Wants::All);
        }
        let Ok(minute) = replica.civil(now) else {
            return Ok(Wants::All);
        };
        let month = OfficeDay::of(minute, replica.day_start()).month();
        let mut documents = vec![
            Document::Authority,
            Document::Ledger(month),
            Document::Ledger(month.next()),
        ];
        documents.extend(
            replica
                .agenda()
                .iter()
                .filter_map(|entry| replica.slot_of(entry.booking))
                .map(|(d, _)| d),
        );
        documents.extend(replica.draft_documents());
        documents.extend(replica.years_of_rentals(minute));
        documents.extend(replica.years_of_commons(minute));
        documents.extend(replica.organised_documents(minute));
        documents.extend(replica.documents_of_others(minute));
        Ok(Wants::Only(documents.into_iter().collect()))
    }

    fn last_peer_memory(&self) -> Option<PeerMemory> {
        PeerMemory::from_bytes(self.last_peer.as_deref()?).ok()
    }

    fn remember(&mut self, memory: &PeerMemory) -> Result<(), DeviceError> {
        let bytes = memory.to_bytes();
        let note = Operation::PutMeta {
            key: MEMORY.to_owned(),
            bytes: bytes.clone(),
        };
        self.store.commit(&[note].into_iter().collect())?;
        self.last_peer = Some(bytes);
        Ok(())
    }

    pub(super) fn load_peer_memory(&mut self) -> Result<(), DeviceError> {
        self.last_peer = self.store.meta(MEMORY)?;
        Ok(())
    }
}

/// Files and codes: anything that carries bytes.
impl Device {
    /// Everything this device may pass on, as one file: for a USB stick, a mail, a shared folder.
    pub fn export_file(&mut self, now: Timestamp) -> Result<Vec<u8>, DeviceError> {
        let effects = self.replica()?.stock_up(now)?;
        self.settle(effects)?;
        let source = self.replica()?.at(now);
        let anyone = crate::sync::Peer {
            id: crate::sync::PeerId([0; 32]),
            steward: false,
        };
        Ok(file::export(&source, &anyone, &BTreeMap::new()))
    }

    /// Takes in a file that another device exported.
    pub fn import_file(&mut self, now: Timestamp, bytes: &[u8]) -> Result<(), DeviceError> {
        let office = self.replica()?.office();
        let incoming = file::import(bytes, Some(office))?;
        self.take_in(now, incoming)
    }

    /// A booking as one QR payload of at most 2,953 bytes: its ticket, and what was said under it. Of a booking changed
    /// often, the oldest versions are left out.
    pub fn request_card(&mut self, booking: BookingId) -> Result<Vec<u8>, DeviceError> {
        let statements = self.replica()?.statements_of(booking)?;
        Ok(qr::RequestCard::of_booking(statements)?.to_bytes())
    }

    /// Takes in a scanned request card.
    pub fn scan_card(&mut self, now: Timestamp, bytes: &[u8]) -> Result<(), DeviceError> {
        let card = qr::RequestCard::from_bytes(bytes)?;
        let statements = card
            .statements()
            .iter()
            .map(|statement| Incoming::Statement(statement.bytes().into()));
        self.take_in(now, statements.collect())
    }

    /// What this device shows to become one of the office's devices. Whose keys were backed up is refused: the chains of an
    /// office's device have one that signs.
    pub fn enrolment(&mut self) -> Result<qr::Enrolment, DeviceError> {
        self.require_single()?;
        let replica = self.replica()?;
        Ok(qr::Enrolment {
            office: replica.office(),
            device: replica.public_key(),
        })
    }

    /// Reads the enrolment card of a device that has joined this office: its key, to be certified.
    pub fn scan_enrolment(&self, bytes: &[u8]) -> Result<PublicKey, DeviceError> {
        Ok(qr::Enrolment::from_bytes(bytes)?.for_office(self.office())?)
    }

    /// What a phone scans to join this office.
    pub fn invitation(&mut self) -> Result<qr::Invite, DeviceError> {
        let replica = self.replica()?;
        let name = replica
            .catalogue()
            .map(|catalogue| catalogue.profile().name.in_language("sv").to_owned());
        Ok(qr::Invite {
            office: replica.office(),
            name: name.unwrap_or_default(),
        })
    }
}
