"""The shelf form of one listing, pack by pack, and the rows of the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shop.common import clock
from shop.common.money import format_thousands
from shop.common.templatetags.shop_format import in_language
from shop.domain.certificates.state import CertificateView, view_of
from shop.domain.ledger.dividing import Split
from shop.domain.ledger.splitting import Terms, terms_of
from shop.domain.listings.models import Listing
from shop.domain.listings.shelf_edit import ShelfChange, ShelfConflict
from shop.domain.pricing.resolving import VAT_PERCENT, vat_inside
from shop.domain.stock.counting import StockChanged
from shop.oscar_forks.partner.models import StockRecord

from .forms import PackForm
from .headings import LISTING_STATES


@dataclass(frozen=True)
class PackRow:
    """One pack: its form, and what the price brings."""

    record: StockRecord
    form: PackForm
    name: str
    vat_percent: int
    vat_vnd: int
    split: Split | None


@dataclass(frozen=True)
class ListingRow:
    listing: Listing
    state_name: str | Promise
    state_kind: str
    certificate: CertificateView | None
    free: int


def listing_rows(listings: Iterable[Listing], *, today: date) -> list[ListingRow]:
    """Rows of listings that were read with certificate and stock records."""
    rows = []
    for listing in listings:
        state_name, state_kind = LISTING_STATES[Listing.State(listing.state)]
        certificate = view_of(listing.certificate, today=today) if listing.certificate else None
        free = sum(record.free for record in listing.stock_records.all())
        rows.append(ListingRow(listing, state_name, state_kind, certificate, free))
    return rows


def pack_rows(records: Iterable[StockRecord], *, data: QueryDict | None = None) -> list[PackRow]:
    """A form per pack, from the database or from what was typed."""
    packs = list(records)
    if not packs:
        return []
    terms = terms_of(producer=packs[0].partner, product_ids=[pack.product_id for pack in packs], day=clock.today())
    return [_pack_row(pack, data, terms) for pack in packs]


def shelf_changes(rows: Iterable[PackRow]) -> list[ShelfChange]:
    """What the valid forms ask for."""
    return [
        ShelfChange(
            stock_record_id=row.record.pk,
            price_vnd=row.form.cleaned_data["price_vnd"],
            on_hand=row.form.cleaned_data["on_hand"],
            expected_on_hand=row.form.cleaned_data["was"],
        )
        for row in rows
    ]


def explain_conflict(rows: list[PackRow], conflict: ShelfConflict, *, data: QueryDict) -> list[PackRow]:
    """The same forms with what was typed; the pack in question says why, and counts from the new number next time."""
    row = next(row for row in rows if row.record.pk == conflict.stock_record_id)
    cause = conflict.cause
    if not isinstance(cause, StockChanged):
        text = _("Đang giữ %(allocated)s cho đơn đã đặt, nên không thể ghi ít hơn.") % {"allocated": cause.allocated}
        row.form.add_error("on_hand", text)
        return rows
    retry = data.copy()
    retry[row.form.add_prefix("was")] = str(cause.on_hand)
    again = pack_rows([each.record for each in rows], data=retry)
    changed = next(each for each in again if each.record.pk == conflict.stock_record_id)
    text = _("Số tồn vừa đổi thành %(on_hand)s vì có người mua hoặc người khác đã sửa. Hãy đếm lại rồi lưu.")
    changed.form.add_error("on_hand", text % {"on_hand": cause.on_hand})
    return again


def _pack_row(record: StockRecord, data: QueryDict | None, terms: Terms) -> PackRow:
    price = int(record.price) if record.price is not None else None
    initial: dict[str, Any] = {
        "price_vnd": "" if price is None else format_thousands(price, "vi"),
        "on_hand": record.num_in_stock,
        "was": record.num_in_stock,
    }
    return PackRow(
        record=record,
        form=PackForm(data, prefix=f"goi-{record.pk}", initial=initial),
        name=in_language(record.product, "unit") or in_language(record.product, "title"),
        vat_percent=VAT_PERCENT[record.product.vat_class],
        vat_vnd=int(vat_inside(amount_vnd=price, vat_class=record.product.vat_class)) if price else 0,
        split=terms.split(lines=[(record.product_id, price)]) if price else None,
    )
