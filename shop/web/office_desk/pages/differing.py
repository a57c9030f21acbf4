"""Two texts of a page beside each other, field by field."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.domain.pages.differences import DifferentLine, compare_texts, has_changes
from shop.domain.pages.models import PageText
from shop.domain.pages.texts import WrittenText

FIELDS = (
    ("title", "vi", _("Tên trang, tiếng Việt")),
    ("body", "vi", _("Nội dung, tiếng Việt")),
    ("title_en", "en", _("Tên trang, tiếng Anh")),
    ("body_en", "en", _("Nội dung, tiếng Anh")),
)
# Lines around a change that help to find it.
NEAR = 1


@dataclass(frozen=True)
class FieldDifference:
    """What changed in one field; `lines` has None where unchanged lines are left out."""

    label: str | Promise
    language: str
    lines: list[DifferentLine | None]


def compare_pages(old: PageText | WrittenText, new: PageText | WrittenText) -> list[FieldDifference]:
    """Return the fields that differ."""
    found = []
    for field, language, label in FIELDS:
        lines = compare_texts(getattr(old, field), getattr(new, field).replace("\r\n", "\n"))
        if has_changes(lines):
            found.append(FieldDifference(label, language, _near_changes(lines)))
    return found


def _near_changes(lines: list[DifferentLine]) -> list[DifferentLine | None]:
    changed = [number for number, line in enumerate(lines) if line.kind != "kept"]
    shown = {near for number in changed for near in range(number - NEAR, number + NEAR + 1)}
    result: list[DifferentLine | None] = []
    for number, line in enumerate(lines):
        if number in shown:
            result.append(line)
        elif not result or result[-1] is not None:
            result.append(None)
    return result
