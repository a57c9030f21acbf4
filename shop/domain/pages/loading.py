"""The texts the shop ships with: version 1 of every page that has none."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.db import transaction

from .locking import lock_page
from .models import Page, PageVersion
from .placeholders import current_numbers
from .texts import WrittenText, clean_text

FOLDER = Path(__file__).parent / "default_texts"
TITLE_MARK = "# "
# Kind, address, in the order of the menu.
PAGES = (
    (Page.Kind.BUYING, "cach-mua"),
    (Page.Kind.DELIVERY, "giao-hang"),
    (Page.Kind.RETURNS, "doi-tra"),
    (Page.Kind.COMPLAINTS, "khieu-nai"),
    (Page.Kind.RULES, "quy-che"),
    (Page.Kind.FEES, "bieu-phi"),
    (Page.Kind.PRIVACY, "quyen-rieng-tu"),
    (Page.Kind.COOKIES, "cookie"),
    (Page.Kind.STARS, "sao-ocop"),
    (Page.Kind.SOURCES, "nguon-du-lieu"),
    (Page.Kind.OPERATOR, "don-vi-van-hanh"),
)


@transaction.atomic
def load_pages(*, now: datetime) -> int:
    """Write the pages that are missing and the first version of those without one; returns how many versions."""
    written = 0
    for position, (kind, slug) in enumerate(PAGES, start=1):
        made, _ = Page.objects.get_or_create(kind=kind, defaults={"slug": slug, "position": position})
        page = lock_page(page_id=made.pk)
        if not page.versions.exists():
            _write_first_version(page, now=now)
            written += 1
    return written


def _write_first_version(page: Page, *, now: datetime) -> None:
    title, body = read_default(page.kind, "vi")
    title_en, body_en = read_default(page.kind, "en")
    text = clean_text(WrittenText(title, body, title_en, body_en))
    version = PageVersion(**asdict(text), page=page, number=1, valid_from=now, published_at=now, revision=page.revision)
    version.numbers = current_numbers(version)
    version.save()
    page.revision += 1
    page.save(update_fields=["revision"])


def read_default(kind: str, language: str) -> tuple[str, str]:
    """Return title and body of a text that ships with the shop."""
    title, _, body = (FOLDER / f"{kind}.{language}.md").read_text().partition("\n")
    return title.removeprefix(TITLE_MARK), body
