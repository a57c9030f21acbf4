"""A backup is restored into an empty database, audited, and is the same shop."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from shop.embedded import addresses
from shop.embedded.postgres import EmbeddedPostgres
from shop.operations.backup import CannotBackUp, read_backup
from tests.factories import make_listing, make_order

COPY = f"restored_{settings.WORKER}"


def manage(*words, database=None):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "shop.settings.base",
        "VAR_DIR": str(settings.RUN_DIR),
        "DATABASE_URL": addresses.database_url(settings.RUN_DIR, database=database or f"shop_{settings.WORKER}"),
        "REDIS_URL": settings.REDIS_URL,
    }
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def empty_database():
    """A new database of the shop's own role; gone afterwards."""
    with EmbeddedPostgres(settings.RUN_DIR).connect("postgres") as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(COPY)))
        server.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(COPY), sql.Identifier(addresses.ROLE)))
    yield COPY
    with EmbeddedPostgres(settings.RUN_DIR).connect("postgres") as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(COPY)))


def rows_of(database, query):
    with EmbeddedPostgres(settings.RUN_DIR).connect(database) as server:
        return server.execute(query).fetchall()


def test_a_restored_backup_is_the_same_shop_and_audited(transactional_db, tmp_path, empty_database):
    order = make_order((make_listing(), 2))
    file = tmp_path / "shop.backup"

    written = manage("backup", file)
    restored = manage("restore", file, database=empty_database)

    assert written.returncode == 0, written.stderr
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "invariants hold" in restored.stdout
    assert rows_of(empty_database, "SELECT number, total FROM audit.orders") == [(order.number, int(order.total_incl_tax))]
    may_change = "SELECT has_table_privilege('shop', '{}', 'UPDATE')"
    assert rows_of(empty_database, may_change.format("audit_log_auditentry")) == [(False,)]
    assert rows_of(empty_database, may_change.format("order_order")) == [(True,)]


def test_what_is_broken_in_the_copy_is_said(transactional_db, tmp_path, empty_database):
    make_order((make_listing(), 2))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE order_order SET total_incl_tax = total_incl_tax + 1")
    file = tmp_path / "shop.backup"
    manage("backup", file)

    restored = manage("restore", file, database=empty_database)

    assert restored.returncode == 1
    assert "broken" in restored.stdout


def test_a_database_with_something_in_it_is_never_overwritten(db, tmp_path):
    file = tmp_path / "shop.backup"
    file.write_bytes(b"")
    with pytest.raises(CannotBackUp, match="not empty"):
        read_backup(file)


def test_half_a_file_restores_nothing(transactional_db, tmp_path, empty_database):
    file = tmp_path / "shop.backup"
    manage("backup", file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    restored = manage("restore", file, database=empty_database)

    assert restored.returncode == 1
    assert restored.stderr.startswith("✗ pg_restore did not manage")
    assert rows_of(
        empty_database, "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    ) == [(0,)]


def test_a_full_disk_leaves_no_file_under_the_name(transactional_db, tmp_path):
    target = tmp_path / "missing-folder" / "shop.backup"
    written = manage("backup", target)
    assert written.returncode == 1
    assert written.stderr.startswith("✗ pg_dump did not manage")
    assert not target.exists()
