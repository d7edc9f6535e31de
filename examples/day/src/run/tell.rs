//! Tells the day from its end.

use super::error::Trouble;
use super::kiosk::{Seen, Stay};
use super::loss::Inheritance;
use super::phone::{self, Own};
use super::promise::Acts;
use super::world::{World, trouble};
use crate::desks::Desk;
use crate::people::PersonId;
use crate::plan::{Wanted, Wish};
use crate::story::{
    Booking, Carrier, End, Held, Misled, Office, Span, Status, Story, Told, Totals, same_place,
};
use crate::words::Words;
use allkontor_core::id::Digest;
use allkontor_core::model::Rule;
use allkontor_core::statement::{Cause, Hold, Wish as Place};
use allkontor_core::time::{CivilMinute, DayStart, Interval};
use allkontor_core::view::{self, Stage};
use std::collections::BTreeMap;
use std::time::Instant;

/// What of a day is known without asking a device.
pub(super) struct Day {
    pub(super) seed: u64,
    pub(super) desks: Vec<Desk>,
    pub(super) outages: Vec<Interval>,
    /// When the last thing happened.
    pub(super) end: CivilMinute,
    pub(super) started: Instant,
}

impl World {
    /// The story of the day, with what every device has in the end.
    pub(super) fn tell(mut self, day: Day) -> Result<Story, Trouble> {
        let mut lost = self.inheritance(day.end)?;
        let (digests, said) = (self.digests()?, self.said_in_the_end());
        let words = Words::new(&self.office, self.day);
        let (mut bookings, mut misled) = (Vec::new(), Vec::new());
        for (index, phone) in self.phones.iter_mut().enumerate() {
            for own in phone.bookings.values() {
                let entry = match own.id {
                    Some(id) => phone
                        .device
                        .booking(id)
                        .map_err(trouble(&phone.name, "look up a booking"))?,
                    None => None,
                };
                let seen = entry.as_ref().and_then(|entry| said.0.get(&entry.key?));
                let booking = told(PersonId(index), own, seen, &words);
                if let Some((entry, seen)) = entry.as_ref().zip(seen) {
                    misled.extend(disagree(&booking, &entry.status, &seen.status));
                    if let Some((lost, key)) = lost.as_mut().zip(entry.key) {
                        lost.tell(&key, seen, &booking, &own.acts, &self.notices, &words);
                    }
                }
                bookings.push(booking);
            }
        }
        for forged in &self.forged {
            let seen = said.0.get(&forged.key);
            let title = format!(
                "{} {}",
                words.unit(forged.wish.unit),
                words.span(forged.wish.interval)
            );
            let mut booking = finished(forged.who, title, &[vec![forged.wish]], Vec::new(), seen);
            booking.told.push(Told {
                at: forged.at,
                status: Status::Received,
                place: None,
                why: Some(format!("made by hand, not by the app: {}", booking.ended())),
            });
            if let Some((lost, seen)) = lost.as_mut().zip(seen) {
                let acts = Acts::default();
                lost.tell(&forged.key, seen, &booking, &acts, &self.notices, &words);
            }
            bookings.push(booking);
        }
        bookings.sort_by_key(|booking| booking.told.first().map(|told| told.at));
        let totals = self.totals(&bookings, day.started);
        Ok(Story {
            seed: day.seed,
            office: self.place(),
            rows: self.rows(),
            outages: day.outages,
            digests,
            bookings,
            totals,
            desks: day.desks,
            lost: lost.map(Inheritance::finish),
            people: self.people,
            meetings: self.meetings,
            notices: self.notices,
            attempts: self.attempts,
            misled,
            broken: self
                .phones
                .iter_mut()
                .flat_map(|phone| std::mem::take(&mut phone.broken))
                .collect(),
            honoured: self
                .phones
                .into_iter()
                .flat_map(|phone| phone.honoured)
                .collect(),
        })
    }

    fn digests(&mut self) -> Result<BTreeMap<String, Digest>, Trouble> {
        let mut digests = BTreeMap::new();
        for (desk, device) in self.every_desk() {
            let digest = device
                .digest()
                .map_err(trouble(desk.the(), "hash what it has"))?;
            digests.insert(desk.name().to_owned(), digest);
        }
        for phone in &mut self.phones {
            let digest = phone
                .device
                .digest()
                .map_err(trouble(&phone.name, "hash what it has"))?;
            digests.insert(phone.name.clone(), digest);
        }
        Ok(digests)
    }

    fn place(&self) -> Office {
        let profile = self.office.profile();
        let address = &profile.address;
        Office {
            names: ["fi", "sv", "en"]
                .map(|tag| profile.name.in_language(tag).to_owned())
                .into(),
            address: format!("{}, {} {}", address.street, address.postcode, address.city),
            day: self.day,
            open: self.office.open(self.day, DayStart::default()),
            staffed: self.office.staffed(self.day, DayStart::default()),
        }
    }

    fn totals(&self, bookings: &[Booking], started: Instant) -> Totals {
        let count = |which: &dyn Fn(&Booking) -> bool| {
            bookings.iter().filter(|booking| which(booking)).count()
        };
        let ended = |end: End| count(&|booking: &Booking| booking.end == end);
        let mut meetings: BTreeMap<Carrier, usize> = BTreeMap::new();
        for met in self.meetings.iter().filter(|met| met.reached) {
            let count = meetings.entry(met.carrier).or_default();
            *count = count.saturating_add(1);
        }
        let waited = |booking: &Booking| {
            booking
                .told
                .iter()
                .any(|told| matches!(told.status, Status::Waiting(_)))
        };
        Totals {
            phones: self.phones.len(),
            requests: count(&|booking| booking.end != End::Refused),
            confirmed: count(&|booking| !booking.held.is_empty()),
            moved: count(&Booking::was_moved),
            waiting: count(&|booking| {
                waited(booking) || matches!(booking.end, End::Waiting(_) | End::InVain)
            }),
            in_vain: count(&|booking| matches!(booking.end, End::Waiting(_) | End::InVain)),
            declined: count(&|booking| matches!(booking.end, End::Declined | End::InVain)),
            refused: ended(End::Refused),
            cancelled: ended(End::Cancelled),
            checked_in: ended(End::CheckedIn),
            no_shows: ended(End::NoShow),
            broken_promises: self.phones.iter().map(|phone| phone.broken.len()).sum(),
            honoured_promises: self.phones.iter().map(|phone| phone.honoured.len()).sum(),
            double_bookings: self.double_bookings,
            meetings,
            unreached: self.meetings.iter().filter(|met| !met.reached).count(),
            bytes: self.meetings.iter().map(|met| met.bytes).sum(),
            elapsed_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        }
    }
}

/// Whether the phone says something else of a booking than the kiosk.
fn disagree(booking: &Booking, phone: &view::Status, kiosk: &view::Status) -> Option<Misled> {
    let same = phone.stage == kiosk.stage && phone.holding == kiosk.holding;
    (!same).then(|| Misled {
        who: booking.who,
        title: booking.title.clone(),
        phone: phone::status(phone),
        kiosk: phone::status(kiosk),
    })
}

fn told(who: PersonId, own: &Own, seen: Option<&Seen>, words: &Words<'_>) -> Booking {
    let title = title(&own.wish, words);
    let mut booking = finished(who, title, &own.wishes, own.told.clone(), seen);
    if own.was_refused() {
        booking.end = End::Refused;
    } else if own.acts.cancelled && booking.got().is_empty() {
        booking.end = End::Cancelled;
    }
    booking
}

fn finished(
    who: PersonId,
    title: String,
    wishes: &[Vec<Place>],
    told: Vec<Told>,
    seen: Option<&Seen>,
) -> Booking {
    let wishes: Vec<Vec<Span>> = wishes
        .iter()
        .map(|wish| wish.iter().map(bare).collect())
        .collect();
    let held = seen.map(|seen| seen.held.iter().map(|stay| held(stay, &wishes)).collect());
    Booking {
        who,
        title,
        wishes,
        held: held.unwrap_or_default(),
        end: seen.map_or(End::Unsent, end),
        told,
    }
}

/// A place, and the wish that it answers: the one it is exactly, else the last.
fn held(stay: &Stay, wishes: &[Vec<Span>]) -> Held {
    let spans: Vec<Span> = stay.holds.iter().map(span).collect();
    let exact = wishes.iter().rposition(|wish| same_place(wish, &spans));
    Held {
        wish: exact.unwrap_or(wishes.len().saturating_sub(1)),
        spans,
        since: stay.since,
        until: stay.until,
    }
}

fn span(hold: &Hold) -> Span {
    let interval = hold.interval();
    let start = interval.start().saturating_plus(-i32::from(hold.before));
    let end = interval.end().saturating_plus(hold.after.into());
    Span {
        unit: hold.unit,
        interval,
        occupied: Interval::new(start, end).unwrap_or(interval),
    }
}

fn bare(wish: &Place) -> Span {
    Span {
        unit: wish.unit,
        interval: wish.interval,
        occupied: wish.interval,
    }
}

fn end(seen: &Seen) -> End {
    let over = Cause::from_rule(
        Rule::Over {
            end: allkontor_core::time::CivilMinute::MIN,
        }
        .code(),
    );
    let taken_back = |cause: Cause| cause.makes_victim() && !seen.held.is_empty();
    match &seen.status.stage {
        // What is held stays held while a newer wish waits or is declined.
        _ if !seen.status.holding.is_empty() => {
            if seen.came {
                End::CheckedIn
            } else {
                End::Confirmed
            }
        }
        Stage::Released {
            cause: Cause::NoShow,
        } => End::NoShow,
        Stage::Released { cause } if taken_back(*cause) => End::TakenBack,
        Stage::Withdrawn { .. } => End::TakenBack,
        Stage::Declined { .. } if !seen.held.is_empty() => End::TakenBack,
        Stage::Declined { cause } if *cause == over => End::InVain,
        Stage::Declined { .. } => End::Declined,
        Stage::Waiting { n } => End::Waiting(*n),
        Stage::Cancelled | Stage::Released { .. } | Stage::Moved => End::Cancelled,
        Stage::Confirmed { .. } => End::Confirmed,
        Stage::CheckedIn { .. } => End::CheckedIn,
        Stage::Asked | Stage::Likely { .. } | Stage::Alternative { .. } => End::Waiting(0),
    }
}

/// "Birch 10:00–11:30 or 12:00–13:30", "a small room 10:00–11:30, step-free".
fn title(wish: &Wish, words: &Words<'_>) -> String {
    let what = words.wanted(wish.what);
    let or = wish
        .or_at
        .map_or(String::new(), |at| format!(" or {}", words.span(at)));
    let needs: Vec<&str> = wish.needs.iter().map(|need| words.feature(*need)).collect();
    let needs = if needs.is_empty() {
        String::new()
    } else {
        format!(", {}", needs.join(", "))
    };
    let only = if wish.exactly && matches!(wish.what, Wanted::Unit(_)) {
        ", no other"
    } else {
        ""
    };
    format!("{what} {}{or}{needs}{only}", words.span(wish.interval))
}
