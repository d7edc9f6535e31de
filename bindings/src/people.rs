//! Guidelines and their acceptance, who was shown round, and who may not book for a time.

use crate::ids::each;
use crate::status::BookingKey;
use crate::{AllkontorError, Device};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::time::{CivilMinute, OfficeDay, Timestamp};
use allkontor_core::{replica, resolve, statement};

/// Why somebody is suspended: a kind of reason and never the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Ground {
    /// Against the guidelines, towards others.
    Conduct,
    /// Things were damaged or are gone.
    Damage,
    /// Places were taken and not used, again and again.
    NoShows,
    /// Something is owed, or was not given back.
    Owing,
    /// Their keys were lost, and somebody else may have them.
    LostKeys,
    /// One of a later version.
    Later {
        /// Its number.
        number: u16,
    },
}

/// What becomes of a suspension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Amendment {
    /// Whoever is suspended has appealed.
    Appealed,
    /// It is taken back.
    Lifted,
}

/// Somebody may not book for a time: as the office's devices know it.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Suspension {
    /// The statement that says so.
    pub id: StatementId,
    /// The pseudonym.
    pub holder: PublicKey,
    /// The first day.
    pub from_day: OfficeDay,
    /// The last day. It is over by itself the day after.
    pub until: OfficeDay,
    /// Why.
    pub ground: Ground,
    /// When it was said.
    pub at: CivilMinute,
    /// Whether whoever it is has appealed.
    pub is_appealed: bool,
}

/// What a suspended person is told, on their own device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OwnSuspension {
    /// The last day.
    pub until: OfficeDay,
    /// Why.
    pub ground: Ground,
}

#[uniffi::export]
impl Device {
    /// The version of the guidelines that holds now; none where there are none. `office` has the text.
    pub fn guidelines_in_force(&self, now: Timestamp) -> Result<Option<u32>, AllkontorError> {
        self.with(|engine| Ok(engine.guidelines_in_force(now)?))
    }

    /// The newest version of the guidelines that the person with this device has accepted.
    pub fn accepted_guidelines(&self) -> Result<Option<u32>, AllkontorError> {
        self.with(|engine| Ok(engine.accepted_guidelines()?))
    }

    /// The person has read the guidelines of that version and accepts them: said with each request from now on. With no
    /// network if there is none.
    pub fn accept_guidelines(&self, now: Timestamp, version: u32) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.accept_guidelines(now, version)?))
    }

    /// The pseudonym of whoever has a booking; none where another device issued its ticket, and for what was booked at the
    /// desk.
    pub fn holder_of(&self, booking: BookingKey) -> Result<Option<PublicKey>, AllkontorError> {
        self.with(|engine| Ok(engine.holder_of(booking.into())?))
    }

    /// Somebody was shown round: what the office reserves for such people is theirs to book, with tickets issued from now
    /// on. Their device shows its `public_key`; `holder_of` knows whose a booking is. On an admin's or staff's device.
    pub fn introduce(&self, now: Timestamp, holder: PublicKey) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.introduce(now, holder)?))
    }

    /// Takes an introduction back: it counts for no ticket issued from now on. Those at hand expire within a week. On an
    /// admin's or staff's device.
    pub fn retract_introduction(
        &self,
        now: Timestamp,
        holder: PublicKey,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.retract_introduction(now, holder)?))
    }

    /// When a holder was shown round; none when they were not. For the office's devices.
    pub fn introduction(&self, holder: PublicKey) -> Result<Option<CivilMinute>, AllkontorError> {
        self.with(|engine| Ok(engine.introduction(holder)?))
    }

    /// Whether a ticket of this device says that its holder was shown round.
    pub fn is_introduced(&self, now: Timestamp) -> Result<bool, AllkontorError> {
        self.with(|engine| Ok(engine.is_introduced(now)?))
    }

    /// Somebody may not book until that day, which is the last: no tickets are issued to them, and what they ask for under
    /// those they have is refused. It is over by itself. On an admin's or staff's device.
    pub fn suspend_holder(
        &self,
        now: Timestamp,
        holder: PublicKey,
        until: OfficeDay,
        ground: Ground,
    ) -> Result<StatementId, AllkontorError> {
        self.with(|engine| Ok(engine.suspend_holder(now, holder, until, ground.into())?))
    }

    /// Notes that whoever is suspended has appealed, or takes a suspension back. On an admin's or staff's device.
    pub fn amend_suspension(
        &self,
        now: Timestamp,
        suspension: StatementId,
        amendment: Amendment,
    ) -> Result<(), AllkontorError> {
        let amendment = match amendment {
            Amendment::Appealed => statement::Amendment::Appealed,
            Amendment::Lifted => statement::Amendment::Lifted,
        };
        self.with(|engine| Ok(engine.amend_suspension(now, suspension, amendment)?))
    }

    /// Suspensions that are not over, by their last day: for the office's devices. `after`: the last of the page before.
    pub fn suspensions(
        &self,
        now: Timestamp,
        after: Option<StatementId>,
        limit: u32,
    ) -> Result<Vec<Suspension>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.suspensions(now)?))?;
        let all: Vec<Suspension> = each(found);
        let from = after.and_then(|after| all.iter().position(|one| one.id == after));
        let from = from.map_or(0, |at| at.saturating_add(1));
        Ok(all
            .into_iter()
            .skip(from)
            .take(crate::page(limit))
            .collect())
    }

    /// What this device was told of a suspension of its own; none when nothing stands.
    pub fn suspension(&self, now: Timestamp) -> Result<Option<OwnSuspension>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.own_suspension(now)?))?;
        Ok(found.map(OwnSuspension::from))
    }
}

impl From<statement::Ground> for Ground {
    fn from(ground: statement::Ground) -> Self {
        use statement::Ground as From;
        match ground {
            From::Conduct => Self::Conduct,
            From::Damage => Self::Damage,
            From::NoShows => Self::NoShows,
            From::Owing => Self::Owing,
            From::LostKeys => Self::LostKeys,
            From::Other(number) => Self::Later { number },
        }
    }
}

impl From<Ground> for statement::Ground {
    fn from(ground: Ground) -> Self {
        match ground {
            Ground::Conduct => Self::Conduct,
            Ground::Damage => Self::Damage,
            Ground::NoShows => Self::NoShows,
            Ground::Owing => Self::Owing,
            Ground::LostKeys => Self::LostKeys,
            Ground::Later { number } => Self::from_number(number),
        }
    }
}

impl From<(StatementId, resolve::Suspension)> for Suspension {
    fn from((id, known): (StatementId, resolve::Suspension)) -> Self {
        Self {
            id,
            holder: known.holder,
            from_day: known.from,
            until: known.until,
            ground: known.ground.into(),
            at: known.minute,
            is_appealed: known.is_appealed,
        }
    }
}

impl From<replica::OwnSuspension> for OwnSuspension {
    fn from(told: replica::OwnSuspension) -> Self {
        Self {
            until: told.until,
            ground: told.ground.into(),
        }
    }
}
