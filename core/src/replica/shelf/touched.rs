use crate::statement::Document;
use crate::view::Redrawn;
use std::collections::BTreeMap;

/// What looks different, by document.
pub(crate) type Touched = BTreeMap<Document, Redrawn>;

/// Adds to what looks different.
pub(crate) fn touch(touched: &mut Touched, document: Document, redrawn: Redrawn) {
    match (touched.get_mut(&document), redrawn) {
        (Some(Redrawn::Everything), _) => {}
        (Some(Redrawn::Periods(known)), Redrawn::Periods(more)) => known.extend(more),
        (_, redrawn) => {
            touched.insert(document, redrawn);
        }
    }
}
