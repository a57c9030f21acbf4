"""What just happened to the basket: told from the address, so that no cookie has to carry it."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from shop.common.templatetags.shop_format import in_language
from shop.domain.listings.purchasable import Refusal
from shop.oscar_forks.partner.models import StockRecord

from .words import NOT_FOR_SALE

ID_DIGITS = 18
QUANTITY_DIGITS = 3


@dataclass(frozen=True)
class Toast:
    """One sentence; `undo_product_id` when the buyer can put something back."""

    text: str
    is_bad: bool = False
    undo_product_id: int | None = None
    undo_quantity: int = 1


def basket_toast(query: QueryDict) -> Toast | None:
    """Read what the last button did: `them` and `bo` name a stock record, `loi` a reason."""
    if "loi" in query:
        return _refusal(query["loi"])
    for name in ("them", "bo"):
        record = _record(query.get(name, ""))
        if record is not None:
            return _done(name, record, _number(query.get("so", "")))
    return None


def _refusal(reason: str) -> Toast | None:
    if reason in list(Refusal):
        return Toast(str(NOT_FOR_SALE[Refusal(reason)]), is_bad=True)
    words = {
        "full": _("Giỏ đã đủ 50 loại sản phẩm. Đặt đơn này trước, rồi mua tiếp."),
        "account": _("Tài khoản này đã đóng nên đơn không được ghi. Bạn có thể mua không cần tài khoản."),
        "gone": _("Giỏ hàng vừa thay đổi ở một trang khác. Đây là giỏ hiện tại."),
    }
    return Toast(words[reason], is_bad=True) if reason in words else None


def _done(name: str, record: StockRecord, quantity: int) -> Toast:
    product = record.product
    title = in_language(product, "title") or in_language(record.listing.product, "title")
    if name == "them":
        return Toast(_("Đã thêm %(quantity)d × %(title)s") % {"quantity": quantity, "title": title})
    text = _("Đã bỏ %(title)s khỏi giỏ") % {"title": title}
    return Toast(text, undo_product_id=product.pk, undo_quantity=quantity)


def _record(text: str) -> StockRecord | None:
    if not (text.isascii() and text.isdecimal() and len(text) <= ID_DIGITS):
        return None
    return StockRecord.objects.select_related("product", "listing__product").filter(pk=int(text)).first()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) <= QUANTITY_DIGITS else 1
