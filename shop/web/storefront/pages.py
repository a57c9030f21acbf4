"""Pages of information: what each says now, what it said before, and what the office is writing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.pages.models import Page, PageText, PageVersion
from shop.domain.pages.operator import operator_data
from shop.domain.pages.placeholders import current_numbers
from shop.domain.pages.queries import VersionPeriod, current_operator, find_page, periods_of, titles_in_force
from shop.domain.people.models import Officer

from .page_text import block_context, show_text
from .public_page import public_page, render_for_all
from .seo import head_of

DESCRIPTION = _("%(title)s của Chợ OCOP, sàn bán sản phẩm có giấy chứng nhận OCOP tra cứu được.")
# Pages that bind nobody: they need no operator behind them.
ONLY_EXPLAIN = {Page.Kind.STARS, Page.Kind.SOURCES, Page.Kind.COOKIES}


@public_page
def information(request: HttpRequest, slug: str) -> HttpResponse:
    """What a page says now; a version that is announced is named."""
    page, periods = _find(slug)
    now = clock.now()
    current = next((each for each in periods if each.is_in_force(now)), None)
    if current is None:
        raise Http404
    announced = next((each for each in reversed(periods) if each.is_announced(now)), None)
    return _show(request, page, current.version, period=current, announced=announced)


@public_page
def version_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of a page and when it was in force."""
    page, periods = _find(slug)
    now = clock.now()
    shown = next((each.version for each in periods if each.is_in_force(now)), periods[0].version)
    context = {
        "head": head_of(request, is_indexed=False),
        "page": page,
        "version": shown,
        "title": _title_of(shown),
        "rows": [{"period": each, "state": _state_of(each)} for each in periods],
    }
    return render_for_all(request, "storefront/information/versions.html", context)


@public_page
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version as it read; for good, whatever comes later."""
    page, periods = _find(slug)
    period = next((each for each in periods if each.version.number == number), None)
    if period is None:
        raise Http404
    is_old = not period.is_in_force(clock.now())
    return _show(request, page, period.version, period=period, is_old=is_old, is_indexed=False)


@access(roles=("officer", "staff"), owner="country")
def draft_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The office's draft as the public would see it; for those alone who may publish it."""
    officer = getattr(request.user, "officer", None)
    if "staff" not in request.actor.roles and (officer is None or officer.scope != Officer.Scope.ALL):
        raise Http404
    page = Page.objects.select_related("draft").filter(slug=slug, draft__isnull=False).first()
    if page is None:
        raise Http404
    response = _show(request, page, page.draft, is_draft=True, is_indexed=False)
    response.headers["Cache-Control"] = "no-store"
    return response


def _find(slug: str) -> tuple[Page, list[VersionPeriod]]:
    page = find_page(slug=slug)
    if page is None or not page.versions.all():
        raise Http404
    return page, periods_of(page.versions.all())


def _show(request: HttpRequest, page: Page, source: PageText, *, is_indexed: bool = True, **more: Any) -> HttpResponse:
    operator, today = current_operator(), clock.today()
    numbers = source.numbers if isinstance(source, PageVersion) else current_numbers(source)
    shown = show_text(source, numbers=numbers, operator=operator)
    context = {
        "head": head_of(request, description=DESCRIPTION % {"title": shown.title}, is_indexed=is_indexed),
        "title": shown.title,
        "page": page,
        "shown": shown,
        "version": source,
        "pages": titles_in_force(now=clock.now()),
        "operator_missing": page.kind not in ONLY_EXPLAIN and not operator_data(operator).is_complete,
        **block_context(shown, operator=operator, today=today),
        **more,
    }
    show = render if more.get("is_draft") else render_for_all
    return show(request, "storefront/information.html", context)


def _title_of(source: PageText) -> str:
    # Only for the window's title: on the page itself the words say which language they are in.
    return show_text(source, numbers={}, operator=None).title


def _state_of(period: VersionPeriod) -> str:
    now = clock.now()
    if period.never_began:
        return "never"
    if period.is_announced(now):
        return "announced"
    return "current" if period.is_in_force(now) else "past"
