"""/van-phong/tien/giao-hang/: what carriers report of parcels, and what is on its way for how long."""

from collections.abc import Sequence

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.domain.ordering.carrier_reports import MOST_CODES, News, Outcome, Reported, TooManyCodes, report_parcels
from shop.domain.parcels.models import Parcel

from ..pages.country import country_only
from ..workplace import desk_context
from .views import ROOM, ROWS_PER_PAGE, UNPROCESSABLE

Line = tuple[Reported, str | Promise, str]
NEWS = {
    News.DELIVERED: _("Đã giao cho người nhận"),
    News.TURNED_BACK: _("Không giao được, hàng đang về lại chủ thể"),
    News.LOST: _("Thất lạc"),
}
NOTED = {
    News.DELIVERED: _("Đã ghi là đã giao"),
    News.TURNED_BACK: _("Đã ghi là đang hoàn về"),
    News.LOST: _("Đã ghi là thất lạc"),
}
OUTCOMES = {
    Outcome.BEFORE: (_("Đã ghi như vậy từ trước"), "inf"),
    Outcome.ARRIVED: (_("Kiện đã giao: hàng về lại thì người mua yêu cầu trả hàng"), "bad"),
    Outcome.NOT_SENT: (_("Kiện chưa được gửi đi hoặc đã dừng"), "bad"),
    Outcome.UNKNOWN: (_("Không có mã này"), "bad"),
    Outcome.AMBIGUOUS: (_("Nhiều kiện cùng mã: hãy ghi mã kiện"), "wrn"),
}


class DeliveriesForm(forms.Form):
    """What happened, to which codes, one a line, and where it is known from."""

    news = forms.ChoiceField(
        label=_("Việc xảy ra"),
        choices=list(NEWS.items()),
        initial=News.DELIVERED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn việc xảy ra."), "invalid_choice": _("Hãy chọn việc xảy ra.")},
    )
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
    said = {"source": form.cleaned_data["source"], "news": News(form.cleaned_data["news"])}
    try:
        reported = report_parcels(codes=form.cleaned_data["codes"].splitlines(), actor=request.actor, now=clock.now(), **said)
    except TooManyCodes:
        form.add_error("codes", _("Nhiều hơn 500 dòng: hãy chia thành nhiều lần."))
        return _show(request, form, status=UNPROCESSABLE)
    return _show(request, DeliveriesForm(), reported=_in_words(reported, said["news"]))


def _in_words(reported: Sequence[Reported], news: News) -> list[Line]:
    return [(one, *((NOTED[news], "ok") if one.outcome == Outcome.NOTED else OUTCOMES[one.outcome])) for one in reported]


def _on_their_way() -> QuerySet[Parcel]:
    """Sent and not there, or on their way back without having been there."""
    under_way = [Parcel.Status.SHIPPED, Parcel.Status.RETURNING]
    found = Parcel.objects.filter(status__in=under_way, delivered_at__isnull=True)
    return found.select_related("producer").order_by("shipped_at", "pk")


def _show(request: HttpRequest, form: DeliveriesForm, *, reported: Sequence[Line] = (), status: int = 200) -> HttpResponse:
    context = desk_context(
        request,
        room=ROOM,
        tab="deliveries",
        form=form,
        page=Paginator(_on_their_way(), ROWS_PER_PAGE).get_page(request.GET.get("trang")),
        reported=reported,
        noted=sum(one.outcome == Outcome.NOTED for one, _text, _kind in reported),
        today=clock.today(),
    )
    return render(request, "office_desk/money/deliveries.html", context, status=status)
