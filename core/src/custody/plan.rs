use super::Stewards;
use crate::id::{ClassId, PublicKey, UnitId};
use crate::model::Catalogue;
use crate::statement::Family;
use crate::time::OfficeDay;
use std::collections::{BTreeMap, BTreeSet};

/// Days after today that are dealt out too: a weekend without the hub leaves Monday with the front line.
pub(crate) const DEALT_AHEAD: i32 = 3;

/// Who should hold which cell: today and the next three days are dealt out to the front line, what comes later is the
/// hub's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    dealt: BTreeMap<UnitId, PublicKey>,
    hub: Option<PublicKey>,
    today: OfficeDay,
}

impl Plan {
    /// Deals out the catalogue's units.
    ///
    /// Units that the catalogue books together go together. Otherwise each unit in turn, by class and number, goes to
    /// the device that has the fewest of its class, then the fewest of all, then was certified first: so a class with
    /// as many units as there are devices leaves none of them without.
    pub fn new(catalogue: &Catalogue, stewards: &Stewards, today: OfficeDay) -> Self {
        let mut plan = Self {
            dealt: BTreeMap::new(),
            hub: stewards.hub(),
            today,
        };
        let mut held: BTreeMap<(PublicKey, Option<ClassId>), usize> = BTreeMap::new();
        for units in together(catalogue) {
            let class_of = |unit: &UnitId| catalogue.unit(*unit).map(|unit| unit.class);
            let class = units.first().and_then(class_of);
            let has = |device: &PublicKey, class| held.get(&(*device, class)).copied();
            let least = stewards
                .front()
                .iter()
                .min_by_key(|device| (has(device, class), has(device, None)));
            let Some(device) = least.copied() else {
                break;
            };
            for unit in units {
                for class in [class_of(&unit), None] {
                    let count = held.entry((device, class)).or_default();
                    *count = count.saturating_add(1);
                }
                plan.dealt.insert(unit, device);
            }
        }
        plan
    }

    /// Who should hold a unit on a day (as a number), or in a year. `None`: whoever holds it keeps it.
    pub fn share(&self, unit: UnitId, family: Family, period: i32) -> Option<PublicKey> {
        match family {
            Family::Storage => self.dealt.get(&unit).copied(),
            Family::Ledger if period < self.today.get() => None,
            Family::Ledger if period <= self.today.plus(DEALT_AHEAD).get() => {
                self.dealt.get(&unit).copied()
            }
            Family::Ledger => self.hub,
            Family::Till | Family::People | Family::Commons | Family::Roster => None,
        }
    }

    /// Who should be the first custodian of a new unit: the hub for what is booked by the day, if there is one.
    pub fn first_custodian(&self, unit: UnitId, family: Family) -> Option<PublicKey> {
        match self.hub {
            Some(hub) if family == Family::Ledger => Some(hub),
            _ => self.dealt.get(&unit).copied(),
        }
    }

    /// Whether everything that is dealt out or the hub's is that device's.
    pub fn is_all_of(&self, device: PublicKey) -> bool {
        let mut others = self.dealt.values().chain(&self.hub);
        others.all(|share| *share == device)
    }

    /// The hub, when what comes later is its share.
    pub fn hub(&self) -> Option<PublicKey> {
        self.hub
    }

    /// The day it was made for.
    pub fn today(&self) -> OfficeDay {
        self.today
    }
}

/// The catalogue's units by class and number, those that are booked together in one piece.
fn together(catalogue: &Catalogue) -> Vec<Vec<UnitId>> {
    let units = &catalogue.parts().units;
    let mut order: Vec<(ClassId, UnitId)> =
        units.iter().map(|(id, unit)| (unit.class, *id)).collect();
    order.sort_unstable();
    let composites: Vec<&BTreeSet<UnitId>> = catalogue
        .parts()
        .composites
        .values()
        .map(|composite| &composite.units)
        .collect();
    let mut placed: BTreeSet<UnitId> = BTreeSet::new();
    let mut pieces = Vec::new();
    for (_, first) in &order {
        if placed.contains(first) {
            continue;
        }
        let mut piece = BTreeSet::from([*first]);
        // Whole rooms may share parts: go on until nothing is added.
        loop {
            let before = piece.len();
            for composite in &composites {
                if !composite.is_disjoint(&piece) {
                    piece.extend(composite.iter().copied());
                }
            }
            if piece.len() == before {
                break;
            }
        }
        let piece: Vec<UnitId> = order
            .iter()
            .map(|(_, unit)| *unit)
            .filter(|unit| piece.contains(unit))
            .collect();
        placed.extend(piece.iter().copied());
        pieces.push(piece);
    }
    pieces
}
