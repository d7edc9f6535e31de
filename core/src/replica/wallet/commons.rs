//! What a person has written to the commons and no ticket has come for, and the tickets that they write with.

use super::{Pen, Wallet, WireDocument, ticket_key};
use crate::id::{Digest, StatementId};
use crate::resolve::SlotKey;
use crate::statement::{
    Answers, Body, Document, Keypair, NoticeKind, Post, Suggest, Support, Words,
};
use crate::time::{CivilMinute, OfficeDay};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Drafts, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Unsaid {
    next: u64,
    drafts: BTreeMap<u64, SayDraft>,
}

/// Something that is to be said as soon as there is a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SayDraft {
    document: WireDocument,
    claimed: i32,
    says: Says,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Says {
    Suggest {
        text: String,
        length: u16,
    },
    Support {
        suggestion: String,
    },
    Post {
        notice: u16,
        text: String,
        length: u16,
        last: i32,
        answers: u16,
    },
}

/// What is to be said, before it has its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saying {
    Suggest {
        text: Words,
    },
    Support {
        suggestion: StatementId,
    },
    Post {
        notice: NoticeKind,
        text: Words,
        last: OfficeDay,
        answers: Answers,
    },
}

impl Unsaid {
    pub(crate) fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }
}

impl Saying {
    /// What a statement says, and when.
    pub(crate) const fn of(body: &Body) -> Option<(Self, CivilMinute)> {
        Some(match body {
            Body::Suggest(Suggest { text, claimed, .. }) => {
                (Self::Suggest { text: *text }, *claimed)
            }
            Body::Support(support) => {
                let suggestion = support.suggestion;
                (Self::Support { suggestion }, support.claimed)
            }
            Body::Post(post) => {
                let saying = Self::Post {
                    notice: post.notice,
                    text: post.text,
                    last: post.last,
                    answers: post.answers,
                };
                (saying, post.claimed)
            }
            _ => return None,
        })
    }

    /// The text that it has.
    pub(crate) const fn words(&self) -> Option<Words> {
        match self {
            Self::Suggest { text } | Self::Post { text, .. } => Some(*text),
            Self::Support { .. } => None,
        }
    }

    /// The statement that says it.
    pub(crate) fn body(self, key: SlotKey, claimed: CivilMinute) -> Body {
        let SlotKey { ticket, slot } = key;
        match self {
            Self::Suggest { text } => Body::from(Suggest {
                ticket,
                slot,
                text,
                claimed,
            }),
            Self::Support { suggestion } => Body::from(Support {
                ticket,
                slot,
                suggestion,
                claimed,
            }),
            Self::Post {
                notice,
                text,
                last,
                answers,
            } => Body::from(Post {
                ticket,
                slot,
                notice,
                text,
                last,
                answers,
                claimed,
            }),
        }
    }

    fn kept(self) -> Says {
        match self {
            Self::Suggest { text } => Says::Suggest {
                text: text.hash.to_string(),
                length: text.length,
            },
            Self::Support { suggestion } => Says::Support {
                suggestion: suggestion.to_string(),
            },
            Self::Post {
                notice,
                text,
                last,
                answers,
            } => Says::Post {
                notice: notice.number(),
                text: text.hash.to_string(),
                length: text.length,
                last: last.get(),
                answers: answers.number(),
            },
        }
    }
}

impl Says {
    fn saying(&self) -> Option<Saying> {
        let words = |hash: &str, length: u16| {
            let hash = Digest::from_hex(hash)?;
            Some(Words { hash, length })
        };
        Some(match self {
            Self::Suggest { text, length } => Saying::Suggest {
                text: words(text, *length)?,
            },
            Self::Support { suggestion } => Saying::Support {
                suggestion: StatementId::from_hex(suggestion)?,
            },
            Self::Post {
                notice,
                text,
                length,
                last,
                answers,
            } => Saying::Post {
                notice: NoticeKind::from_number(*notice),
                text: words(text, *length)?,
                last: OfficeDay::new(i64::from(*last))?,
                answers: Answers::from_number(*answers),
            },
        })
    }
}

/// A draft, as it was kept.
pub(crate) struct Kept {
    pub(crate) number: u64,
    pub(crate) document: Document,
    pub(crate) claimed: CivilMinute,
    pub(crate) saying: Saying,
}

/// What a statement in the commons told the wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// It is not ours, or was known.
    Nothing,
    /// The slot is used.
    News,
    /// This device said something else there, in that statement: another device used the slot too.
    Rival(StatementId),
}

impl Wallet {
    /// Keeps what is to be said; its number.
    pub(crate) fn keep_saying(
        &mut self,
        document: Document,
        saying: Saying,
        claimed: CivilMinute,
    ) -> u64 {
        let number = self.unsaid.next;
        self.unsaid.next = number.saturating_add(1);
        let draft = SayDraft {
            document: document.to_parts(),
            claimed: claimed.get(),
            says: saying.kept(),
        };
        self.unsaid.drafts.insert(number, draft);
        number
    }

    /// What is still to be said, oldest first.
    pub(crate) fn sayings(&self) -> Vec<Kept> {
        let drafts = self.unsaid.drafts.iter();
        let read = drafts.filter_map(|(number, draft)| {
            let (tag, period) = draft.document;
            Some(Kept {
                number: *number,
                document: Document::from_parts(tag, period).ok()?,
                claimed: CivilMinute::new(draft.claimed.into()).ok()?,
                saying: draft.says.saying()?,
            })
        });
        read.collect()
    }

    /// Forgets a draft: it is said, or not wanted any more. Whether there was one.
    pub(crate) fn drop_saying(&mut self, number: u64) -> bool {
        self.unsaid.drafts.remove(&number).is_some()
    }

    /// Forgets the drafts of a document that was dropped; whether there were any.
    pub(super) fn forget_sayings(&mut self, document: Document) -> bool {
        let before = self.unsaid.drafts.len();
        let wire = document.to_parts();
        let drafts = &mut self.unsaid.drafts;
        drafts.retain(|_, draft| draft.document != wire);
        before != drafts.len()
    }

    /// The texts of what this device has written and not yet said: proposals of events, suggestions, notices.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (Digest, u16)> + '_ {
        let wanted = self.bookings.values().filter(|entry| entry.slot.is_none());
        let drafts = wanted.filter_map(|entry| entry.draft.event.as_ref());
        let events = drafts.filter_map(|event| Some((event.text()?, event.length())));
        let said = self.unsaid.drafts.values();
        let said = said.filter_map(|draft| draft.says.saying()?.words());
        events.chain(said.map(|words| (words.hash, words.length)))
    }

    /// Takes a slot of the ticket that the person writes to a commons document with. It lasts the year through; of several
    /// the one that was asked for first. Devices of one person share it, and each begins at another place.
    pub(crate) fn take_commons_slot(&mut self, document: Document, seed: &Keypair) -> Option<Pen> {
        let wire = document.to_parts();
        let begin = u16::from(self.lane.reverse_bits());
        let mut keys = self.keys.iter_mut();
        let (number, key) = keys.find(|(_, key)| {
            let is_full = key.said.len() >= usize::from(key.slots);
            key.document == wire && key.ticket.is_some() && !is_full
        })?;
        let slots = u16::from(key.slots);
        let begin = begin.saturating_mul(slots) >> 8;
        let mut places = (begin..slots).chain(0..begin);
        let slot = places.find_map(|place| {
            let place = u8::try_from(place).ok()?;
            (!key.said.contains_key(&place)).then_some(place)
        })?;
        key.said.insert(slot, None);
        let ticket = StatementId::from_hex(key.ticket.as_deref()?)?;
        Some(Pen {
            key: ticket_key(seed, *number),
            slot: SlotKey { ticket, slot },
            document,
        })
    }

    /// Notes what this device said in a slot of the commons, where others may go by the same keys.
    pub(crate) fn note_saying(&mut self, slot: SlotKey, said: StatementId) {
        let ticket = slot.ticket.to_string();
        let mut keys = self.keys.values_mut();
        if let Some(key) = keys.find(|key| key.ticket.as_ref() == Some(&ticket))
            && self.copied
        {
            key.said.insert(slot.slot, Some(said.to_string()));
        }
    }

    /// Whether a ticket for a commons document is here, or was asked for within a day.
    pub(crate) fn has_commons_ticket(&self, document: Document, now: CivilMinute) -> bool {
        let wire = document.to_parts();
        let mut keys = self.keys.values().filter(|key| key.document == wire);
        keys.any(|key| {
            let ordered = CivilMinute::new(key.ordered.into()).ok();
            key.ticket.is_some() || ordered.is_some_and(|then| !Self::is_stale(then, now))
        })
    }

    /// How many slots the tickets for a commons document had, and how many of them are left; `None` without a ticket.
    pub(crate) fn commons_slots(&self, document: Document) -> Option<(u32, u32)> {
        let wire = document.to_parts();
        let keys = self.keys.values();
        let mut own = keys
            .filter(|key| key.document == wire && key.ticket.is_some())
            .peekable();
        own.peek()?;
        let count = |(all, left): (u32, u32), key: &super::TicketKey| {
            let said = u32::try_from(key.said.len()).unwrap_or(u32::MAX);
            let unused = u32::from(key.slots).saturating_sub(said);
            let all = all.saturating_add(u32::from(key.slots));
            (all, left.saturating_add(unused))
        };
        Some(own.fold((0, 0), count))
    }

    /// The commons documents that this device has asked for a ticket for.
    pub(crate) fn commons_documents(&self) -> impl Iterator<Item = Document> + '_ {
        let keys = self.keys.values().map(|key| key.document);
        let drafts = self.unsaid.drafts.values().map(|draft| draft.document);
        let all = keys.chain(drafts);
        let read = all.filter_map(|(tag, period)| Document::from_parts(tag, period).ok());
        read.filter(|document| matches!(document, Document::Commons(_)))
    }

    /// What is needed to sign for a slot of one of our own tickets.
    pub(crate) fn pen_of(&self, document: Document, slot: SlotKey, seed: &Keypair) -> Option<Pen> {
        let ticket = slot.ticket.to_string();
        let mut keys = self.keys.iter();
        let (number, _) = keys.find(|(_, key)| key.ticket.as_ref() == Some(&ticket))?;
        Some(Pen {
            key: ticket_key(seed, *number),
            slot,
            document,
        })
    }

    /// Notes what was said in a slot of one of our keys, also by another device, or by this phone before it was restored.
    pub(crate) fn hear_saying(&mut self, number: u64, slot: SlotKey, said: StatementId) -> Heard {
        let ticket = slot.ticket.to_string();
        let known = self.keys.get_mut(&number);
        let Some(key) = known.filter(|key| key.ticket.as_ref() == Some(&ticket)) else {
            return Heard::Nothing;
        };
        let mut heard = Heard::Nothing;
        let place = key.said.entry(slot.slot).or_insert_with(|| {
            heard = Heard::News;
            None
        });
        let own = place.as_deref().and_then(StatementId::from_hex);
        if let Some(own) = own.filter(|own| said != *own) {
            heard = Heard::Rival(own);
        }
        heard
    }

    /// Leaves a slot of the commons to another device.
    pub(crate) fn leave_place(&mut self, number: u64, slot: SlotKey) {
        if let Some(key) = self.keys.get_mut(&number) {
            key.said.insert(slot.slot, None);
        }
    }
}
