"""/ban-hang/tien/tai-khoan/: where the producer is paid. Whoever changes it used a second factor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.access.second_factor import ask_for_second_factor, has_second_factor
from shop.common import clock
from shop.common.promises import BANK_ACCOUNT_COOLS_HOURS
from shop.domain.payouts.declaring import ProducerStopped, account_of, declare_account

from .. import roles
from ..bank_form import BankAccountForm
from ..headings import STOPPED
from ..workplace import Workplace, desk_context, workplace_of

CONFLICT, UNPROCESSABLE = 409, 422


@access(roles=roles.MONEY, methods=["GET", "POST"], writes=["POST"], owner="membership.producer")
def bank_account(request: HttpRequest) -> HttpResponse:
    """The form; another account than before waits its cooling time and every owner is told."""
    workplace = workplace_of(request, room="money", wanted=roles.MONEY)
    if not has_second_factor(request):
        return ask_for_second_factor(request)
    if request.method != "POST":
        profile = workplace.producer.profile
        return _show(request, workplace, BankAccountForm(initial={"legal_form": profile.taxed_as, "tax_code": profile.tax_code}))
    form = BankAccountForm(request.POST)
    if not form.is_valid():
        return _show(request, workplace, form, status=UNPROCESSABLE)
    try:
        declare_account(producer_id=workplace.producer.pk, declaration=form.declaration, actor=request.actor, now=clock.now())
    except ProducerStopped:
        form.add_error(None, STOPPED)
        return _show(request, workplace, form, status=CONFLICT)
    messages.success(request, _("Đã ghi tài khoản nhận tiền. Chúng tôi đã báo cho mọi chủ gian hàng."))
    return redirect("producer_desk:money")


def _show(request: HttpRequest, workplace: Workplace, form: BankAccountForm, *, status: int = 200) -> HttpResponse:
    present = account_of(producer_id=workplace.producer.pk)
    context = desk_context(workplace, form=form, present=present, hours=BANK_ACCOUNT_COOLS_HOURS)
    return render(request, "producer_desk/bank_account.html", context, status=status)
