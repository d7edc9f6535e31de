//! `cargo xtask cost`: what the languages' layers cost, as ratios in one run, and how large the library is. With the
//! profile that apps get, so it takes a while.

use crate::failure::{Failure, Result};
use crate::project::{Project, run};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The cargo profile of what apps carry.
const PROFILE: &str = "apps";
/// A page of 1 000 bookings as an app asks for it, compared with the same call in Rust: measured, and room for another
/// machine. `bindings/docs/costs.md` says what the time goes to.
const GATES: [(&str, f64); 3] = [("kotlin", 5.0), ("swift", 4.0), ("python", 55.0)];
/// What apps carry: the library, stripped, in bytes.
const SIZE_GATE: u64 = 17_000_000;

/// Measures, tells, and fails when something costs more than its gate.
pub fn cost(project: &Project) -> Result<()> {
    let folder = project.target().join("cost");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(Failure::during("cannot make a folder to measure in"))?;
    run(page(project).arg("found").arg(&folder))?;
    run(page(project).arg(&folder))?;
    let before = read(&folder, "rust")?;
    for measure in [kotlin, swift, python] {
        run(measure(project).env("ALLKONTOR_COST", &folder))?;
    }
    run(page(project).arg(&folder))?;
    let rust = before.min(read(&folder, "rust")?);

    let mut too_much = Vec::new();
    println!("a page of 1 000 bookings: {:.2} ms in Rust", rust / 1e6);
    for (language, most) in GATES {
        let ratio = read(&folder, language)? / rust;
        println!("  {language:8} {ratio:.2} times that, at most {most:.2}");
        if ratio > most {
            too_much.push(format!("a page in {language}"));
        }
    }
    let size = size(project, &folder)?;
    println!("the stripped library: {size} bytes, at most {SIZE_GATE}");
    if size > SIZE_GATE {
        too_much.push("the library".to_owned());
    }
    if too_much.is_empty() {
        return Ok(());
    }
    let too_much = too_much.join(", ");
    Err(Failure::new(format!("beyond its gate: {too_much}")))
}

fn page(project: &Project) -> Command {
    let mut cargo = project.cargo();
    cargo.args([
        "bench",
        "--locked",
        "--profile",
        PROFILE,
        "--package",
        "allkontor",
        "--bench",
        "page",
        "--",
    ]);
    cargo
}

fn script(project: &Project, script: &str) -> Command {
    let mut command = project.command(project.path(script));
    command
        .env("ALLKONTOR_CARGO_PROFILE", PROFILE)
        .env("CARGO_TARGET_DIR", project.target());
    command
}

/// With the JVM's second compiler, as apps run.
fn kotlin(project: &Project) -> Command {
    let mut build = script(project, "bindings/kotlin/build");
    build.args([
        "test",
        "-Dtest=CostTest",
        "-Djvm.compiler=-XX:+TieredCompilation",
    ]);
    build
}

fn swift(project: &Project) -> Command {
    let mut build = script(project, "bindings/swift/build");
    build.args([
        "test",
        "--configuration",
        "release",
        "-Xswiftc",
        "-enable-testing",
    ]);
    build.args(["--filter", "CostTests"]);
    build
}

fn python(project: &Project) -> Command {
    let mut python = project.command("python3");
    python
        .env("ALLKONTOR_CARGO_PROFILE", PROFILE)
        .env("CARGO_TARGET_DIR", project.target())
        .args(["bindings/python/run_tests.py", "tests/test_cost.py"]);
    python
}

/// What a language wrote down, in nanoseconds.
fn read(folder: &Path, language: &str) -> Result<f64> {
    let file = folder.join(language);
    let text = fs::read_to_string(&file)
        .map_err(Failure::during(format!("{language} has measured nothing")))?;
    text.trim()
        .parse()
        .map_err(Failure::during(format!("{language} measured {text:?}")))
}

fn size(project: &Project, folder: &Path) -> Result<u64> {
    let name = format!(
        "{}allkontor{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let stripped: PathBuf = folder.join(&name);
    let built = project.target().join(PROFILE).join(&name);
    fs::copy(&built, &stripped)
        .map_err(Failure::during(format!("there is no {}", built.display())))?;
    run(project.command("strip").arg(&stripped))?;
    let facts = fs::metadata(&stripped).map_err(Failure::during("cannot look at the library"))?;
    Ok(facts.len())
}
