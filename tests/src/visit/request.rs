//! What a device is asked, and what it answers: one line of JSON each, between processes.

use crate::world::{founding, parts, place, span, words};
use allkontor_core::command::{Book, Close, WalkIn};
use allkontor_core::device::{Connection, Device, DeviceError};
use allkontor_core::id::{OfficeId, UnitId};
use allkontor_core::model::Catalogue;
use allkontor_core::replica::BookingId;
use allkontor_core::statement::{Cause, Role};
use allkontor_core::store::Store;
use allkontor_core::time::Timestamp;
use allkontor_core::vault::Vault;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

/// A store and a vault, as a device takes them.
pub type Files = (Box<dyn Store>, Box<dyn Vault>);

/// A request at a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Turn {
    /// What the device's clock shows: a [`Timestamp`].
    pub now: i64,
    /// What is asked.
    pub request: Request,
}

/// What a device is asked. Times are written as [`span`] reads them, bookings count from 0 in the order made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the method of Device of that name")]
pub enum Request {
    Found,
    Join {
        office: String,
        seed: u8,
    },
    Open,
    Connect,
    Accept,
    Receive {
        connection: u64,
        message: Bytes,
    },
    Disconnect {
        connection: u64,
    },
    Book {
        unit: u32,
        span: String,
        or_equal: bool,
    },
    Move {
        nth: usize,
        unit: u32,
        span: String,
    },
    Extend {
        nth: usize,
        unit: u32,
        span: String,
    },
    Cancel {
        nth: usize,
    },
    Arrive {
        nth: usize,
    },
    WalkIn {
        unit: u32,
        span: String,
    },
    Close {
        unit: u32,
        span: String,
    },
    Publish,
    ConfirmClock,
    Tick,
    Maintain,
    ExportFile,
    ImportFile {
        file: Bytes,
    },
    ShowCard {
        nth: usize,
    },
    ScanCard {
        card: Bytes,
    },
    Office,
    Standing,
    Digest,
    Alarms,
    Units,
    Agenda,
}

impl Request {
    /// Whether it only looks.
    pub fn only_looks(&self) -> bool {
        matches!(
            self,
            Self::Office
                | Self::Standing
                | Self::Digest
                | Self::Alarms
                | Self::Units
                | Self::Agenda
        )
    }

    /// Whether it takes in what others said, so that any booking may stand otherwise afterwards.
    pub fn takes_in(&self) -> bool {
        matches!(self, Self::Receive { .. } | Self::ImportFile { .. })
    }

    /// Whether it asks for something else in that booking.
    pub fn changes(&self, booking: usize) -> bool {
        matches!(self, Self::Move { nth, .. } | Self::Extend { nth, .. } if *nth == booking)
    }
}

/// What a device answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what the request of that name returns")]
pub enum Answer {
    Done,
    Word(String),
    Number(u64),
    Connected {
        connection: u64,
        messages: Vec<Bytes>,
    },
    Messages(Vec<Bytes>),
    File(Bytes),
    Lines(Vec<Line>),
}

/// A booking as a screen shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What was asked for.
    pub wanted: String,
    /// How it stands: [`words`].
    pub told: String,
    /// What is held, whatever the current version asks for.
    pub holding: String,
}

/// Bytes, in hexadecimal on the way.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bytes(pub Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl From<Bytes> for String {
    fn from(bytes: Bytes) -> Self {
        HEXLOWER.encode(&bytes.0)
    }
}

impl TryFrom<String> for Bytes {
    type Error = data_encoding::DecodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        HEXLOWER.decode(text.as_bytes()).map(Self)
    }
}

/// Asks a device, which is `None` until it was founded, joined or opened.
pub fn perform(
    device: &mut Option<Device>,
    files: &mut dyn FnMut() -> Result<Files, DeviceError>,
    turn: &Turn,
) -> Result<Answer, DeviceError> {
    let now = Timestamp(turn.now);
    match &turn.request {
        Request::Found => {
            *device = None;
            let (store, vault) = files()?;
            *device = Some(Device::found(
                store,
                vault,
                now,
                [1; 32],
                &founding(parts(), Role::Kiosk),
            )?);
            return Ok(Answer::Done);
        }
        Request::Join { office, seed } => {
            *device = None;
            let ((store, vault), office) = (files()?, OfficeId::from_hex(office).unwrap());
            *device = Some(Device::join(store, vault, [*seed; 32], office)?);
            return Ok(Answer::Done);
        }
        Request::Open => {
            *device = None;
            let (store, vault) = files()?;
            *device = Some(Device::open(store, vault)?);
            return Ok(Answer::Done);
        }
        _ => {}
    }
    let device = device.as_mut().ok_or(DeviceError::Empty)?;
    let messages = |messages: Vec<Vec<u8>>| messages.into_iter().map(Bytes).collect();
    match &turn.request {
        Request::Found | Request::Join { .. } | Request::Open => {}
        Request::Connect => {
            let (Connection(connection), first) = device.connect(now)?;
            let messages = messages(first);
            return Ok(Answer::Connected {
                connection,
                messages,
            });
        }
        Request::Accept => return Ok(Answer::Number(device.accept(now)?.0)),
        Request::Receive {
            connection,
            message,
        } => {
            let answers = device.receive(now, Connection(*connection), &message.0)?;
            return Ok(Answer::Messages(messages(answers)));
        }
        Request::Disconnect { connection } => device.disconnect(now, Connection(*connection))?,
        Request::Book {
            unit,
            span: when,
            or_equal,
        } => {
            let book = Book::unit(UnitId(*unit), span(when));
            let book = if *or_equal { book } else { book.exactly() };
            let booked = device.book(now, book)?;
            assert_eq!(booked.bookings().count(), 1, "{booked:?}");
        }
        Request::Move {
            nth,
            unit,
            span: when,
        } => {
            let to = Book::unit(UnitId(*unit), span(when)).exactly();
            let booking = nth_booking(device, *nth)?;
            device.move_to(now, booking, to)?;
        }
        Request::Extend {
            nth, span: whole, ..
        } => {
            let booking = nth_booking(device, *nth)?;
            device.extend(now, booking, span(whole).end())?;
        }
        Request::Cancel { nth } => {
            let booking = nth_booking(device, *nth)?;
            device.cancel(now, booking)?;
        }
        Request::Arrive { nth } => {
            let booking = nth_booking(device, *nth)?;
            device.arrive(now, booking)?;
        }
        Request::WalkIn { unit, span: when } => {
            let (book, slip_seed) = (Book::unit(UnitId(*unit), span(when)), [5; 16]);
            let walked_in = device.walk_in(now, WalkIn { book, slip_seed })?;
            assert_eq!(walked_in.dates.len(), 1, "{walked_in:?}");
        }
        Request::Close { unit, span: when } => {
            let (units, interval) = (vec![UnitId(*unit)], span(when));
            let cause = Cause::Closed;
            device.close_places(
                now,
                Close {
                    units,
                    interval,
                    cause,
                },
            )?;
        }
        Request::Publish => device.publish(now, second_catalogue())?,
        Request::ConfirmClock => device.confirm_clock(now)?,
        Request::Tick => device.tick(now)?,
        Request::Maintain => device.maintain()?,
        Request::ExportFile => return Ok(Answer::File(Bytes(device.export_file(now)?))),
        Request::ImportFile { file } => device.import_file(now, &file.0)?,
        Request::ShowCard { nth } => {
            let booking = nth_booking(device, *nth)?;
            return Ok(Answer::File(Bytes(device.request_card(booking)?)));
        }
        Request::ScanCard { card } => device.scan_card(now, &card.0)?,
        Request::Office => return Ok(Answer::Word(device.office().to_string())),
        Request::Standing => return Ok(Answer::Word(format!("{:?}", device.standing()?))),
        Request::Digest => return Ok(Answer::Word(device.digest()?.to_string())),
        Request::Alarms => return Ok(Answer::Number(device.alarms().len() as u64)),
        Request::Units => {
            let units = device
                .catalogue()?
                .map_or(0, |catalogue| catalogue.parts().units.len());
            return Ok(Answer::Number(units as u64));
        }
        Request::Agenda => {
            let entries = device.agenda()?;
            let lines = entries.iter().map(|entry| Line {
                wanted: place(entry.wanted.iter().map(|wish| (wish.unit, wish.interval))),
                told: words(&entry.status),
                holding: place(
                    entry
                        .status
                        .holding
                        .iter()
                        .map(|hold| (hold.unit, hold.interval())),
                ),
            });
            return Ok(Answer::Lines(lines.collect()));
        }
    }
    Ok(Answer::Done)
}

fn nth_booking(device: &mut Device, nth: usize) -> Result<BookingId, DeviceError> {
    Ok(device.agenda()?[nth].booking)
}

/// The first one with a room more.
fn second_catalogue() -> Catalogue {
    let mut parts = parts();
    let room = parts.units[&UnitId(1)].clone();
    parts.units.insert(UnitId(4), room);
    Catalogue::new(parts).unwrap()
}
