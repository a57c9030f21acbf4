"""The rooms of the desk, in the order of its menu; a new room is one line here and its addresses in `urls`.

`waiting` counts what waits for somebody in that room, within the officer's reach: it stands in the menu and, as a
queue, on the front page. `apps` hands the rooms to `workplace`, so that a room may use the desk's frame without a cycle.
"""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.domain.notifications.queries import MessageState, count_messages

from .approvals.queue import count_to_sign
from .books.queue import count_broken
from .cases.queue import count_to_handle
from .certificates.queue import count_ending
from .imports.queue import count_waiting
from .moderation.queue import count_to_read
from .money.queue import count_money_work
from .pages.country import answers_for_the_country
from .pages.queue import count_drafts
from .payouts.queue import count_to_sign as count_payouts_to_sign
from .producers.queue import count_pending
from .reach import readable_messages
from .returns.queue import count_to_decide
from .room import Room


def _failed_messages(request: HttpRequest) -> int:
    return count_messages(messages=readable_messages(request))[MessageState.FAILED]


ROOMS = (
    Room("home", _("Tổng quan"), "home"),
    Room("approvals", _("Phê duyệt"), "check", _("Việc cần bạn ký"), count_to_sign),
    Room("moderation", _("Duyệt sản phẩm"), "edit", _("Sản phẩm chờ duyệt"), count_to_read),
    Room("producers", pgettext_lazy("room", "Chủ thể"), "store", _("Chủ thể chờ duyệt"), count_pending, "trang-thai=pending"),
    Room("certificates", _("Chứng nhận"), "cert", _("Sắp hết hạn trong 30 ngày"), count_ending, "han=30&xep=ending"),
    Room("imports", _("Nhập danh sách"), "up", _("Danh sách chờ bạn"), count_waiting),
    Room("cases", _("Vụ việc"), "chat", _("Vụ việc cần xử lý"), count_to_handle),
    Room("returns", _("Trả hàng"), "truck", _("Việc trả hàng chờ quyết định"), count_to_decide),
    Room("messages", _("Tin nhắn"), "mail", _("Tin nhắn lỗi"), _failed_messages, "trang-thai=failed"),
    Room("money", _("Tiền"), "coin", _("Khoản tiền cần xử lý"), count_money_work, is_open=answers_for_the_country),
    Room("books", _("Sổ sách"), "chart", _("Sổ sách không khớp"), count_broken, is_open=answers_for_the_country),
    Room("payouts", _("Chi trả"), "coin", _("Đợt chi trả chờ duyệt"), count_payouts_to_sign, is_open=answers_for_the_country),
    Room("vouchers", pgettext_lazy("room", "Mã giảm giá"), "star", is_open=answers_for_the_country),
    Room("pages", _("Các trang thông tin"), "edit", _("Bản nháp chưa đăng"), count_drafts, is_open=answers_for_the_country),
    Room("audit", _("Nhật ký"), "list"),
)
