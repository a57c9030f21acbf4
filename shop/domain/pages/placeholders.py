"""The closed list of names a page may put between double braces; a text is never compiled as a template."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from shop.common import promises
from shop.common.money import format_vnd
from shop.common.phone import format_phone
from shop.common.small_markdown import placeholders_in

from .models import OperatorRecord, PageText

# The shop's promises, frozen in a version when it is published.
NUMBERS: dict[str, Callable[[], int | float]] = {
    "return_window_days": lambda: promises.RETURN_WINDOW_DAYS,
    "return_answered_within_hours": lambda: promises.RETURN_ANSWERED_WITHIN_HOURS,
    "return_decided_within_days": lambda: promises.RETURN_DECIDED_WITHIN_DAYS,
    "return_sent_within_days": lambda: promises.RETURN_SENT_WITHIN_DAYS,
    "return_received_within_days": lambda: promises.RETURN_RECEIVED_WITHIN_DAYS,
    "fresh_food_reported_within_hours": lambda: promises.FRESH_FOOD_REPORTED_WITHIN_HOURS,
    "missing_information_cancel_within_days": lambda: promises.MISSING_INFORMATION_CANCEL_WITHIN_DAYS,
    "complaint_acknowledged_within_hours": lambda: promises.COMPLAINT_ACKNOWLEDGED_WITHIN_HOURS,
    "complaint_answered_within_days": lambda: promises.COMPLAINT_ANSWERED_WITHIN_DAYS,
    "parcel_confirmed_within_hours": lambda: promises.PARCEL_CONFIRMED_WITHIN_HOURS,
    "commission_percent": lambda: promises.COMMISSION_PERCENT,
    "star_correct_within_seconds": lambda: promises.STAR_CORRECT_WITHIN_SECONDS,
    "recipient_blanked_after_days": lambda: promises.RECIPIENT_BLANKED_AFTER_DAYS,
    "personal_data_request_answered_within_days": lambda: promises.PERSONAL_DATA_REQUEST_ANSWERED_WITHIN_DAYS,
    "cod_limit_vnd": lambda: settings.COD_LIMIT_VND,
}
# Who runs the shop: the newest declaration, also on older versions, because it is where people write to.
OPERATOR = ("name", "address", "tax_code", "moit_number", "phone", "email")
# Drawn by the page itself, alone in their paragraph.
BLOCKS = frozenset({"operator_details", "delivery_table", "registry_numbers"})
MONEY_ENDING = "_vnd"


def provide_number(name: str, read: Callable[[], int | float]) -> None:
    """Let a number be read where it is kept, once when the shop starts: some are kept above this rung."""
    NUMBERS[name] = read


def known_placeholders() -> list[str]:
    """Return every name a text may use, in the order in which the office is told them."""
    return [*NUMBERS, *(f"operator_{name}" for name in OPERATOR), "shop_host", *sorted(BLOCKS)]


def unknown_placeholders(text: str) -> list[str]:
    """Return names between braces that are on no list."""
    return sorted(placeholders_in(text) - set(known_placeholders()))


def current_numbers(text: PageText) -> dict[str, int | float]:
    """Return the numbers a text names, as the shop keeps them now."""
    used = placeholders_in(f"{text.title} {text.title_en} {text.body} {text.body_en}")
    return {name: read() for name, read in NUMBERS.items() if name in used}


def written_values(*, numbers: Mapping[str, int | float], operator: OperatorRecord | None, language: str) -> dict[str, str]:
    """Return what stands in the place of each name, in `language` (the active one for words)."""
    values = {name: _written_number(name, number, language) for name, number in numbers.items()}
    for name in OPERATOR:
        value = getattr(operator, name) if operator else ""
        written = format_phone(value) if name == "phone" and value else value
        values[f"operator_{name}"] = written or _("(chưa khai báo)")
    return values | {"shop_host": settings.HOST}


def _written_number(name: str, number: float, language: str) -> str:
    if name.endswith(MONEY_ENDING):
        return format_vnd(int(number), language)
    return str(number) if language.startswith("en") else str(number).replace(".", ",")
