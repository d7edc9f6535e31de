"""Builds the wheel, installs it into a clean virtual environment, and runs the tests and the type checker there.

Needs a Rust toolchain and python3 >= 3.10. Installed, into ``target/python/venv`` only: what ``requirements-test.txt``
names (about 40 MB, half a minute). Building takes about five minutes on two cores when nothing is built yet. Words on
the command line go to pytest: ``run_tests.py -k series``.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import time
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
OUT = TARGET / "python"
PROFILE = os.environ.get("ALLKONTOR_CARGO_PROFILE", "ci")
WINDOWS = sys.platform == "win32"


def run(*words: object, cwd: pathlib.Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Runs a command, and stops with its exit code when it fails."""
    line = [str(word) for word in words]
    print("+", *line, flush=True)
    done = subprocess.run(line, cwd=cwd, env={**os.environ, **(env or {})}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def timed(what: str, start: float) -> None:
    """Says how long something took."""
    print(f"{what}: {time.monotonic() - start:.1f} s", flush=True)


def bindgen() -> pathlib.Path:
    """The folder with the generator, under the name that maturin looks for."""
    start = time.monotonic()
    manifest = ROOT / "bindings" / "bindgen" / "Cargo.toml"
    where = ["--manifest-path", manifest, "--target-dir", TARGET]
    run("cargo", "build", "--locked", "--profile", PROFILE, *where)
    ending = ".exe" if WINDOWS else ""
    tools = OUT / "bin"
    tools.mkdir(parents=True, exist_ok=True)
    shutil.copy2(TARGET / PROFILE / f"allkontor-bindgen{ending}", tools / f"uniffi-bindgen{ending}")
    timed("the generator", start)
    return tools


def environment() -> pathlib.Path:
    """A clean virtual environment with what the tests need: its Python."""
    start = time.monotonic()
    place = OUT / "venv"
    print(f"installing requirements-test.txt into {place}", flush=True)
    venv.create(place, clear=True, with_pip=True)
    python = place / ("Scripts/python.exe" if WINDOWS else "bin/python")
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", HERE / "requirements-test.txt")
    timed("the environment", start)
    return python


def wheel(python: pathlib.Path, tools: pathlib.Path) -> pathlib.Path:
    """The wheel, built anew."""
    start = time.monotonic()
    wheels = OUT / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    path = os.pathsep.join([str(tools), os.environ["PATH"]])
    # Under test of the libraries that the tests are built of.
    features = ["--features", "as-tested"] if PROFILE == "ci" else []
    build = ["build", "--profile", PROFILE, *features, "--locked", "--out", wheels]
    run(python, "-m", "maturin", *build, cwd=HERE, env={"PATH": path, "CARGO_TARGET_DIR": str(TARGET)})
    (built,) = wheels.glob("allkontor-*.whl")
    timed(f"{built.name}, {built.stat().st_size / 1e6:.1f} MB", start)
    return built


def main() -> int:
    """Everything."""
    tools = bindgen()
    python = environment()
    built = wheel(python, tools)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", built)
    run(python, "-m", "mypy", "--cache-dir", OUT / "mypy", "-p", "allkontor", cwd=OUT)
    example = ROOT / "examples" / "kiosk-python"
    run(python, "-m", "mypy", "--cache-dir", OUT / "mypy", HERE / "tests", example, cwd=HERE)
    run(python, "-m", "pytest", "-q", *sys.argv[1:], cwd=HERE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
