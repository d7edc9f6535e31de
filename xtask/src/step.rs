//! A run of named steps: the plan first, then each with its time, then the count.

use crate::failure::Result;
use crate::project::Project;
use std::fmt;
use std::time::{Duration, Instant};

/// One thing a run does.
pub struct Step {
    /// What a failure is reported under.
    pub name: &'static str,
    /// What it does, for the plan.
    pub about: &'static str,
    /// Rough seconds on two cores when nothing is built yet.
    pub seconds: u64,
    /// Does it.
    pub run: fn(&Project) -> Result<Outcome>,
}

/// How a step that did not fail ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It did what it says.
    Passed,
    /// There was nothing to do, and why.
    Skipped(String),
}

/// Runs the steps in order and stops at the first that fails. `true` when none did.
pub fn run_all(project: &Project, steps: &[Step]) -> bool {
    print!("{}", Plan(steps));
    let mut done = Vec::new();
    for step in steps {
        println!("\n── {}: {}", step.name, step.about);
        let start = Instant::now();
        let result = (step.run)(project);
        let took = Took(start.elapsed());
        match &result {
            Ok(Outcome::Passed) => println!("── {} passed in {took}", step.name),
            Ok(Outcome::Skipped(why)) => println!("── {} skipped: {why}", step.name),
            Err(failure) => println!("── {} FAILED after {took}: {failure}", step.name),
        }
        let failed = result.is_err();
        done.push((step.name, took, result));
        if failed {
            break;
        }
    }
    let summary = Summary {
        done: &done,
        planned: steps,
    };
    println!("\n{summary}");
    summary.failed() == 0
}

struct Plan<'a>(&'a [Step]);

impl fmt::Display for Plan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = rough(self.0.iter().map(|step| step.seconds).sum());
        writeln!(
            f,
            "Plan, with rough times on two cores when nothing is built yet ({total} in all):"
        )?;
        self.0.iter().try_for_each(|step| {
            writeln!(
                f,
                "  {:<8} {:>6}  {}",
                step.name,
                rough(step.seconds),
                step.about
            )
        })
    }
}

fn rough(seconds: u64) -> String {
    if seconds < 60 {
        format!("{seconds} s")
    } else {
        format!("{} min", seconds.div_ceil(60))
    }
}

struct Summary<'a> {
    done: &'a [(&'static str, Took, Result<Outcome>)],
    planned: &'a [Step],
}

impl Summary<'_> {
    fn failed(&self) -> usize {
        self.done
            .iter()
            .filter(|(.., result)| result.is_err())
            .count()
    }
}

/// The last line is the count alone, so that a machine can read it too.
impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, took, result) in self.done {
            let ended = match result {
                Ok(Outcome::Passed) => "passed",
                Ok(Outcome::Skipped(_)) => "skipped",
                Err(_) => "FAILED",
            };
            writeln!(f, "  {name:<8} {ended:<8} {:>10}", took.to_string())?;
        }
        for step in self.planned.iter().skip(self.done.len()) {
            writeln!(f, "  {:<8} not run", step.name)?;
        }
        for (name, _, result) in self.done {
            if let Err(failure) = result {
                writeln!(f, "step `{name}` failed: {failure}")?;
            }
        }
        let passed = self
            .done
            .iter()
            .filter(|(.., result)| *result == Ok(Outcome::Passed))
            .count();
        write!(f, "{passed} passed, {} failed", self.failed())?;
        match self
            .planned
            .len()
            .saturating_sub(passed)
            .saturating_sub(self.failed())
        {
            0 => Ok(()),
            skipped => write!(f, ", {skipped} skipped"),
        }
    }
}

/// A duration in the unit a person would use.
#[derive(Debug, Clone, Copy)]
pub struct Took(pub Duration);

impl fmt::Display for Took {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_secs() {
            seconds @ 0..60 => write!(f, "{seconds}.{} s", self.0.subsec_millis() / 100),
            seconds => write!(f, "{} min {:02} s", seconds / 60, seconds % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Failure;

    fn step(name: &'static str) -> Step {
        Step {
            name,
            about: "does a thing",
            seconds: 90,
            run: |_| Ok(Outcome::Passed),
        }
    }

    fn summary(results: Vec<Result<Outcome>>) -> String {
        let planned = ["one", "two", "three"].map(step);
        let took = Took(Duration::from_millis(1_250));
        let done: Vec<_> = planned
            .iter()
            .zip(results)
            .map(|(step, result)| (step.name, took, result))
            .collect();
        Summary {
            done: &done,
            planned: &planned,
        }
        .to_string()
    }

    #[test]
    fn a_full_run_ends_with_the_bare_count() {
        let text = summary(vec![Ok(Outcome::Passed); 3]);
        assert!(text.ends_with("\n3 passed, 0 failed"), "{text}");
    }

    #[test]
    fn a_step_with_nothing_to_do_is_not_counted_as_passed() {
        let nothing = Ok(Outcome::Skipped("no folder".into()));
        let text = summary(vec![Ok(Outcome::Passed), nothing, Ok(Outcome::Passed)]);
        assert!(text.ends_with("\n2 passed, 0 failed, 1 skipped"), "{text}");
    }

    #[test]
    fn a_failure_names_its_step_and_what_was_left() {
        assert_eq!(
            summary(vec![
                Ok(Outcome::Passed),
                Err(Failure::new("`cargo fmt` ended with exit status: 1"))
            ]),
            "  one      passed        1.2 s\n\
             \x20 two      FAILED        1.2 s\n\
             \x20 three    not run\n\
             step `two` failed: `cargo fmt` ended with exit status: 1\n\
             1 passed, 1 failed, 1 skipped"
        );
    }

    #[test]
    fn the_plan_sums_the_rough_times() {
        let plan = Plan(&["one", "two"].map(step)).to_string();
        assert!(plan.contains("(3 min in all)"), "{plan}");
        assert!(plan.contains("  one       2 min  does a thing\n"), "{plan}");
    }
}
