//! `cargo xtask test`: every test there is, on a machine that has only Rust, git and Python. A step that needs more installs
//! it; where it may not, it is skipped, and says why.

use crate::failure::{Failure, Result};
use crate::project::{Project, run};
use crate::step::{Outcome, Step};
use crate::{kotlin, mutants, python, swift, together};

/// Every test. The engine's and the mutants leave a core idle now and then, and so do the languages' tools: side by
/// side they take less. Swift's come first, since they are fetched while the engine is built.
pub fn steps() -> Vec<Step> {
    vec![
        Step {
            name: "swift",
            about: "the Swift package with its page, and the visitor's app",
            seconds: 790,
            beside: true,
            run: swift::test_swift,
        },
        Step {
            name: "python",
            about: "the Python package: wheel, types, tests, its page and the kiosk",
            seconds: 110,
            beside: true,
            run: python::test_python_bindings,
        },
        Step {
            name: "kotlin",
            about: "the Kotlin package and the visitor's app",
            seconds: 140,
            beside: true,
            run: kotlin::test_kotlin,
        },
        Step {
            name: "together",
            about: "a kiosk in Python and phones in Kotlin and Swift meet",
            seconds: 180,
            beside: true,
            run: together::meet,
        },
        Step {
            name: "build",
            about: "what the tests are built of",
            seconds: 360,
            beside: false,
            run: build,
        },
        Step {
            name: "tests",
            about: "unit, integration and documentation tests",
            seconds: 580,
            beside: false,
            run: tests,
        },
        Step {
            name: "mutants",
            about: "each committed mistake is caught by the test it names",
            seconds: 330,
            beside: false,
            run: mutants::all,
        },
    ]
}

/// The steps of those names, side by side where there is something to run beside; all when there are none.
pub fn chosen(names: &[String]) -> Result<Vec<Step>> {
    let steps = steps();
    let there: Vec<&str> = steps.iter().map(|step| step.name).collect();
    if let Some(unknown) = names.iter().find(|name| !there.contains(&name.as_str())) {
        let there = there.join(", ");
        return Err(Failure::new(format!(
            "there is no step {unknown:?}: there are {there}"
        )));
    }
    if names.is_empty() {
        return Ok(steps);
    }
    let chosen = steps.into_iter();
    let mut chosen: Vec<Step> = chosen
        .filter(|step| names.iter().any(|name| name == step.name))
        .collect();
    let last = chosen.iter().rposition(|step| !step.beside);
    for (place, step) in chosen.iter_mut().enumerate() {
        step.beside &= last.is_some_and(|last| place < last);
    }
    Ok(chosen)
}

fn build(project: &Project) -> Result<Outcome> {
    run(project.cargo().args(TESTS).arg("--no-run"))?;
    Ok(Outcome::Passed)
}

const TESTS: [&str; 5] = ["test", "--workspace", "--locked", "--profile", "ci"];

fn tests(project: &Project) -> Result<Outcome> {
    run(project.cargo().args(TESTS))?;
    Ok(Outcome::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(chosen: &[&str]) -> Result<Vec<&'static str>> {
        let chosen: Vec<String> = chosen.iter().map(|name| (*name).to_owned()).collect();
        let steps = super::chosen(&chosen)?;
        Ok(steps.iter().map(|step| step.name).collect())
    }

    #[test]
    fn steps_are_run_in_their_order_whatever_order_they_are_named_in() {
        assert_eq!(names(&["python", "swift"]).unwrap(), ["swift", "python"]);
        assert_eq!(names(&[]).unwrap().len(), steps().len());
        let alone = chosen(&["swift".to_owned()]).unwrap();
        assert!(!alone[0].beside, "there is nothing for it to run beside");
        let both = chosen(&["python".to_owned(), "tests".to_owned()]).unwrap();
        assert!(both[0].beside && !both[1].beside);
    }

    #[test]
    fn a_step_that_is_not_there_is_answered_with_those_that_are() {
        let error = names(&["pyhton"]).unwrap_err().to_string();
        let there = "there are swift, python, kotlin, together, build, tests, mutants";
        assert_eq!(error, format!("there is no step \"pyhton\": {there}"));
    }
}
