//! `cargo xtask test`: every test there is, on a machine that has only Rust, git and Python. A step that needs more installs
//! it; where it may not, it is skipped, and says why.

use crate::failure::Result;
use crate::project::{Project, run};
use crate::step::{Outcome, Step};
use crate::{fuzz, kotlin, mutants, python, swift};

/// Every test, the ones that fail for the most reasons first; then what shows that they can fail.
pub fn steps() -> Vec<Step> {
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
            name: "fuzz",
            about: "replay of seeds and mutated inputs",
            seconds: 60,
            run: fuzz::replay,
        },
        Step {
            name: "python",
            about: "the Python package: wheel, types, tests, its page and the kiosk",
            seconds: 240,
            run: python::test_python_bindings,
        },
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
            about: "a kiosk in Python and phones in Kotlin meet",
            seconds: 60,
            run: kotlin::meet,
        },
    ]
}

fn tests(project: &Project) -> Result<Outcome> {
    run(project
        .cargo()
        .args(["test", "--workspace", "--locked", "--profile", "ci"]))?;
    Ok(Outcome::Passed)
}
