//! The day as a terminal shows it: who was told what, when it changed and why, and whether every promise held.
//!
//! Colours and the progress line appear only where somebody looks: on a terminal, without `NO_COLOR`.

mod ink;
mod progress;

pub use ink::Ink;
pub use progress::Progress;

use crate::clock;
use crate::people::PersonId;
use crate::story::{Booking, Carrier, Outcome, Promise, Status, Story, Told};
use std::fmt::Write;

/// The whole report.
pub fn report(story: &Story, ink: Ink) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail: the result of each write is dropped.
    head(&mut out, story, ink);
    heard(&mut out, story, ink);
    lost(&mut out, story, ink);
    hostile(&mut out, story, ink);
    meetings(&mut out, story, ink);
    digests(&mut out, story, ink);
    verdict(&mut out, story, ink);
    out
}

fn head(out: &mut String, story: &Story, ink: Ink) {
    let office = &story.office;
    let open: Vec<String> = office.open.iter().map(|open| clock::span(*open)).collect();
    let staffed = office.staffed.first().map_or(String::new(), |from| {
        format!(
            ", somebody there to help from {}",
            clock::time(from.start())
        )
    });
    let wrong = story
        .people
        .iter()
        .filter(|person| person.clock_error != 0)
        .count();
    let hostile = story
        .people
        .iter()
        .filter(|person| person.trick.is_some())
        .count();
    let _ = writeln!(out, "{}", ink.bold(&office.names.join(" · ")));
    let _ = writeln!(out, "{}", office.address);
    let _ = writeln!(
        out,
        "{}, open {}{staffed}",
        clock::date(office.day),
        open.join(" and ")
    );
    let _ = writeln!(
        out,
        "{}",
        ink.soft(
            "Name, address and hours: City of Helsinki, open data of 2020, moved to this day. Holidays: Sweden's.\n\
             The rooms, the rules and everybody in them are invented."
        )
    );
    let _ = writeln!(
        out,
        "\n{} places, {}, {}: {wrong} with a wrong clock, {hostile} hostile. Seed {}.",
        story.rows.len(),
        story.crew(),
        phones(story.totals.phones),
        story.seed
    );
    for outage in &story.outages {
        let _ = writeln!(
            out,
            "{} no network: only what people carry gets through",
            ink.bad(&clock::span(*outage))
        );
    }
    for notice in &story.notices {
        let place = notice.unit.map_or("the office", |unit| story.place(unit));
        let span = ink.bad(&clock::span(notice.interval));
        let _ = writeln!(out, "{span} {place} is closed: {}", notice.words);
    }
}

/// A heading with a line under it.
fn heading(out: &mut String, words: &str, ink: Ink) {
    let _ = writeln!(out, "\n{}", ink.bold(words));
}

fn heard(out: &mut String, story: &Story, ink: Ink) {
    heading(out, "What people were told, when it changed and why", ink);
    let names = story
        .people
        .iter()
        .map(|person| person.name.chars().count())
        .max()
        .unwrap_or(0);
    let titles = story
        .bookings
        .iter()
        .map(|booking| booking.title.chars().count())
        .max()
        .unwrap_or(0);
    let mut people: Vec<PersonId> = story.bookings.iter().map(|booking| booking.who).collect();
    people.sort_by_key(|who| story.name(*who).to_owned());
    people.dedup();
    for who in people {
        let mut name = story.name(who);
        for booking in story.bookings.iter().filter(|booking| booking.who == who) {
            if booking.told.is_empty() {
                continue;
            }
            let margin = format!("{name:names$}  {:titles$}  ", booking.title);
            tell(out, story, booking, &margin, ink);
            name = "";
        }
    }
}

fn phones(count: usize) -> String {
    if count == 1 {
        "1 phone".into()
    } else {
        format!("{count} phones")
    }
}

/// One line for each thing that a phone showed. What needs no word of explanation is told on one line with the next.
fn tell(out: &mut String, story: &Story, booking: &Booking, margin: &str, ink: Ink) {
    let empty = " ".repeat(margin.chars().count());
    let mut start = margin;
    let mut open = false;
    for told in &booking.told {
        if open {
            out.push_str(&ink.soft(" → "));
        } else {
            out.push_str(start);
        }
        start = &empty;
        let _ = write!(
            out,
            "{} {}",
            clock::time_on(story.office.day, told.at),
            shown(told, ink)
        );
        open = told.why.is_none();
        if let Some(why) = &told.why {
            let _ = writeln!(out, "{}", ink.soft(&format!(": {why}")));
        }
    }
    if open {
        out.push('\n');
    }
}

fn shown(told: &Told, ink: Ink) -> String {
    let status = match told.status {
        Status::Confirmed | Status::CheckedIn => ink.good(&told.status.to_string()),
        Status::Alternative | Status::Waiting(_) => ink.wait(&told.status.to_string()),
        Status::Declined | Status::Refused | Status::Released | Status::TakenBack => {
            ink.bad(&told.status.to_string())
        }
        _ => told.status.to_string(),
    };
    match &told.place {
        Some(place) => format!("{status} {place}"),
        None => status,
    }
}

/// Each promise of the device that was lost, and what became of it.
fn lost(out: &mut String, story: &Story, ink: Ink) {
    let Some(lost) = &story.lost else { return };
    let (desk, loss) = (lost.loss.desk, &lost.loss);
    heading(
        out,
        &format!("What {} had promised, and what became of it", desk.the()),
        ink,
    );
    let words = format!(
        "By itself from {}, lost at {}, replaced at {} by {}. {}",
        clock::time(loss.apart),
        clock::time(loss.lost),
        clock::time(loss.replaced),
        desk.successor().the(),
        lost.words()
    );
    let _ = writeln!(out, "{}", ink.soft(&words));
    let widest = |of: &dyn Fn(&Promise) -> usize| lost.promises.iter().map(of).max().unwrap_or(0);
    let names = widest(&|promise| story.name(promise.who).chars().count());
    let places = widest(&|promise| promise.place.chars().count());
    for promise in &lost.promises {
        let outcome = promise.outcome.to_string();
        let outcome = match promise.outcome {
            Outcome::Kept | Outcome::Again => ink.good(&outcome),
            Outcome::Moved { .. } | Outcome::InLine => ink.wait(&outcome),
            Outcome::Closed | Outcome::Forgotten => ink.bad(&outcome),
            Outcome::Over | Outcome::NotShown | Outcome::GivenUp | Outcome::NoShow => outcome,
        };
        let told = promise
            .told
            .map_or(String::new(), |at| format!(", told at {}", clock::time(at)));
        let _ = writeln!(
            out,
            "{:names$}  {} {:places$}  {}{outcome}{}",
            story.name(promise.who),
            clock::time_on(story.office.day, promise.since),
            promise.place,
            promise.heard_of(),
            ink.soft(&told)
        );
    }
}

fn hostile(out: &mut String, story: &Story, ink: Ink) {
    if story.attempts.is_empty() {
        return;
    }
    heading(out, "What hostile phones tried", ink);
    let names = story
        .attempts
        .iter()
        .map(|attempt| story.name(attempt.who).chars().count())
        .max()
        .unwrap_or(0);
    for attempt in &story.attempts {
        let harm = if attempt.harm {
            ink.bad(" — and it did harm")
        } else {
            String::new()
        };
        let times = if attempt.times == 1 {
            String::new()
        } else {
            format!(" ({} times)", attempt.times)
        };
        let _ = writeln!(
            out,
            "{:names$}  {} {}{times}: {}{harm}",
            story.name(attempt.who),
            clock::time_on(story.office.day, attempt.at),
            attempt.trick,
            ink.soft(&attempt.came_to),
        );
    }
}

fn meetings(out: &mut String, story: &Story, ink: Ink) {
    heading(out, "How they met", ink);
    let t = &story.totals;
    let width = Carrier::ALL
        .iter()
        .map(|carrier| carrier.to_string().len())
        .max()
        .unwrap_or(0);
    for carrier in Carrier::ALL {
        let missed = story
            .meetings
            .iter()
            .filter(|met| met.carrier == carrier && !met.reached)
            .count();
        let missed = if missed == 0 {
            String::new()
        } else {
            format!("  and {missed} that found no network")
        };
        let _ = writeln!(
            out,
            "{carrier:width$}  {:>5}{}",
            t.met_by(carrier),
            ink.soft(&missed)
        );
    }
    let _ = writeln!(
        out,
        "{:width$}  {:>5} kB in all",
        "bytes",
        t.bytes.div_ceil(1000)
    );
}

fn digests(out: &mut String, story: &Story, ink: Ink) {
    heading(
        out,
        "What each device says the day's bookings are, hashed",
        ink,
    );
    let width = story
        .digests
        .keys()
        .map(|device| device.chars().count())
        .max()
        .unwrap_or(0);
    let agreed = story.agreed();
    let cells: Vec<String> = story
        .digests
        .iter()
        .map(|(device, digest)| {
            let hex = digest.to_string();
            let short = hex.get(..8).unwrap_or(&hex);
            let short = if agreed.is_some() {
                ink.good(short)
            } else {
                ink.bad(short)
            };
            format!("{device:width$} {short}")
        })
        .collect();
    let columns = (100 / (width + 11)).max(1);
    for line in cells.chunks(columns) {
        let _ = writeln!(out, "{}", line.join("  "));
    }
}

fn verdict(out: &mut String, story: &Story, ink: Ink) {
    let t = &story.totals;
    for broken in &story.broken {
        let at = clock::time_on(story.office.day, broken.at);
        let words = format!(
            "{at} {} was promised {} and shown {:?}",
            broken.device, broken.promised, broken.shown
        );
        let _ = writeln!(out, "\n{}", ink.bad(&words));
    }
    for misled in &story.misled {
        let words = format!(
            "{}: {} is {} on the phone and {} at the kiosk",
            story.name(misled.who),
            misled.title,
            misled.phone,
            misled.kiosk
        );
        let _ = writeln!(out, "\n{}", ink.bad(&words));
    }
    let _ = writeln!(
        out,
        "\n{} bookings asked for: {} confirmed, {} moved, {} had to wait, {} of them in vain, {} declined, {} refused on the phone",
        t.requests, t.confirmed, t.moved, t.waiting, t.in_vain, t.declined, t.refused
    );
    let _ = writeln!(
        out,
        "{} came, {} did not come, {} cancelled",
        t.checked_in, t.no_shows, t.cancelled
    );
    let agree = match story.agreed() {
        Some(digest) => format!("all {} devices agree: {digest}", story.digests.len()),
        None => format!("the {} devices do not agree", story.digests.len()),
    };
    let harm = if story.did_harm() {
        ", a hostile phone did harm"
    } else {
        ""
    };
    let forgot = if story.forgot() {
        ", a promise of the lost device forgotten"
    } else {
        ""
    };
    if let Some(words) = story.honoured_words() {
        let _ = writeln!(out, "\n{words}");
    }
    let promise = format!(
        "{} confirmations broken, {} double bookings{harm}{forgot}, {agree}",
        t.broken_promises, t.double_bookings
    );
    let painted = if story.holds() {
        ink.good(&promise)
    } else {
        ink.bad(&promise)
    };
    let _ = writeln!(out, "\n{painted}");
}

#[cfg(test)]
mod tests;
