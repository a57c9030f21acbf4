"""The `audit` schema: views with the columns of the contract, made anew from `audit/*.sql` after every migration.

A view binds the columns it reads, and PostgreSQL refuses to change a bound column. So the views go before a
migration and come back after it: they are derived from the code and never part of its history.
"""

import hashlib
from pathlib import Path

from django.db import connection, transaction

DEFINITIONS = Path(__file__).parent / "audit"


def view_definitions() -> dict[str, str]:
    """The SELECT of every view by its name."""
    return {path.stem: path.read_text() for path in sorted(DEFINITIONS.glob("*.sql"))}


def views_are_current() -> bool:
    """Whether the database has the views of this code."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regnamespace('audit'), 'pg_namespace')")
        return cursor.fetchone()[0] == _fingerprint()


@transaction.atomic
def drop_views() -> None:
    """Let the tables go; the schema stays, and with it what was granted on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT viewname FROM pg_views WHERE schemaname = 'audit'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP VIEW audit."{name}"')
        cursor.execute("SELECT to_regnamespace('audit') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute("COMMENT ON SCHEMA audit IS NULL")


@transaction.atomic
def create_views() -> None:
    """Make every view; nobody may write through one, not even the owner."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS audit")
        for name, select in view_definitions().items():
            cursor.execute(f'CREATE OR REPLACE VIEW audit."{name}" AS {select}')
            cursor.execute(f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit."{name}" FROM PUBLIC, CURRENT_USER')
        cursor.execute(f"COMMENT ON SCHEMA audit IS '{_fingerprint()}'")


def _fingerprint() -> str:
    text = "".join(f"{name}\0{select}\0" for name, select in view_definitions().items())
    return f"views {hashlib.sha256(text.encode()).hexdigest()[:16]}"
