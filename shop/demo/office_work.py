"""Work for the office's desk, of sample producers only: words and prices to read, a producer that waits."""

from datetime import datetime, timedelta

from django.db import transaction

from shop.common.places.lookup import find_commune, find_province
from shop.common.vietnamese import fold, slugify
from shop.domain.listings.models import Listing, ListingRevision
from shop.domain.listings.revising import findings_in
from shop.domain.listings.texts import texts_of
from shop.domain.producers.models import ProducerEvent, ProducerProfile
from shop.oscar_forks.partner.models import Partner

PENDING = "Tổ hợp tác Mẫu Mây Tre Ven Đê"
DEARER_PERCENT = 45
# What each sample producer wants its page to say; the second one goes too far, so that the warning can be seen.
WORDS: dict[str, dict[str, str]] = {
    "Khăn lụa tơ tằm (mẫu)": {
        "description": "Lụa dệt từ tơ tằm nuôi ở bãi ven sông, nhuộm bằng lá và vỏ cây. Giặt tay, phơi trong bóng râm.",
        "description_en": "Silk from silkworms kept by the river, dyed with leaves and bark. Wash by hand, dry in the shade.",
        "storage": "Nơi khô, tránh nắng",
    },
    "Nước mắm cốt (mẫu)": {
        "story": "Ủ chượp mười hai tháng trong thùng gỗ. Sản phẩm OCOP 5 sao ngon nhất đảo. Uống mỗi sáng chữa khỏi đau dạ dày.",
    },
}
DEARER = "Cúc mâm xôi (mẫu)"


@transaction.atomic
def load_office_work(*, now: datetime) -> Partner:
    """Put sample work into the office's queues, once; return the sample producer that waits to be approved."""
    waiting = Partner.objects.filter(name=PENDING, profile__is_sample=True).first()
    if waiting is not None:
        return waiting
    samples = Listing.objects.filter(producer__profile__is_sample=True).select_related("product", "certificate")
    for days, listing in enumerate(samples.filter(product__title__in=WORDS).order_by("pk"), start=1):
        _send(listing, now=now - timedelta(days=days), texts=WORDS[listing.product.title])
    for listing in samples.filter(product__title=DEARER):
        old = {str(stock.pk): int(stock.price) for stock in listing.stock_records.filter(price__isnull=False)}
        new = {key: price * (100 + DEARER_PERCENT) // 100 // 1000 * 1000 for key, price in old.items()}
        _send(listing, now=now - timedelta(hours=5), prices=new, old_prices=old)
    return _make_pending(now)


def _send(
    listing: Listing,
    *,
    now: datetime,
    texts: dict[str, str] | None = None,
    prices: dict[str, int] | None = None,
    old_prices: dict[str, int] | None = None,
) -> None:
    texts = texts or {}
    ListingRevision.objects.create(
        listing=listing,
        number=1,
        state=ListingRevision.State.SUBMITTED,
        texts=texts,
        old_texts={name: text for name, text in texts_of(listing.product).items() if name in texts},
        prices=prices or {},
        old_prices=old_prices or {},
        flags=[finding.as_json() for finding in findings_in(listing, texts, today=now.date())],
        saved_at=now,
        submitted_at=now,
    )


def _make_pending(now: datetime) -> Partner:
    producer = Partner.objects.create(name=PENDING)
    province = find_province("Hà Nội")
    ProducerProfile.objects.create(
        producer=producer,
        slug=slugify(PENDING),
        folded_name=fold(PENDING),
        kind=ProducerProfile.Kind.COOPERATIVE_GROUP,
        status=ProducerProfile.Status.PENDING,
        is_sample=True,
        province=province,
        commune=find_commune("Hà Đông", province),
    )
    ProducerEvent.objects.create(producer=producer, at=now - timedelta(days=2), action=ProducerEvent.Action.CLAIMED)
    return producer
