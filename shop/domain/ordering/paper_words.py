"""What papers call things."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from catalogue_ext.models import Product
from shop.domain.payments.models import Payment

from .papers import Paper

V = Product.VatClass

TITLES: dict[Paper, Any] = {Paper.ORDER: _("Phiếu đặt hàng"), Paper.RECEIPT: _("Biên nhận")}
METHODS: dict[str, Any] = {
    "cod": _("Tiền mặt khi nhận hàng"),
    "vietqr": _("Chuyển khoản VietQR"),
    "card": _("Thẻ quốc tế"),
}
S = Payment.Status
PAYMENT_STATES: dict[str, Any] = {
    S.CREATED: _("chưa thanh toán"),
    S.REQUIRES_ACTION: _("chưa thanh toán"),
    S.PROCESSING: _("tiền đang trên đường"),
    S.SUCCEEDED: _("đã thanh toán"),
    S.FAILED: _("trả không thành"),
    S.CANCELLED: _("không thu tiền"),
    S.PARTLY_REFUNDED: _("đã hoàn một phần"),
    S.REFUNDED: _("đã hoàn tiền"),
    S.DISPUTED: _("đang khiếu nại với ngân hàng"),
    S.DISPUTE_WON: _("đã thanh toán"),
    S.DISPUTE_LOST: _("ngân hàng đã hoàn tiền"),
}
VAT_CLASSES: dict[str, Any] = {
    V.NOT_SUBJECT: _("Không chịu thuế"),
    V.NOT_DECLARED: _("Không kê khai"),
    V.ZERO: "0%",
    V.FIVE: "5%",
    V.EIGHT: "8%",
    V.TEN: "10%",
}
