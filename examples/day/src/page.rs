//! The picture with everything that does not fit in it: one HTML file that needs no other.

use crate::clock;
use crate::people::PersonId;
use crate::picture::{self, PALETTE, escaped};
use crate::story::{Booking, Carrier, Outcome, Status, Story};
use std::fmt::Write;

const STYLE: &str = include_str!("page.css");

/// The page of a day.
pub fn html(story: &Story) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail: the result of each write is dropped.
    let title = picture::title(story);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>{}</title>\n\
         <style>{PALETTE}{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escaped(&title)
    );
    head(&mut out, story, &title);
    tiles(&mut out, story);
    let _ = writeln!(
        out,
        "<figure class=\"picture\">{}</figure>",
        picture::svg(story)
    );
    lost(&mut out, story);
    people(&mut out, story);
    hostile(&mut out, story);
    meetings(&mut out, story);
    digests(&mut out, story);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn head(out: &mut String, story: &Story, title: &str) {
    let _ = write!(
        out,
        "<header><h1>{}</h1>\n<p class=\"lead\">{}<br/>{}</p>\n<p class=\"note\">Name, address and hours: City of Helsinki, \
         open data of 2020 (MIT), moved to this day. Holidays: Sweden’s. The rooms, the rules and everybody in them \
         are invented. Seed {} plays this day again.</p></header>\n",
        escaped(title),
        escaped(&story.office.names.join(" · ")),
        escaped(&story.office.address),
        story.seed
    );
}

fn tiles(out: &mut String, story: &Story) {
    let t = &story.totals;
    let tile = |out: &mut String, class: &str, number: String, words: &str| {
        let _ = writeln!(
            out,
            "<div class=\"tile {class}\"><b>{number}</b><span>{words}</span></div>"
        );
    };
    out.push_str("<section class=\"tiles\" aria-label=\"The day in figures\">\n");
    let zero = |n: usize| if n == 0 { "good" } else { "bad" };
    tile(
        out,
        zero(t.broken_promises),
        t.broken_promises.to_string(),
        "confirmations broken",
    );
    tile(
        out,
        zero(t.double_bookings),
        t.double_bookings.to_string(),
        "double bookings",
    );
    let (class, words) = if story.agreed().is_some() {
        ("good", "devices agree")
    } else {
        ("bad", "devices do not agree")
    };
    tile(out, class, story.digests.len().to_string(), words);
    if let Some(lost) = &story.lost {
        let words = format!("promises of the lost {}", lost.loss.desk);
        let class = if story.forgot() { "bad" } else { "" };
        tile(out, class, lost.promises.len().to_string(), &words);
        let words = "of them only honoured: first in line";
        tile(out, "", t.honoured_promises.to_string(), words);
    }
    if story.desks.len() > 1 {
        let count = story.desks.len().to_string();
        tile(out, "", count, "devices that decide");
    }
    for (number, words) in [
        (t.requests, "bookings asked for"),
        (t.confirmed, "confirmed"),
        (t.moved, "at another place than asked"),
        (t.waiting, "had to wait"),
        (t.checked_in, "came"),
        (t.no_shows, "did not come"),
        (t.cancelled, "cancelled"),
        (t.declined, "declined"),
    ] {
        tile(out, "", number.to_string(), words);
    }
    out.push_str("</section>\n");
}

/// Each promise of the device that was lost, and what became of it.
fn lost(out: &mut String, story: &Story) {
    let Some(lost) = &story.lost else { return };
    let loss = &lost.loss;
    let _ = write!(
        out,
        "<section><h2>What {} had promised, and what became of it</h2>\n<p class=\"note\">By itself from {}, lost at {}, \
         replaced at {} by {}. {} {}</p>\n<table class=\"told\">\n<tbody>\n",
        loss.desk.the(),
        clock::time(loss.apart),
        clock::time(loss.lost),
        clock::time(loss.replaced),
        loss.desk.successor().the(),
        lost.words(),
        story.honoured_words().unwrap_or_default()
    );
    for promise in &lost.promises {
        let told = promise.told.map_or(String::new(), |at| {
            format!("<em>told at {}</em>", clock::time(at))
        });
        let _ = writeln!(
            out,
            "<tr><td><time>{}</time></td><th scope=\"row\">{}</th><td>{}</td><td>{}<span class=\"{}\">{}</span>{told}</td></tr>",
            clock::time_on(story.office.day, promise.since),
            escaped(story.name(promise.who)),
            escaped(&promise.place),
            promise.heard_of(),
            outcome_class(&promise.outcome),
            escaped(&promise.outcome.to_string())
        );
    }
    out.push_str("</tbody></table></section>\n");
}

const fn outcome_class(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Kept | Outcome::Again => "got",
        Outcome::Moved { .. } => "moved",
        Outcome::InLine => "wait",
        Outcome::Closed | Outcome::Forgotten => "no",
        Outcome::Over | Outcome::NotShown | Outcome::GivenUp | Outcome::NoShow => "plain",
    }
}

fn people(out: &mut String, story: &Story) {
    out.push_str("<section><h2>What people were told, when it changed and why</h2>\n<table class=\"told\">\n");
    out.push_str("<thead><tr><th scope=\"col\">Who</th><th scope=\"col\">Wanted</th><th scope=\"col\">Was told</th></tr></thead>\n<tbody>\n");
    let mut people: Vec<PersonId> = story.bookings.iter().map(|booking| booking.who).collect();
    people.sort_by_key(|who| story.name(*who).to_owned());
    people.dedup();
    for who in people {
        let own: Vec<&Booking> = story
            .bookings
            .iter()
            .filter(|booking| booking.who == who)
            .collect();
        for (nth, booking) in own.iter().enumerate() {
            out.push_str("<tr>");
            if nth == 0 {
                let _ = write!(
                    out,
                    "<th scope=\"rowgroup\" rowspan=\"{}\">{}{}</th>",
                    own.len(),
                    escaped(story.name(who)),
                    remark(story, who)
                );
            }
            let _ = write!(out, "<td>{}</td><td><ol>", escaped(&booking.title));
            for told in &booking.told {
                let place = told
                    .place
                    .as_ref()
                    .map_or(String::new(), |place| format!(" {}", escaped(place)));
                let why = told
                    .why
                    .as_ref()
                    .map_or(String::new(), |why| format!("<em>{}</em>", escaped(why)));
                let _ = write!(
                    out,
                    "<li><time>{}</time> <span class=\"{}\">{}{place}</span>{why}</li>",
                    clock::time_on(story.office.day, told.at),
                    class(told.status),
                    told.status
                );
            }
            out.push_str("</ol></td></tr>\n");
        }
    }
    out.push_str("</tbody></table></section>\n");
}

/// What is odd about somebody's phone.
fn remark(story: &Story, who: PersonId) -> String {
    let Some(person) = story.people.get(who.0) else {
        return String::new();
    };
    match (person.clock_error, person.trick) {
        (0, None) => String::new(),
        (0, Some(_)) => "<small class=\"no\">hostile</small>".into(),
        (ahead @ 1.., _) => format!("<small>clock {ahead} min ahead</small>"),
        (behind, _) => format!("<small>clock {} min behind</small>", behind.unsigned_abs()),
    }
}

const fn class(status: Status) -> &'static str {
    match status {
        Status::Confirmed | Status::CheckedIn => "got",
        Status::Alternative => "moved",
        Status::Waiting(_) => "wait",
        Status::Declined | Status::Refused | Status::Released | Status::TakenBack => "no",
        _ => "plain",
    }
}

fn hostile(out: &mut String, story: &Story) {
    if story.attempts.is_empty() {
        return;
    }
    out.push_str("<section><h2>What hostile phones tried</h2>\n<table>\n<tbody>\n");
    for attempt in &story.attempts {
        let harm = if attempt.harm {
            " <strong class=\"no\">It did harm.</strong>"
        } else {
            ""
        };
        let _ = writeln!(
            out,
            "<tr><td><time>{}</time></td><th scope=\"row\">{}</th><td>{}, {} times</td><td>{}{harm}</td></tr>",
            clock::time_on(story.office.day, attempt.at),
            escaped(story.name(attempt.who)),
            attempt.trick,
            attempt.times,
            escaped(&attempt.came_to)
        );
    }
    out.push_str("</tbody></table></section>\n");
}

fn meetings(out: &mut String, story: &Story) {
    let t = &story.totals;
    out.push_str("<section><h2>How they met</h2>\n<ul class=\"row\">\n");
    for carrier in Carrier::ALL {
        let _ = writeln!(out, "<li><b>{}</b> {carrier}</li>", t.met_by(carrier));
    }
    let _ = write!(
        out,
        "<li><b>{}</b> found no network</li>\n<li><b>{} kB</b> in all</li>\n</ul></section>\n",
        t.unreached,
        t.bytes.div_ceil(1000)
    );
}

fn digests(out: &mut String, story: &Story) {
    out.push_str("<section><h2>What each device says the day’s bookings are, hashed</h2>\n<ul class=\"row digests\">\n");
    let class = if story.agreed().is_some() {
        "got"
    } else {
        "no"
    };
    for (device, digest) in &story.digests {
        let hex = digest.to_string();
        let short = hex.get(..12).unwrap_or(&hex);
        let _ = writeln!(
            out,
            "<li>{} <code class=\"{class}\" title=\"{hex}\">{short}</code></li>",
            escaped(device)
        );
    }
    out.push_str("</ul></section>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::sample;

    #[test]
    fn the_page_needs_no_other_file() {
        let page = html(&sample::story(8, 7));
        for outside in ["src=", "href=", "url(http", "@import"] {
            assert!(!page.contains(outside), "{outside}");
        }
    }

    #[test]
    fn each_promise_of_a_lost_device_has_a_row() {
        let story = sample::with_loss();
        let page = html(&story);
        crate::picture::well_formed(&page);
        assert!(page.contains("What the tablet had promised, and what became of it"));
        assert!(page.contains("lost at 15:40, replaced at 16:10 by the new tablet."));
        for promise in &story.lost.as_ref().unwrap().promises {
            assert!(
                page.contains(&format!(">{}</span>", promise.outcome)),
                "{promise:?}"
            );
        }
        assert!(!html(&sample::story(8, 7)).contains("had promised"));
    }

    #[test]
    fn names_and_reasons_cannot_become_markup() {
        let mut story = sample::story(8, 7);
        for person in &mut story.people {
            person.name = "<script>alert(1)</script>".into();
        }
        let page = html(&story);
        assert!(!page.contains("<script"));
        assert!(page.contains("Birch is confirmed to &lt;someone&gt; else"));
        crate::picture::well_formed(&page);
    }

    #[test]
    fn everybody_who_booked_has_a_row_with_all_they_were_told() {
        let story = sample::story(40, 7);
        let page = html(&story);
        let told: usize = story
            .bookings
            .iter()
            .map(|booking| booking.told.len())
            .sum();
        assert_eq!(page.matches("<li><time>").count(), told);
        assert_eq!(
            page.matches("min ahead</small>").count() + page.matches("min behind</small>").count(),
            {
                let mut late: Vec<_> = story.bookings.iter().map(|b| b.who).collect();
                late.sort();
                late.dedup();
                late.into_iter()
                    .filter(|who| story.people[who.0].clock_error != 0)
                    .count()
            }
        );
    }
}
