//! A device in a process of its own, which is killed without a word when it reaches a boundary.

use super::gate::{Gate, Watched};
use super::machine::Trouble;
use super::request::{Answer, Files, Turn, perform};
use allkontor_core::device::DeviceError;
use allkontor_core::store::SqliteStore;
use allkontor_core::vault::FileVault;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead as _, BufReader, Lines, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A line that the process says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Reply {
    Answer(Answer),
    Failed {
        code: String,
        words: String,
    },
    /// The boundary is reached: nothing more will be said.
    Stopped,
}

impl Reply {
    /// Says it, flushed: whoever reads it may rely on it.
    pub(super) fn say(&self) {
        let mut out = io::stdout().lock();
        serde_json::to_writer(&mut out, self).unwrap();
        out.write_all(b"\n").unwrap();
        out.flush().unwrap();
    }
}

/// The store and the vault of a device in a folder.
pub(super) fn places(folder: &Path) -> Result<(SqliteStore, FileVault), DeviceError> {
    let store = SqliteStore::open(folder.join("office.sqlite"))?;
    Ok((store, FileVault::new(folder.join("vault"))))
}

/// What the process does: answers each turn that is read, until there are no more.
pub fn serve(folder: &Path, stop_at: u64) {
    let gate = Gate::new(stop_at);
    let mut files = || -> Result<Files, DeviceError> {
        let (store, vault) = places(folder)?;
        Ok((
            Box::new(Watched::new(store, &gate)),
            Box::new(Watched::new(vault, &gate)),
        ))
    };
    let mut device = None;
    for line in io::stdin().lines() {
        let turn: Turn = serde_json::from_str(&line.unwrap()).unwrap();
        let reply = match perform(&mut device, &mut files, &turn) {
            Ok(answer) => Reply::Answer(answer),
            Err(error) => Reply::Failed {
                code: error.code().into(),
                words: error.to_string(),
            },
        };
        // What it answers and what it sends leaves here.
        if !turn.request.only_looks() {
            gate.pass();
        }
        reply.say();
    }
}

/// The parent's end of it.
#[derive(Debug)]
pub struct Process {
    child: Child,
    says: Lines<BufReader<ChildStdout>>,
    hears: ChildStdin,
}

impl Process {
    /// Starts `program`, which calls [`serve`] with its two arguments.
    pub fn start(program: &str, folder: &Path, stop_at: u64) -> Self {
        let mut child = Command::new(program)
            .arg(folder)
            .arg(stop_at.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let says = BufReader::new(child.stdout.take().unwrap()).lines();
        let hears = child.stdin.take().unwrap();
        Self { child, says, hears }
    }

    pub(super) fn ask(&mut self, turn: &Turn) -> Result<Answer, Trouble> {
        let mut line = serde_json::to_vec(turn).unwrap();
        line.push(b'\n');
        self.hears.write_all(&line).unwrap();
        let said = self.says.next().unwrap().unwrap();
        match serde_json::from_str(&said).unwrap() {
            Reply::Answer(answer) => Ok(answer),
            Reply::Failed { code, words } => panic!("the process could not: {code}, {words}"),
            Reply::Stopped => {
                self.end();
                Err(Trouble::Killed)
            }
        }
    }

    /// Kills it: no destructor runs, nothing is flushed.
    fn end(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A process that is dead already is no trouble.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
