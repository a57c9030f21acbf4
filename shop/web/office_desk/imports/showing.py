"""The page of one import: its numbers, its rows page by page, what may be done with it now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.common import clock
from shop.common.dates import format_day
from shop.common.templatetags.shop_format import page_language
from shop.domain.certificates.annexes.problems import Problem
from shop.domain.certificates.importing.progress import progress_of
from shop.domain.certificates.importing.requesting import WRITES, can_be_applied, count_warnings
from shop.domain.certificates.importing.runs import UNDOABLE_FOR, WITH_A_WORKER, State, can_be_undone
from shop.domain.certificates.models import ImportCorrection, ImportRow, ImportRun
from shop.domain.listings.import_undoing import Obstacle
from shop.domain.people.models import Officer

from ..workplace import desk_context
from .forms import ApplyForm, OptionsForm, ReturnForm
from .queue import readable_imports
from .words import ACTIONS, FAILURES, FIELDS, FILTERS, OBSTACLES, OPTIONS, RANKS, Filter, words_of

ROWS_PER_PAGE = 50
MOST_PROBLEMS = 30


@dataclass(frozen=True)
class Difference:
    """One field in the registry and in the file, in words."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class ShownRow:
    """One row in words."""

    row: ImportRow
    rank: Any
    problems: list[Problem]
    action: str
    differences: list[Difference]
    corrections: list[ImportCorrection]


def may_import(request: HttpRequest) -> bool:
    """Say whether the person at this desk brings lists: officers of the country or of a province."""
    officer = getattr(request.user, "officer", None) if "officer" in request.actor.roles else None
    return officer is not None and officer.scope != Officer.Scope.COMMUNE


def show_import(
    request: HttpRequest,
    run: ImportRun,
    *,
    status: int = 200,
    problem: str = "",
    obstacles: Sequence[Obstacle] = (),
    options: OptionsForm | None = None,
    returning: ReturnForm | None = None,
) -> HttpResponse:
    """Render the import as it stands; with the sentence why something could not be done."""
    if run.state in WITH_A_WORKER:
        return render(request, "office_desk/import_progress.html", _progress(request, run, problem), status=status)
    chosen = next((one for one in FILTERS if one.slug == request.GET.get("loc")), None)
    rows = run.rows.filter(_condition(chosen)).select_related("certificate")
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    problems = [Problem.from_stored(stored) for stored in run.report.get("problems", [])]
    context = desk_context(
        request,
        room="imports",
        run=run,
        state=words_of(run),
        steps=_steps(run),
        problem=problem,
        failure=FAILURES.get(run.failure, ""),
        problems=sorted(problems, key=lambda one: not one.is_error)[:MOST_PROBLEMS],
        hidden_problems=max(len(problems) - MOST_PROBLEMS, 0),
        decisions=decisions_of(run),
        page=page,
        rows=shown_rows(run, page),
        chips=_chips(run, chosen),
        obstacles=[(one, OBSTACLES[one.kind]) for one in obstacles],
        returning=returning or ReturnForm(),
        options=options or options_form(run),
        twin=_twin(request, run),
        **_numbers(run),
        **_what_may_be_done(request, run),
    )
    return render(request, "office_desk/import.html", context, status=status)


def shown_rows(run: ImportRun, page: Page | Sequence[ImportRow]) -> list[ShownRow]:
    """Return rows with their sentences, their differences and what was corrected of them."""
    rows = list(page)
    corrections: dict[tuple[str, int], list[ImportCorrection]] = defaultdict(list)
    found = run.corrections.filter(row__in=[row.row for row in rows], kind=ImportCorrection.Kind.CELL)
    for correction in found.select_related("by"):
        correction.label = str(FIELDS.get(correction.field, correction.field))
        corrections[correction.sheet, correction.row].append(correction)
    return [
        ShownRow(
            row=row,
            rank=RANKS[row.rank],
            problems=[Problem.from_stored(stored) for stored in row.problems],
            action=str(ACTIONS.get(row.action, "")),
            differences=[_difference(stored) for stored in row.differences],
            corrections=corrections[row.sheet, row.row],
        )
        for row in rows
    ]


def decisions_of(run: ImportRun) -> list[str]:
    """Return the decisions a list belongs to as people say them: number, day, authority."""
    said = []
    for decision in run.report.get("decisions", [])[:3]:
        day = _day(decision["signed_on"]) if decision["signed_on"] else ""
        number = _("%(number)s ngày %(day)s") % {"number": decision["number"], "day": day} if day else decision["number"]
        said.append(", ".join(str(part) for part in (number, decision["authority"]) if part))
    return [one for one in said if one]


def options_form(run: ImportRun, data: Any = None) -> OptionsForm | None:
    """Return the form for what the file does not say; none when it says everything."""
    codes = set(run.report.get("codes", {}))
    asked = [name for name, words in OPTIONS.items() if name in run.options or codes & words.asked_by]
    return OptionsForm(data, asked=asked, initial=run.options, auto_id="tuy-chon-%s") if asked else None


def _numbers(run: ImportRun) -> dict[str, Any]:
    ranks, actions = run.report.get("ranks", {}), run.report.get("actions", {})
    return {
        "valid": ranks.get("valid", 0),
        "warning": ranks.get("warning", 0),
        "warnings": count_warnings(run),
        "errors": ranks.get("error", 0),
        "rises": run.report.get("rises", 0),
        "total": sum(ranks.values()),
        "valid_actions": run.report.get("valid", {}),
        "new": actions.get("new", 0),
        "changed": actions.get("changed", 0),
        "unchanged": actions.get("unchanged", 0),
        "to_write": sum(actions.get(action, 0) for action in WRITES),
    }


def _what_may_be_done(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    officer, own = may_import(request), run.requested_by_id == request.actor.user_id
    now = clock.now()
    return {
        "may_import": officer,
        "may_correct": officer and run.state == State.READ,
        "may_check_again": officer and run.state in {State.READ, State.FAILED},
        "may_apply": officer and run.state == State.READ and can_be_applied(run),
        "may_sign": officer and run.state == State.WAITING and not own,
        "may_withdraw": officer and run.state == State.WAITING and own,
        "may_undo": officer and can_be_undone(run, now=now),
        "undo_until": run.applied_at + UNDOABLE_FOR if can_be_undone(run, now=now) and run.applied_at else None,
        "needs": [_need(need) for need in run.needs],
        "apply_form": ApplyForm(initial={"version": run.version}, auto_id="ghi-%s"),
    }


def _need(need: dict[str, Any]) -> str:
    if need["code"] == "list_shrinks":
        return _("Danh sách thiếu %(missing)s trong %(known)s chứng nhận của quyết định %(number)s.") % need
    return _("Danh sách đổi %(changed)s chứng nhận, hơn một phần hai mươi của %(known)s chứng nhận trong phạm vi.") % need


def _condition(chosen: Filter | None) -> Q:
    if chosen is None:
        return Q()
    return Q(action=chosen.action) if chosen.action else Q(rank=chosen.rank)


def _chips(run: ImportRun, chosen: Filter | None) -> list[dict[str, Any]]:
    ranks, actions = run.report.get("ranks", {}), run.report.get("actions", {})
    address = reverse("office_desk:import", kwargs={"run": run.pk})
    chips = [{"url": address, "text": _("Tất cả"), "count": sum(ranks.values()), "current": chosen is None}]
    for one in FILTERS:
        count = actions.get(one.action, 0) if one.action else ranks.get(ImportRow.Rank(one.rank).name.lower(), 0)
        if count or one is chosen:
            chips.append({"url": f"{address}?loc={one.slug}", "text": one.text, "count": count, "current": one is chosen})
    return chips


def _steps(run: ImportRun) -> list[dict[str, str]]:
    done = {State.READ: 2, State.FAILED: 2, State.WAITING: 3}.get(run.state, 4)
    texts = (_("1. Tải tệp"), _("2. Ghép cột"), _("3. Xem trước"), _("4. Ghi sổ"))
    return [
        {"text": text, "state": "done" if place < done else "now" if place == done else ""} for place, text in enumerate(texts)
    ]


def _difference(stored: dict[str, Any]) -> Difference:
    name = stored["field"]
    old, new = _said(name, stored["old"], stored.get("old_year")), _said(name, stored["new"], stored.get("new_year"))
    return Difference(str(FIELDS.get(name, name)), old, new)


def _said(name: str, value: Any, year: int | None) -> str:
    if value in (None, ""):
        return ""
    if name == "stars":
        stars = ngettext("%(count)s sao", "%(count)s sao", int(value)) % {"count": value}
        return f"{stars} ({year})" if year else stars
    if name in {"valid_until", "issued_on"}:
        return _day(value)
    return str(value).replace(".", ",") if name == "score" and page_language() != "en" else str(value)


def _day(text: str) -> str:
    return format_day(date.fromisoformat(text), page_language())


def _progress(request: HttpRequest, run: ImportRun, problem: str) -> dict[str, Any]:
    numbers = _numbers(run)
    done = min(progress_of(run_id=run.pk), numbers["to_write"]) if run.state == State.APPLYING else 0
    share = 100 * done / numbers["to_write"] if numbers["to_write"] else 0
    return desk_context(request, room="imports", run=run, state=words_of(run), problem=problem, done=done, share=share, **numbers)


def _twin(request: HttpRequest, run: ImportRun) -> ImportRun | None:
    """Return the import of the same bytes that is in the registry already, if this person may see it."""
    if run.state != State.READ:
        return None
    same: QuerySet[ImportRun] = readable_imports(request).filter(sha256=run.sha256, state=State.APPLIED)
    return same.exclude(pk=run.pk).order_by("-applied_at").first()
