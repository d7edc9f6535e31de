use crate::osm::NotHours;

/// Why a text is not the hours of an office.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSchemaHours {
    /// Too long to be read.
    #[error("text is {got} bytes: the limit is {limit}")]
    TooLong {
        /// Its length.
        got: usize,
        /// What is allowed.
        limit: usize,
    },
    /// Not JSON, or nothing in it has opening hours.
    #[error("not JSON-LD of a place with openingHoursSpecification: {why}")]
    NotJson {
        /// What was there.
        why: String,
    },
    /// Too many to be read.
    #[error("{got} specifications: the limit is {limit}")]
    TooMany {
        /// How many there are.
        got: usize,
        /// What is allowed.
        limit: usize,
    },
    /// A specification that says something else.
    #[error("specification {number} has {property} {got}: expected {expected}")]
    Value {
        /// Which, from 1, in the order of the text.
        number: usize,
        /// Of what.
        property: &'static str,
        /// What is there.
        got: String,
        /// What was expected.
        expected: &'static str,
    },
    /// Each specification can be read, and together they say what the engine's hours cannot.
    #[error(transparent)]
    Hours(#[from] NotHours),
}
