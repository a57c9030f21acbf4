"""A list of a hundred options, written at once: Django renders a template for each of them, and looks at each three times."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


class LongChoices(BaseChoiceIterator):
    """Pairs of value and label as they are; Django takes any other list apart again for field, widget and page."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        self.pairs = list(pairs)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)


class LongSelect(forms.Select):
    """A select without groups; the same mark-up as Django's."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        chosen = set(self.format_value(value))
        options = "\n".join(
            f'  <option value="{escape(str(key))}"{" selected" if str(key) in chosen else ""}>{escape(str(label))}</option>'
            for key, label in self.choices
        )
        attributes = self.build_attrs(self.attrs, attrs)
        # Every key and label in it is escaped.
        return format_html('<select name="{}"{}>\n{}\n</select>', name, flatatt(attributes), mark_safe(options))  # noqa: S308
