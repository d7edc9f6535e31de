"""Builds the library, generates the Python module, and runs the tests against it.

Needs a Rust toolchain and python3 >= 3.10; nothing is installed. About two minutes when nothing is built yet.
"""

import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OUT = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "python"
PROFILE = os.environ.get("ALLKONTOR_CARGO_PROFILE", "ci")
LIBRARY = {"darwin": "liballkontor.dylib", "win32": "allkontor.dll"}.get(sys.platform, "liballkontor.so")


def cargo(*words: str) -> None:
    """Runs cargo in the workspace, and stops with its exit code when it fails."""
    print("+ cargo", *words, flush=True)
    done = subprocess.run(["cargo", *words], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def build() -> pathlib.Path:
    """The generated module beside its library, in a folder that can be put on the path."""
    common = ["--locked", "--profile", PROFILE, "-p", "allkontor", "-p", "allkontor-bindgen"]
    cargo("build", *common)
    built = OUT.parent / PROFILE / LIBRARY
    OUT.mkdir(parents=True, exist_ok=True)
    shutil.copy(built, OUT / LIBRARY)
    generate = ["generate", str(OUT / LIBRARY), "--language", "python", "--out-dir", str(OUT), "--no-format"]
    config = ["--config", str(ROOT / "uniffi.toml")]
    bindgen = OUT.parent / PROFILE / "allkontor-bindgen"
    subprocess.run([str(bindgen), *generate, *config], cwd=ROOT, check=True)
    return OUT


def main() -> int:
    """Runs every test in this folder."""
    sys.path.insert(0, str(build()))
    import unittest

    suite = unittest.defaultTestLoader.discover(str(HERE), pattern="test_*.py")
    return 0 if unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
