"""/van-phong/trang/: every page of information, its draft, and its way to the public."""

from typing import Any

from django.contrib import messages as toasts
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shop.common import clock
from shop.domain.pages.drafting import discard_draft, save_draft
from shop.domain.pages.locking import DraftChangedMeanwhile
from shop.domain.pages.models import Page, PageDraft
from shop.domain.pages.operator import operator_data
from shop.domain.pages.placeholders import known_placeholders
from shop.domain.pages.publishing import InThePast, NoteMissing, NothingNew, publish_draft
from shop.domain.pages.queries import current_operator, has_old_numbers, list_pages, newest_version
from shop.domain.pages.texts import TextRefused, text_of

from ..workplace import desk_context
from .country import country_only
from .differing import compare_pages
from .forms import PageForm, PublishForm
from .words import CHANGED_MEANWHILE, PLACEHOLDER_WORDS

ROOM = "pages"
CONFLICT, UNPROCESSABLE = 409, 422


@country_only()
def page_list(request: HttpRequest) -> HttpResponse:
    """Every page: its version, whether both languages are whole, what is being written."""
    context = desk_context(
        request,
        room=ROOM,
        rows=[_row(page) for page in list_pages()],
        operator_is_complete=operator_data(current_operator()).is_complete,
    )
    return render(request, "office_desk/pages/list.html", context)


@country_only(methods=["GET", "POST"], writes=["POST"])
def page_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Both languages side by side; saving keeps a draft and changes nothing the public sees."""
    page = find_page_here(slug)
    if request.method != "POST":
        return _show_editor(request, page, PageForm(initial=_initial(page)))
    if "discard" in request.POST:
        return _discard(request, page)
    form = PageForm(request.POST)
    if not form.is_valid():
        return _show_editor(request, page, form, status=UNPROCESSABLE)
    try:
        save_draft(page_id=page.pk, revision=form.cleaned_data["revision"], text=form.text, actor=request.actor, now=clock.now())
    except TextRefused as refused:
        form.refuse(refused)
        return _show_editor(request, page, form, status=UNPROCESSABLE)
    except DraftChangedMeanwhile:
        return _show_conflict(request, slug, form)
    toasts.success(request, _("Đã lưu bản nháp. Công chúng chưa thấy."))
    return redirect("office_desk:page_publish" if "publish" in request.POST else "office_desk:page", slug=slug)


@country_only(methods=["GET", "POST"], writes=["POST"])
def page_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """What changes against the newest version, from when, and why; then it is public for good."""
    page = find_page_here(slug)
    newest = newest_version(page=page)
    if request.method != "POST":
        if draft_of(page) is None:
            return redirect("office_desk:page", slug=slug)
        initial = {"revision": page.revision, "begins": clock.today()}
        return _show_publishing(request, page, PublishForm(initial=initial, is_first=newest is None))
    form = PublishForm(request.POST, is_first=newest is None)
    if not form.is_valid():
        return _show_publishing(request, page, form, status=UNPROCESSABLE)
    return _publish(request, page, form)


def _publish(request: HttpRequest, page: Page, form: PublishForm) -> HttpResponse:
    try:
        version = publish_draft(
            page_id=page.pk,
            revision=form.cleaned_data["revision"],
            begins=form.cleaned_data["begins"],
            note=form.cleaned_data["note"],
            actor=request.actor,
            now=clock.now(),
        )
    except DraftChangedMeanwhile:
        toasts.error(request, _("Người khác vừa sửa, đăng hoặc bỏ bản nháp này. Xem lại trước khi đăng."))
        return redirect("office_desk:page", slug=page.slug)
    except InThePast:
        form.add_error("begins", _("Ngày này đã qua. Chọn hôm nay hoặc một ngày sau."))
        return _show_publishing(request, page, form, status=UNPROCESSABLE)
    except NoteMissing:
        form.add_error("note", _("Nói một câu đã đổi gì."))
        return _show_publishing(request, page, form, status=UNPROCESSABLE)
    except NothingNew:
        problem = _("Bản nháp giống hệt bản mới nhất, nên không có gì để đăng.")
        return _show_publishing(request, page, form, status=CONFLICT, problem=problem)
    toasts.success(request, _("Đã đăng bản số %(number)s.") % {"number": version.number})
    return redirect("office_desk:page_history", slug=page.slug)


def find_page_here(slug: str) -> Page:
    """Return a page by its address; 404 where there is none."""
    page = Page.objects.filter(slug=slug).select_related("draft__author").first()
    if page is None:
        raise Http404
    return page


def draft_of(page: Page) -> PageDraft | None:
    """Return what is being written for a page."""
    return getattr(page, "draft", None)


def _row(page: Page) -> dict[str, Any]:
    newest = page.newest_first[0] if page.newest_first else None
    draft = draft_of(page)
    return {
        "page": page,
        "version": newest,
        "draft": draft,
        "is_announced": newest is not None and newest.valid_from > clock.now(),
        "has_old_numbers": newest is not None and has_old_numbers(version=newest),
    }


def _initial(page: Page) -> dict[str, Any]:
    source = draft_of(page) or newest_version(page=page)
    text = text_of(source) if source else None
    return {"revision": page.revision, **(vars(text) if text else {})}


def _discard(request: HttpRequest, page: Page) -> HttpResponse:
    revision = request.POST.get("revision", "")
    try:
        discard_draft(page_id=page.pk, revision=int(revision) if revision.isascii() and revision.isdecimal() else -1)
    except DraftChangedMeanwhile:
        toasts.error(request, _("Người khác vừa lưu bản nháp này, nên nó còn nguyên. Xem lại rồi hãy bỏ."))
        return redirect("office_desk:page", slug=page.slug)
    toasts.success(request, _("Đã bỏ bản nháp."))
    return redirect("office_desk:page", slug=page.slug)


def _show_conflict(request: HttpRequest, slug: str, form: PageForm) -> HttpResponse:
    """The second editor's words stay in the form, the first one's are shown under it; saving again replaces them."""
    page = find_page_here(slug)
    form.data = form.data.copy()
    form.data["revision"] = str(page.revision)
    saved = draft_of(page) or newest_version(page=page)
    return _show_editor(
        request,
        page,
        form,
        status=CONFLICT,
        problem=CHANGED_MEANWHILE,
        saved=saved,
        differences=compare_pages(saved, form.text) if saved else [],
    )


def _show_editor(request: HttpRequest, page: Page, form: PageForm, *, status: int = 200, **more: Any) -> HttpResponse:
    newest = newest_version(page=page)
    context = desk_context(
        request,
        room=ROOM,
        page=page,
        form=form,
        draft=draft_of(page),
        newest=newest,
        has_old_numbers=newest is not None and has_old_numbers(version=newest),
        placeholders=[(f"{{{{ {name} }}}}", PLACEHOLDER_WORDS[name]) for name in known_placeholders()],
        **more,
    )
    return render(request, "office_desk/pages/editor.html", context, status=status)


def _show_publishing(
    request: HttpRequest, page: Page, form: PublishForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    draft, newest = draft_of(page), newest_version(page=page)
    context = desk_context(
        request,
        room=ROOM,
        page=page,
        form=form,
        draft=draft,
        newest=newest,
        differences=compare_pages(newest, text_of(draft)) if newest and draft else [],
        problem=problem,
    )
    return render(request, "office_desk/pages/publish.html", context, status=status)
