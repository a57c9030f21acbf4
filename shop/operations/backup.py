"""The database as one file, and back: with PostgreSQL's own programs, into an empty database, audited afterwards."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

from shop.common.append_only import TAKE_RIGHTS_AGAIN
from shop.embedded.postgres import binary
from shop.embedded.processes import CannotStart


class CannotBackUp(CannotStart):
    """A person can mend it: a missing program, a full disk, a database that is not empty."""


def write_backup(target: Path) -> int:
    """Write everything in the database to `target` as of one moment, while the shop goes on; returns its size in bytes."""
    unfinished = target.with_name(target.name + ".part")
    _run(program("pg_dump"), "--format=custom", "--no-owner", "--no-acl", f"--file={unfinished}", _server())
    # Whoever finds a file under its name finds a whole one.
    unfinished.replace(target)
    return target.stat().st_size


def read_backup(source: Path) -> None:
    """Fill an empty database from `source`, whole or not at all."""
    if not source.is_file():
        raise CannotBackUp(f"{source} is not there.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        tables = cursor.fetchone()[0]
    if tables:
        raise CannotBackUp(f"The database is not empty ({tables} tables): restore into a new one, nothing here is overwritten.")
    connection.close()
    _run(
        program("pg_restore"),
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-acl",
        _server(),
        str(source),
    )
    with connection.cursor() as cursor:
        cursor.execute(TAKE_RIGHTS_AGAIN)


def program(name: str) -> str:
    """PostgreSQL's program: that of the embedded server, which knows every older server, or else the machine's own."""
    try:
        return str(binary(name))
    except CannotStart:
        if found := shutil.which(name):
            return found
        raise CannotBackUp(f"{name} is missing: install PostgreSQL's client programs of the server's version.") from None


def _server() -> str:
    """Where the database is, in libpq's words; the password goes through the environment, which other users cannot see."""
    given = connection.get_connection_params()
    return "--dbname=" + make_conninfo(**{name: given[name] for name in ("host", "port", "user", "dbname") if given.get(name)})


def _run(*command: str) -> None:
    password = {"PGPASSWORD": connection.settings_dict["PASSWORD"]} if connection.settings_dict["PASSWORD"] else {}
    result = subprocess.run(command, env={**os.environ, **password}, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        said = (result.stderr.strip().splitlines() or ["no reason given"])[0]
        raise CannotBackUp(f"{Path(command[0]).name} did not manage: {said}")
