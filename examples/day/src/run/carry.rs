//! How bytes get from one device to another: through a socket, in a file, as QR payloads.

use super::error::Trouble;
use super::world::trouble;
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::limits::MAX_QR_BYTES;
use allkontor_core::replica::AgendaEntry;
use allkontor_core::sync::stream::{Deframer, frame};
use allkontor_core::time::Timestamp;
use allkontor_core::view::Delivery;
use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;

/// Turns of one meeting: honest devices need a handful, and no two may talk for ever.
const MOST_TURNS: usize = 64;
/// Meetings in a row: one to get to know the office, one to order tickets, one to ask, and one to spare.
const MOST_ROUNDS: usize = 4;

/// A device at a meeting.
pub(super) struct Guest<'a> {
    pub(super) name: &'a str,
    pub(super) device: &'a mut Device,
    /// What its clock shows.
    pub(super) now: Timestamp,
}

impl<'a> Guest<'a> {
    pub(super) fn new(name: &'a str, device: &'a mut Device, now: Timestamp) -> Self {
        Self { name, device, now }
    }

    fn says(&self, what: &'static str) -> impl FnOnce(DeviceError) -> Trouble + use<> {
        trouble(self.name, what)
    }

    fn knows_the_office(&mut self) -> Result<bool, Trouble> {
        Ok(self
            .device
            .catalogue()
            .map_err(self.says("look for the catalogue"))?
            .is_some())
    }
}

/// A TCP connection on this machine. Every message between two devices goes through it.
pub(super) struct Wire {
    near: TcpStream,
    far: TcpStream,
}

impl Wire {
    pub(super) fn new() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let near = TcpStream::connect(listener.local_addr()?)?;
        let (far, _) = listener.accept()?;
        near.set_nodelay(true)?;
        Ok(Self { near, far })
    }

    /// Sends one message and returns it as it came out.
    pub(super) fn carry(&mut self, message: &[u8]) -> Result<Vec<u8>, Trouble> {
        let framed = frame(message);
        let (near, far) = (&mut self.near, &mut self.far);
        // Long messages do not fit the socket's buffer: somebody has to read while somebody writes.
        let came = std::thread::scope(|scope| {
            let writing = scope.spawn(|| near.write_all(&framed));
            let mut deframer = Deframer::new();
            let mut part = [0; 65_536];
            let came = loop {
                if let Ok(Some(message)) = deframer.next_message() {
                    break Ok(message);
                }
                match far.read(&mut part) {
                    Ok(0) => break Err(io::ErrorKind::UnexpectedEof.into()),
                    Ok(length) => deframer.push(part.get(..length).unwrap_or_default()),
                    Err(error) => break Err(error),
                }
            };
            match writing.join() {
                Ok(written) => written.and(came),
                Err(_) => Err(io::ErrorKind::BrokenPipe.into()),
            }
        })?;
        if came == message {
            Ok(came)
        } else {
            Err(Trouble::Mangled {
                sent: message.len(),
            })
        }
    }
}

/// Two devices talk through a socket until neither has anything new. Returns the bytes that came across.
pub(super) fn socket<'a>(
    wire: &mut Wire,
    one: &mut Guest<'a>,
    other: &mut Guest<'a>,
) -> Result<u64, Trouble> {
    until_quiet(one, other, |one, other| {
        connection(one, other, |message| wire.carry(message))
    })
}

/// Each screen shows what its device has to say as a run of QR codes, which the other's camera reads.
///
/// A phone first shows a card for each booking that the office has not heard of: one code, and it is asked for.
pub(super) fn codes<'a>(phone: &mut Guest<'a>, kiosk: &mut Guest<'a>) -> Result<u64, Trouble> {
    let mut bytes = 0_u64;
    let entries = phone
        .device
        .agenda()
        .map_err(phone.says("list its bookings"))?;
    let unheard =
        |entry: &&AgendaEntry| entry.key.is_some() && entry.status.delivery != Delivery::Received;
    for entry in entries.iter().filter(unheard) {
        let card = phone
            .device
            .request_card(entry.booking)
            .map_err(phone.says("show a card"))?;
        kiosk
            .device
            .scan_card(kiosk.now, &card)
            .map_err(kiosk.says("scan a card"))?;
        bytes = bytes.saturating_add(card.len() as u64);
    }
    let scanned = |message: &[u8]| Ok(message.chunks(MAX_QR_BYTES).flatten().copied().collect());
    let talked = until_quiet(phone, kiosk, |phone, kiosk| {
        connection(phone, kiosk, scanned)
    })?;
    Ok(bytes.saturating_add(talked))
}

/// Meets until, for all either knows, neither lacks what the other has.
///
/// Whoever hears of the office for the first time orders its tickets at the next meeting: so there is one more.
fn until_quiet<'a>(
    one: &mut Guest<'a>,
    other: &mut Guest<'a>,
    mut meet: impl FnMut(&mut Guest<'a>, &mut Guest<'a>) -> Result<Talk, Trouble>,
) -> Result<u64, Trouble> {
    let mut bytes = 0_u64;
    for _ in 0..MOST_ROUNDS {
        let new_here = !one.knows_the_office()?;
        let talk = meet(one, other)?;
        bytes = bytes.saturating_add(talk.bytes);
        if talk.in_sync && !(new_here && one.knows_the_office()?) {
            break;
        }
    }
    Ok(bytes)
}

/// What came of one meeting.
struct Talk {
    bytes: u64,
    /// Whether, for all that either side knows, neither lacks what the other has.
    in_sync: bool,
}

/// One connection, each message brought across by `carry`.
fn connection<'a>(
    one: &mut Guest<'a>,
    other: &mut Guest<'a>,
    mut carry: impl FnMut(&[u8]) -> Result<Vec<u8>, Trouble>,
) -> Result<Talk, Trouble> {
    let (mine, mut flight) = one.device.connect(one.now).map_err(one.says("connect"))?;
    let theirs = other
        .device
        .accept(other.now)
        .map_err(other.says("accept a connection"))?;
    let mut bytes = 0_u64;
    for turn in 0..MOST_TURNS {
        let (to, connection) = if turn % 2 == 0 {
            (&mut *other, theirs)
        } else {
            (&mut *one, mine)
        };
        let mut answers = Vec::new();
        for message in &flight {
            let message = carry(message)?;
            bytes = bytes.saturating_add(message.len() as u64);
            let answer = to.device.receive(to.now, connection, &message);
            answers.extend(answer.map_err(to.says("take in what the other said"))?);
        }
        if answers.is_empty() && turn > 0 {
            break;
        }
        flight = answers;
    }
    let in_sync = one
        .device
        .is_in_sync(one.now, mine)
        .map_err(one.says("compare"))?
        && other
            .device
            .is_in_sync(other.now, theirs)
            .map_err(other.says("compare"))?;
    one.device
        .disconnect(one.now, mine)
        .map_err(one.says("close a connection"))?;
    other
        .device
        .disconnect(other.now, theirs)
        .map_err(other.says("close a connection"))?;
    Ok(Talk { bytes, in_sync })
}

/// A stick goes from one to the other and back, with one file on it.
pub(super) fn stick<'a>(
    folder: &Path,
    one: &mut Guest<'a>,
    other: &mut Guest<'a>,
) -> Result<u64, Trouble> {
    let path = folder.join("stick.allkontor");
    until_quiet(one, other, |one, other| {
        let news = (one.device.news(), other.device.news());
        let there = one_way(&path, one, other)?;
        let bytes = there.saturating_add(one_way(&path, other, one)?);
        Ok(Talk {
            bytes,
            in_sync: news == (one.device.news(), other.device.news()),
        })
    })
}

fn one_way(path: &Path, from: &mut Guest<'_>, to: &mut Guest<'_>) -> Result<u64, Trouble> {
    let file = |what| {
        let path = path.to_owned();
        move |error| Trouble::File { what, path, error }
    };
    let exported = from
        .device
        .export_file(from.now)
        .map_err(from.says("write a file"))?;
    fs::write(path, &exported).map_err(file("write"))?;
    let read = fs::read(path).map_err(file("read"))?;
    to.device
        .import_file(to.now, &read)
        .map_err(to.says("read a file"))?;
    Ok(read.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_longer_than_any_buffer_comes_out_as_it_went_in() {
        let mut wire = Wire::new().unwrap();
        let long: Vec<u8> = (0..200_000_u32).map(|n| n as u8).collect();
        assert_eq!(wire.carry(&long).unwrap(), long);
        assert_eq!(wire.carry(b"").unwrap(), b"");
        assert_eq!(wire.carry(b"short").unwrap(), b"short");
    }
}
