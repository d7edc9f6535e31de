use std::fmt::Write;

/// Elements in the order in which they are painted.
#[derive(Default)]
pub(super) struct Canvas(String);

/// A place on the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Box {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Box {
    pub(super) fn middle(&self) -> f64 {
        self.y + self.height / 2.0
    }

    /// Smaller by so much on each side.
    pub(super) fn inside(&self, by: f64) -> Self {
        Self {
            x: self.x + by,
            y: self.y + by,
            width: (self.width - 2.0 * by).max(0.0),
            height: (self.height - 2.0 * by).max(0.0),
        }
    }
}

impl Canvas {
    // Writing to a String cannot fail: the result of each write is dropped.

    pub(super) fn rect(&mut self, class: &str, place: Box, radius: f64, hint: &str) {
        let Box {
            x,
            y,
            width,
            height,
        } = place;
        let _ = write!(
            self.0,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius}\""
        );
        self.close("rect", hint);
    }

    pub(super) fn text(&mut self, class: &str, x: f64, y: f64, words: &str) {
        let _ = writeln!(
            self.0,
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>",
            escaped(words)
        );
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        let _ = writeln!(
            self.0,
            "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
        );
    }

    pub(super) fn dot(&mut self, class: &str, x: f64, y: f64, radius: f64, hint: &str) {
        let _ = write!(
            self.0,
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\""
        );
        self.close("circle", hint);
    }

    /// An arrow that leaves and arrives at the left of two places, bent to the left of both.
    pub(super) fn arrow(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        let bend = (8.0 + (y2 - y1).abs() / 14.0).min(26.0);
        let _ = writeln!(
            self.0,
            "<path class=\"{class}\" d=\"M{x1:.1} {y1:.1}C{:.1} {y1:.1} {:.1} {y2:.1} {x2:.1} {y2:.1}\"/>",
            x1 - bend,
            x2 - bend - 6.0,
        );
    }

    fn close(&mut self, element: &str, hint: &str) {
        let _ = if hint.is_empty() {
            writeln!(self.0, "/>")
        } else {
            writeln!(self.0, "><title>{}</title></{element}>", escaped(hint))
        };
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// Words as they may stand in XML and HTML, in an attribute too.
pub(crate) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
