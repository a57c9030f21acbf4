"""A queryset whose SQL is written once: Django takes longer to write a wide SELECT than PostgreSQL to answer it.

    with_its_place = WrittenOnce(lambda pk: Product.objects.select_related("origin_province").filter(pk=pk))
    [product] = with_its_place(pk=7)

The function is called once in each thread, with stand-ins for its values. It has to return a queryset of models whose
SQL is the same whatever the values are: numbers and days to compare with (or lists of numbers, for `= ANY(%s)`), nothing
that decides which conditions there are.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
# No number and no day of ours is like these; a written statement has them where the values go.
FIRST_STAND_IN = 7_300_000_000_000_000_001
FIRST_DAY = date(1, 1, 1)
Value = int | date | list[int]


@dataclass(frozen=True)
class Written:
    """A statement, its parameters with stand-ins, and what makes models of its rows and values of their columns."""

    sql: str
    parameters: tuple[Any, ...]
    compiler: SQLCompiler
    converters: dict[int, Any]
    model: type[Model]
    using: str


class WrittenOnce(Generic[M]):
    """Called with values it returns a list of models, as iterating over the queryset would."""

    def __init__(self, build: Callable[..., QuerySet[M]], *, prefetch: tuple[str, ...] = ()) -> None:
        self._build, self._prefetch = build, prefetch
        # A compiler belongs to a connection, and a connection to a thread.
        self._kept = threading.local()

    def __call__(self, **values: Value) -> list[M]:
        """Ask the database for these values."""
        written = self._written(values)
        taken = {_mark(place, values[name]): values[name] for place, name in enumerate(sorted(values))}
        parameters = [taken.get(_mark_in(each), each) for each in written.parameters]
        found = list(QuerySet(model=written.model, query=Answer(written, parameters), using=written.using))
        prefetch_related_objects(found, *self._prefetch)
        return found

    def _written(self, values: dict[str, Value]) -> Written:
        connection = connections["default"]
        kept = getattr(self._kept, "written", None)
        if kept is None or kept.compiler.connection is not connection:
            kept = self._kept.written = self._write(values)
        return kept

    def _write(self, values: dict[str, Value]) -> Written:
        marks = {name: _mark(place, values[name]) for place, name in enumerate(sorted(values))}
        queryset = self._build(**{name: [mark] if isinstance(values[name], list) else mark for name, mark in marks.items()})
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, parameters = compiler.as_sql()
        columns = [selected for selected, *_ in compiler.select]
        return Written(sql, parameters, compiler, compiler.get_converters(columns), queryset.model, queryset.db)


def _mark(place: int, value: Value) -> int | date:
    """Return what stands for a value; for a list, what stands in its stand-in."""
    return FIRST_DAY + timedelta(days=place) if isinstance(value, date) else FIRST_STAND_IN + place


def _mark_in(parameter: Any) -> int | date:
    """Return what in a parameter may stand for a value, or 0."""
    inner = parameter[0] if isinstance(parameter, list) and parameter else parameter
    return inner if isinstance(inner, int | date) else 0


class Answer:
    """Stands where a queryset has its query, and where that has its compiler: what is asked is written already."""

    # What QuerySet wants to know of a query before it iterates.
    values_select = ()

    def __init__(self, written: Written, parameters: list[Any]) -> None:
        self.written, self.parameters = written, parameters
        self.select = written.compiler.select
        self.klass_info = written.compiler.klass_info
        self.annotation_col_map = written.compiler.annotation_col_map

    def get_compiler(self, using: str) -> "Answer":
        """Return itself."""
        del using
        return self

    def execute_sql(self, **_: Any) -> list[list[tuple]]:
        """Return all rows, as one portion."""
        with self.written.compiler.connection.cursor() as cursor:
            cursor.execute(self.written.sql, self.parameters)
            return [cursor.fetchall()]

    def results_iter(self, results: list[list[tuple]]) -> Iterator[tuple]:
        """Make of the columns what their fields make of them."""
        return self.written.compiler.apply_converters(chain.from_iterable(results), self.written.converters)
