"""Inputs of one line, written at once: Django renders three templates for each of them (FORM_RENDERER)."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

# Their templates do nothing but include that of an input.
ONE_LINE = frozenset(f"django/forms/widgets/{name}.html" for name in ("text", "email", "number", "hidden", "password", "tel"))


class QuickInputs(DjangoTemplates):
    """Django's own renderer, save for inputs of one line; the same mark-up."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Return the widget as HTML."""
        if template_name in ONE_LINE:
            return _input(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    attributes = "".join(
        f" {conditional_escape(name)}" if held is True else f' {conditional_escape(name)}="{_text(held)}"'
        for name, held in widget["attrs"].items()
        if held is not False
    )
    opening = f'<input type="{conditional_escape(widget["type"])}" name="{conditional_escape(widget["name"])}"'
    return mark_safe(f"{opening}{value}{attributes}>")  # noqa: S308 -- all that is in it is escaped


def _text(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))
