//! The text of an event, written by several people.

use super::organisers::Editor;
use super::{Outcome, Replica};
use crate::command::EventError;
use crate::document::{Patch, Prose, Revision};
use crate::error::Error;
use crate::id::StatementId;
use crate::limits::{MAX_EDITS_AFTER, MAX_EVENT_TEXT};
use crate::resolve::{EventRecord, EventStage, SlotKey};
use crate::statement::Edit;
use crate::time::Timestamp;
use std::collections::BTreeMap;

impl Replica {
    /// The text of an event with all edits that are here, and the proposal that it began with; `None` when that has not
    /// come, or was erased.
    pub(super) fn prose(&self, event: &EventRecord) -> Option<(StatementId, Prose)> {
        let (proposal, content) = event.content()?;
        let first = std::str::from_utf8(self.text(&content.text)?).ok()?;
        let edits = event.edits.iter();
        let edits = edits.filter(|(_, edit)| edit.proposal == proposal);
        let here = edits.filter_map(|(id, edit)| {
            let patch = Patch::from_bytes(self.text(&edit.patch)?).ok()?;
            let after = edit.after.clone();
            Some((*id, Revision { after, patch }))
        });
        let here: BTreeMap<StatementId, Revision> = here.collect();
        Some((proposal, Prose::of(proposal, first, &here)?))
    }

    /// Writes an event's text anew: what is different travels, and is put together with what others write meanwhile.
    pub(super) fn edit_event(
        &mut self,
        now: Timestamp,
        key: SlotKey,
        text: &str,
    ) -> Result<Outcome, Error> {
        let document = self.find_event(&key)?;
        let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
        let unknown = EventError::Unknown { key };
        let (fold, record) = fold
            .and_then(|fold| Some((fold, fold.resolved().events.get(&key)?)))
            .ok_or(unknown)?;
        if fold.event_stage(&key).is_none_or(EventStage::is_over) {
            return Err(EventError::NotOpen { key }.into());
        }
        let bytes = text.len();
        if bytes > MAX_EVENT_TEXT.into() {
            return Err(EventError::TextTooLong { bytes }.into());
        }
        if text.lines().next().unwrap_or_default().trim().is_empty() {
            return Err(EventError::NoTitle.into());
        }
        let missing = EventError::TextMissing { key };
        let (proposal, known) = self.prose(record).ok_or(missing)?;
        let patch = Patch::between(&known.text, text);
        if patch.is_empty() {
            return Ok(Outcome::Done);
        }
        let patch = patch.to_bytes();
        let length = u16::try_from(patch.len())
            .ok()
            .filter(|l| *l <= MAX_EVENT_TEXT);
        let bytes = patch.len();
        let length = length.ok_or(EventError::TextTooLong { bytes })?;
        let Editor {
            key: signer,
            appoint,
        } = self.editor(document, fold, &key);
        if fold
            .edits(&signer.public(), &proposal, appoint.as_ref())
            .is_none()
        {
            return Err(EventError::NotAnOrganiser { key }.into());
        }
        let edit = Edit {
            proposal,
            after: known.heads.into_iter().take(MAX_EDITS_AFTER).collect(),
            patch: self.take_text(&patch),
            length,
            claimed: self.civil(now)?,
            appoint,
        };
        let edit = self.say(&signer, document, edit)?;
        self.carry(edit);
        Ok(Outcome::Done)
    }
}
