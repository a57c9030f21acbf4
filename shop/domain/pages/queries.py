"""What a page says on a day, and what it said before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db import connection
from django.db.models import Prefetch, Q

from shop.common.clock import SHOP_TIME_ZONE

from .models import OperatorRecord, Page, PageVersion
from .placeholders import current_numbers

# What an order is placed under; the checkout names them and the order keeps their numbers.
ACCEPTED_KINDS = (Page.Kind.RULES, Page.Kind.RETURNS, Page.Kind.PRIVACY)


@dataclass(frozen=True)
class VersionPeriod:
    """A version and the time it is or was in force; `until` None is open, equal to `since` means it never began."""

    version: PageVersion
    since: datetime
    until: datetime | None

    @property
    def never_began(self) -> bool:
        return self.until is not None and self.until <= self.since

    @property
    def last_day(self) -> date | None:
        """The last day it was in force; a version replaced at noon still had that day."""
        return (self.until - timedelta(microseconds=1)).astimezone(SHOP_TIME_ZONE).date() if self.until else None

    @property
    def replaced_at(self) -> datetime | None:
        """The moment of a day on which it was replaced, None where it ended with a day."""
        return self.until if self.until and self.until.astimezone(SHOP_TIME_ZONE).time() != time() else None

    def is_in_force(self, now: datetime) -> bool:
        return self.since <= now and (self.until is None or now < self.until)

    def is_announced(self, now: datetime) -> bool:
        return self.since > now and not self.never_began


def periods_of(versions: Iterable[PageVersion]) -> list[VersionPeriod]:
    """Return when each of a page's versions is in force, newest first: the highest number whose moment has come."""
    periods: list[VersionPeriod] = []
    earliest_later: datetime | None = None
    for version in sorted(versions, key=lambda each: -each.number):
        until = None if earliest_later is None else max(earliest_later, version.valid_from)
        periods.append(VersionPeriod(version, version.valid_from, until))
        earliest_later = version.valid_from if earliest_later is None else min(earliest_later, version.valid_from)
    return periods


def find_page(*, slug: str) -> Page | None:
    """Return a page with its versions, None where there is none."""
    return Page.objects.filter(slug=slug).prefetch_related("versions").first()


def version_in_force(*, page: Page, now: datetime) -> PageVersion | None:
    """Return what a page says at a moment; None before its first version."""
    return page.versions.filter(valid_from__lte=now).order_by("-number").first()


def newest_version(*, page: Page) -> PageVersion | None:
    """Return the version with the highest number, in force or announced."""
    return page.versions.order_by("-number").first()


def titles_in_force(*, now: datetime) -> list[tuple[Page, PageVersion]]:
    """Return every page that says something, with what it says; bodies are left out. Two queries."""
    begun = PageVersion.objects.filter(valid_from__lte=now).defer("body", "body_en").order_by("-number")
    pages = Page.objects.prefetch_related(Prefetch("versions", queryset=begun, to_attr="begun"))
    return [(page, page.begun[0]) for page in pages if page.begun]


def list_pages() -> list[Page]:
    """Return every page with its draft and, as `newest_first`, its versions. Two queries."""
    versions = PageVersion.objects.order_by("-number")
    return list(
        Page.objects.select_related("draft__author").prefetch_related(
            Prefetch("versions", queryset=versions, to_attr="newest_first")
        )
    )


def accepted_versions(*, day: date) -> dict[str, int]:
    """Return slug and number of the pages an order placed on `day` is under. One query.

    Whole days are enough: a moment within today is a publishing that has already happened.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_accepted_statement(day))
        return dict(cursor.fetchall())


@lru_cache(maxsize=2)
def _accepted_statement(day: date) -> tuple[str, tuple]:
    # Every preview of an order asks this; written once a day it costs a third.
    end_of_day = datetime.combine(day + timedelta(days=1), time(), tzinfo=SHOP_TIME_ZONE)
    versions = PageVersion.objects.filter(page__kind__in=ACCEPTED_KINDS, valid_from__lt=end_of_day)
    newest = versions.order_by("page_id", "-number").distinct("page_id")
    return newest.values_list("page__slug", "number").query.sql_with_params()


def versions_accepted(*, terms: Mapping[str, int]) -> list[PageVersion]:
    """Return the versions an order was placed under, in the order of the pages. One query, none without terms."""
    if not terms:
        return []
    wanted = Q()
    for slug, number in terms.items():
        wanted |= Q(page__slug=slug, number=number)
    versions = PageVersion.objects.filter(wanted).select_related("page").defer("body", "body_en")
    return list(versions.order_by("page__position"))


def current_operator() -> OperatorRecord | None:
    """Return the newest declaration of who runs the shop."""
    return OperatorRecord.objects.order_by("-pk").first()


def has_old_numbers(*, version: PageVersion) -> bool:
    """Say whether the shop keeps other numbers today than the version names."""
    return version.numbers != current_numbers(version)
