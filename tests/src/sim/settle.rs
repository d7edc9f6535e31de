//! Everything is mended, everybody meets until nobody has anything new, and then everybody must agree.

use super::op::{Weather, Who};
use super::violation::Violation;
use super::world::World;
use allkontor_core::id::{Digest, StatementId};
use allkontor_core::model::Policy;
use allkontor_core::replica::{Replica, Standing};
use allkontor_core::resolve::{Holding, Outlook, SlotKey};
use allkontor_core::statement::Document;
use allkontor_core::time::{CivilMinute, DayStart, OfficeDay, Timestamp};
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

    /// Every request that a living decider has heard of is decided, or waits with a reason.
    fn all_is_decided(&mut self, who: Who) -> Result<(), Violation> {
        let name = self.nodes.get(&who).map_or("", |node| node.name);
        let left = self.on(who, &[], |device, now| {
            let picture = device.picture()?;
            if !matches!(picture.standing(), Standing::Steward(_)) {
                return Ok(Vec::new());
            }
            let mut left = Vec::new();
            for document in picture.documents() {
                let outlooks = picture
                    .forecast(document)
                    .into_iter()
                    .flat_map(|f| f.outlooks());
                for (key, outlook) in outlooks {
                    left.extend(left_lying(picture, document, key, outlook, now));
                }
            }
            Ok(left)
        })?;
        match left.into_iter().flatten().next() {
            Some((what, how)) => Err(Violation::new(what, format!("{name}: {how}"))),
            None => Ok(()),
        }
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
    outlook: &Outlook,
    now: Timestamp,
) -> Option<(&'static str, String)> {
    let fold = picture.fold(document)?;
    if fold.decider(&key.ticket) != Some(Holding::Held(picture.public_key())) {
        return None;
    }
    let told = format!("booking {} slot {} in {document}", key.ticket, key.slot);
    let minute = picture.civil(now).ok()?;
    let holds = outlook.place.holds();
    if holds.is_empty() {
        let explained = picture.explain_slot(document, key, now)?;
        let mute = explained
            .options
            .iter()
            .any(|o| o.obstacles.is_empty() && o.rules.is_empty());
        return mute.then(|| {
            (
                "a request waits for no reason",
                format!("{told}: {explained:?}"),
            )
        });
    }
    let ripe = holds
        .iter()
        .all(|hold| is_ripe(picture, hold.unit, hold.interval().start(), minute));
    // Whoever has not come by now was not told in time, and nobody is sent away for that.
    let late = holds.iter().any(|hold| hold.interval().start() <= minute);
    (ripe && !late).then(|| {
        (
            "a request that fits is left lying",
            format!("{told}: {outlook:?}"),
        )
    })
}

fn is_ripe(
    picture: &Replica,
    unit: allkontor_core::id::UnitId,
    start: CivilMinute,
    now: CivilMinute,
) -> bool {
    let rules = picture
        .catalogue()
        .and_then(|catalogue| catalogue.class_of(unit))
        .map(|class| &class.rules);
    match rules.map(|rules| (rules.policy, rules)) {
        None => false,
        Some((Policy::OnSight, _)) => true,
        Some((Policy::Window { minutes }, rules)) => {
            let opens = rules.opens(OfficeDay::of(start, DayStart::default()));
            now >= opens.saturating_plus(i32::try_from(minutes).unwrap_or(i32::MAX))
        }
    }
}
