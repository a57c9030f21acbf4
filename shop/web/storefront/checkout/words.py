"""What states and reasons are called on the buyer's pages."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shop.domain.listings.purchasable import Refusal
from shop.domain.ordering.basket_reading import BasketLine, LineProblem
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.rates import EXPRESS, STANDARD
from shop.domain.parcels.transitions import EXPIRED_NOTE, PACKED_NOTE
from shop.domain.payments.models import Payment
from shop.domain.payments.provider import PaymentRefusal
from shop.domain.payments.providers.stripe_client import is_live
from shop.domain.payments.providers.vietqr import METHOD
from shop.domain.payments.registry import name_of_method

P = Parcel.Status

SERVICE_NAMES = {STANDARD: _("Tiêu chuẩn"), EXPRESS: _("Nhanh")}

NOT_FOR_SALE = {
    Refusal.NOT_LIVE: _("Chủ thể đã ngừng bán sản phẩm này."),
    Refusal.PRODUCER_INACTIVE: _("Chủ thể hiện không nhận đơn trên sàn."),
    Refusal.CERTIFICATE_NOT_VALID: _("Giấy chứng nhận OCOP của sản phẩm không còn hiệu lực."),
    Refusal.ALCOHOL: _("Đồ uống có cồn chỉ bán cho người từ 18 tuổi: bạn chưa khai tuổi."),
    Refusal.NO_PRICE: _("Sản phẩm chưa có giá bán."),
    Refusal.SOLD_OUT: _("Vừa hết hàng."),
}

PAYMENT_NAMES = {
    "cod": _("Trả khi nhận hàng (COD)"),
    "vietqr": _("Chuyển khoản VietQR"),
    "card": _("Thẻ quốc tế"),
}
PAYMENT_ICONS = {"cod": "coin", "vietqr": "qr", "card": "card"}
PAYMENT_TEXTS = {
    "cod": _("Trả riêng cho từng kiện khi người giao hàng đến"),
    "vietqr": _("Quét mã bằng ứng dụng ngân hàng bất kỳ; đơn được giữ đến khi tiền đến"),
    "card": _("Trả trên trang của Stripe; số thẻ không bao giờ đến sàn"),
}
PAGE_TEXT = _("Trả trên trang của cổng thanh toán rồi quay lại đây")
TRANSFER_TRIAL_TEXT = _("Trình diễn: chuyển khoản đến tài khoản không có thật, không có tiền thật")
CARD_TRIAL_TEXT = _("Trình diễn: trả bằng thẻ thử trên trang thử, không có tiền thật")
PAYMENT_REFUSALS = {
    PaymentRefusal.NOT_CONFIGURED: _("Sàn chưa mở cách trả này."),
    PaymentRefusal.OVER_LIMIT: _("Đơn vượt mức của cách trả này. Chọn cách khác, bớt sản phẩm hoặc chia thành nhiều đơn."),
    PaymentRefusal.UNDER_LIMIT: _("Đơn nhỏ hơn mức thấp nhất của cách trả này. Chọn cách khác."),
    PaymentRefusal.ALCOHOL: _("Đơn có đồ uống có cồn không trả bằng tiền mặt được (Luật 44/2019/QH14)."),
    PaymentRefusal.PHONE_UNCONFIRMED: _("Đơn đầu tiên trên 2.000.000 ₫ trả khi nhận hàng cần xác nhận số điện thoại."),
}

# What a provider says when a payment did not work, in its own word.
PAYMENT_ERRORS = {
    "card_declined": _("Ngân hàng từ chối thẻ này. Thử thẻ khác hoặc chọn cách trả khác; bạn chưa bị trừ tiền."),
    "insufficient_funds": _("Thẻ không đủ tiền. Thử thẻ khác hoặc chọn cách trả khác; bạn chưa bị trừ tiền."),
    "expired_card": _("Thẻ đã hết hạn. Thử thẻ khác; bạn chưa bị trừ tiền."),
    "authentication_required": _("Ngân hàng cần bạn xác thực mà việc ấy chưa xong. Thử lại; bạn chưa bị trừ tiền."),
    "other": _("Lần trả vừa rồi không thành. Bạn chưa bị trừ tiền; thử lại hoặc chọn cách khác."),
}

PARCEL_PILLS = {
    P.PENDING: (_("Chờ thanh toán"), "wrn", "clock"),
    P.TO_CONFIRM: (_("Chờ xác nhận"), "wrn", "clock"),
    P.PACKING: (_("Đang chuẩn bị"), "inf", "box"),
    P.SHIPPED: (_("Đang giao"), "inf", "truck"),
    P.DELIVERED: (_("Đã giao"), "ok", "check"),
    P.CLOSED: (_("Hoàn tất"), "ok", "check"),
    P.DECLINED: (_("Chủ thể từ chối"), "bad", "x"),
    P.CANCELLED: (_("Đã huỷ"), "bad", "x"),
    P.ON_HOLD: (_("Tạm dừng"), "wrn", "clock"),
    P.RETURNING: (_("Đang hoàn về"), "wrn", "truck"),
    P.RETURNED: (_("Đã hoàn về"), "inf", "box"),
    P.LOST: (_("Thất lạc"), "bad", "warn"),
}

EVENT_TEXTS = {
    P.PENDING: _("Đã đặt hàng, chờ thanh toán"),
    P.TO_CONFIRM: _("Đã báo cho chủ thể"),
    P.PACKING: _("Chủ thể xác nhận và chuẩn bị hàng"),
    PACKED_NOTE: _("Đã đóng gói"),
    P.SHIPPED: _("Đã giao cho đơn vị vận chuyển"),
    P.DELIVERED: _("Giao thành công"),
    P.CLOSED: _("Kiện hoàn tất"),
    P.DECLINED: _("Chủ thể từ chối kiện này"),
    P.CANCELLED: _("Kiện đã huỷ"),
    EXPIRED_NOTE: _("Hết hạn trả tiền, kiện đã huỷ"),
    P.ON_HOLD: _("Kiện tạm dừng"),
    P.RETURNING: _("Kiện đang hoàn về chủ thể"),
    P.RETURNED: _("Kiện đã hoàn về chủ thể"),
    P.LOST: _("Kiện thất lạc"),
}

EXPIRED = _(
    "Đơn hết hạn trả tiền nên không giữ hàng nữa. Tiền đến muộn: còn hàng thì đơn được nối lại, hết hàng thì tiền được hoàn."
)
# A parcel that its buyer never got, by whether money had come for it.
UNDELIVERED_PAID = {
    P.RETURNING: _("Hãng không giao được. Hàng về tới chủ thể thì tiền của kiện này được hoàn."),
    P.LOST: _("Hãng báo thất lạc. Tiền của kiện này được hoàn."),
}
UNDELIVERED_UNPAID = {
    P.RETURNING: _("Hãng không giao được. Bạn không phải trả tiền cho kiện này."),
    P.LOST: _("Hãng báo thất lạc. Bạn không phải trả tiền cho kiện này."),
}

STEPS = (
    pgettext_lazy("a step of a parcel", "Đặt hàng"),
    pgettext_lazy("a step of a parcel", "Xác nhận"),
    pgettext_lazy("a step of a parcel", "Đóng gói"),
    pgettext_lazy("a step of a parcel", "Đang giao"),
    pgettext_lazy("a step of a parcel", "Đã nhận"),
)

PAYMENT_PILLS = {
    Payment.Status.CREATED: (_("Chờ thanh toán"), "wrn", "clock"),
    Payment.Status.REQUIRES_ACTION: (_("Chờ thanh toán"), "wrn", "clock"),
    Payment.Status.PROCESSING: (_("Tiền đang trên đường"), "inf", "clock"),
    Payment.Status.SUCCEEDED: (_("Đã thanh toán"), "ok", "check"),
    Payment.Status.FAILED: (_("Trả không thành"), "bad", "x"),
    Payment.Status.CANCELLED: (_("Không thu tiền"), "", ""),
    Payment.Status.PARTLY_REFUNDED: (_("Đã hoàn một phần"), "inf", "coin"),
    Payment.Status.REFUNDED: (_("Đã hoàn tiền"), "inf", "coin"),
    Payment.Status.DISPUTED: (_("Đang khiếu nại với ngân hàng"), "wrn", "warn"),
    Payment.Status.DISPUTE_WON: (_("Đã thanh toán"), "ok", "check"),
    Payment.Status.DISPUTE_LOST: (_("Ngân hàng đã hoàn tiền"), "inf", "coin"),
}
MINUTES_OF_AN_HOUR = 60
CASH_PILL = (_("Trả khi nhận hàng"), "inf", "coin")


def payment_name(method: str) -> str:
    """Return what a way to pay is called; one that is new here names itself."""
    return str(PAYMENT_NAMES.get(method) or name_of_method(method))


def payment_text(method: str) -> str:
    """Say how a way to pay goes; where no money moves the page says so."""
    if method == "card" and not is_live():
        return str(CARD_TRIAL_TEXT)
    if method == METHOD and settings.VIETQR_IS_MADE_UP:
        return str(TRANSFER_TRIAL_TEXT)
    return str(PAYMENT_TEXTS.get(method, PAGE_TEXT))


def time_left(until: datetime | None, *, now: datetime) -> str:
    """Say how long the goods still wait for their money."""
    if until is None:
        return ""
    minutes = max(int((until - now).total_seconds()) // 60, 0)
    if minutes >= MINUTES_OF_AN_HOUR:
        hours, rest = divmod(minutes, MINUTES_OF_AN_HOUR)
        return gettext("Còn %(hours)d giờ %(minutes)d phút để trả.") % {"hours": hours, "minutes": rest}
    return gettext("Còn %(minutes)d phút để trả.") % {"minutes": minutes}


def too_many_unpaid() -> str:
    """Say why no further order may wait for its money, and the ways out."""
    return gettext(
        "Số điện thoại này, hoặc nơi bạn truy cập mạng, đang có %(most)d đơn chờ thanh toán. "
        "Trả hoặc huỷ một đơn trước, chờ đơn hết hạn, hoặc chọn trả khi nhận hàng."
    ) % {"most": settings.UNPAID_ORDERS_MAX}


def payment_pill(payment: Payment | None) -> tuple[str, str, str]:
    """Return words, kind and icon of where the money of an order is."""
    if payment is None:
        return ("", "", "")
    if payment.method == "cod" and payment.status == Payment.Status.CREATED:
        return CASH_PILL
    return PAYMENT_PILLS[Payment.Status(payment.status)]


def problem_words(line: BasketLine) -> str:
    """Say what is wrong with a line and what to do; nothing when it can be ordered."""
    if line.problem is None:
        return ""
    if line.problem == LineProblem.NOT_ENOUGH:
        return ngettext(
            "Chỉ còn %(free)d. Giảm số lượng để tiếp tục.", "Chỉ còn %(free)d. Giảm số lượng để tiếp tục.", line.free
        ) % {"free": line.free}
    if line.problem == LineProblem.ALCOHOL:
        return f"{NOT_FOR_SALE[Refusal.ALCOHOL]} {_('Bấm tên sản phẩm để khai, hoặc bỏ sản phẩm này.')}"
    return f"{NOT_FOR_SALE[Refusal(line.problem.value)]} {_('Bỏ sản phẩm này để tiếp tục.')}"
