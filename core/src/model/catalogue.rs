use super::{
    CellSpan, Class, Commons, Composite, CompositeId, Feature, Guidelines, Host, Hours, Kind,
    Partner, PartnerId, Profile, Rule, Tariff, Text, Unit, cover, wire,
};
use crate::id::{ClassId, ConditionId, Digest, FeatureId, UnitId};
use crate::time::{DayStart, Interval, OfficeDay};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a catalogue says, free to edit: [`Catalogue::new`] checks it and freezes it.
///
/// Fields that this version does not know are skipped when read, so that an old app can read a new catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// Who and where.
    pub profile: Profile,
    /// When.
    #[serde(default)]
    pub hours: Hours,
    /// Features that units may have.
    #[serde(default)]
    pub features: BTreeMap<FeatureId, Feature>,
    /// Features of the premises as a whole, which every unit has besides its own: a lift, a quiet house.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub premises: BTreeSet<FeatureId>,
    /// Classes with their rules.
    #[serde(default)]
    pub classes: BTreeMap<ClassId, Class>,
    /// Units, each of one class.
    #[serde(default)]
    pub units: BTreeMap<UnitId, Unit>,
    /// Units that are booked together.
    #[serde(default)]
    pub composites: BTreeMap<CompositeId, Composite>,
    /// When a unit or the whole office is shut.
    #[serde(default)]
    pub closures: Vec<Closure>,
    /// What can be noted of a thing that is lent: "scratched", "charger missing".
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub conditions: BTreeMap<ConditionId, Text>,
    /// The code of conduct; `None` when there is none to accept.
    #[serde(default)]
    pub guidelines: Option<Guidelines>,
    /// What things cost; `None` where nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tariff: Option<Tariff>,
    /// Who may hold events.
    #[serde(default, skip_serializing_if = "Events::is_usual")]
    pub events: Events,
    /// Suggestions and the notice board; `None` where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commons: Option<Commons>,
    /// Whether the office keeps a roster: how people are reached who want to be, for the staff alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub roster: bool,
    /// Who else is in the house.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub partners: BTreeMap<PartnerId, Partner>,
    /// Offices that have agreed to take this one's people when it is closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<Host>,
}

/// What the office says about events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Events {
    /// Who lets them take place.
    pub approval: Approval,
}

impl Events {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// Who lets an event take place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// Anybody may propose one, and somebody at the office says yes or no.
    #[default]
    Office,
    /// Staff alone hold events.
    Staff,
    /// Anybody may hold one where there is room.
    Nobody,
}

/// A dated shutting.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Closure {
    /// From when to when.
    #[serde(with = "wire::interval")]
    pub interval: Interval,
    /// The unit; `None` for the whole office, which leaves rented lockers with their renters.
    #[serde(default)]
    pub unit: Option<UnitId>,
    /// Why, for everyone to read.
    #[serde(default)]
    pub reason: Text,
}

/// The published description of an office: checked, frozen, named by the hash of its bytes.
///
/// ```
/// use allkontor_core::model::Catalogue;
/// let bytes = br#"{"profile": {"name": {"sv": "Kontoret"}, "languages": ["sv"], "zone": "Europe/Stockholm",
///     "operator": "library", "duration": {"kind": "permanent"},
///     "address": {"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": "SE"}}}"#;
/// let office = Catalogue::from_bytes(bytes).unwrap();
/// assert_eq!(office.profile().name.in_language("sv"), "Kontoret");
/// assert_eq!(office.to_bytes(), bytes);
/// ```
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub(super) parts: Parts,
    pub(super) bytes: Arc<[u8]>,
    pub(super) hash: Digest,
}

/// Catalogues are equal when their bytes are.
impl PartialEq for Catalogue {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Catalogue {}

impl Catalogue {
    /// Everything it says.
    pub const fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Who and where.
    pub const fn profile(&self) -> &Profile {
        &self.parts.profile
    }

    /// What things cost; `None` where nothing does.
    pub const fn tariff(&self) -> Option<&Tariff> {
        self.parts.tariff.as_ref()
    }

    /// A unit.
    pub fn unit(&self, unit: UnitId) -> Option<&Unit> {
        self.parts.units.get(&unit)
    }

    /// What a unit has: its own features, and those of the premises. Empty for a unit that is not in the catalogue.
    pub fn features_of(&self, unit: UnitId) -> BTreeSet<FeatureId> {
        let own = self.unit(unit).map(|unit| &unit.features);
        own.map_or_else(BTreeSet::new, |own| own | &self.parts.premises)
    }

    /// A class.
    pub fn class(&self, class: ClassId) -> Option<&Class> {
        self.parts.classes.get(&class)
    }

    /// Whether somebody who has accepted that version of the guidelines may ask for a unit on that day.
    pub fn check_acceptance(
        &self,
        unit: UnitId,
        day: OfficeDay,
        accepted: Option<u32>,
    ) -> Result<(), Rule> {
        let class = self.class_of(unit);
        let asks = class.is_some_and(|class| class.rules.accepted_guidelines);
        let guidelines = self.parts.guidelines.as_ref().filter(|_| asks);
        let version = guidelines.and_then(|guidelines| guidelines.on(day));
        match version.filter(|version| accepted.is_none_or(|accepted| accepted < *version)) {
            Some(version) => Err(Rule::Guidelines { version, accepted }),
            None => Ok(()),
        }
    }

    /// Whether somebody may ask for a unit who was shown round, or was not.
    pub fn check_introduction(&self, unit: UnitId, introduced: bool) -> Result<(), Rule> {
        let reserved = self.class_of(unit).filter(|_| !introduced);
        let reserved = reserved.is_some_and(|class| class.rules.introduced_only);
        match self.unit(unit).filter(|_| reserved) {
            Some(unit) => Err(Rule::Introduction { class: unit.class }),
            None => Ok(()),
        }
    }

    /// The class of a unit.
    pub fn class_of(&self, unit: UnitId) -> Option<&Class> {
        self.class(self.unit(unit)?.class)
    }

    /// Whether a unit is a seat, which is for whoever comes to an event and for nothing else.
    pub fn is_seat(&self, unit: UnitId) -> bool {
        let class = self.class_of(unit);
        class.is_some_and(|class| class.kind == Kind::Seat)
    }

    /// Whether anything is rented by the year.
    pub fn rents(&self) -> bool {
        let mut classes = self.parts.classes.values();
        classes.any(|class| class.cells == CellSpan::Year)
    }

    /// The units that a composite takes together, in order; one option of a request holds all of them.
    pub fn expand(&self, composite: CompositeId) -> Option<Vec<UnitId>> {
        self.parts
            .composites
            .get(&composite)
            .map(|whole| whole.units.iter().copied().collect())
    }

    /// When the office is open in an office day: hours less closures, and nothing outside a temporary office's days.
    pub fn open(&self, day: OfficeDay, day_start: DayStart) -> Vec<Interval> {
        let open = if self.parts.profile.duration.includes(day) {
            self.parts.hours.open(day, day_start)
        } else {
            Vec::new()
        };
        cover::difference(
            &open,
            &self.shut(day.interval(day_start), |unit| unit.is_none()),
        )
    }

    /// When somebody is there to help; always inside [`Catalogue::open`].
    pub fn staffed(&self, day: OfficeDay, day_start: DayStart) -> Vec<Interval> {
        cover::intersection(
            &self.parts.hours.staffed(day, day_start),
            &self.open(day, day_start),
        )
    }

    /// When a hold on a unit may lie in an office day: empty for units nobody can book.
    pub fn bookable(&self, unit: UnitId, day: OfficeDay, day_start: DayStart) -> Vec<Interval> {
        let whole = day.interval(day_start);
        let open = match (self.unit(unit), self.class_of(unit)) {
            (Some(u), Some(class)) if u.bookable => match class.cells {
                CellSpan::Day => self.open(day, day_start),
                CellSpan::Year if self.parts.profile.duration.includes(day) => vec![whole],
                CellSpan::Year => Vec::new(),
            },
            _ => Vec::new(),
        };
        cover::difference(&open, &self.shut(whole, |closed| closed == Some(unit)))
    }

    fn shut(&self, within: Interval, whose: impl Fn(Option<UnitId>) -> bool) -> Vec<Interval> {
        let closures = self
            .parts
            .closures
            .iter()
            .filter(|closure| whose(closure.unit));
        cover::union(
            closures
                .map(|closure| closure.interval)
                .filter(|shut| shut.overlaps(within))
                .collect(),
        )
    }
}
