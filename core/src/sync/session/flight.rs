use super::super::ItemKind;
use super::super::wire::{Bytes, Frame, Items, Message};
use super::turn::Turn;
use crate::limits::{MAX_FLIGHT_BYTES, MAX_ITEMS_PER_MESSAGE, MAX_MESSAGE_BYTES};
use std::sync::Arc;

/// What a message's own fields take at most, items left aside.
const OVERHEAD: usize = 256;
/// What each item takes beside its bytes: the head of a byte string.
const PER_ITEM: usize = 9;
/// The longest item that travels whole.
pub(super) const MAX_WHOLE: usize = MAX_MESSAGE_BYTES - OVERHEAD - PER_ITEM;

/// The messages of one turn.
#[derive(Debug)]
pub(super) struct Flight {
    messages: Vec<Message>,
    bytes: usize,
    open: Items,
    open_bytes: usize,
    open_items: usize,
}

impl Flight {
    pub(super) fn new() -> Self {
        Self {
            messages: Vec::new(),
            bytes: 0,
            open: Items::none(),
            open_bytes: 0,
            open_items: 0,
        }
    }

    /// Bytes that may still be sent before the peer's answer.
    pub(super) fn room(&self) -> usize {
        MAX_FLIGHT_BYTES.saturating_sub(self.bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.open.is_empty()
    }

    /// Adds a message that is not items, of about `bytes` bytes.
    pub(super) fn push(&mut self, message: Message, bytes: usize) {
        self.flush();
        self.messages.push(message);
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// Adds an item of at most [`MAX_WHOLE`] bytes.
    pub(super) fn item(&mut self, kind: ItemKind, bytes: Arc<[u8]>) {
        let size = bytes.len().saturating_add(PER_ITEM);
        let full = self.open_bytes.saturating_add(size) > MAX_MESSAGE_BYTES - OVERHEAD;
        if full || self.open_items >= MAX_ITEMS_PER_MESSAGE {
            self.flush();
        }
        self.open.list(kind).push(Bytes(bytes));
        self.open_items = self.open_items.saturating_add(1);
        self.open_bytes = self.open_bytes.saturating_add(size);
        self.bytes = self.bytes.saturating_add(size);
    }

    fn flush(&mut self) {
        if !self.open.is_empty() {
            self.messages.push(Message::Items(std::mem::replace(
                &mut self.open,
                Items::none(),
            )));
        }
        self.open_bytes = 0;
        self.open_items = 0;
    }

    /// The messages, the last one marked as the end.
    pub(super) fn encode(mut self, turn: &mut Turn, more: bool) -> Vec<Vec<u8>> {
        self.flush();
        let last = self.messages.len().saturating_sub(1);
        let frame = |(index, message)| {
            let frame = Frame {
                seq: turn.next_seq(),
                end: index == last,
                more: index == last && more,
                ack: turn.ack(),
                message,
            };
            frame.encode()
        };
        self.messages.into_iter().enumerate().map(frame).collect()
    }
}
