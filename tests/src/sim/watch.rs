//! What must hold after every event, on every device that it had to do with.

mod agenda;
mod ladder;
mod office;
mod promises;
mod taint;

use super::counts::Counts;
use super::machine::Plant;
use super::op::Who;
use super::violation::Violation;
use super::world::World;
use agenda::{Asked, Line};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::replica::{Alarm, BookingId, Replica};
use allkontor_core::resolve::{Authority, ConfirmState, Fold};
use allkontor_core::statement::Document;
use promises::Promises;
use std::collections::{BTreeMap, BTreeSet};

/// One in so many looks rebuilds what is derived and compares.
const REBUILD_EVERY: u64 = 24;

/// What has been seen so far.
#[derive(Default)]
pub(super) struct Watch {
    seen: BTreeMap<Who, Seen>,
    promises: Promises,
    looks: u64,
    plant: Option<Plant>,
    /// What changed, for people to read; kept only when somebody reads along.
    notes: Option<Vec<String>>,
}

/// What one device has shown.
#[derive(Default)]
struct Seen {
    documents: BTreeMap<Document, Shelf>,
    agenda: BTreeMap<BookingId, Line>,
    alarms: usize,
}

/// A document as one device had it.
struct Shelf {
    authority: (StatementId, usize),
    statements: Vec<StatementId>,
    confirmed: BTreeMap<StatementId, ConfirmState>,
    voids: usize,
}

impl Watch {
    /// Watches from now on. `reading`: somebody reads along.
    pub fn new(plant: Option<Plant>, reading: bool) -> Self {
        Self {
            plant,
            notes: reading.then(Vec::new),
            ..Self::default()
        }
    }

    /// What changed since somebody last asked.
    pub fn notes(&mut self) -> Vec<String> {
        self.notes.as_mut().map(std::mem::take).unwrap_or_default()
    }

    fn note(&mut self, words: impl FnOnce() -> String) {
        if let Some(notes) = &mut self.notes {
            notes.push(words());
        }
    }

    /// Looks at every device that the last event had to do with. Answers with a mark of what was seen.
    pub fn look(&mut self, world: &mut World) -> Result<Vec<u8>, Violation> {
        let mut marks = Vec::new();
        for who in std::mem::take(&mut world.touched) {
            self.look_at(world, who, &mut marks)?;
        }
        Ok(marks)
    }

    /// A device's disk went back in time: what it showed, and what only it knew, may be gone.
    pub fn forget(&mut self, who: Who) {
        self.seen.remove(&who);
        let others: BTreeSet<StatementId> = self
            .seen
            .values()
            .flat_map(|seen| seen.documents.values())
            .flat_map(|shelf| shelf.confirmed.keys().copied())
            .collect();
        self.promises.keep_only(&others);
    }

    fn look_at(
        &mut self,
        world: &mut World,
        who: Who,
        marks: &mut Vec<u8>,
    ) -> Result<(), Violation> {
        let World {
            nodes,
            counts,
            asked,
            changed,
            faithless,
            ..
        } = world;
        let Some(node) = nodes.get_mut(&who).filter(|node| !node.machine.is_dead()) else {
            return Ok(());
        };
        let (name, is_faithless) = (node.name, node.is_faithless);
        let troubled = node.machine.is_troubled();
        let Some(device) = node.device() else {
            return Ok(());
        };
        let alarms: Vec<Alarm> = device.alarms().iter().cloned().collect();
        let picture = match device.picture() {
            Ok(picture) => picture,
            // Bringing the vault up may fail like any other write.
            Err(_) if troubled => return Ok(()),
            Err(error) => {
                return Err(Violation::new(
                    "a device shows nothing",
                    format!("{name}: {error}"),
                ));
            }
        };
        self.looks += 1;
        marks.push(who);
        let of = Of {
            who,
            name,
            faithless,
        };
        self.documents(picture, &of, marks, counts)?;
        self.alarms(&alarms, &of, counts)?;
        if !is_faithless {
            self.agenda(
                picture,
                &of,
                &mut Asked {
                    times: asked,
                    changed,
                },
                counts,
            )?;
        }
        Ok(())
    }

    fn documents(
        &mut self,
        picture: &Replica,
        of: &Of<'_>,
        marks: &mut Vec<u8>,
        counts: &mut Counts,
    ) -> Result<(), Violation> {
        let Some(authority) = picture.authority().cloned() else {
            return Ok(());
        };
        let mut documents: BTreeSet<Document> = picture.documents().into_iter().collect();
        let known = self.seen.entry(of.who).or_default().documents.keys();
        documents.extend(known.copied());
        for document in documents {
            let Some(fold) = picture.fold(document) else {
                if !authority.is_dropped(document) {
                    let how = format!("{}: {document}", of.name);
                    return Err(Violation::new("a document is gone", how));
                }
                let seen = self.seen.entry(of.who).or_default();
                if seen.documents.remove(&document).is_some() {
                    counts.add("documents dropped", 1);
                }
                continue;
            };
            let stamp = (authority.head().id, authority.applied().len());
            let shelf = self
                .seen
                .get(&of.who)
                .and_then(|seen| seen.documents.get(&document));
            let same = shelf.is_some_and(|shelf| {
                shelf.authority == stamp && shelf.statements.len() == fold.statements().len()
            });
            if same {
                continue;
            }
            marks.extend(document.to_parts().1.to_be_bytes());
            marks.extend((fold.statements().len() as u32).to_be_bytes());
            self.document(picture, fold, &authority, of, counts)?;
        }
        Ok(())
    }

    fn document(
        &mut self,
        picture: &Replica,
        fold: &Fold,
        authority: &Authority,
        of: &Of<'_>,
        counts: &mut Counts,
    ) -> Result<(), Violation> {
        let document = fold.document();
        let shelf = self
            .seen
            .get(&of.who)
            .and_then(|seen| seen.documents.get(&document));
        office::nothing_is_lost(fold, shelf.map_or(&[], |shelf| &shelf.statements), of)?;
        office::no_overlap(fold, of)?;
        office::no_honest_fork(fold, of)?;
        if let Some(shelf) = shelf {
            promises::only_along_the_ladder(fold, &shelf.confirmed, of, counts)?;
        }
        let confirmed = promises::confirmed(fold, self.plant);
        let fresh: Vec<StatementId> = match shelf {
            Some(shelf) if self.notes.is_some() => {
                let known: BTreeSet<_> = shelf.statements.iter().collect();
                fold.statements()
                    .keys()
                    .filter(|id| !known.contains(id))
                    .copied()
                    .collect()
            }
            _ => Vec::new(),
        };
        let voids = fold.resolved().void.len();
        counts.add(
            "void confirmations seen",
            voids.saturating_sub(shelf.map_or(0, |s| s.voids)) as u64,
        );
        self.promises.learn(fold, &confirmed, of, counts)?;
        if self.looks.is_multiple_of(REBUILD_EVERY) {
            office::rebuilt(picture, fold, of)?;
            counts.add("rebuilds compared", 1);
        }
        let shelf = Shelf {
            authority: (authority.head().id, authority.applied().len()),
            statements: office::settled(fold),
            confirmed,
            voids,
        };
        self.seen
            .entry(of.who)
            .or_default()
            .documents
            .insert(document, shelf);
        for id in fresh {
            let told = fold
                .statements()
                .get(&id)
                .map(|statement| statement.body().name());
            self.note(|| {
                format!(
                    "{} has a {} in {document}",
                    of.name,
                    told.unwrap_or_default()
                )
            });
        }
        Ok(())
    }

    /// Nobody is accused who did nothing wrong.
    fn alarms(
        &mut self,
        alarms: &[Alarm],
        of: &Of<'_>,
        counts: &mut Counts,
    ) -> Result<(), Violation> {
        let seen = self.seen.entry(of.who).or_default();
        let before = std::mem::replace(&mut seen.alarms, alarms.len());
        counts.add("alarms", alarms.len().saturating_sub(before) as u64);
        for alarm in alarms {
            if let Alarm::Refused {
                signer: Some(signer),
                why,
                ..
            } = alarm
                && !of.faithless.contains(signer)
                && !why.contains("stopped twice")
            {
                let how = format!("{} refuses an envelope: {why}", of.name);
                return Err(Violation::new("an honest device is accused", how));
            }
            let stands_still = matches!(alarm, Alarm::AdminFork { .. } | Alarm::Outdated { .. });
            if stands_still && of.faithless.is_empty() {
                let how = format!("{}: {alarm:?}", of.name);
                return Err(Violation::new("the office stands still", how));
            }
        }
        Ok(())
    }
}

/// Whom a look is at, and who is known not to be honest.
struct Of<'a> {
    who: Who,
    name: &'a str,
    faithless: &'a BTreeSet<PublicKey>,
}
