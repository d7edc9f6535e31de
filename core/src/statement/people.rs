//! What the office's devices know of people, by their pseudonyms: in `people` documents, which phones are not given.

use super::field::kind;
use super::numbered::numbered;
use super::values::in_range;
use crate::id::{PublicKey, StatementId};
use crate::limits;
use crate::time::{CivilMinute, OfficeDay};

kind! {
    /// Somebody may not book for a time. It ends by itself.
    Suspend {
        /// The pseudonym.
        10 holder: PublicKey,
        /// The first office day.
        11 from: OfficeDay,
        /// The last office day.
        12 until: OfficeDay,
        /// Why.
        13 ground: Ground,
        /// When it was said.
        14 minute: CivilMinute,
    }
    check |suspend| {
        let days = i64::from(suspend.until.get()) - i64::from(suspend.from.get());
        let days = u64::try_from(days.saturating_add(1)).unwrap_or(0);
        in_range("days of a suspension", days, 1, u64::from(limits::MAX_SUSPENSION_DAYS))
    };
}

kind! {
    /// Something became of a suspension.
    Amend {
        /// The `Suspend`.
        10 suspend: StatementId,
        /// What.
        11 amendment: Amendment,
        /// When it was said.
        12 minute: CivilMinute,
    }
}

kind! {
    /// Somebody was shown round: what the office reserves for such people is theirs to book.
    Introduce {
        /// The pseudonym.
        10 holder: PublicKey,
        /// When; of all that is said of a holder the latest counts.
        11 minute: CivilMinute,
        /// The `Introduce` that is said again, for one of an earlier year.
        12 first: Option<StatementId>,
    }
}

kind! {
    /// An introduction is taken back.
    Retract {
        /// The pseudonym.
        10 holder: PublicKey,
        /// When.
        11 minute: CivilMinute,
    }
}

numbered! {
    /// Why somebody is suspended: a kind of reason and never the story.
    Ground {
        /// Against the guidelines, towards others.
        1 Conduct "conduct",
        /// Things were damaged or are gone.
        2 Damage "damage",
        /// Places were taken and not used, again and again.
        3 NoShows "no-shows",
        /// Something is owed, or was not given back.
        4 Owing "owing",
        /// Their keys were lost, and somebody else may have them.
        5 LostKeys "lost-keys",
    }
}

numbered! {
    /// What became of a suspension.
    Amendment {
        /// Whoever is suspended has appealed.
        1 Appealed "appealed",
        /// It is taken back.
        2 Lifted "lifted",
    }
}
