"""Databases full of goods, made once and copied for each run: filling one takes longer than measuring it."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from shop.embedded import addresses
from shop.embedded.postgres import EmbeddedPostgres

from .past_orders import make_room, multiply
from .surroundings import ROOT, environment_of, manage

# What shapes them; a change of anything else leaves a kept one as good as new.
SHAPING = (
    "shop/**/migrations/*.py",
    "catalogue_ext/**/migrations/*.py",
    "catalogue_ext/search/*.py",
    "shop/demo/**/*.py",
    "shop/operations/bench/past_orders.py",
)
# A shop as `make run` opens it, with the people of the acceptance seed; the others are copies with goods added.
OPENED = "opened"
MEASURED = "measured"
PEOPLE = "people.json"
# Goods and sellers of the orders that are played before they are multiplied, and an account that transfers come to.
GOODS_FOR_ORDERS, SELLERS = 2_000, 50
TRANSFERS = {
    "VIETQR_BANK_BIN": "970436",
    "VIETQR_ACCOUNT": "0000000000",
    "VIETQR_ACCOUNT_NAME": "TAI KHOAN MAU",
    "BANK_WEBHOOK_SECRET": "of-the-bench-and-of-nobody-else-0000",
}


def name_of(products: int) -> str:
    """Return the name of the kept database with so many products."""
    return f"goods_{products}"


def missing(var_dir: Path, sizes: tuple[int, ...]) -> list[str]:
    """Return the names of the databases that have to be made before a run, in order."""
    if _stamp(var_dir).exists() and _stamp(var_dir).read_text() != _fingerprint():
        shutil.rmtree(var_dir)
        var_dir.mkdir()
    return [name for name in [OPENED, *map(name_of, sizes)] if not _mark(var_dir, name).exists()]


def make(var_dir: Path, names: list[str], tell: Callable[[str], None]) -> None:
    """Fill these databases; the servers run."""
    _stamp(var_dir).write_text(_fingerprint())
    for name in names:
        tell(f"· Making the database {name}; it is kept for the next run …")
        if name == OPENED:
            _copy(var_dir, "template1", OPENED)
            manage(environment_of(var_dir, OPENED), "prepare")
            people = manage(environment_of(var_dir, OPENED), "seed", "--profile", "acceptance", "--json")
            (var_dir / PEOPLE).write_text(people.splitlines()[-1])
        else:
            _copy(var_dir, OPENED, name)
            manage(environment_of(var_dir, name), "seed", "--profile", "load", "--products", name.partition("_")[2])
        _mark(var_dir, name).touch()


def take(var_dir: Path, products: int) -> None:
    """Put an untouched copy where the measured shop looks for its database."""
    _copy(var_dir, name_of(products), MEASURED)
    _settle(var_dir)


def take_orders(var_dir: Path, orders: int) -> None:
    """Put a shop that has had so many orders where the measured shop looks for its database; made once."""
    name = f"orders_{orders}"
    if not _mark(var_dir, name).exists():
        _copy(var_dir, OPENED, name)
        _play_and_multiply(var_dir, name, orders)
        _mark(var_dir, name).touch()
    _copy(var_dir, name, MEASURED)
    _settle(var_dir)


def _play_and_multiply(var_dir: Path, name: str, orders: int) -> None:
    environment = environment_of(var_dir, name, **TRANSFERS)
    manage(environment, "seed", "--profile", "load", "--products", str(GOODS_FOR_ORDERS))
    with EmbeddedPostgres(var_dir).connect(name) as connection:
        make_room(connection)
    manage(environment, "demo_sales", "--samples", str(SELLERS), "--pay-out")
    with EmbeddedPostgres(var_dir).connect(name) as connection:
        multiply(connection, orders=orders)


def _settle(var_dir: Path) -> None:
    with EmbeddedPostgres(var_dir).connect(MEASURED) as connection:
        # What autovacuum would have done by the next day.
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def _copy(var_dir: Path, source: str, target: str) -> None:
    with EmbeddedPostgres(var_dir).connect("postgres") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {target} TEMPLATE {source} OWNER {addresses.ROLE} STRATEGY file_copy")


def _fingerprint() -> str:
    paths = sorted(path for pattern in SHAPING for path in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(str(path.relative_to(ROOT)).encode() + path.read_bytes() for path in paths)).hexdigest()


def _stamp(var_dir: Path) -> Path:
    return var_dir / "fingerprint"


def _mark(var_dir: Path, name: str) -> Path:
    return var_dir / f"made-{name}"
