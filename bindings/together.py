"""Devices in several languages meet: a kiosk in Python, a staff tablet in Rust, phones in Kotlin and Swift; over a
socket, over files.

    python bindings/together.py

Run by `cargo xtask test` once the packages are built: `target/python/venv` has the Python one, `target/kotlin/visitor`
the Kotlin app, `target/swift/swift` the Swift app; an app that is not there is left out, and said to be. The
tablet is built here. Every device is a process of its own, on real files, and every person's commands are its command
line.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PYTHON = TARGET / "python" / "venv" / "bin" / "python"
PROFILE = os.environ.get("ALLKONTOR_CARGO_PROFILE", "ci")
KIOSK = [PYTHON, "-X", "utf8", ROOT / "examples" / "kiosk-python" / "kiosk.py"]
DEVICES = [*KIOSK[:-1], ROOT / "examples" / "kiosk-python" / "devices.py"]
TABLET = TARGET / PROFILE / ("tablet.exe" if sys.platform == "win32" else "tablet")
JARS = TARGET / "kotlin" / "visitor" / "lib"
SWIFT = TARGET / "swift" / "swift" / "debug" / "visitor"
# What is there when an app is built, and how it is started.
APPS = {
    "kotlin": (JARS, ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{JARS}/*", "se.allkontor.visitor.MainKt"]),
    "swift": (SWIFT, [ROOT / "bindings" / "swift" / "toolchain" / "with", SWIFT]),
}
VISITORS = {language: start for language, (built, start) in APPS.items() if built.exists()}
TIME = ["--at", "2026-11-24T08:00:00+01:00"]
TEN, ELEVEN = "2026-11-24T10:00", "2026-11-24T11:00"
passed = 0


def words(line: list[object]) -> list[str]:
    """A command line."""
    return [str(word) for word in line]


def said(*line: object, code: int = 0) -> str:
    """What a command printed; it has to end with that code."""
    done = subprocess.run(words(list(line)), capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != code:
        sys.exit(f"{words(list(line))} ended with {done.returncode}, expected {code}:\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def check(what: str, holds: bool, otherwise: object = "") -> None:
    """One thing that has to hold."""
    global passed
    if not holds:
        sys.exit(f"failed: {what}: {otherwise}")
    passed += 1
    print("ok:", what, flush=True)


class Kiosk:
    """A kiosk that runs until it is closed."""

    def __init__(self, folder: pathlib.Path) -> None:
        line = [*KIOSK, *TIME, "run", folder / "kiosk", "--inbox", folder / "in", "--outbox", folder / "out"]
        line += ["--clock-is-right", "--until-closed"]
        self.process = subprocess.Popen(words(line), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.host, self.port = self.told("listening")

    def told(self, word: str) -> list[str]:
        """The rest of the next line that begins with a word."""
        assert self.process.stdout
        for line in self.process.stdout:
            first, *rest = line.split()
            if first == word:
                return rest
        raise SystemExit(f"the kiosk ended before it said {word}")

    def close(self) -> str:
        """Ends it: its digest."""
        assert self.process.stdin
        self.process.stdin.close()
        (digest,) = self.told("digest")
        check("the kiosk ends in good order", self.process.wait(60) == 0)
        return digest


class Phone:
    """A visitor's app in some language."""

    def __init__(self, language: str, folder: pathlib.Path) -> None:
        self.app, self.folder = VISITORS[language], folder

    def __call__(self, verb: str, *rest: object, code: int = 0) -> str:
        return said(*self.app, *TIME, verb, self.folder, *rest, code=code)


class Tablet:
    """The staff's, in Rust."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder

    def __call__(self, verb: str, *rest: object, code: int = 0) -> str:
        return said(TABLET, *TIME, verb, self.folder, *rest, code=code)

    def enrol(self, invitation: str, kiosk: pathlib.Path) -> None:
        """Joins as everybody does, and is certified by the office's admin."""
        self("join", invitation)
        enrolment = self("enrol").split()[1]
        said(*DEVICES, *TIME, "certify", kiosk, enrolment, "staff")


def walk_in(tablet: Tablet) -> str:
    """Somebody without a phone comes to the tablet: the code on the slip they leave with."""
    told = tablet("walk-in", 1, TEN, ELEVEN)
    check("the tablet promises a room of its own with no network", "confirmed" in told, told)
    slip = re.search(r"^slip (\S+)$", told, re.M)
    assert slip
    return slip[1]


def meeting(folder: pathlib.Path) -> None:
    """A morning at the office."""
    (folder / "in").mkdir()
    catalogue = ROOT / "tests" / "vectors" / "bindings" / "office.json"
    founded = said(*KIOSK, *TIME, "found", folder / "kiosk", "--catalogue", catalogue)
    invitation = re.search(r"^invitation (\w+)$", founded, re.M)
    check("an office is founded, and says how to join it", invitation is not None, founded)
    assert invitation
    told = said(*KIOSK, *TIME, "walk-in", folder / "kiosk", 3, TEN, ELEVEN)
    guest = re.search(r"kod (\S+)$", told, re.M)
    check("the kiosk books for a guest before it has met anybody", guest is not None and "Bekräftad" in told, told)
    assert guest
    tablet = Tablet(folder / "tablet")
    tablet.enrol(invitation[1], folder / "kiosk")
    kiosk = Kiosk(folder)
    standing = tablet("meet", kiosk.host, kiosk.port)
    check("the tablet is one of the office's devices", "one of the office's devices" in standing, standing)
    phones = {f"{language} {n}": Phone(language, folder / f"{language}-{n}") for language in VISITORS for n in (1, 2)}
    for phone in phones.values():
        phone("join", invitation[1])
        phone("meet", kiosk.host, kiosk.port)
    for name, phone in phones.items():
        check(f"{name} books with no network", "booking" in phone("book", 1, TEN, ELEVEN))
        check(f"{name} is told what is likely", "Trolig" in phone("agenda"), phone("agenda"))
    slip = walk_in(tablet)
    rule = next(iter(phones.values()))("book", 1, "2026-11-25T06:00", "2026-11-25T07:00")
    check("a rule is told in Swedish", rule.startswith("Utanför öppettiderna"), rule)
    for device in [*phones.values(), tablet] * 3:
        device("meet", kiosk.host, kiosk.port)
    agendas = {name: phone("agenda") for name, phone in phones.items()}
    confirmed = [name for name, agenda in agendas.items() if "Bekräftad" in agenda]
    check("the other room goes to somebody", len(confirmed) == 1, agendas)
    kept = tablet("slip", slip)
    rooms = {re.search(r"Rum (\d)", agendas[name])[1] for name in confirmed} | set(re.findall(r"unit (\d)", kept))
    check("the tablet's promise is kept, and nobody has the same room", "confirmed" in kept and len(rooms) == 2, kept)
    told = tablet("slip", guest[1])
    check("the tablet knows the kiosk's guest by the slip", "confirmed" in told, told)
    first, *others = phones.values()
    check("another hour is asked for", "booking" in first("book", 2, "2026-11-24T14:00", "2026-11-24T15:00"))
    stick = folder / "in" / "stick.allkontor"
    first("export", folder / "stick.part")
    (folder / "stick.part").rename(stick)
    kiosk.told("took-in")
    digest = kiosk.close()
    for device in (first, *others, tablet):
        device("import", folder / "out" / "kiosk.allkontor")
    check("a file carried it there and back", agendas != {n: p("agenda") for n, p in phones.items()})
    digests = {device("digest").strip() for device in (*phones.values(), tablet)}
    check("everybody has the same", digests == {digest}, (digests, digest))
    (folder / "junk").write_bytes(b"junk")
    for name, device in {"a phone": first, "the tablet": tablet}.items():
        check(f"a bad file is refused by {name}", "not_a_bundle" in device("import", folder / "junk", code=1))
    check("a misused app says what it wants", "is not a unit's number" in first("book", "one", TEN, ELEVEN, code=2))
    (folder / "nobody").mkdir()
    for language in VISITORS:
        check(f"an empty folder is told in {language}", "empty" in Phone(language, folder / "nobody")("agenda", code=1))
        told = Phone(language, folder / "nowhere")("agenda", code=1)
        check(f"a folder that is not there is told in {language}", "no_folder" in told, told)


if __name__ == "__main__":
    if not PYTHON.exists() or not VISITORS:
        sys.exit("nobody can meet: build bindings/python (run_tests.py) and bindings/kotlin or bindings/swift (build verify)")
    for language in APPS.keys() - VISITORS.keys():
        print(f"NOT AMONG THEM: {language} (bindings/{language}/build verify)")
    where = ["--manifest-path", ROOT / "Cargo.toml", "--target-dir", TARGET]
    # Named together with the facade it is built of the same libraries as that.
    what = ["--package", "allkontor", "--package", "tablet", "--bin", "tablet"]
    if PROFILE == "ci":
        what += ["--features", "allkontor/as-tested"]
    build = ["cargo", "build", "--locked", "--profile", PROFILE, *where, *what]
    subprocess.run(words(build), check=True)
    with tempfile.TemporaryDirectory() as place:
        meeting(pathlib.Path(place))
    print(f"{passed} passed, 0 failed")
