"""The voucher of an order form: what was typed, what comes of it, and who tries code after code."""

from dataclasses import dataclass

from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.access.visitor_address import visitor_address
from shop.common.dates import format_day
from shop.common.money import format_vnd
from shop.domain.ordering.previewing import OrderPreview
from shop.domain.vouchers.codes import clean_code
from shop.domain.vouchers.judging import Asking, Refusal, VoucherRefused
from shop.domain.vouchers.using import Buyer

from .draft import Draft

# Different codes nobody made, of one address of the network: a whole village may share it, so few slips are many here.
WRONG_CODES_PER_HOUR = 20
HOUR = 3600
SALT = "shop.web.storefront.checkout.voucher"


@dataclass(frozen=True)
class ShownVoucher:
    """The field as the page shows it; `seen` comes back with the form and says which code its sums are with."""

    typed: str
    error: str = ""
    name: str = ""
    discount_vnd: int = 0
    seen: str = ""
    # Where the voucher is for each buyer so many times, whose phone has to answer.
    uses_per_buyer: int = 0


def asking_of(request: HttpRequest, draft: Draft, *, phone: str) -> Asking | None:
    """What the form asks for; nothing without a code, or for somebody who tried too many (see `is_shut`)."""
    code = draft.values["voucher"].strip()
    if not code or is_shut(request, draft):
        return None
    user_id = request.user.pk if request.user.is_authenticated else None
    return Asking(code, Buyer(user_id, phone))


def is_as_shown(request: HttpRequest, draft: Draft) -> bool:
    """Whether the sums on the page the button was pressed on were those of the code that is typed now."""
    return clean_code(draft.values["voucher"]) == _seen(request)


def is_shut(request: HttpRequest, draft: Draft) -> bool:
    """Whether this address has tried too many codes; one that was good on this form before stays good."""
    code = clean_code(draft.values["voucher"])
    if not code or code == _seen(request):
        return False
    return (cache.get(_counter(request)) or 0) >= WRONG_CODES_PER_HOUR


def count_wrong(request: HttpRequest, draft: Draft, refusal: VoucherRefused | None) -> None:
    """Remember a code nobody made; the same one again, as when the form is refreshed, counts once."""
    if refusal is None or refusal.refusal != Refusal.UNKNOWN:
        return
    counter = _counter(request)
    tried = salted_hmac(SALT, clean_code(draft.values["voucher"])).hexdigest()
    if cache.add(f"{counter}:{tried}", 1, HOUR):
        cache.add(counter, 0, HOUR)
        cache.incr(counter)


def show_voucher(request: HttpRequest, draft: Draft, preview: OrderPreview) -> ShownVoucher:
    """Return the field with what came of it."""
    typed = draft.values["voucher"]
    if is_shut(request, draft):
        return ShownVoucher(typed, error=_("Từ mạng này đã thử nhiều mã sai. Hãy thử lại sau một giờ, hoặc bỏ mã để đặt hàng."))
    if preview.voucher_refusal is not None:
        return ShownVoucher(typed, error=refusal_words(preview.voucher_refusal))
    if preview.discount is None:
        return ShownVoucher(typed)
    voucher = preview.discount.voucher
    return ShownVoucher(
        typed=voucher.code,
        name=voucher.name,
        discount_vnd=preview.discount_vnd,
        seen=Signer(salt=SALT).sign(voucher.code),
        uses_per_buyer=(voucher.limit_per_buyer or 0) if not request.user.is_authenticated else 0,
    )


def refusal_words(refused: VoucherRefused) -> str:
    """Say why a code gives nothing, and what would help."""
    language = get_language() or "vi"
    voucher = refused.voucher
    words = _sentences()[refused.refusal]
    return words % {
        "code": voucher.code if voucher else "",
        "first": format_day(voucher.starts_on, language) if voucher else "",
        "last": format_day(voucher.ends_on, language) if voucher else "",
        "least": format_vnd(voucher.minimum_goods_vnd, language) if voucher else "",
        "missing": format_vnd(refused.missing_vnd, language),
        "times": (voucher.limit_per_buyer or 1) if voucher else 1,
    }


def _sentences() -> dict[Refusal, str]:
    return {
        Refusal.UNKNOWN: _("Không có mã này. Kiểm tra lại từng chữ."),
        Refusal.STOPPED: _("Mã %(code)s đã dừng."),
        Refusal.NOT_YET: _("Mã %(code)s dùng được từ ngày %(first)s."),
        Refusal.OVER: _("Mã %(code)s đã hết hạn, ngày cuối là %(last)s."),
        Refusal.USED_UP: _("Mã %(code)s đã hết lượt dùng."),
        Refusal.USED_BY_YOU: _("Bạn đã dùng mã %(code)s: mỗi người được %(times)d lần."),
        Refusal.TOO_LITTLE: _("Mã %(code)s cần tiền hàng từ %(least)s: thêm %(missing)s hàng được áp dụng nữa."),
        Refusal.NOT_FOR_THESE: _("Mã %(code)s không áp dụng cho sản phẩm nào trong giỏ."),
        Refusal.PHONE_UNCONFIRMED: _(
            "Mã %(code)s dùng được %(times)d lần cho mỗi người: hãy đăng nhập, hoặc bấm «Gửi mã» để xác nhận số điện thoại."
        ),
    }


def _seen(request: HttpRequest) -> str:
    try:
        return Signer(salt=SALT).unsign(request.POST.get("voucher_seen", ""))
    except BadSignature:
        return ""


def _counter(request: HttpRequest) -> str:
    return f"wrong-vouchers:{visitor_address(request)}"
