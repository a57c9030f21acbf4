"""A clone is all there is: nothing points outside the project."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What a machine makes for itself, and is not committed.
LOCAL = {".git", ".venv", "var", "dist", "__pycache__"}
MADE = {".pyc", ".mo", ".gz", ".br"}
# Split so that this file does not find itself.
ELSEWHERE = re.compile("|".join([r"\.\./" + "shared", "/wo" + r"rk/(main|shared)", "/ro" + r"ot/[\w.]", "/tm" + r"p/plan"]))


def project_files() -> Iterator[Path]:
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if (name not in LOCAL and not name.startswith(".")) or name == ".ci"]
        yield from (Path(folder) / name for name in files if Path(name).suffix not in MADE)


def test_nothing_points_outside_the_project():
    pointing = []
    for path in project_files():
        content = path.read_bytes()
        if b"\0" not in content[:8000] and ELSEWHERE.search(content.decode("utf-8", "replace")):
            pointing.append(str(path.relative_to(ROOT)))

    assert pointing == []
