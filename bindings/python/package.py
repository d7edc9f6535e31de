"""Builds the wheel and the reference of the package, without testing it.

    python bindings/python/package.py target/packages

The reference is made by pdoc, from the comments, in ``reference/python``.
"""

import pathlib
import shutil
import sys

from run_tests import bindgen, environment, run, wheel


def main(out: pathlib.Path) -> None:
    """Into a folder."""
    tools = bindgen()
    python = environment()
    built = wheel(python, tools)
    shutil.copy2(built, out)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", built)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pdoc==16.0.0")
    run(python, "-m", "pdoc", "-d", "restructuredtext", "-o", out / "reference" / "python", "allkontor", "!allkontor._engine")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
