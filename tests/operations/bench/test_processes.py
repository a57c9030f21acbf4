"""What processes used, as the kernel counts it."""

import os
import subprocess
import sys

from shop.operations.bench.processes import cpu_seconds, family, memory_mb

BUSY = "sum(i * i for i in range(3_000_000))"


def test_cpu_seconds_counts_children_that_live_and_those_that_ended():
    before = cpu_seconds(os.getpid())
    subprocess.run([sys.executable, "-c", BUSY], check=True)

    assert cpu_seconds(os.getpid()) > before


def test_family_is_a_process_and_its_descendants():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert {os.getpid(), child.pid} <= set(family(os.getpid()))
        assert memory_mb(child.pid) > 0
    finally:
        child.communicate(b"\n")
    assert child.pid not in family(os.getpid())
