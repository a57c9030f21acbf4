"""/van-phong/so-sach/phi-san/: what the shop takes of whom, from when to when."""

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shop.common import clock
from shop.domain.ledger.models import CommissionRule
from shop.domain.ledger.setting_rules import (
    EndedAlready,
    EndsBeforeItBegins,
    StartsInThePast,
    TargetMissing,
    add_rule,
    end_rule,
)

from ..pages.country import country_only
from ..workplace import desk_context
from .finding import category_choices
from .forms import EndForm, RuleForm
from .showing import rule_rows
from .views import ROOM

PER_PAGE = 50
CONFLICT, UNPROCESSABLE = 409, 422


@country_only()
def commission_rules(request: HttpRequest) -> HttpResponse:
    """Every rule, those in force and to come first."""
    rules = CommissionRule.objects.select_related("producer", "category", "product").order_by("-starts_on", "-pk")
    page = Paginator(rules, PER_PAGE).get_page(request.GET.get("trang"))
    context = desk_context(request, room=ROOM, tab="rules", page=page, rows=rule_rows(page, today=clock.today()))
    return render(request, "office_desk/books/rules.html", context)


@country_only(methods=["GET", "POST"], writes=["POST"])
def commission_rule_new(request: HttpRequest) -> HttpResponse:
    """Set a rule from a day on; orders of before keep theirs."""
    if request.method != "POST":
        initial = {"scope": "default", "starts_on": clock.today(), "producer": request.GET.get("chu-the", "")[:18]}
        return _show_new(request, RuleForm(initial=initial, categories=category_choices()))
    form = RuleForm(request.POST, categories=category_choices())
    if not form.is_valid():
        return _show_new(request, form, status=UNPROCESSABLE)
    try:
        add_rule(wanted=form.wanted, actor=request.actor, now=clock.now())
    except StartsInThePast:
        form.add_error("starts_on", _("Ngày này đã qua. Chọn hôm nay hoặc một ngày sau."))
    except EndsBeforeItBegins:
        form.add_error("ends_on", _("Ngày cuối phải sau ngày đầu."))
    except TargetMissing as missing:
        form.add_error(missing.field, _("Cần điền mục này với loại đã chọn."))
    else:
        toasts.success(request, _("Đã đặt mức phí. Đơn đã đặt giữ phí cũ."))
        return redirect("office_desk:commission_rules")
    return _show_new(request, form, status=UNPROCESSABLE)


@country_only(methods=["GET", "POST"], writes=["POST"])
def commission_rule_end(request: HttpRequest, rule: int) -> HttpResponse:
    """End a rule with a day, or take one back that has not begun."""
    found = get_object_or_404(CommissionRule.objects.select_related("producer", "category", "product"), pk=rule)
    if request.method != "POST":
        return _show_end(request, found, EndForm(initial={"last_day": clock.today()}))
    form = EndForm(request.POST)
    if not form.is_valid():
        return _show_end(request, found, form, status=UNPROCESSABLE)
    try:
        end_rule(rule_id=found.pk, last_day=form.cleaned_data["last_day"], actor=request.actor, now=clock.now())
    except StartsInThePast:
        form.add_error("last_day", _("Ngày này đã qua. Chọn hôm nay hoặc một ngày sau."))
        return _show_end(request, found, form, status=UNPROCESSABLE)
    except EndedAlready:
        form.add_error("last_day", _("Mức phí này đã hết hoặc sẽ hết trước ngày đó."))
        return _show_end(request, found, form, status=CONFLICT)
    toasts.success(request, _("Đã ghi ngày kết thúc."))
    return redirect("office_desk:commission_rules")


def _show_new(request: HttpRequest, form: RuleForm, *, status: int = 200) -> HttpResponse:
    context = desk_context(request, room=ROOM, form=form)
    return render(request, "office_desk/books/rule_new.html", context, status=status)


def _show_end(request: HttpRequest, rule: CommissionRule, form: EndForm, *, status: int = 200) -> HttpResponse:
    (row,) = rule_rows([rule], today=clock.today())
    has_begun = rule.starts_on <= clock.today()
    context = desk_context(request, room=ROOM, row=row, has_begun=has_begun, form=form)
    return render(request, "office_desk/books/rule_end.html", context, status=status)
