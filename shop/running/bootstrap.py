"""Makes the virtual environment from the lock files. Runs on a bare Python 3.11: standard library only.

`python3.11 shop/running/bootstrap.py run` installs what the shop needs, `… dev` what its tests need as well.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "requirements"
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
BYTES_NEEDED = 1_500_000_000


class CannotInstall(Exception):
    """One sentence for the person at the keyboard."""


def main() -> None:
    group = sys.argv[1]
    try:
        with (LOCKS / f"{group}.txt").open() as lock:  # two terminals at once: the second waits and finds it made
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_made(group):
                make(group)
    except CannotInstall as reason:
        sys.exit(f"✗ {reason}")
    except OSError as error:
        sys.exit(f"✗ The environment {ENVIRONMENT} cannot be made: {error.strerror} ({error.filename}).")
    except KeyboardInterrupt:
        sys.exit("✗ Interrupted; the next start goes on from here.")


def is_made(group: str) -> bool:
    """Whether every package of this lock is there; the environment of the tests serves the shop as well."""
    wider = [name for name in ("dev", group) if mark(name).exists() and mark(name).read_text() == fingerprint(name)]
    return bool(wider) and not missing_packages(group)


def make(group: str) -> None:
    """Build the environment, or complete it."""
    if sys.version_info[:2] < (3, 11):
        raise CannotInstall("The shop needs Python 3.11 or newer.")
    if shutil.disk_usage(ROOT).free < BYTES_NEEDED:
        raise CannotInstall(f"The disk of {ROOT} is full: the environment needs {BYTES_NEEDED // 10**9 + 1} GB.")
    began = time.monotonic()
    if ENVIRONMENT.exists() and not any(mark(name).exists() for name in ("run", "dev")):
        print("· The environment in .venv is half-made (an earlier start was interrupted); making it anew.", flush=True)
        shutil.rmtree(ENVIRONMENT)
    print(f"· Installing the packages of requirements/{group}.txt into .venv …", flush=True)
    if not PYTHON.exists():
        make_empty_environment()
    install(group)
    if absent := missing_packages(group):
        raise CannotInstall(f"Packages are missing after the installation ({absent[0]}): remove .venv and start again.")
    mark(group).write_text(fingerprint(group))
    print(f"· Environment ready ({time.monotonic() - began:.0f} s)", flush=True)


def make_empty_environment() -> None:
    """A plain venv with pip in it."""
    result = run(sys.executable, "-m", "venv", str(ENVIRONMENT))
    if result.returncode != 0:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        hint = "install the Debian package python3.11-venv" if "ensurepip" in result.stdout else last_line(result)
        raise CannotInstall(f"Python cannot make a virtual environment: {hint}.")


def install(group: str) -> None:
    """With uv, which is ten times quicker; with pip where uv cannot be had. Both check every hash."""
    hashed = ("--require-hashes", "-r")
    lock = str(LOCKS / f"{group}.txt")
    pip = (str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    if run(*pip, *hashed, str(LOCKS / "uv.txt")).returncode == 0:
        uv = (str(ENVIRONMENT / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON))
        if run(*uv, *hashed, lock).returncode == 0:
            return
        print("· uv did not manage; trying with pip, which takes a minute longer …", flush=True)
    result = run(*pip, *hashed, lock)
    if result.returncode != 0:
        raise CannotInstall(f"The packages cannot be installed: {last_line(result)}.")


def run(*command: str) -> subprocess.CompletedProcess:
    """One step, quietly; its output is kept for the case that it fails."""
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, cwd=ROOT)


def last_line(result: subprocess.CompletedProcess) -> str:
    """What the tool said at the end."""
    if "No space left on device" in result.stdout:
        return "the disk is full"
    return (result.stdout.strip().splitlines() or ["no reason given"])[-1].strip().rstrip(".")


def mark(group: str) -> Path:
    """A file that says the installation of this group went through."""
    return ENVIRONMENT / f"made-{group}"


def fingerprint(group: str) -> str:
    """Changes when the lock, the Python or the place of the project does."""
    text = (LOCKS / f"{group}.txt").read_bytes() + os.fsencode(ROOT) + sys.version.encode()
    return hashlib.sha256(text).hexdigest()


def missing_packages(group: str) -> list[str]:
    """Locked packages of which nothing is installed."""
    installed = {
        path.name.removesuffix(".dist-info").lower().replace("_", "-").replace(".", "-")
        for path in ENVIRONMENT.glob("lib/python*/site-packages/*.dist-info")
    }
    locked = re.findall(r"^([\w.-]+)==(\S+)( ; \S.*)? \\$", (LOCKS / f"{group}.txt").read_text(), re.MULTILINE)
    wanted = [(name, version) for name, version, marker in locked if not marker.strip(" \\")]
    return [name for name, version in wanted if f"{name}-{version}".lower().replace(".", "-") not in installed]


if __name__ == "__main__":
    main()
