"""/van-phong/tien/giao-hang/: what carriers report as delivered, and what is on its way for how long."""

from collections import Counter
from collections.abc import Sequence

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.domain.ordering.carrier_reports import MOST_CODES, Outcome, Reported, TooManyCodes, report_delivered
from shop.domain.parcels.models import Parcel

from ..pages.country import country_only
from ..workplace import desk_context
from .views import ROOM, ROWS_PER_PAGE, UNPROCESSABLE

OUTCOMES = {
    Outcome.DELIVERED: (_("Đã ghi là đã giao"), "ok"),
    Outcome.BEFORE: (_("Đã giao từ trước"), "inf"),
    Outcome.NOT_SENT: (_("Kiện chưa được gửi đi hoặc đã dừng"), "bad"),
    Outcome.UNKNOWN: (_("Không có mã này"), "bad"),
    Outcome.AMBIGUOUS: (_("Nhiều kiện cùng mã: hãy ghi mã kiện"), "wrn"),
}


class DeliveriesForm(forms.Form):
    """Codes, one a line, and where it is known from."""

    codes = forms.CharField(
        label=_("Mã vận đơn hoặc mã kiện, mỗi dòng một mã"),
        help_text=_("Ví dụ OC-7K2M9QXD-1. Tối đa 500 dòng."),
        max_length=MOST_CODES * 80,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Hãy ghi ít nhất một mã.")},
    )
    source = forms.CharField(
        label=_("Căn cứ"),
        help_text=_("Bảng kê của hãng vận chuyển, số cuộc gọi, ảnh ký nhận: nằm trong nhật ký."),
        max_length=300,
        error_messages={"required": _("Hãy ghi căn cứ: tiền của kiện đi theo lời báo này.")},
    )


@country_only(methods=["GET", "POST"], writes=["POST"])
def money_deliveries(request: HttpRequest) -> HttpResponse:
    """A report of one parcel or of many, its outcome line by line, and the parcels on their way, oldest first."""
    if request.method != "POST":
        return _show(request, DeliveriesForm(initial={"codes": request.GET.get("kien", "")[:80]}))
    form = DeliveriesForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=UNPROCESSABLE)
    codes, source = form.cleaned_data["codes"].splitlines(), form.cleaned_data["source"]
    try:
        reported = report_delivered(codes=codes, source=source, actor=request.actor, now=clock.now())
    except TooManyCodes:
        form.add_error("codes", _("Nhiều hơn 500 dòng: hãy chia thành nhiều lần."))
        return _show(request, form, status=UNPROCESSABLE)
    return _show(request, DeliveriesForm(), reported=reported)


def _show(request: HttpRequest, form: DeliveriesForm, *, reported: Sequence[Reported] = (), status: int = 200) -> HttpResponse:
    sent = Parcel.objects.filter(status=Parcel.Status.SHIPPED).select_related("producer").order_by("shipped_at", "pk")
    counts = Counter(one.outcome for one in reported)
    context = desk_context(
        request,
        room=ROOM,
        tab="deliveries",
        form=form,
        page=Paginator(sent, ROWS_PER_PAGE).get_page(request.GET.get("trang")),
        reported=[(one, *OUTCOMES[one.outcome]) for one in reported],
        delivered=counts[Outcome.DELIVERED],
        today=clock.today(),
    )
    return render(request, "office_desk/money/deliveries.html", context, status=status)
