"""What a page said before: its versions, two of them compared, and one brought back."""

from django.contrib import messages as toasts
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shop.common import clock
from shop.domain.pages.drafting import DraftInTheWay, NoSuchVersion, restore_version
from shop.domain.pages.models import Page, PageText
from shop.domain.pages.queries import periods_of

from ..workplace import desk_context
from .country import country_only
from .differing import compare_pages
from .views import ROOM, draft_of, find_page_here

DRAFT = "nhap"


@country_only()
def page_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version: from when until when, by whom, and what was said to have changed."""
    page = find_page_here(slug)
    context = desk_context(
        request,
        room=ROOM,
        page=page,
        draft=draft_of(page),
        periods=periods_of(page.versions.select_related("author")),
        now=clock.now(),
    )
    return render(request, "office_desk/pages/history.html", context)


@country_only()
def page_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions, or a version and the draft; left alone, the last change."""
    page = find_page_here(slug)
    numbers = list(page.versions.order_by("-number").values_list("number", flat=True))
    newest, before = (numbers + numbers + [0, 0])[:2]
    last = DRAFT if draft_of(page) else str(newest)
    old, new = request.GET.get("tu", str(newest if last == DRAFT else before)), request.GET.get("den", last)
    context = desk_context(
        request,
        room=ROOM,
        page=page,
        draft=draft_of(page),
        numbers=numbers,
        old=old,
        new=new,
        differences=compare_pages(_chosen(page, old), _chosen(page, new)),
    )
    return render(request, "office_desk/pages/compare.html", context)


@country_only(methods=["POST"], writes=["POST"])
def page_restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Begin a draft with the words of an older version."""
    page = find_page_here(slug)
    try:
        restore_version(page_id=page.pk, number=number, actor=request.actor, now=clock.now())
    except NoSuchVersion as error:
        raise Http404 from error
    except DraftInTheWay:
        toasts.error(request, _("Đang có một bản nháp. Đăng hoặc bỏ nó trước, rồi lấy lại bản cũ."))
        return redirect("office_desk:page_history", slug=slug)
    toasts.success(request, _("Bản nháp mới có chữ của bản số %(number)s.") % {"number": number})
    return redirect("office_desk:page", slug=slug)


def _chosen(page: Page, name: str) -> PageText:
    if name == DRAFT and draft_of(page) is not None:
        return page.draft
    # Ten digits would not fit the column.
    is_number = name.isascii() and name.isdecimal() and len(name) < 10  # noqa: PLR2004 -- see above
    found = page.versions.filter(number=int(name)).first() if is_number else None
    if found is None:
        raise Http404
    return found
