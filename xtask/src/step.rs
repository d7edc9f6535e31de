//! A run of named steps: the plan first, then each with its time, then the count.

use crate::failure::{Failure, Result};
use crate::project::Project;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{env, fmt, fs, thread};

/// One thing a run does.
pub struct Step {
    /// What a failure is reported under.
    pub name: &'static str,
    /// What it does, for the plan.
    pub about: &'static str,
    /// Rough seconds on two cores when nothing is built yet.
    pub seconds: u64,
    /// Whether it runs beside those that follow, in turn with others of that sort, while what it says is kept in a file.
    pub beside: bool,
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

/// What became of a step, and how long it took.
type Done = (&'static str, Took, Result<Outcome>);

/// Runs the steps in order, those that run beside others at the same time, and stops at the first that fails. `true` when
/// none did.
pub fn run_all(project: &Project, steps: &[Step]) -> bool {
    print!("{}", Plan(steps));
    let stop = AtomicBool::new(false);
    let done = thread::scope(|scope| {
        let mut lane = None;
        let mut done = Vec::new();
        for step in steps {
            if step.beside {
                lane.get_or_insert_with(|| scope.spawn(|| beside(project, steps, &stop)));
                continue;
            }
            println!("\n── {}: {}", step.name, step.about);
            let start = Instant::now();
            let result = (step.run)(project);
            let failed = result.is_err();
            done.push(told(step.name, start, result));
            if failed {
                stop.store(true, Ordering::Relaxed);
                break;
            }
        }
        if let Some(lane) = lane {
            if !lane.is_finished() {
                println!("\n── waiting for what runs beside");
            }
            match lane.join() {
                Ok(others) => done.extend(others),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    let summary = Summary {
        done: &done,
        planned: steps,
    };
    println!("\n{summary}");
    summary.failed() == 0
}

/// Runs those steps in turn, each a process of its own, and shows what it said when it has ended.
fn beside(project: &Project, steps: &[Step], stop: &AtomicBool) -> Vec<Done> {
    let mut done = Vec::new();
    for step in steps.iter().filter(|step| step.beside) {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        println!("\n── {} begins beside: {}", step.name, step.about);
        let start = Instant::now();
        let (result, said) = aside(project, step.name);
        print!("\n{said}");
        let failed = result.is_err();
        done.push(told(step.name, start, result));
        if failed {
            break;
        }
    }
    done
}

/// `cargo xtask test NAME`, and all that it said.
fn aside(project: &Project, name: &str) -> (Result<Outcome>, String) {
    let path = project.target().join("xtask").join(format!("{name}.log"));
    let result = ended(project, name, &path);
    let said = fs::read_to_string(&path).unwrap_or_default();
    let skipped = format!("── {name} skipped: ");
    let why = said.lines().find_map(|line| line.strip_prefix(&skipped));
    let result =
        result.map(|()| why.map_or(Outcome::Passed, |why| Outcome::Skipped(why.to_owned())));
    (result, said)
}

fn ended(project: &Project, name: &str, path: &Path) -> Result<()> {
    let writing = || Failure::during(format!("cannot write {}", path.display()));
    fs::create_dir_all(path.parent().unwrap_or(path)).map_err(writing())?;
    let said = fs::File::create(path).map_err(writing())?;
    let errors = said.try_clone().map_err(writing())?;
    let this = env::current_exe().map_err(Failure::during("cannot find this program"))?;
    let mut command = project.command(this);
    command.args(["test", name]).stdout(said).stderr(errors);
    let status = command
        .status()
        .map_err(Failure::during(format!("cannot start step {name}")))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "it ended with {status}: see above, and {}",
        path.display()
    )))
}

fn told(name: &'static str, start: Instant, result: Result<Outcome>) -> Done {
    let took = Took(start.elapsed());
    match &result {
        Ok(Outcome::Passed) => println!("── {name} passed in {took}"),
        Ok(Outcome::Skipped(why)) => println!("── {name} skipped: {why}"),
        Err(failure) => println!("── {name} FAILED after {took}: {failure}"),
    }
    (name, took, result)
}

struct Plan<'a>(&'a [Step]);

impl fmt::Display for Plan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = |beside| {
            let of_lane = self.0.iter().filter(|step| step.beside == beside);
            of_lane.map(|step| step.seconds).sum::<u64>()
        };
        let total = match total(true) {
            0 => rough(total(false)),
            more => format!("{} and, beside that, {}", rough(total(false)), rough(more)),
        };
        writeln!(
            f,
            "Plan, with rough times on two cores when nothing is built yet ({total}):"
        )?;
        self.0.iter().try_for_each(|step| {
            writeln!(
                f,
                "  {:<8} {:>6}  {}{}",
                step.name,
                rough(step.seconds),
                if step.beside { "beside: " } else { "" },
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
    done: &'a [Done],
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
        let is_done = |step: &&Step| self.done.iter().any(|(name, ..)| *name == step.name);
        for step in self.planned.iter().filter(|step| !is_done(step)) {
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
            beside: false,
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
        assert!(plan.contains("(3 min)"), "{plan}");
        assert!(plan.contains("  one       2 min  does a thing\n"), "{plan}");
    }

    #[test]
    fn what_runs_beside_is_summed_apart() {
        let mut steps = ["one", "two", "three"].map(step);
        steps[1].beside = true;
        let plan = Plan(&steps).to_string();
        assert!(plan.contains("(3 min and, beside that, 2 min)"), "{plan}");
        assert!(
            plan.contains("  two       2 min  beside: does a thing\n"),
            "{plan}"
        );
    }
}
