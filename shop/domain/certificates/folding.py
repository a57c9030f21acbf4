"""Text without accents, made by the database: `common.vietnamese.fold` in SQL, for columns that are kept for searching."""

from typing import Any

from django.db.models import Func, TextField, Value
from django.db.models.functions import Concat

SEPARATOR = " "


class Folded(Func):
    """The named columns as one line of small letters, without accents and with đ as d.

    Marks are taken off decomposed text, so that small letters are asked of ASCII only: the same in every locale.
    """

    template = (
        "lower(translate(regexp_replace(normalize(%(expressions)s, NFD), U&'[\\0300-\\036F]', '', 'g'),"
        " U&'\\0110\\0111\\00D0\\00F0\\0189\\0256', 'dddddd'))"
    )
    output_field = TextField()

    def __init__(self, *columns: Any, **extra: Any) -> None:
        parts = [part for column in columns for part in (column, Value(SEPARATOR))]
        super().__init__(Concat(*parts, output_field=TextField()), **extra)
        self.columns = columns

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return f"{self.__class__.__module__}.{self.__class__.__qualname__}", list(self.columns), {}
