"""Open a file in a child process, so that a hostile one harms nobody."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from .grid import FileRefused, Sheet, sheet_from_json

WALL_CLOCK_SECONDS = 25
REASON_OF_SIGNAL = {int(signal.SIGXCPU): "too_slow", int(signal.SIGKILL): "too_slow"}
PACKAGE_PARENT = Path(__file__).resolve().parent.parent
# Imports this package alone, not the shop: the child starts in a tenth of a second and knows no secret.
START = "import sys; sys.path.insert(0, sys.argv[1]); from sheets.child import main; main(sys.argv[2])"


def read_sheets(*, path: Path) -> list[Sheet]:
    """Return the sheets of the file; raises FileRefused within 30 seconds and 512 MB, whatever it is."""
    if not path.is_file():
        raise FileRefused("file_not_found")
    command = [sys.executable, "-I", "-c", START, str(PACKAGE_PARENT), str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=WALL_CLOCK_SECONDS, check=False, env={"LC_ALL": "C.UTF-8"})
    except subprocess.TimeoutExpired as error:
        raise FileRefused("too_slow") from error
    if done.returncode != 0:
        # Killed by a limit or by the library itself: MemoryError in Rust ends in SIGABRT.
        reason = REASON_OF_SIGNAL.get(-done.returncode, "too_much_memory" if done.returncode < 0 else "damaged")
        raise FileRefused(reason, str(done.returncode))
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise FileRefused(answer["refused"], answer["detail"])
    return [sheet_from_json(sheet) for sheet in answer["sheets"]]
