"""Starting a process that cannot outlive us, as a user of its own where we are root."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
SYSTEM_USER = "shop-servers"
_libc = ctypes.CDLL(None, use_errno=True)


class CannotStart(Exception):
    """Something a newcomer can mend; the message is one sentence that says what."""


def start_process(
    command: Sequence[str | Path],
    *,
    log: Path | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
    as_system_user: bool = False,
    environment: dict[str, str] | None = None,
) -> subprocess.Popen:
    """Start a process in a session of its own; the kernel signals it when we die, however we die."""
    words = [str(word) for word in command]
    if as_system_user and os.geteuid() == 0:
        words = [*_as_system_user(death_signal), *words]
    output = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
            preexec_fn=die_with(os.getpid(), death_signal),  # noqa: PLW1509  we have no threads
            env=environment,
        )
    finally:
        if output:
            output.close()


def stop_process(process: subprocess.Popen, *, gently: signal.Signals = signal.SIGTERM, seconds: float = 30) -> None:
    """Ask a process to end, wait, and then end all of its session."""
    if process.poll() is None:
        process.send_signal(gently)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    end_session(process.pid)


def end_session(pid: int) -> None:
    """Kill what a process left behind in the session it led."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # nothing was left, as it should be


def wait_until(ready: Callable[[], bool], *, process: subprocess.Popen, name: str, log: Path, seconds: float) -> None:
    """Wait until a server answers; a server that ended says why in its log."""
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            lines = log.read_text(errors="replace").strip().splitlines()[-1:] if log.exists() else []
            raise CannotStart(f"{name} did not start ({' '.join(lines) or 'no reason given'}); its log is {log}.")
        time.sleep(0.05)


def wait_for_predecessor(pid_file: Path, *, name: str, seconds: float = 20) -> None:
    """Wait until a server that is still ending has let go of the folder."""
    deadline = time.monotonic() + seconds
    while _lives(pid_file):
        if time.monotonic() > deadline:
            raise CannotStart(f"Another {name} uses {pid_file.parent}: stop it, or give another VAR_DIR.")
        time.sleep(0.05)


def give_to_system_user(folder: Path) -> None:
    """Make a private folder, owned by the user the servers run as."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.geteuid() == 0:
        owner = pwd.getpwnam(system_user())
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    elif folder.stat().st_uid != os.geteuid():
        raise CannotStart(f"{folder} belongs to somebody else: remove it, or give another VAR_DIR.")
    folder.chmod(0o700)


def system_user() -> str:
    """The user the servers run as when we are root; PostgreSQL refuses to run as root."""
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        tool = shutil.which("useradd") or "/usr/sbin/useradd"
        command = [tool, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            raise CannotStart(
                f"PostgreSQL cannot run as root and the user {SYSTEM_USER} cannot be made: run as another user."
            ) from None
    return SYSTEM_USER


def _as_system_user(death_signal: signal.Signals) -> list[str]:
    # The capability to pass through folders lets the servers live below a folder that is closed to others, such as
    # /root, without opening it. Changing the user clears the death signal, so it is set again here.
    tool = shutil.which("setpriv")
    if tool is None:
        raise CannotStart("The tool setpriv (Debian package util-linux) is missing: install it, or run as another user.")
    user = system_user()
    capability = "-all,+dac_read_search"
    return [
        *(tool, f"--reuid={user}", f"--regid={user}", "--clear-groups"),
        *(f"--inh-caps={capability}", f"--ambient-caps={capability}"),
        *("--pdeathsig", death_signal.name.removeprefix("SIG")),
    ]


def _lives(pid_file: Path) -> bool:
    try:
        pid = int(pid_file.read_text().split()[0])
        # The number may have gone to another program since.
        return os.fsencode(pid_file.parent) in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return False


def die_with(parent: int, death_signal: signal.Signals) -> Callable[[], None]:
    """What a process calls so that the kernel signals it when that parent of it is gone."""

    def prepare() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:  # the parent died before the kernel was told
            os.kill(os.getpid(), death_signal)

    return prepare
