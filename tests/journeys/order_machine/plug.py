"""Pulling the plug in the middle of a transaction, and seeing whether anything was left behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import connection

# Whatever an act of the shop writes stands in a table of ours or in a basket; places never change.
OURS = ("shop.domain.", "shop.oscar_forks.", "catalogue_ext.")

SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class PlugPulled(BaseException):
    """The process is gone. No `except Exception` of ours may see it, as none sees a SIGKILL."""


@contextmanager
def plug_pulled_after(statements: int | None) -> Iterator[None]:
    """Let so many statements through and end everything at the next one, once; None pulls nothing."""
    if statements is None:
        yield
        return
    left = statements

    def count(execute, sql, parameters, many, context):
        nonlocal left
        # Who dies while a transaction is rolled back dies with it rolled back.
        left -= not sql.startswith(SAVEPOINTS)
        if left == -1:
            left -= 1
            raise PlugPulled
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(count):
        yield


def fingerprint() -> str:
    """Changes when any row of the shop does."""
    with connection.cursor() as cursor:
        cursor.execute(_question())
        return cursor.fetchone()[0]


@cache
def _question() -> str:
    tables = sorted(model._meta.db_table for model in apps.get_models() if model.__module__.startswith(OURS))
    rows = " UNION ALL ".join(f"SELECT '{table}' AS name, row::text AS value FROM {table} AS row" for table in tables)  # noqa: S608
    return f"SELECT md5(string_agg(name || value, '|' ORDER BY name, value)) FROM ({rows}) AS every"  # noqa: S608
