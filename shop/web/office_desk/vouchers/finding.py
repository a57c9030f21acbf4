"""Vouchers for the desk's search."""

from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import pgettext

from shop.common import clock
from shop.domain.vouchers.codes import clean_code
from shop.domain.vouchers.models import Voucher
from shop.domain.vouchers.queries import with_uses
from shop.domain.vouchers.words import voucher_row

from ..pages.country import answers_for_the_country
from ..room import Hit, Hits

SHOWN = 5


def find_vouchers(request: HttpRequest, words: str) -> Hits | None:
    """Vouchers by code or name, for those who answer for the whole country, as their room is."""
    if not answers_for_the_country(request):
        return None
    found = matching_vouchers(words)
    rows = [voucher_row(one, today=clock.today()) for one in with_uses(found).order_by("-pk")[:SHOWN]]
    hits = [
        Hit(
            reverse("office_desk:voucher", args=[row.voucher.pk]),
            row.voucher.code,
            f"{row.worth}, {row.standing}",
            is_vietnamese=False,
        )
        for row in rows
    ]
    more = f"{reverse('office_desk:vouchers')}?{urlencode({'q': words})}"
    return Hits(pgettext("room", "Mã giảm giá"), "star", hits, found.count(), more)


def matching_vouchers(words: str) -> QuerySet[Voucher]:
    """Vouchers whose code or name has these words."""
    code = clean_code(words)
    return Voucher.objects.filter(Q(name__icontains=words) | Q(code__contains=code) if code else Q(name__icontains=words))
