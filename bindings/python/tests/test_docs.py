"""The page's own program."""

import pathlib
import re
import subprocess
import sys

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "python.md"


def fences(language: str) -> list[str]:
    """What the page has between such fences."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_the_page_does_what_it_says(tmp_path: pathlib.Path) -> None:
    program = tmp_path / "page.py"
    program.write_text("\n".join(fences("python")), encoding="utf-8")
    run = [sys.executable, "-X", "utf8", "-W", "error", str(program)]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert [done.stdout] == fences("text")
