//! Content lines (RFC 5545 §3.1): folded at 75 octets, ended by CRLF.

/// The most octets on a line, the line break left aside.
const WIDTH: usize = 75;

/// Writes content lines.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A line whose value needs no escaping.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A line of text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.fold(&format!("{name}:{}", escaped(text)));
    }

    /// A line of text in a language; none when there is no text.
    pub(super) fn words(&mut self, name: &str, language: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        // A tag that is none would break the line's form.
        let is_tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !language.is_empty() && language.chars().all(is_tag) {
            self.text(&format!("{name};LANGUAGE={language}"), text);
        } else {
            self.text(name, text);
        }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    fn fold(&mut self, line: &str) {
        let mut room = WIDTH;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = WIDTH.saturating_sub(1);
            }
            self.0.push(c);
            room = room.saturating_sub(c.len_utf8());
        }
        self.0.push_str("\r\n");
    }
}

/// TEXT (§3.3.11). Control characters are left out, line breaks of any kind become `\n`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push(c),
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fold_at_75_octets_and_never_inside_a_character() {
        let mut lines = Lines::default();
        let text = "å".repeat(120);
        lines.text("X", &text);
        let written = String::from_utf8(lines.into_bytes()).unwrap();
        let widths: Vec<usize> = written.split("\r\n").map(str::len).collect();
        assert_eq!(
            widths,
            [74, 75, 75, 21, 0],
            "a two-byte letter never straddles"
        );
        assert_eq!(written.replace("\r\n ", ""), format!("X:{text}\r\n"));
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(
            escaped("a\\b;c,d\r\ne\rf\u{7}g\th"),
            "a\\\\b\\;c\\,d\\ne\\nfg\th"
        );
    }

    #[test]
    fn a_tag_that_is_no_tag_is_left_out() {
        let mut lines = Lines::default();
        lines.words("SUMMARY", "sv", "a");
        lines.words("SUMMARY", "s:v", "b");
        lines.words("SUMMARY", "sv", "");
        assert_eq!(
            lines.into_bytes(),
            b"SUMMARY;LANGUAGE=sv:a\r\nSUMMARY:b\r\n"
        );
    }
}
