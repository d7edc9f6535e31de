//! A board saved beside the database, so that an app opens with an answer before it has read any statement.
//!
//! ```text
//! CBOR array [version, stamp, catalogue, document, day start, rows] ‖ SHA-256 of it
//! row: unit u32 ‖ start i32 ‖ minutes u32 ‖ before u16 ‖ after u16 ‖ kind u8 ‖ cause u16, little-endian
//! ```
//!
//! Bits are not saved: they are made again from the rows in less time than it takes to check a hash of them.
//! Opening hours come from the catalogue, which the first screen needs anyway.
//!
//! **Architecture invariant:** a sidecar is a cache. One that is not exactly what is asked for is no sidecar.

use super::board::Board;
use super::{Entry, EntryKind};
use crate::cbor::{Reader, Writer};
use crate::id::{Digest, UnitId};
use crate::model::Catalogue;
use crate::resolve::Cell;
use crate::statement::{Cause, Document};
use crate::time::{CivilMinute, DayStart, Interval};
use sha2::{Digest as _, Sha256};

/// Changes with the layout of rows.
const VERSION: u64 = 1;
/// Bytes of one row.
const ROW: usize = 19;
/// Bytes of the hash at the end.
const HASH: usize = 32;

impl Board {
    /// The board as bytes. `stamp` names the state it was made from, such as the document's heads and the store's
    /// generation: [`Board::unpack`] takes it back only for the same one.
    pub fn pack(&self, stamp: &Digest) -> Vec<u8> {
        let entries = self
            .sheets()
            .iter()
            .flat_map(|sheet| sheet.rows().values().flatten());
        let mut rows = Vec::new();
        for entry in entries {
            put(entry, &mut rows);
        }
        let mut out = head(self, stamp);
        out.bytes(&rows);
        let mut out = out.into_bytes();
        out.extend(Sha256::digest(&out));
        out
    }

    /// The board that was packed with this stamp, from this catalogue, for this document of an office with such days;
    /// `None` when in doubt, and then [`super::View::rebuild`] is the way.
    pub fn unpack(
        bytes: &[u8],
        stamp: &Digest,
        catalogue: &Catalogue,
        document: Document,
        day_start: DayStart,
    ) -> Option<Self> {
        let (content, hash) = bytes.split_at_checked(bytes.len().checked_sub(HASH)?)?;
        if Sha256::digest(content).as_slice() != hash {
            return None;
        }
        let mut board = Self::new(catalogue, document, day_start);
        let rest = content.strip_prefix(head(&board, stamp).into_bytes().as_slice())?;
        let mut reader = Reader::new(rest);
        let rows = reader.bytes().ok()?;
        reader.finish().ok()?;
        let (rows, []) = rows.as_chunks::<ROW>() else {
            return None;
        };
        let mut entries = rows
            .iter()
            .map(take)
            .collect::<Option<Vec<Entry>>>()?
            .into_iter()
            .peekable();
        while let Some(first) = entries.next() {
            let cell = board.cell_of(&first)?;
            let mut row = vec![first];
            while let Some(next) = entries.next_if(|next| board.cell_of(next) == Some(cell)) {
                row.push(next);
            }
            board.set_row(&cell, row);
        }
        Some(board)
    }

    fn cell_of(&self, entry: &Entry) -> Option<Cell> {
        let index = self.layout.index_holding(entry.blocked)?;
        let period = self.layout.number_of(index)?;
        Some(Cell {
            unit: entry.unit,
            period,
        })
    }
}

fn head(board: &Board, stamp: &Digest) -> Writer {
    let layout = &board.layout;
    let (family, period) = layout.document.to_parts();
    let mut out = Writer::new();
    out.array(6)
        .uint(VERSION)
        .bytes(&stamp.0)
        .bytes(&layout.catalogue.0);
    out.array(2).uint(family.into()).uint(period.into());
    out.uint(u64::from(layout.day_start.get()));
    out
}

fn put(entry: &Entry, to: &mut Vec<u8>) {
    let before = entry.interval.start().minutes_since(entry.blocked.start());
    let after = entry.blocked.end().minutes_since(entry.interval.end());
    let buffer = |minutes: i32| u16::try_from(minutes).unwrap_or_default().to_le_bytes();
    let (kind, cause) = match entry.kind {
        EntryKind::Confirmed => (0_u8, 0),
        EntryKind::CheckedIn => (1, 0),
        EntryKind::Leaving => (2, 0),
        EntryKind::Occupied { cause } => (3, cause.number()),
        EntryKind::Expected => (4, 0),
    };
    to.extend(entry.unit.0.to_le_bytes());
    to.extend(entry.interval.start().get().to_le_bytes());
    to.extend(entry.interval.minutes().to_le_bytes());
    to.extend(buffer(before));
    to.extend(buffer(after));
    to.push(kind);
    to.extend(cause.to_le_bytes());
}

fn take(row: &[u8; ROW]) -> Option<Entry> {
    let (unit, row) = row.split_first_chunk::<4>()?;
    let (start, row) = row.split_first_chunk::<4>()?;
    let (minutes, row) = row.split_first_chunk::<4>()?;
    let (before, row) = row.split_first_chunk::<2>()?;
    let (after, row) = row.split_first_chunk::<2>()?;
    let (kind, cause) = row.split_first()?;
    let cause = u16::from_le_bytes(cause.try_into().ok()?);
    let kind = match (kind, cause) {
        (0, 0) => EntryKind::Confirmed,
        (1, 0) => EntryKind::CheckedIn,
        (2, 0) => EntryKind::Leaving,
        (3, number) => EntryKind::Occupied {
            cause: Cause::from_number(number),
        },
        (4, 0) => EntryKind::Expected,
        _ => return None,
    };
    let start = CivilMinute::new(i64::from(i32::from_le_bytes(*start))).ok()?;
    let end = start.plus(i32::from_le_bytes(*minutes)).ok()?;
    let blocked_from = start.plus(-i32::from(u16::from_le_bytes(*before))).ok()?;
    let blocked_to = end.plus(i32::from(u16::from_le_bytes(*after))).ok()?;
    Some(Entry {
        interval: Interval::new(start, end).ok()?,
        blocked: Interval::new(blocked_from, blocked_to).ok()?,
        unit: UnitId(u32::from_le_bytes(*unit)),
        kind,
    })
}
