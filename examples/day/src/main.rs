//! `cargo run --release -p day`: see [`day`].

use day::args::{Args, Asked, HELP};
use day::run::{self, Trouble};
use day::terminal::{self, Ink, Progress};
use day::{json, page, picture};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match Args::parse(std::env::args().skip(1)) {
        Ok(Asked::Play(args)) => args,
        Ok(Asked::Help) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("day: {error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match play(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(trouble) => {
            eprintln!("day: {trouble}");
            ExitCode::FAILURE
        }
    }
}

/// Plays the day, tells it, and says whether every promise held.
fn play(args: &Args) -> Result<bool, Trouble> {
    let story = run::play(args, &mut Progress::new(!args.json))?;
    let (svg, html) = (args.out.join("day.svg"), args.out.join("day.html"));
    write(&svg, &picture::svg(&story))?;
    write(&html, &page::html(&story))?;
    if args.json {
        say(&format!("{}\n", json::report(&story)?));
    } else {
        let ink = Ink::of_stdout();
        say(&terminal::report(&story, ink));
        let seconds = story.totals.elapsed_ms as f64 / 1000.0;
        let where_to = format!(
            "Played in {seconds:.1} s. The picture: {}, with everything else: {}",
            svg.display(),
            html.display()
        );
        say(&format!("{}\n", ink.soft(&where_to)));
    }
    Ok(story.holds())
}

/// Prints; a reader that has gone away (`| head`) is no trouble.
fn say(words: &str) {
    let _ = std::io::stdout().lock().write_all(words.as_bytes());
}

fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    fs::write(path, text).map_err(|error| Trouble::File {
        what: "write",
        path: path.to_owned(),
        error,
    })
}
