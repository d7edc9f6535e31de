//! `cargo xtask test`: every test there is, on a machine that has only Rust, git and Python. A step that needs more installs
//! it; where it may not, it is skipped, and says why.

use crate::failure::{Failure, Result};
use crate::project::{Project, run};
use crate::step::{Outcome, Step};
use crate::{kotlin, mutants, python, swift, together};

/// Every test.
pub fn steps() -> Vec<Step> {
    let mut steps = engine();
    steps.extend(apps());
    steps
}

/// The steps of those names; all when there are none.
pub fn chosen(names: &[String]) -> Result<Vec<Step>> {
    let steps = steps();
    let there: Vec<&str> = steps.iter().map(|step| step.name).collect();
    if let Some(unknown) = names.iter().find(|name| !there.contains(&name.as_str())) {
        let there = there.join(", ");
        return Err(Failure::new(format!(
            "there is no step {unknown:?}: there are {there}"
        )));
    }
    let is_chosen = |step: &Step| names.is_empty() || names.iter().any(|name| name == step.name);
    Ok(steps.into_iter().filter(is_chosen).collect())
}

/// The engine's, the ones that fail for the most reasons first; then what shows that they can fail; and the facade's, in
/// one language.
pub fn engine() -> Vec<Step> {
    vec![
        Step {
            name: "tests",
            about: "unit, integration and documentation tests",
            seconds: 240,
            run: tests,
        },
        Step {
            name: "mutants",
            about: "each committed mistake is caught by the test it names",
            seconds: 240,
            run: mutants::all,
        },
        Step {
            name: "python",
            about: "the Python package: wheel, types, tests, its page and the kiosk",
            seconds: 240,
            run: python::test_python_bindings,
        },
    ]
}

/// Those of the languages whose tools are large. Together with the engine's they would keep a change waiting for more
/// than half an hour, so CI runs them beside it.
fn apps() -> Vec<Step> {
    vec![
        Step {
            name: "kotlin",
            about: "the Kotlin package and the visitor's app",
            seconds: 150,
            run: kotlin::test_kotlin,
        },
        Step {
            name: "swift",
            about: "the Swift package with its page, and the visitor's app",
            seconds: 300,
            run: swift::test_swift,
        },
        Step {
            name: "together",
            about: "a kiosk in Python and phones in Kotlin and Swift meet",
            seconds: 60,
            run: together::meet,
        },
    ]
}

fn tests(project: &Project) -> Result<Outcome> {
    run(project
        .cargo()
        .args(["test", "--workspace", "--locked", "--profile", "ci"]))?;
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
        assert_eq!(names(&["swift", "python"]).unwrap(), ["python", "swift"]);
        assert_eq!(names(&[]).unwrap().len(), steps().len());
    }

    #[test]
    fn a_step_that_is_not_there_is_answered_with_those_that_are() {
        let error = names(&["pyhton"]).unwrap_err().to_string();
        let there = "there are tests, mutants, python, kotlin, swift, together";
        assert_eq!(error, format!("there is no step \"pyhton\": {there}"));
    }
}
