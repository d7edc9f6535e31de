//! Meeting another device over TCP, as every app of an office does it: `bindings/docs/streams.md`.

use crate::trouble::Trouble;
use allkontor_core::device::{Connection, Device};
use allkontor_core::limits::MAX_MESSAGE_BYTES;
use allkontor_core::time::Timestamp;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// How long the other side may say nothing.
const PATIENCE: Duration = Duration::from_secs(60);
/// How many messages may wait unread: both sides may be writing at once, and then nobody would read.
const AHEAD: usize = 32;
/// "Anything more?", and "no more".
const QUESTION: &[u8] = &[];

/// Meets the device that listens there: exchanges what either side lacks, then hangs up.
///
/// A stream that breaks loses nothing: what was taken in is stored, the rest comes next time.
pub(crate) fn dial(
    device: &mut Device,
    now: Timestamp,
    host: &str,
    port: u16,
) -> Result<(), Trouble> {
    let stream = TcpStream::connect((host, port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let (connection, first) = device.connect(now)?;
    let talked = talk(device, now, connection, &stream, first);
    match device.disconnect(now, connection) {
        // A connection that failed is gone already.
        Err(_) if talked.is_err() => talked,
        ended => talked.and(ended.map_err(Trouble::from)),
    }
}

/// One conversation, with what comes read on a thread of its own.
fn talk(
    device: &mut Device,
    now: Timestamp,
    connection: Connection,
    stream: &TcpStream,
    first: Vec<Vec<u8>>,
) -> Result<(), Trouble> {
    let (sender, incoming) = sync_channel(AHEAD);
    thread::scope(|scope| {
        scope.spawn(move || read(stream, &sender));
        let talked = exchange(device, now, connection, stream, first, incoming);
        // What reads waits on the stream.
        let _ = stream.shutdown(Shutdown::Both);
        talked
    })
}

/// Until a question finds that neither side has said anything since the one before.
fn exchange(
    device: &mut Device,
    now: Timestamp,
    connection: Connection,
    mut stream: impl Write,
    first: Vec<Vec<u8>>,
    incoming: impl IntoIterator<Item = io::Result<Vec<u8>>>,
) -> Result<(), Trouble> {
    for message in &first {
        write(&mut stream, message)?;
    }
    write(&mut stream, QUESTION)?;
    let mut spoke = false;
    for message in incoming {
        let message = message?;
        if !message.is_empty() {
            spoke = true;
            for answer in device.receive(now, connection, &message)? {
                write(&mut stream, &answer)?;
            }
        } else if spoke {
            spoke = false;
            write(&mut stream, QUESTION)?;
        } else {
            break;
        }
    }
    Ok(())
}

/// Messages as they come, until the stream ends or nobody listens any more.
fn read(mut stream: impl Read, sender: &SyncSender<io::Result<Vec<u8>>>) {
    while let Some(message) = next(&mut stream).transpose() {
        let is_over = message.is_err();
        if sender.send(message).is_err() || is_over {
            return;
        }
    }
}

/// The next message, after its length in four bytes; none at the end of the stream.
fn next(stream: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match stream.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > MAX_MESSAGE_BYTES {
        let words = format!("message is {length} bytes: the limit is {MAX_MESSAGE_BYTES}");
        return Err(io::Error::new(io::ErrorKind::InvalidData, words));
    }
    let mut message = vec![0; length];
    stream.read_exact(&mut message)?;
    Ok(Some(message))
}

fn write(stream: &mut impl Write, message: &[u8]) -> io::Result<()> {
    let length = u32::try_from(message.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), message].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_go_both_ways_and_a_long_one_is_refused_before_it_is_read() {
        let mut line = Vec::new();
        for message in [b"booking".as_slice(), QUESTION, b"!"] {
            write(&mut line, message).unwrap();
        }
        let mut line = line.as_slice();
        assert_eq!(next(&mut line).unwrap().unwrap(), b"booking");
        assert_eq!(next(&mut line).unwrap().unwrap(), QUESTION);
        assert_eq!(next(&mut line).unwrap().unwrap(), b"!");
        assert_eq!(next(&mut line).unwrap(), None);
        let most = u32::try_from(MAX_MESSAGE_BYTES).unwrap();
        let refused = next(&mut (most + 1).to_be_bytes().as_slice()).unwrap_err();
        let words = "message is 262145 bytes: the limit is 262144";
        assert_eq!(refused.to_string(), words);
        // One that is allowed, and cut short.
        let cut = next(&mut most.to_be_bytes().as_slice()).unwrap_err();
        assert_eq!(cut.kind(), io::ErrorKind::UnexpectedEof);
    }
}
