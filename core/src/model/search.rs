use super::Catalogue;
use crate::id::{ClassId, FeatureId, UnitId};
use std::collections::BTreeSet;

/// Accessible places stay free for those who need them: whoever needs nothing is offered the plainest place.
impl Catalogue {
    /// How many features a unit has beyond what is needed; `None` when it lacks one or is not in the catalogue.
    pub fn surplus(&self, unit: UnitId, needs: &BTreeSet<FeatureId>) -> Option<usize> {
        self.unit(unit)?;
        let features = self.features_of(unit);
        features
            .is_superset(needs)
            .then(|| features.difference(needs).count())
    }

    /// The units of a class that people may book and that have what is needed: fewest surplus features first, ties by
    /// number. The resolver breaks ties by hash instead, so that not everyone asks for the same place.
    pub fn matching(&self, class: ClassId, needs: &BTreeSet<FeatureId>) -> Vec<UnitId> {
        let of_class = self
            .parts()
            .units
            .iter()
            .filter(|(_, unit)| unit.class == class && unit.bookable);
        let mut found: Vec<_> = of_class
            .filter_map(|(id, _)| Some((self.surplus(*id, needs)?, *id)))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, unit)| unit).collect()
    }
}
