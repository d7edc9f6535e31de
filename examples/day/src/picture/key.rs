//! What the marks mean.

use super::canvas::{Box, Canvas};

/// Draws the key and returns the height of the whole picture.
pub(super) fn draw(canvas: &mut Canvas, top: f64) -> f64 {
    let y = top + 16.0;
    let (mut x, line) = (22.0, y);
    let swatch = |x: f64, y: f64, height: f64| Box {
        x,
        y: y - height / 2.0,
        width: 22.0,
        height,
    };
    for (class, height, words) in [
        ("got", 13.0, "got what was asked, came"),
        ("moved", 13.0, "moved, came"),
        ("plain got", 12.0, "confirmed"),
        ("absent", 12.0, "did not come: given back"),
        ("buffer", 9.0, "kept free"),
        ("closed", 12.0, "closed"),
    ] {
        canvas.rect(class, swatch(x, line, height), 3.0, "");
        canvas.text("small", x + 28.0, line + 4.0, words);
        x += 28.0 + words.len() as f64 * 6.0 + 22.0;
    }
    let (mut x, line) = (22.0, y + 22.0);
    for (class, words) in [
        (
            "wish",
            "wished here, moved along the arrow (dashed: at their own wish; red: it closed)",
        ),
        ("wait", "waited"),
        ("no", "declined or closed"),
        ("gone", "cancelled"),
    ] {
        canvas.rect(class, swatch(x, line, 4.0), 2.0, "");
        canvas.text("small", x + 28.0, line + 4.0, words);
        x += 28.0 + words.len() as f64 * 5.55 + 22.0;
    }
    canvas.dot("missed", x + 4.0, line, 3.0, "");
    canvas.text("small", x + 14.0, line + 4.0, "no network");
    line + 24.0
}
