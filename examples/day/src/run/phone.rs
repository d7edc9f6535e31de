//! A person with a phone: what they booked, and what its screen has shown them.

use super::error::Trouble;
use super::loss::Gone;
use super::promise::{Acts, Promise};
use super::world::trouble;
use crate::people::Person;
use crate::plan::{Wanted, Wish};
use crate::story::{Broken, Status, Told};
use crate::words::Words;
use allkontor_core::command::{Book, DateOutcome};
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::id::StatementId;
use allkontor_core::replica::{AgendaEntry, BookingId};
use allkontor_core::resolve::ConfirmState;
use allkontor_core::statement::Wish as Place;
use allkontor_core::time::{CivilMinute, Timestamp};
use allkontor_core::view::{BrokenBy, Delivery, Replaced, Stage};
use std::collections::BTreeMap;

pub(super) struct Phone {
    pub(super) name: String,
    pub(super) file: String,
    /// What its keys are derived from; a hostile phone's owner knows it too.
    pub(super) seed: [u8; 32],
    pub(super) device: Device,
    pub(super) clock_error: i32,
    /// By the number that the plan gives them.
    pub(super) bookings: BTreeMap<usize, Own>,
    pub(super) broken: Vec<Broken>,
    /// Promises of a lost device that could only be honoured.
    pub(super) honoured: Vec<Broken>,
}

/// One booking of a person.
pub(super) struct Own {
    /// Its number on the phone, once the phone took it.
    pub(super) id: Option<BookingId>,
    pub(super) wish: Wish,
    /// The first option of each version.
    pub(super) wishes: Vec<Vec<Place>>,
    pub(super) told: Vec<Told>,
    /// The place that was last told.
    place: Option<String>,
    /// The reason that was last told.
    why: Option<String>,
    pub(super) acts: Acts,
    promise: Option<Promise>,
}

impl Own {
    /// Whether a rule of the phone's own forbade it.
    pub(super) fn was_refused(&self) -> bool {
        self.told
            .last()
            .is_some_and(|told| told.status == Status::Refused)
            && self.id.is_none()
    }

    /// Notes what the phone shows, when it is something else than before. A place is told once.
    fn tell(&mut self, mut told: Told) {
        let same = |last: &Told| last.status == told.status;
        if told.place.is_some() && told.place == self.place {
            told.place = None;
        }
        if told.place.is_none() && self.told.last().is_some_and(same) {
            return;
        }
        self.place = told.place.clone().or(self.place.take());
        let undecided = matches!(
            told.status,
            Status::Likely | Status::Alternative | Status::Waiting(_)
        );
        if undecided && told.why == self.why {
            told.why = None;
        } else {
            self.why.clone_from(&told.why);
        }
        self.told.push(told);
    }
}

impl Phone {
    pub(super) fn new(device: Device, person: &Person, file: String, seed: [u8; 32]) -> Self {
        Self {
            name: person.name.clone(),
            file,
            seed,
            device,
            clock_error: person.clock_error,
            bookings: BTreeMap::new(),
            broken: Vec::new(),
            honoured: Vec::new(),
        }
    }

    /// What the phone believes the time to be.
    pub(super) fn now(&self, true_now: Timestamp) -> Timestamp {
        true_now.plus_minutes(self.clock_error.into())
    }

    pub(super) fn says(&self, what: &'static str) -> impl FnOnce(DeviceError) -> Trouble + use<> {
        trouble(&self.name, what)
    }

    pub(super) fn own(&self, nth: usize) -> Option<&Own> {
        self.bookings.get(&nth)
    }

    /// The number of a booking that the phone has, and that was not given back.
    pub(super) fn open(&self, nth: usize) -> Option<BookingId> {
        self.own(nth).filter(|own| !own.acts.cancelled)?.id
    }

    /// Wants something; the phone may not have met the office yet, then it is asked again later.
    pub(super) fn want(&mut self, nth: usize, wish: Wish) {
        let own = Own {
            id: None,
            wish,
            wishes: Vec::new(),
            told: Vec::new(),
            place: None,
            why: None,
            acts: Acts::default(),
            promise: None,
        };
        self.bookings.insert(nth, own);
    }

    /// Books what is wanted and not booked yet, if the phone knows the office by now.
    pub(super) fn book_wishes(
        &mut self,
        at: CivilMinute,
        now: Timestamp,
        words: &Words<'_>,
    ) -> Result<(), Trouble> {
        let Self {
            device,
            bookings,
            name,
            ..
        } = self;
        for own in bookings
            .values_mut()
            .filter(|own| own.id.is_none() && !own.acts.cancelled && !own.was_refused())
        {
            let booked = match device.book(now, book(&own.wish)) {
                Ok(booked) => booked,
                // Nothing is known of the office yet: the person tries again when the phone has met somebody.
                Err(DeviceError::Engine(error)) if error.may_pass() => {
                    own.tell(Told {
                        at,
                        status: Status::Draft,
                        place: None,
                        why: Some(error.to_string()),
                    });
                    continue;
                }
                Err(error) => return Err(trouble(name, "book")(error)),
            };
            match booked.dates.into_iter().next() {
                Some(DateOutcome::Requested { booking, .. }) => {
                    own.id = Some(booking);
                    let entry = device
                        .booking(booking)
                        .map_err(trouble(name, "look up a booking"))?;
                    own.wishes.extend(entry.map(|entry| entry.wanted));
                }
                Some(DateOutcome::Refused { rule, nearest, .. }) => {
                    let near = nearest.first().map_or(String::new(), |near| {
                        format!("; free {}", words.span(*near))
                    });
                    let why = format!("{}{near}", words.rule(&rule));
                    own.tell(Told {
                        at,
                        status: Status::Refused,
                        place: None,
                        why: Some(why),
                    });
                }
                None => {}
            }
        }
        Ok(())
    }

    /// Bookings of which the screen says that they are confirmed.
    pub(super) fn promised(&mut self) -> Result<Vec<BookingId>, Trouble> {
        let entries = self
            .device
            .agenda()
            .map_err(self.says("list its bookings"))?;
        let stands = entries
            .into_iter()
            .filter(|entry| entry.status.stage.stands());
        Ok(stands.map(|entry| entry.booking).collect())
    }

    /// Confirmations of which the screen says that their device is lost and that nobody has vouched for them.
    pub(super) fn unheard(&mut self, now: Timestamp) -> Result<Vec<StatementId>, DeviceError> {
        let unheard = BrokenBy::Unheard { honoured: false };
        let mut all = Vec::new();
        for entry in self.device.agenda()? {
            let explained = self.device.explain(now, entry.booking)?.into_iter();
            let broken = explained.flat_map(|explained| explained.broken);
            all.extend(
                broken
                    .filter(|broken| broken.why == unheard)
                    .map(|broken| broken.confirm),
            );
        }
        Ok(all)
    }

    /// Notes that a new version was asked for.
    pub(super) fn changed(&mut self, nth: usize, at: CivilMinute) -> Result<(), Trouble> {
        let Some(id) = self.open(nth) else {
            return Ok(());
        };
        let entry = self
            .device
            .booking(id)
            .map_err(self.says("look up a booking"))?;
        if let Some((own, entry)) = self.bookings.get_mut(&nth).zip(entry) {
            own.acts.changed = true;
            own.acts.last = Some(at);
            if own.wishes.last() != Some(&entry.wanted) {
                own.wishes.push(entry.wanted);
            }
        }
        Ok(())
    }

    /// Looks at the screen, and notes what has changed and whether a promise was kept.
    pub(super) fn look(
        &mut self,
        at: CivilMinute,
        now: Timestamp,
        words: &Words<'_>,
        closed: &[crate::story::Notice],
        gone: Option<&Gone>,
    ) -> Result<(), Trouble> {
        let Self {
            device,
            bookings,
            name,
            broken,
            honoured,
            ..
        } = self;
        for own in bookings.values_mut() {
            let Some(id) = own.id else { continue };
            let Some(entry) = device
                .booking(id)
                .map_err(trouble(name, "look up a booking"))?
            else {
                continue;
            };
            let told = shown(at, now, &entry, own, device, words)
                .map_err(trouble(name, "explain a booking"))?;
            own.tell(told);
            if let Some(promise) = &own.promise
                && !promise.is_kept(&entry.status, &own.acts, closed)
            {
                let only_honours = |gone: &Gone| {
                    let key = entry.key.as_ref();
                    key.is_some_and(|key| gone.only_honours(key, promise))
                };
                let list = if gone.is_some_and(only_honours) {
                    &mut *honoured
                } else {
                    &mut *broken
                };
                list.push(Broken {
                    at,
                    device: name.clone(),
                    promised: promise.words(words),
                    shown: own
                        .told
                        .last()
                        .map_or(String::new(), |told| told.status.to_string()),
                });
            }
            own.promise = Promise::of(&entry.status);
        }
        Ok(())
    }
}

/// What the person wants, in the engine's words.
pub(super) fn book(wish: &Wish) -> Book {
    let book = match wish.what {
        Wanted::Unit(unit) => Book::unit(unit, wish.interval),
        Wanted::AnyOf(class) => Book::places(class, 1, wish.interval),
        Wanted::Together(whole) => Book::together(whole, wish.interval),
    };
    let book = book.needing(wish.needs.iter().copied()).party(wish.party);
    let book = wish.or_at.into_iter().fold(book, Book::or_at);
    if wish.exactly { book.exactly() } else { book }
}

fn shown(
    at: CivilMinute,
    now: Timestamp,
    entry: &AgendaEntry,
    own: &Own,
    device: &mut Device,
    words: &Words<'_>,
) -> Result<Told, DeviceError> {
    let any = matches!(own.wish.what, Wanted::AnyOf(_));
    let (first, last) = (wishes(own.wishes.first()), wishes(own.wishes.last()));
    let status = status(&entry.status);
    let stage = &entry.status.stage;
    let place = words.place(stage.holds(), first, any);
    let mut in_the_way = || -> Result<Option<String>, DeviceError> {
        let explanation = device.explain(now, entry.booking)?;
        Ok(explanation.and_then(|explanation| words.in_the_way(&explanation.options)))
    };
    let elsewhere = words.place(stage.holds(), last, false).is_some();
    let why = match stage {
        Stage::Confirmed { .. } => match &entry.status.before {
            Some(Replaced {
                state: ConfirmState::Released(cause),
                holds,
            }) if cause.makes_victim() => {
                let lost = holds
                    .first()
                    .map_or("a place", |hold| words.unit(hold.unit));
                Some(format!(
                    "{lost} is {}, and who had it comes first",
                    words.cause(*cause)
                ))
            }
            _ if elsewhere => in_the_way()?,
            _ => None,
        },
        Stage::Alternative { .. } | Stage::Waiting { .. } => in_the_way()?,
        Stage::Released { cause } | Stage::Declined { cause } => Some(words.cause(*cause)),
        Stage::Withdrawn { cause, .. } => Some(cause.map_or_else(
            || "the device that confirmed it is lost and nobody had heard of it: comes first in line".into(),
            |cause| words.cause(cause),
        )),
        _ => None,
    };
    // While a newer wish is open, what is held stays held.
    let keeps = (stage.is_open() && !entry.status.holding.is_empty())
        .then(|| words.place(&entry.status.holding, &[], true))
        .flatten()
        .map(|kept| format!("keeps {kept} until then"));
    let keeps = keeps.or_else(|| given_back(&entry.status, words));
    let why = match (why, keeps) {
        (Some(why), Some(keeps)) => Some(format!("{why}; {keeps}")),
        (why, keeps) => why.or(keeps),
    };
    Ok(Told {
        at,
        status,
        place,
        why,
    })
}

/// What was held until now, when that was given back while a newer wish is open.
fn given_back(status: &allkontor_core::view::Status, words: &Words<'_>) -> Option<String> {
    let lost = status
        .before
        .as_ref()
        .filter(|_| status.holding.is_empty())?;
    let ConfirmState::Released(cause) = lost.state else {
        return None;
    };
    let place = words.place(&lost.holds, &[], true)?;
    Some(format!("{place} was given back: {}", words.cause(cause)))
}

fn wishes(version: Option<&Vec<Place>>) -> &[Place] {
    version.map_or(&[], Vec::as_slice)
}

/// What a screen calls it.
pub(super) fn status(now: &allkontor_core::view::Status) -> Status {
    match &now.stage {
        Stage::Asked => match now.delivery {
            Delivery::Draft => Status::Draft,
            Delivery::Carried => Status::Carried,
            Delivery::Received => Status::Received,
        },
        Stage::Likely { .. } => Status::Likely,
        Stage::Alternative { .. } => Status::Alternative,
        Stage::Waiting { n } => Status::Waiting(*n),
        Stage::Confirmed { .. } => Status::Confirmed,
        Stage::CheckedIn { .. } => Status::CheckedIn,
        Stage::Moved | Stage::Released { .. } => Status::Released,
        Stage::Declined { .. } => Status::Declined,
        Stage::Withdrawn { .. } => Status::TakenBack,
        Stage::Cancelled => Status::Cancelled,
    }
}
