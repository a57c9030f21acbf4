"""Where the embedded servers are found; known before they run, so that every process agrees without asking."""

import hashlib
import os
from pathlib import Path

DATABASE = "shop"
# The role that owns the database; it is no superuser, like the role a production database would give us.
ROLE = "shop"
SUPERUSER = "postgres"

# A Unix socket's address holds 107 bytes.
LONGEST_SOCKET_ADDRESS = 107
POSTGRES_SOCKET = ".s.PGSQL.5432"
VALKEY_SOCKET = "valkey.sock"


def socket_folder(var_dir: Path) -> Path:
    """The folder of both sockets: inside the given one, or a short one where that path is too long."""
    folder = var_dir / "sockets"
    if len(os.fsencode(folder / POSTGRES_SOCKET)) <= LONGEST_SOCKET_ADDRESS:
        return folder
    return Path("/tmp") / f"shop-{os.getuid()}-{hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:12]}"  # noqa: S108


def database_url(var_dir: Path, *, database: str = DATABASE, role: str = ROLE) -> str:
    """The embedded database, as DATABASE_URL would say it."""
    return f"postgresql://{role}@/{database}?host={socket_folder(var_dir)}"


def redis_url(var_dir: Path, *, database: int = 0) -> str:
    """The embedded Valkey, as redis-py wants it."""
    return f"unix://{socket_folder(var_dir) / VALKEY_SOCKET}?db={database}"


def broker_url(url: str) -> str:
    """The same Valkey, as Celery wants it: its spelling of a Unix socket is one of its own."""
    if not url.startswith("unix://"):
        return url
    path, _, query = url.removeprefix("unix://").partition("?")
    return f"redis+socket://{path}?virtual_host={query.removeprefix('db=') or 0}"
