"""/van-phong/duyet/<listing>/do-uong-co-con/: the office says whether a product is alcohol."""

from django import forms
from django.contrib import messages as toasts
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.access.declare import access
from shop.common import clock
from shop.domain.listings.classifying import classify_alcohol
from shop.domain.listings.models import Listing
from shop.domain.listings.moderating import OwnListing, UnknownListing
from shop.domain.ordering.locking import ShopBusy, busy_instead_of_waiting
from shop.domain.people.reach import within_reach

from ..reach import OFFICE
from ..workplace import desk_context
from .words import BUSY

MOST_CHARACTERS = 1000
ANSWERS = {"by_set": None, "yes": True, "no": False}


class AlcoholForm(forms.Form):
    """The office's word, and why."""

    judged = forms.ChoiceField(
        label=gettext_lazy("Sản phẩm này"),
        choices=[
            ("by_set", gettext_lazy("Theo bộ tiêu chí trên giấy (14, 15 là đồ uống có cồn)")),
            ("yes", gettext_lazy("Là đồ uống có cồn")),
            ("no", gettext_lazy("Không phải đồ uống có cồn")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy ghi lý do: chủ thể và đồng nghiệp cần biết.")},
    )


@access(roles=OFFICE, methods=["GET", "POST"], writes=["POST"], owner="producer.place")
def listing_alcohol(request: HttpRequest, listing: int) -> HttpResponse:
    """Show what holds now; a press writes the office's word with its reason."""
    found = _find(request, listing)
    now_judged = next(name for name, value in ANSWERS.items() if value is found.product.alcohol_by_office)
    if request.method != "POST":
        return _show(request, found, AlcoholForm(initial={"judged": now_judged}))
    form = AlcoholForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=400)
    try:
        with busy_instead_of_waiting():
            _classify(request, listing, form)
    except UnknownListing:
        raise Http404 from None
    except OwnListing:
        form.add_error(None, _("Bạn làm việc cho chủ thể này: người khác của văn phòng phải quyết định."))
        return _show(request, found, form, status=409)
    except ShopBusy:
        form.add_error(None, BUSY)
        return _show(request, found, form, status=503)
    toasts.success(request, _("Đã ghi. Trang bán và các danh sách theo ngay."))
    return redirect("office_desk:producer", found.producer_id)


def _classify(request: HttpRequest, listing: int, form: AlcoholForm) -> None:
    judged, reason = ANSWERS[form.cleaned_data["judged"]], form.cleaned_data["reason"]
    classify_alcohol(listing_id=listing, is_alcohol=judged, reason=reason, actor=request.actor, now=clock.now())


def _find(request: HttpRequest, listing: int) -> Listing:
    reach = within_reach(actor=request.actor, prefix="producer__profile__")
    found = Listing.objects.select_related("product", "producer").filter(reach, pk=listing).first()
    if found is None:
        raise Http404
    return found


def _show(request: HttpRequest, listing: Listing, form: AlcoholForm, *, status: int = 200) -> HttpResponse:
    context = desk_context(request, room="moderation", listing=listing, form=form)
    return render(request, "office_desk/listing_alcohol.html", context, status=status)
