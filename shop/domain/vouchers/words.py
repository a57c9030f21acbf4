"""What both desks call vouchers: those of the shop at the office, those of a producer at its own."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shop.common.money import format_vnd

from .making import Flaw
from .models import MOST_PERCENT, Voucher
from .queries import Standing, standing_of

STANDINGS: dict[Standing, tuple[str | Promise, str]] = {
    Standing.TO_COME: (_("sắp đến ngày"), "inf"),
    Standing.RUNNING: (pgettext_lazy("voucher", "đang dùng được"), "ok"),
    Standing.USED_UP: (_("hết lượt"), "wrn"),
    Standing.OVER: (_("hết hạn"), ""),
    Standing.STOPPED: (pgettext_lazy("voucher", "đã dừng"), "bad"),
}
FUNDERS: dict[str, str | Promise] = {
    Voucher.Funder.PLATFORM: _("Sàn chịu"),
    Voucher.Funder.PRODUCER: _("Chủ thể chịu"),
}
FLAWS: dict[Flaw, str | Promise] = {
    Flaw.CODE_FORM: _("Mã có từ 4 đến 32 chữ cái, chữ số hoặc dấu gạch ngang ở giữa, ví dụ TET2026."),
    Flaw.CODE_TAKEN: _("Mã này đã có. Chọn mã khác."),
    Flaw.NAME_MISSING: _("Hãy ghi tên: khách đọc tên này cạnh số tiền được giảm."),
    Flaw.VALUE_MISSING: _("Hãy ghi số tiền giảm, hoặc phần trăm giảm."),
    Flaw.TWO_VALUES: _("Chỉ ghi một trong hai: số tiền giảm hoặc phần trăm giảm."),
    Flaw.PERCENT_RANGE: _("Giảm từ 1 đến %(most)d phần trăm."),
    Flaw.CAP_WITHOUT_PERCENT: _("Mức giảm nhiều nhất chỉ đi cùng phần trăm, và từ 1 đồng."),
    Flaw.STARTS_IN_THE_PAST: _("Ngày này đã qua. Chọn hôm nay hoặc một ngày sau."),
    Flaw.ENDS_BEFORE_IT_BEGINS: _("Ngày cuối phải từ hôm nay và không trước ngày đầu."),
    Flaw.LIMIT_RANGE: _("Ít nhất một lượt; không giới hạn thì bỏ trống."),
    Flaw.TARGET_MISSING: _("Cần điền mục này với loại đã chọn."),
    Flaw.FOREIGN_PRODUCT: _("Có sản phẩm không tìm thấy trong số bạn chọn."),
}


def flaw_words(flaw: Flaw) -> str:
    """Say what is wrong with a voucher somebody asks for."""
    return str(FLAWS[flaw]) % {"most": MOST_PERCENT}


def worth_words(voucher: Voucher) -> str:
    """50.000 ₫, 10 % or 10 %, nhiều nhất 50.000 ₫."""
    language = get_language() or "vi"
    if voucher.amount_vnd is not None:
        return format_vnd(voucher.amount_vnd, language)
    if voucher.cap_vnd is None:
        return f"{voucher.percent}\u00a0%"
    words = {"percent": f"{voucher.percent}\u00a0%", "most": format_vnd(voucher.cap_vnd, language)}
    return gettext("%(percent)s, nhiều nhất %(most)s") % words


def scope_words(voucher: Voucher) -> str:
    """Which goods a voucher read with producer and category is for; names of data stay Vietnamese."""
    whose = voucher.producer.name if voucher.producer else ""
    what = {
        Voucher.Scope.ALL: gettext("mọi sản phẩm"),
        Voucher.Scope.PRODUCER: gettext("mọi sản phẩm của chủ thể"),
        Voucher.Scope.CATEGORY: gettext("nhóm hàng %(name)s") % {"name": voucher.category.name if voucher.category else ""},
        Voucher.Scope.PROGRAMME: gettext("các sản phẩm đã chọn"),
    }[Voucher.Scope(voucher.scope)]
    return f"{what}: {whose}" if whose and voucher.scope == Voucher.Scope.PRODUCER else what


@dataclass(frozen=True)
class VoucherRow:
    """A voucher read by `queries.with_uses`, in words; `kind` is the colour of where it stands."""

    voucher: Voucher
    worth: str
    scope: str
    funder: str | Promise
    standing: str | Promise
    kind: str


def voucher_row(voucher: Voucher, *, today: date) -> VoucherRow:
    """One voucher in words."""
    standing, kind = STANDINGS[standing_of(voucher, today=today)]
    return VoucherRow(voucher, worth_words(voucher), scope_words(voucher), FUNDERS[voucher.funder], standing, kind)
