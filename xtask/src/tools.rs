//! Tools that are built from their sources at a pinned version, once, under `.cache/tools`.

use crate::failure::Result;
use crate::project::{Project, output, run};
use std::path::PathBuf;

/// A tool that is a crate with one program of the same name.
pub struct Tool {
    /// The crate and its program.
    pub name: &'static str,
    /// The only version that is used.
    pub version: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// How long building it takes on two cores.
    pub takes: &'static str,
}

/// Checks licences, bans and sources of every dependency.
pub const CARGO_DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    about: "checks the licences and sources of every dependency",
    takes: "1 to 2 minutes",
};

/// Builds a fuzz target with libFuzzer and runs it.
pub const CARGO_FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    version: "0.13.2",
    about: "builds a fuzz target with libFuzzer and runs it",
    takes: "half a minute",
};

impl Tool {
    /// The program, from `.cache/tools` or the search path if the version is right, else built now.
    pub fn find_or_install(&self, project: &Project) -> Result<PathBuf> {
        let cache = project.path(".cache/tools");
        let cached = cache.join("bin").join(self.name);
        for program in [cached.clone(), PathBuf::from(self.name)] {
            let version = output(project.command(&program).arg("--version"));
            if version.is_ok_and(|words| self.is_this_version(&words)) {
                return Ok(program);
            }
        }
        println!("{} {} {}.", self.name, self.version, self.about);
        println!(
            "It is not here yet: building it into .cache/tools, once, takes {}.",
            self.takes
        );
        // Unoptimised builds three times faster, and the tools here wait for cargo rather than compute.
        let mut cargo = project.cargo();
        cargo
            .env_remove("CARGO_TARGET_DIR")
            .env("CARGO_PROFILE_DEV_DEBUG", "false");
        cargo
            .args([
                "install", "--quiet", "--locked", "--debug", "--force", "--root",
            ])
            .arg(&cache);
        run(cargo.arg(format!("{}@{}", self.name, self.version)))?;
        Ok(cached)
    }

    fn is_this_version(&self, words: &str) -> bool {
        words.split_whitespace().any(|word| word == self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_not_taken() {
        assert!(CARGO_DENY.is_this_version("cargo-deny 0.20.2\n"));
        assert!(!CARGO_DENY.is_this_version("cargo-deny 0.20.20\n"));
    }
}
