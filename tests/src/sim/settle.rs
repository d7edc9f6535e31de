//! Everything is mended, everybody meets until nobody has anything new, and then everybody must agree.

use super::node::Node;
use super::op::{Weather, Who};
use super::violation::Violation;
use super::world::World;
use allkontor_core::id::{Digest, StatementId};
use allkontor_core::replica::{Replica, Standing};
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::Document;
use allkontor_core::time::{DayStart, OfficeDay, Timestamp};
use allkontor_core::view::Awaits;
use std::collections::{BTreeMap, BTreeSet};

/// Rounds in which everybody meets the office: news goes round in three or four.
const ROUNDS: usize = 16;

/// The office as one device has it.
#[derive(Debug, PartialEq, Eq)]
struct Picture {
    authority: Option<StatementId>,
    documents: BTreeMap<Document, Digest>,
}

impl World {
    /// Lets the office come to rest, and looks it over.
    pub(super) fn settle(&mut self) -> Result<(), Violation> {
        self.counts.add("settled", 1);
        self.mend();
        self.power_back()?;
        self.hang_up_all()?;
        let office = self.stewards();
        for who in &office {
            let may = ["not_a_steward", "recovering"];
            self.on(*who, &may, |device, now| device.confirm_clock(now))?;
        }
        for round in 0.. {
            let before = (self.news(), self.kinds());
            self.everybody_meets(&office)?;
            if self.news() == before.0 {
                break;
            }
            if round == ROUNDS {
                let news = self.news();
                let names = self.nodes.values().map(|node| node.name);
                let news = before
                    .0
                    .iter()
                    .zip(&news)
                    .zip(names)
                    .filter(|((a, b), _)| a != b);
                let whose: Vec<&str> = news.map(|(_, name)| name).collect();
                let more = self
                    .kinds()
                    .into_iter()
                    .filter(|(kind, n)| before.1.get(kind) != Some(n));
                let more: Vec<_> = more
                    .map(|(kind, n)| (kind, before.1.get(kind).copied(), n))
                    .collect();
                let how = format!(
                    "after {ROUNDS} rounds in which everybody met {whose:?} have news: {more:?}"
                );
                return Err(Violation::new("the office does not come to rest", how));
            }
        }
        self.all_agree()?;
        office.iter().try_for_each(|who| self.all_is_decided(*who))
    }

    fn stewards(&self) -> Vec<Who> {
        let stewards = self
            .nodes
            .iter()
            .filter(|(_, node)| node.part.is_of_the_office());
        stewards.map(|(who, _)| *who).collect()
    }

    fn news(&mut self) -> Vec<u64> {
        let devices = self.nodes.values_mut().filter_map(|node| node.device());
        devices.map(|device| device.news()).collect()
    }

    /// How many statements of each kind the first device has.
    fn kinds(&mut self) -> BTreeMap<&'static str, usize> {
        let mut kinds = BTreeMap::new();
        let first = self
            .nodes
            .values_mut()
            .next()
            .and_then(|node| node.device());
        let picture = first.and_then(|device| device.picture().ok());
        for fold in picture
            .iter()
            .flat_map(|p| p.documents().into_iter().filter_map(|d| p.fold(d)))
        {
            for statement in fold.statements().values() {
                *kinds.entry(statement.body().name()).or_default() += 1;
            }
        }
        kinds
    }

    fn everybody_meets(&mut self, office: &[Who]) -> Result<(), Violation> {
        let all: Vec<Who> = self.nodes.keys().copied().collect();
        for steward in office {
            for other in all
                .iter()
                .filter(|other| !office.contains(other) || *other > steward)
            {
                self.meet(*other, *steward, Weather::FAIR)?;
            }
            self.on(*steward, &[], |device, now| device.tick(now))?;
        }
        Ok(())
    }

    /// Equal digests, of whatever both follow.
    fn all_agree(&mut self) -> Result<(), Violation> {
        let whole: Vec<Who> = self.nodes.keys().copied().collect();
        let mut reference: Option<(&'static str, Picture)> = None;
        for who in whole {
            let Some(node) = self.nodes.get(&who) else {
                continue;
            };
            let (name, part, aside) = (node.name, node.part, node.machine.put_aside());
            if aside > 0 {
                // Two power cuts around one envelope: this device goes on without it, and says so.
                self.counts.add("quarantined", 1);
                continue;
            }
            let Some(picture) = self.picture_of(who, part.is_of_the_office())? else {
                continue;
            };
            let Some((first, expected)) = &reference else {
                reference = Some((name, picture));
                continue;
            };
            if picture.authority != expected.authority {
                let how = format!("{name} beside {first}");
                return Err(Violation::new(
                    "two devices know different authorities",
                    how,
                ));
            }
            for (document, digest) in &picture.documents {
                if expected
                    .documents
                    .get(document)
                    .is_some_and(|other| other != digest)
                {
                    let how = format!("{name} beside {first}: {document}");
                    return Err(Violation::new("two devices see different pictures", how));
                }
            }
            let missing = expected
                .documents
                .keys()
                .find(|d| !picture.documents.contains_key(d));
            if let Some(document) = missing.filter(|_| part.is_of_the_office()) {
                let how = format!("{name} beside {first}: {document}");
                return Err(Violation::new("a device lacks a document", how));
            }
        }
        self.counts.add("agreed", 1);
        Ok(())
    }

    /// What a device makes of the documents that it follows.
    fn picture_of(&mut self, who: Who, all: bool) -> Result<Option<Picture>, Violation> {
        self.on(who, &[], |device, now| {
            let picture = device.picture()?;
            let follows = if all {
                None
            } else {
                Some(followed(picture, now))
            };
            let documents = picture.documents().into_iter();
            let documents = documents.filter(|d| follows.as_ref().is_none_or(|f| f.contains(d)));
            let digest = |document| Some((document, picture.document_digest(document)?));
            Ok(Picture {
                authority: picture.authority().map(|authority| authority.head().id),
                documents: documents.filter_map(digest).collect(),
            })
        })
    }

    /// Every request that a device has heard of is decided, or waits with a reason: a good one, when every device of the
    /// office is well.
    fn all_is_decided(&mut self, who: Who) -> Result<(), Violation> {
        let well = self.is_office_well()?;
        let name = self.nodes.get(&who).map_or("", |node| node.name);
        let left = self.on(who, &[], |device, now| {
            let picture = device.picture()?;
            if !matches!(picture.standing(), Standing::Steward(_)) {
                return Ok(Vec::new());
            }
            let mut left = Vec::new();
            for document in picture.documents() {
                let outlooks = picture.forecast(document).into_iter();
                for key in outlooks.flat_map(|forecast| forecast.outlooks().keys()) {
                    left.extend(left_lying(picture, document, key, now, well));
                }
            }
            Ok(left)
        })?;
        match left.into_iter().flatten().next() {
            Some((what, how)) => Err(Violation::new(what, format!("{name}: {how}"))),
            None => Ok(()),
        }
    }

    /// Whether every device of the office decides, is honest, and has taken in all it was sent.
    fn is_office_well(&mut self) -> Result<bool, Violation> {
        let mut well = true;
        for who in self.stewards() {
            let standing = self.on(who, &[], |device, _| device.standing())?;
            well &= matches!(standing, Some(Standing::Steward(_)));
            let node = self.nodes.get(&who);
            let sound = |node: &Node| {
                !self.faithless.contains(&node.public()) && node.machine.put_aside() == 0
            };
            well &= node.is_some_and(sound);
        }
        Ok(well)
    }
}

/// The documents that a visitor's device follows: this month's, the next one's, and where it has bookings.
fn followed(picture: &Replica, now: Timestamp) -> BTreeSet<Document> {
    let Ok(minute) = picture.civil(now) else {
        return BTreeSet::new();
    };
    let month = OfficeDay::of(minute, DayStart::default()).month();
    let agenda = picture.agenda();
    let own = agenda
        .iter()
        .filter_map(|entry| picture.slot_of(entry.booking));
    let own = own.map(|(document, _)| document);
    own.chain([Document::Ledger(month), Document::Ledger(month.next())])
        .collect()
}

/// What is wrong with a request being undecided, if anything is.
fn left_lying(
    picture: &Replica,
    document: Document,
    key: &SlotKey,
    now: Timestamp,
    well: bool,
) -> Option<(&'static str, String)> {
    let explained = picture.explain_slot(document, key, now)?;
    let told = format!(
        "booking {} slot {} in {document} awaits {:?}",
        key.ticket, key.slot, explained.awaits
    );
    let mute = || {
        let mut options = explained.options.iter();
        options.any(|option| option.obstacles.is_empty() && option.rules.is_empty())
    };
    match &explained.awaits {
        None => Some(("a request waits for nothing", told)),
        Some(Awaits::Place { .. }) => mute().then_some(("a request waits for no reason", told)),
        Some(Awaits::Window { .. } | Awaits::Arrival) => None,
        Some(_) => well.then_some(("a request that fits is left lying", told)),
    }
}
