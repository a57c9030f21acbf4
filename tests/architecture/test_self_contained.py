"""A clone is all there is: nothing points outside the project."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Split so that this file does not find itself.
ELSEWHERE = re.compile("|".join([r"\.\./" + "shared", "/wo" + r"rk/(main|shared)", "/ro" + r"ot/", "/tm" + r"p/plan"]))


def test_nothing_points_outside_the_project():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S607
    pointing = []
    for file in filter(None, listed.decode().split("\0")):
        path = ROOT / file
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content[:8000] and ELSEWHERE.search(content.decode("utf-8", "replace")):
            pointing.append(file)

    assert pointing == []
