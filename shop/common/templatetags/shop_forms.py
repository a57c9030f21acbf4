"""Form fields in the design: what a widget needs to be announced and drawn rightly."""

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Say whether the label belongs behind the input."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choice_list(field: BoundField) -> bool:
    """Say whether the field is a list of rows to choose from."""
    return isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple))


@register.simple_tag
def styled(field: BoundField) -> SafeString:
    """The input with its class, and with its hint and error announced."""
    described_by = [
        *([f"{field.auto_id}-e"] if field.errors else []),
        *([f"{field.auto_id}-h"] if field.help_text else []),
    ]
    attributes = {} if is_checkbox(field) else {"class": f"in {field.field.widget.attrs.get('class', '')}".strip()}
    if described_by:
        attributes["aria-describedby"] = " ".join(described_by)
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)
