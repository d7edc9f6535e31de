use super::{Envelope, EnvelopeError};
use crate::cbor::Writer;
use crate::document::Change;
use crate::id::OfficeId;
use crate::limits::{MAX_ENVELOPE_BYTES, MAX_ENVELOPE_CHANGES};
use crate::statement::Document;

/// Bytes of an envelope besides its changes and its heads, rounded up: keys, signature, names, CBOR heads.
const FRAME: usize = 256;
/// Bytes of one head: 32 and a CBOR head.
const HEAD: usize = 34;

impl Envelope {
    /// A long history as envelopes that each fit the limits. `changes` stand each after those they depend on.
    pub fn split(
        office: OfficeId,
        document: Document,
        changes: Vec<Change>,
    ) -> Result<Vec<Self>, EnvelopeError> {
        let (mut envelopes, mut part, mut bytes) = (Vec::new(), Vec::new(), FRAME);
        for change in changes {
            let mut writer = Writer::new();
            change.write(&mut writer);
            // Every change is counted as if it were a head, which only one in a few is.
            let more = writer.into_bytes().len().saturating_add(HEAD);
            let full = bytes.saturating_add(more) > MAX_ENVELOPE_BYTES;
            if full || part.len() == MAX_ENVELOPE_CHANGES {
                envelopes.push(Self::new(office, document, std::mem::take(&mut part))?);
                bytes = FRAME;
            }
            bytes = bytes.saturating_add(more);
            part.push(change);
        }
        if !part.is_empty() {
            envelopes.push(Self::new(office, document, part)?);
        }
        Ok(envelopes)
    }
}
