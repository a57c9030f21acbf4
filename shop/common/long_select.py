"""A list of a hundred options, written at once: Django renders a template for each of them."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

CHOSEN = mark_safe(" selected")


class LongSelect(forms.Select):
    """A select without groups; the same mark-up as Django's."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        chosen = set(self.format_value(value))
        options = format_html_join(
            "\n",
            '  <option value="{}"{}>{}</option>',
            ((key, CHOSEN if str(key) in chosen else "", label) for key, label in self.choices),
        )
        attributes = self.build_attrs(self.attrs, attrs)
        return format_html('<select name="{}"{}>\n{}\n</select>', name, flatatt(attributes), options)
