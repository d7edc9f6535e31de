"""Builds the wheel and the reference of the package, without testing it.

    python bindings/python/package.py target/packages

With the profile that apps carry, `apps`, unless ALLKONTOR_CARGO_PROFILE names another. It takes its time.

The reference is made by pdoc, from the comments, in ``reference/python``.
"""

import os
import pathlib
import shutil
import sys

os.environ.setdefault("ALLKONTOR_CARGO_PROFILE", "apps")  # Read by what follows.

from run_tests import bindgen, environment, run, wheel


def main(out: pathlib.Path) -> None:
    """Into a folder, which is made where it is missing."""
    out.mkdir(parents=True, exist_ok=True)
    tools = bindgen()
    python = environment()
    built = wheel(python, tools)
    shutil.copy2(built, out)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", built)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pdoc==16.0.0")
    run(python, "-m", "pdoc", "-d", "restructuredtext", "-o", out / "reference" / "python", "allkontor", "!allkontor._engine")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
