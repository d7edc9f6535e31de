//! Meeting other devices: the app moves bytes, the device says which.

use crate::{AllkontorError, Device};
use allkontor_core::device::{Connection, Device as Engine, DeviceError};
use allkontor_core::limits::MAX_MESSAGE_BYTES;
use allkontor_core::time::Timestamp;

/// A connection that this device opened.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Opened {
    /// Its number on this device.
    pub connection: u64,
    /// The first messages to send.
    pub messages: Vec<Vec<u8>>,
}

/// How far this device and the others agree.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SyncState {
    /// Connections that are open.
    pub connections: Vec<ConnectionState>,
    /// This device's open bookings that the office does not have yet, as far as is known.
    pub undelivered: u32,
}

/// One open connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ConnectionState {
    /// Its number on this device.
    pub connection: u64,
    /// Whether, for all this side knows, neither lacks what the other has.
    pub in_sync: bool,
}

/// The most bytes that one message has. On a stream, send each message after its length in four bytes, big-endian, and
/// close a stream that announces more than this. An empty message asks "anything more?", and is answered, after whatever
/// there is, by an empty message; it never goes to [`Device::receive`]. `bindings/docs/streams.md` has the whole of it.
#[uniffi::export]
pub fn max_message_bytes() -> Result<u32, AllkontorError> {
    Ok(u32::try_from(MAX_MESSAGE_BYTES).unwrap_or(u32::MAX))
}

#[uniffi::export]
impl Device {
    /// Starts a connection that this device opened.
    pub fn connect(&self, now: Timestamp) -> Result<Opened, AllkontorError> {
        self.with_epoch(|engine, epoch| {
            let (connection, messages) = engine.connect(now)?;
            Ok(Opened {
                connection: number(epoch, connection),
                messages,
            })
        })
    }

    /// Starts a connection that the other side opened: its number.
    pub fn accept(&self, now: Timestamp) -> Result<u64, AllkontorError> {
        self.with_epoch(|engine, epoch| Ok(number(epoch, engine.accept(now)?)))
    }

    /// Takes one message from the other side, makes what it brings durable, and answers with messages to send. After
    /// an error the connection is closed; what was taken in before stays.
    pub fn receive(
        &self,
        now: Timestamp,
        connection: u64,
        message: Vec<u8>,
    ) -> Result<Vec<Vec<u8>>, AllkontorError> {
        self.with_connection(connection, |engine, connection| {
            engine.receive(now, connection, &message)
        })
    }

    /// What to send now: ask again whenever the doorbell rings.
    pub fn poll(&self, now: Timestamp, connection: u64) -> Result<Vec<Vec<u8>>, AllkontorError> {
        self.with_connection(connection, |engine, connection| {
            engine.poll(now, connection)
        })
    }

    /// Ends a connection in good order, and remembers the peer so that the next takes one round trip.
    pub fn disconnect(&self, now: Timestamp, connection: u64) -> Result<(), AllkontorError> {
        self.with_connection(connection, |engine, connection| {
            engine.disconnect(now, connection)
        })
    }

    /// How far this device and the others agree.
    pub fn sync_state(&self, now: Timestamp) -> Result<SyncState, AllkontorError> {
        self.with_epoch(|engine, epoch| {
            let mut connections = Vec::new();
            for connection in engine.connections() {
                connections.push(ConnectionState {
                    connection: number(epoch, connection),
                    in_sync: engine.is_in_sync(now, connection)?,
                });
            }
            let undelivered = u32::try_from(engine.undelivered()?).unwrap_or(u32::MAX);
            Ok(SyncState {
                connections,
                undelivered,
            })
        })
    }

    /// Follows every month of the office from now on, so that others can fetch from here what their own phones left
    /// out. A visitor's device otherwise follows this month, the next, and where it has bookings.
    pub fn relay_everything(&self) -> Result<(), AllkontorError> {
        self.with(|engine| {
            engine.relay_everything();
            Ok(())
        })?;
        self.lock().relay_everything();
        Ok(())
    }

    /// Everything this device may pass on, as one file: for a USB stick, a mail, a shared folder.
    pub fn export_file(&self, now: Timestamp) -> Result<Vec<u8>, AllkontorError> {
        self.with(|engine| Ok(engine.export_file(now)?))
    }

    /// Takes in a file that another device exported.
    pub fn import_file(&self, now: Timestamp, bytes: Vec<u8>) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.import_file(now, &bytes)?))
    }
}

impl Device {
    /// Connections do not outlive the engine: a number of an earlier opening names none.
    fn with_connection<T>(
        &self,
        connection: u64,
        act: impl FnOnce(&mut Engine, Connection) -> Result<T, DeviceError>,
    ) -> Result<T, AllkontorError> {
        self.with_epoch(|engine, epoch| {
            let known = Connection(connection & u64::from(u32::MAX));
            if number(epoch, known) == connection {
                return Ok(act(engine, known)?);
            }
            let connection = Connection(connection);
            Err(DeviceError::NoConnection { connection }.into())
        })
    }
}

/// The number by which the app knows a connection: which opening of the engine, then which of its connections.
fn number(epoch: u32, connection: Connection) -> u64 {
    u64::from(epoch) << 32 | connection.0
}
