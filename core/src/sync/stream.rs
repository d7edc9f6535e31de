//! Messages on a byte stream: each after its length, four bytes big-endian.

use crate::limits::MAX_MESSAGE_BYTES;

/// A length that no message has: the stream is not ours, or out of step. Close it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("frame is {bytes} bytes: the limit is {MAX_MESSAGE_BYTES}")]
pub struct FrameTooLong {
    /// The length read.
    pub bytes: u32,
}

/// A message with its length before it.
///
/// ```
/// use allkontor_core::sync::stream::{Deframer, frame};
/// let mut deframer = Deframer::new();
/// deframer.push(&frame(b"hello")[..6]);
/// assert_eq!(deframer.next_message(), Ok(None));
/// deframer.push(b"llo");
/// assert_eq!(deframer.next_message(), Ok(Some(b"hello".to_vec())));
/// ```
pub fn frame(message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], message].concat()
}

/// Cuts a byte stream into messages. Holds at most what was pushed since the last message, and refuses a frame
/// that is too long as soon as its length is there.
#[derive(Debug, Default, Clone)]
pub struct Deframer {
    buffer: Vec<u8>,
    start: usize,
}

impl Deframer {
    /// At the start of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes bytes as they came. Read no more from the stream before [`Deframer::next_message`] gives none.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.start.min(self.buffer.len()));
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole message, if it is there.
    pub fn next_message(&mut self) -> Result<Option<Vec<u8>>, FrameTooLong> {
        let rest = self.buffer.get(self.start..).unwrap_or_default();
        let Some((head, rest)) = rest.split_first_chunk::<4>() else {
            return Ok(None);
        };
        let bytes = u32::from_be_bytes(*head);
        let length = usize::try_from(bytes).unwrap_or(usize::MAX);
        if length > MAX_MESSAGE_BYTES {
            return Err(FrameTooLong { bytes });
        }
        let Some(message) = rest.get(..length) else {
            return Ok(None);
        };
        let message = message.to_vec();
        self.start = self.start.saturating_add(4).saturating_add(length);
        Ok(Some(message))
    }

    /// Bytes of a message that has not come whole: what a closed connection cut off.
    pub fn pending(&self) -> usize {
        self.buffer.len().saturating_sub(self.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_out_however_the_stream_is_cut() {
        let messages: Vec<Vec<u8>> = [0, 1, 300, 70_000, 5]
            .iter()
            .map(|n| vec![*n as u8; *n])
            .collect();
        let stream: Vec<u8> = messages.iter().flat_map(|m| frame(m)).collect();
        for chunk in [1, 2, 3, 7, 1000, stream.len()] {
            let mut deframer = Deframer::new();
            let mut got = Vec::new();
            for bytes in stream.chunks(chunk) {
                deframer.push(bytes);
                while let Some(message) = deframer.next_message().unwrap() {
                    got.push(message);
                }
                assert!(deframer.pending() < 70_004 + chunk);
            }
            assert_eq!(
                (got, deframer.pending()),
                (messages.clone(), 0),
                "in chunks of {chunk}"
            );
        }
    }

    #[test]
    fn a_frame_too_long_is_refused_before_it_is_read() {
        let mut deframer = Deframer::new();
        deframer.push(&[0, 4, 0, 1]);
        assert_eq!(
            deframer.next_message().unwrap_err().to_string(),
            "frame is 262145 bytes: the limit is 262144"
        );
    }
}
