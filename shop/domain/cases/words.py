"""What kinds, states and acts of a case are called on screens and in messages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import Case, CaseEvent

KINDS: dict[str, str | Promise] = {
    Case.Kind.FALSE_STAR: pgettext_lazy("case", "Báo dùng sai dấu sao"),
    Case.Kind.QUESTION: _("Câu hỏi"),
    Case.Kind.ORDER: _("Khiếu nại đơn hàng"),
    Case.Kind.PRODUCER: _("Khiếu nại chủ thể"),
    Case.Kind.PERSONAL_DATA: _("Dữ liệu cá nhân"),
    Case.Kind.OTHER: _("Việc khác"),
}
STATES: dict[str, str | Promise] = {
    Case.State.OPEN: _("Mới"),
    Case.State.IN_PROGRESS: _("Đang xử lý"),
    Case.State.WAITING: _("Chờ trả lời"),
    Case.State.CLOSED: _("Đã đóng"),
}
OUTCOMES: dict[str, str | Promise] = {
    Case.Outcome.SOLVED: _("Đã giải quyết"),
    Case.Outcome.CONFIRMED: _("Đúng như báo"),
    Case.Outcome.UNFOUNDED: _("Không có căn cứ"),
    Case.Outcome.DUPLICATE: _("Trùng với vụ việc khác"),
    Case.Outcome.NO_ANSWER: _("Người báo không trả lời"),
    Case.Outcome.SPAM: _("Thư rác"),
}
ACTIONS: dict[str, str | Promise] = {
    CaseEvent.Action.OPENED: _("Đã nhận"),
    CaseEvent.Action.TAKEN: _("Cán bộ nhận xử lý"),
    CaseEvent.Action.HANDED_OVER: _("Chuyển người xử lý"),
    CaseEvent.Action.ANSWERED: _("Đã trả lời"),
    CaseEvent.Action.ASKED: _("Đã hỏi thêm"),
    CaseEvent.Action.NOTED: _("Ghi chú nội bộ"),
    CaseEvent.Action.REPORTER_WROTE: _("Người báo viết thêm"),
    CaseEvent.Action.CLOSED: _("Đã đóng"),
    CaseEvent.Action.REOPENED: _("Mở lại"),
    CaseEvent.Action.BLANKED: _("Đã xoá thông tin liên hệ"),
}
