use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// One line on standard error that says how far the day is, on a terminal, when it takes longer than a moment.
#[derive(Debug)]
pub struct Progress {
    shown: bool,
    started: Instant,
    last: Instant,
    quiet: bool,
}

/// Nothing is shown before: short days need no line.
const PATIENCE: Duration = Duration::from_millis(800);
/// Between two changes of the line.
const STEP: Duration = Duration::from_millis(100);
const WIDTH: usize = 24;

impl Progress {
    /// Watches from now on; `wanted` is false for output that a program reads.
    pub fn new(wanted: bool) -> Self {
        let now = Instant::now();
        Self {
            shown: false,
            started: now,
            last: now,
            quiet: !wanted || !std::io::stderr().is_terminal(),
        }
    }

    /// So many steps of all are done, and the day's clock shows `time`.
    pub fn at(&mut self, done: usize, all: usize, time: &str) {
        let now = Instant::now();
        if self.quiet
            || now.duration_since(self.started) < PATIENCE
            || now.duration_since(self.last) < STEP
        {
            return;
        }
        (self.shown, self.last) = (true, now);
        // A progress line that cannot be written is no reason to stop.
        let _ = write!(std::io::stderr(), "\r\u{1b}[K{}", line(done, all, time));
        let _ = std::io::stderr().flush();
    }

    /// Takes the line away.
    pub fn done(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
            let _ = std::io::stderr().flush();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done();
    }
}

fn line(done: usize, all: usize, time: &str) -> String {
    let full = done
        .min(all)
        .saturating_mul(WIDTH)
        .checked_div(all)
        .unwrap_or(WIDTH);
    let bar: String = (0..WIDTH)
        .map(|cell| if cell < full { '█' } else { '░' })
        .collect();
    format!("{bar} {time}  {done} of {all} steps")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills_from_left_to_right() {
        assert_eq!(
            line(0, 10, "07:00"),
            "░░░░░░░░░░░░░░░░░░░░░░░░ 07:00  0 of 10 steps"
        );
        assert_eq!(
            line(5, 10, "13:30"),
            "████████████░░░░░░░░░░░░ 13:30  5 of 10 steps"
        );
        assert_eq!(
            line(0, 0, "20:00"),
            "████████████████████████ 20:00  0 of 0 steps"
        );
    }
}
