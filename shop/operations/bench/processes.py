"""What processes used, as the kernel counts it."""

import os
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
# Fields of /proc/<pid>/stat after the name: user and system time of the process, then of its children that ended.
PARENT, TIMES = 1, slice(11, 15)
KIB_PER_MB = 1024


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process and of everything below it, children that ended included."""
    return sum(_ticks(each) for each in family(pid)) / TICKS_PER_SECOND


def memory_mb(pid: int) -> float:
    """Return the proportional memory of a process and of everything below it: what is shared is counted once."""
    return sum(_pss_kib(each) for each in family(pid)) / KIB_PER_MB


def family(pid: int) -> list[int]:
    """Return a process and all its descendants that live."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (fields := _fields(int(entry.name))):
            children.setdefault(int(fields[PARENT]), []).append(int(entry.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def _ticks(pid: int) -> int:
    return sum(int(value) for value in _fields(pid)[TIMES])


def _fields(pid: int) -> list[str]:
    try:
        # The name is in brackets and may hold anything.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []  # it ended between two looks


def _pss_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
