"""Two vouchers to try: one the shop pays for, one of a sample producer; no real producer promises anything here."""

from datetime import datetime, timedelta

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.models import ProducerProfile
from shop.domain.vouchers.making import VoucherWanted, make_voucher
from shop.domain.vouchers.models import Voucher

LASTS = timedelta(days=365)
OF_THE_SHOP, OF_A_PRODUCER = "MAU10", "MAU20K"


def load_sample_vouchers(*, now: datetime) -> list[Voucher]:
    """Make them once; return those that are there."""
    today = now.astimezone(SHOP_TIME_ZONE).date()
    days = {"starts_on": today, "ends_on": today + LASTS}
    wanted = [
        VoucherWanted(
            code=OF_THE_SHOP,
            name="Mẫu: giảm 10 %",
            percent=10,
            cap_vnd=50_000,
            minimum_goods_vnd=150_000,
            limit_total=100,
            **days,
        )
    ]
    sample = ProducerProfile.objects.filter(is_sample=True, status=ProducerProfile.Status.ACTIVE).order_by("pk").first()
    if sample is not None:
        own = {"funder": Voucher.Funder.PRODUCER, "scope": Voucher.Scope.PRODUCER, "producer_id": sample.pk}
        wanted.append(VoucherWanted(code=OF_A_PRODUCER, name="Mẫu: giảm 20.000 ₫", amount_vnd=20_000, **own, **days))
    present = set(Voucher.objects.values_list("code", flat=True))
    for one in wanted:
        if one.code not in present:
            make_voucher(wanted=one, actor=SYSTEM, now=now)
    return list(Voucher.objects.filter(code__in=[one.code for one in wanted]).select_related("producer").order_by("pk"))
