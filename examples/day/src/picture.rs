//! The day as one picture: every place a row, the hours from left to right.
//!
//! A bar is a confirmed booking. A thin line under a row is a wish that was not met there: an arrow leads from it to
//! the place that was given instead, and without an arrow it waited. Below is who met how, and at which of the devices
//! that decide when there are several; a lost one has a gap.
//!
//! The picture is plain SVG 1.1 with one style sheet inside. It follows the reader's light or dark setting, has a title
//! and a description, and does not tell anything by colour alone.

mod canvas;
mod frame;
mod key;
mod layout;
mod marks;
mod strip;
mod style;

pub(crate) use canvas::escaped;
pub(crate) use style::PALETTE;

use crate::clock;
use crate::story::Story;
use canvas::Canvas;
use layout::Layout;

/// The width of the picture, in its own units; on a page it is as wide as there is room.
const WIDTH: f64 = 1040.0;

/// The picture of a day.
pub fn svg(story: &Story) -> String {
    let layout = Layout::of(story);
    let mut canvas = Canvas::default();
    frame::head(&mut canvas, story);
    frame::grid(&mut canvas, story, &layout);
    marks::draw(&mut canvas, story, &layout);
    let below = strip::draw(&mut canvas, story, &layout);
    let height = key::draw(&mut canvas, below);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"day-title day-words\" font-family=\"system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif\">\n\
         <title id=\"day-title\">{}</title>\n<desc id=\"day-words\">{}</desc>\n\
         <style>{}{}</style>\n{}\n{}</svg>\n",
        escaped(&title(story)),
        escaped(&words(story)),
        PALETTE,
        style::CLASSES,
        style::DEFINITIONS,
        canvas.finish(),
    )
}

/// "A day at Kallion kirjasto, Tuesday 16 June 2026".
pub(crate) fn title(story: &Story) -> String {
    let name = story
        .office
        .names
        .first()
        .map_or("the office", String::as_str);
    format!("A day at {name}, {}", clock::date(story.office.day))
}

fn words(story: &Story) -> String {
    let t = &story.totals;
    format!(
        "{} places, {} phones. {} bookings asked for: {} confirmed, {} of them at another place than asked, {} had to wait, \
         {} declined. {} confirmations broken, {} double bookings. {}",
        story.rows.len(),
        t.phones,
        t.requests,
        t.confirmed,
        t.moved,
        t.waiting,
        t.declined,
        t.broken_promises,
        t.double_bookings,
        verdict(story)
    )
}

/// "All 41 devices agree." or that they do not, and what else went wrong.
pub(crate) fn verdict(story: &Story) -> String {
    let agree = match (story.agreed(), story.digests.len()) {
        (Some(_), devices) => format!("All {devices} devices agree."),
        (None, devices) => format!("The {devices} devices do not agree."),
    };
    let misled = match story.misled.len() {
        0 => String::new(),
        count => format!(" {count} last words differ."),
    };
    let harm = if story.did_harm() {
        " A hostile phone did harm."
    } else {
        ""
    };
    let forgot = if story.forgot() {
        " A promise of the lost device was forgotten."
    } else {
        ""
    };
    format!("{agree}{misled}{harm}{forgot}")
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::well_formed;
