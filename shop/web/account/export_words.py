"""The file of a person's data in words: what sections and lines are called, and values as people read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.common.dates import format_moment
from shop.common.templatetags.shop_format import page_language
from shop.domain.personal_data.exporting import Export

SECTIONS: dict[str, str | Promise] = {
    "account": gettext_lazy("Tài khoản"),
    "addresses": gettext_lazy("Sổ địa chỉ"),
    "invoice_buyers": gettext_lazy("Thông tin hoá đơn"),
    "orders": gettext_lazy("Đơn hàng"),
    "messages": gettext_lazy("Thư và tin nhắn đã gửi cho bạn"),
    "consents": gettext_lazy("Những lần bạn đồng ý hoặc rút lại"),
    "wishes": gettext_lazy("Yêu thích"),
    "stock_notices": gettext_lazy("Chờ báo có hàng"),
    "baskets": gettext_lazy("Giỏ hàng"),
    "searches": gettext_lazy("Từ khoá đã tìm"),
    "cases": gettext_lazy("Phản ánh và câu hỏi"),
    "login_attempts": gettext_lazy("Lần đăng nhập"),
    "devices": gettext_lazy("Thiết bị"),
    "acts": gettext_lazy("Việc được ghi trong nhật ký"),
    "bank_accounts": gettext_lazy("Tài khoản nhận tiền của chủ thể"),
    "erasure_requests": gettext_lazy("Yêu cầu xoá dữ liệu"),
}
# The words of the file itself; a line without a word here is read as it is in the file.
LINES: dict[str, str | Promise] = {
    "name": gettext_lazy("Tên"),
    "first_name": gettext_lazy("Tên"),
    "last_name": gettext_lazy("Họ và tên đệm"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Số điện thoại"),
    "number": gettext_lazy("Mã"),
    "street": gettext_lazy("Số nhà, đường, thôn"),
    "commune": gettext_lazy("Phường, xã, đặc khu"),
    "province": gettext_lazy("Tỉnh, thành phố"),
    "address": gettext_lazy("Địa chỉ"),
    "note": gettext_lazy("Ghi chú"),
    "company_name": gettext_lazy("Xuất cho"),
    "tax_code": gettext_lazy("Mã số thuế"),
    "placed_at": gettext_lazy("Đặt lúc"),
    "total_vnd": gettext_lazy("Tổng"),
    "title": gettext_lazy("Sản phẩm"),
    "quantity": gettext_lazy("Số lượng"),
    "producer": gettext_lazy("Chủ thể"),
    "status": gettext_lazy("Trạng thái"),
    "state": gettext_lazy("Trạng thái"),
    "at": gettext_lazy("Lúc"),
    "created_at": gettext_lazy("Lúc"),
    "sent_at": gettext_lazy("Đã gửi"),
    "recipient": gettext_lazy("Nơi nhận"),
    "subject": gettext_lazy("Tiêu đề"),
    "text": gettext_lazy("Nội dung"),
    "browser": gettext_lazy("Trình duyệt"),
    "parcels": gettext_lazy("Kiện"),
    "lines": gettext_lazy("Sản phẩm"),
    "returns": gettext_lazy("Trả hàng"),
    "words": gettext_lazy("Lời bạn viết"),
    "dispute": gettext_lazy("Điều bạn không đồng ý"),
    "invoice": gettext_lazy("Hoá đơn"),
    "purpose": gettext_lazy("Mục đích"),
    "given": gettext_lazy("Đồng ý"),
    "searched": gettext_lazy("Từ khoá"),
    "product": gettext_lazy("Sản phẩm"),
    "text_version": gettext_lazy("Bản lời văn"),
    "channel": gettext_lazy("Qua"),
    "source": gettext_lazy("Ở trang"),
    "told_at": gettext_lazy("Đã báo lúc"),
    "kind": gettext_lazy("Loại"),
    "type": gettext_lazy("Loại"),
    "certificate": gettext_lazy("Giấy chứng nhận"),
    "stars": gettext_lazy("Sao"),
    "shipping_vnd": gettext_lazy("Phí giao hàng"),
    "discount_vnd": gettext_lazy("Giảm giá"),
    "unit_price_vnd": gettext_lazy("Đơn giá"),
    "payment_method": gettext_lazy("Cách thanh toán"),
    "tracking_number": gettext_lazy("Mã vận đơn"),
    "reason": gettext_lazy("Lý do"),
    "login": gettext_lazy("Tên đăng nhập"),
    "network_address": gettext_lazy("Địa chỉ mạng"),
    "last_seen_at": gettext_lazy("Dùng lần cuối"),
    "last_used_at": gettext_lazy("Dùng lần cuối"),
    "signed_in_at": gettext_lazy("Đăng nhập lúc"),
    "action": gettext_lazy("Việc"),
    "about": gettext_lazy("Về"),
    "language": gettext_lazy("Ngôn ngữ"),
    "last_login": gettext_lazy("Đăng nhập lần cuối"),
    "phone_verified": gettext_lazy("Số đã xác nhận"),
    "verified": gettext_lazy("Đã xác nhận"),
    "second_factors": gettext_lazy("Xác thực hai lớp"),
    "emails": gettext_lazy("E-mail"),
}


@dataclass(frozen=True)
class ReadableSection:
    """One heading and its rows, each a list of (name, value) pairs."""

    title: str | Promise
    rows: list[list[tuple[str, str]]]


def readable(exported: Export) -> list[ReadableSection]:
    """Return every section, also those that are empty: that nothing is known is an answer too."""
    named = sorted(exported.sections.items(), key=lambda section: _place(section[0]))
    return [ReadableSection(SECTIONS.get(name, name), [list(_pairs(row)) for row in rows]) for name, rows in named]


def _place(name: str) -> int:
    """Who the person is comes first; what has no words here comes last."""
    return list(SECTIONS).index(name) if name in SECTIONS else len(SECTIONS)


def _pairs(row: dict[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        title = " · ".join(part for part in (within, str(LINES.get(name, name))) if part)
        if isinstance(value, dict):
            yield from _pairs(value, title)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, one in enumerate(value, start=1):
                yield from _pairs(one, f"{title} {number}")
        elif value not in (None, "", []):
            yield title, _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, datetime):
        return format_moment(value, page_language())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
