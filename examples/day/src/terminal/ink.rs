use std::io::IsTerminal;

/// Whether words are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    colour: bool,
}

impl Ink {
    /// Coloured words, for a terminal.
    pub const COLOURED: Self = Self { colour: true };
    /// Words alone, for a file or a pipe.
    pub const PLAIN: Self = Self { colour: false };

    /// Coloured where standard output is a terminal and `NO_COLOR` is unset or empty (<https://no-color.org>).
    pub fn of_stdout() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self {
            colour: wanted && std::io::stdout().is_terminal(),
        }
    }

    fn paint(self, code: &str, words: &str) -> String {
        if self.colour && !words.is_empty() {
            format!("\u{1b}[{code}m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }

    /// A heading.
    pub fn bold(self, words: &str) -> String {
        self.paint("1", words)
    }

    /// Less important.
    pub fn soft(self, words: &str) -> String {
        self.paint("2", words)
    }

    /// As promised.
    pub fn good(self, words: &str) -> String {
        self.paint("32", words)
    }

    /// Not decided, or elsewhere.
    pub fn wait(self, words: &str) -> String {
        self.paint("33", words)
    }

    /// Refused, closed, wrong.
    pub fn bad(self, words: &str) -> String {
        self.paint("31", words)
    }
}
