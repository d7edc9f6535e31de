//! Figures side by side: what is compared is measured in turns, and in the processor time of the one thread that does
//! it, so that whatever else the machine is doing slows both alike.

use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;

/// What a figure is measured against.
pub(crate) enum Wanted {
    AtMost(f64),
    AtLeast(f64),
    /// Not promised: to be known.
    Known,
}

/// Two things, timed in turns.
#[derive(Default)]
pub(crate) struct Pair {
    ours: Vec<Duration>,
    theirs: Vec<Duration>,
}

impl Pair {
    pub(crate) fn push(&mut self, ours: Duration, theirs: Duration) {
        self.ours.push(ours);
        self.theirs.push(theirs);
    }

    pub(crate) fn medians(&self) -> (Duration, Duration) {
        (median(&self.ours), median(&self.theirs))
    }

    pub(crate) fn ratio(&self) -> f64 {
        let (ours, theirs) = self.medians();
        ours.as_secs_f64() / theirs.as_secs_f64()
    }
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() / 2]
}

/// The processor time it takes, and what comes of it.
pub(crate) fn timed<T>(act: impl FnOnce() -> T) -> (Duration, T) {
    let start = processor_time();
    let done = act();
    (processor_time() - start, done)
}

fn processor_time() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(now.tv_sec).unwrap();
    Duration::new(seconds, u32::try_from(now.tv_nsec).unwrap())
}

/// Every figure, for the end of the run.
#[derive(Default)]
pub(crate) struct Report(Vec<String>);

impl Report {
    pub(crate) fn add(&mut self, what: &str, ratio: f64, wanted: &Wanted, detail: &str) {
        let verdict = match wanted {
            Wanted::AtMost(most) if ratio <= *most => format!("wanted at most {most}: met"),
            Wanted::AtMost(most) => {
                let over = (ratio / most - 1.0) * 100.0;
                format!("wanted at most {most}: MISSED by {over:.0} %")
            }
            Wanted::AtLeast(least) if ratio >= *least => format!("wanted at least {least}: met"),
            Wanted::AtLeast(least) => {
                let under = (1.0 - ratio / least) * 100.0;
                format!("wanted at least {least}: MISSED by {under:.0} %")
            }
            Wanted::Known => "not promised".to_owned(),
        };
        let line = format!("{ratio:>9.2}  {what}; {verdict}\n           {detail}");
        println!("{line}");
        self.0.push(line);
    }

    /// What the figures that follow are of.
    pub(crate) fn heading(&mut self, what: &str) {
        println!("{what}");
        self.0.push(what.to_owned());
    }

    pub(crate) fn print(&self) {
        println!(
            "\nratios, at {} bookings in twelve months",
            crate::plan::BOOKINGS
        );
        self.0.iter().for_each(|line| println!("{line}"));
    }
}
