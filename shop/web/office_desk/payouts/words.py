"""What the room of payouts calls things."""

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.domain.payouts.approving import CHANGED, OwnBatch, OwnPayout
from shop.domain.payouts.bank_answers import Fault, Problem
from shop.domain.payouts.bank_file import FileChanged
from shop.domain.payouts.models import Payout, PayoutBatch
from shop.domain.payouts.owing import Obstacle
from shop.domain.payouts.preparing import BatchNotOpen, NobodyToPay, PayoutsStopped, TooEarly
from shop.domain.payouts.settling import PayoutNotOut, ReferenceMissing

from ..books.words import STOPS

Text = str | Promise
P, B = Payout.Status, PayoutBatch.Status

BATCHES: dict[str, tuple[Text, str]] = {
    B.PREPARED: (_("chờ duyệt"), "wrn"),
    B.APPROVED: (_("đã duyệt, chờ ngân hàng"), "inf"),
    B.SETTLED: (pgettext_lazy("payout", "đã xong"), "ok"),
    B.CANCELLED: (pgettext_lazy("payout", "đã huỷ"), ""),
}
PAYOUTS: dict[str, tuple[Text, str]] = {
    P.PREPARED: (_("chờ duyệt"), "wrn"),
    P.SENT: (_("chờ ngân hàng"), "inf"),
    P.PAID: (_("đã chi"), "ok"),
    P.FAILED: (_("không chi được"), "bad"),
    P.DROPPED: (_("đã bỏ ra"), ""),
}
OBSTACLES: dict[str, Text] = {
    Obstacle.OPEN: _("Đang trong một đợt chi trả."),
    Obstacle.FROZEN: _("Chủ thể bị đình chỉ: tiền giữ lại."),
    Obstacle.NOTHING_OWED: _("Không có gì để trả; số âm chuyển sang kỳ sau."),
    Obstacle.NO_ACCOUNT: _("Chưa khai tài khoản nhận tiền và thông tin thuế."),
    Obstacle.COOLING: _("Tài khoản nhận tiền mới đổi, còn trong thời gian chờ."),
    Obstacle.DISPUTED: _("Ngân hàng của khách đang khiếu nại một đơn."),
    Obstacle.BELOW_MINIMUM: _("Chưa đủ mức chi trả tối thiểu."),
    CHANGED: _("Số dư hoặc tài khoản đã đổi sau khi lập đợt."),
}
FAULTS: dict[str, Text] = {
    Fault.NOT_A_TABLE: _("Tệp không đọc được: cần XLSX không có công thức, hoặc CSV mã UTF-8, không quá 1 MB."),
    Fault.NO_COLUMNS: _("Cần có các cột «Mã chi trả», «Số tiền» và «Kết quả»."),
    Fault.NO_ROWS: _("Tệp không có dòng nào."),
    Fault.UNKNOWN_CODE: _("Mã chi trả không thuộc đợt này."),
    Fault.TWICE: _("Mã chi trả này đã có ở dòng trên."),
    Fault.UNKNOWN_RESULT: _("Kết quả phải là «thành công» hoặc «thất bại»."),
    Fault.WRONG_AMOUNT: _("Số tiền khác với khoản đã duyệt."),
    Fault.NO_REFERENCE: _("Thiếu mã giao dịch của ngân hàng."),
    Fault.NO_REASON: _("Thiếu lý do không chi được."),
    Fault.NOT_OUT: _("Khoản này không được gửi tới ngân hàng."),
}
REFUSALS = (
    PayoutsStopped,
    TooEarly,
    NobodyToPay,
    BatchNotOpen,
    OwnBatch,
    OwnPayout,
    FileChanged,
    PayoutNotOut,
    ReferenceMissing,
)
SENTENCES: dict[type[Exception], Text] = {
    NobodyToPay: _("Chưa có chủ thể nào chi trả được. Lý do của từng chủ thể nằm trong bảng."),
    BatchNotOpen: _("Đợt này không còn chờ duyệt. Chưa có gì thay đổi."),
    OwnBatch: _("Bạn đã lập đợt này: cần một người khác duyệt."),
    OwnPayout: _("Bạn làm việc cho một chủ thể trong đợt này: cần một người khác duyệt."),
    FileChanged: _("Dữ liệu không còn khớp với đợt đã duyệt, nên không tải tệp được. Hãy báo người vận hành."),
    PayoutNotOut: _("Khoản này không còn chờ ngân hàng. Chưa có gì thay đổi."),
    ReferenceMissing: _("Đã chi thì cần mã giao dịch; không chi được thì cần lý do."),
}


def why_not(refusal: Exception) -> str:
    """Why an act was refused, in a sentence."""
    if isinstance(refusal, PayoutsStopped):
        return str(STOPS[refusal.stop])
    if isinstance(refusal, TooEarly):
        return now("Đợt sau lập được từ ngày %(day)s.") % {"day": f"{refusal.day:%d/%m/%Y}"}
    return str(SENTENCES[type(refusal)])


def fault_lines(problems: list[Problem]) -> list[str]:
    """What is wrong with the bank's answer, line by line."""
    return [
        now("Dòng %(row)s: %(fault)s") % {"row": problem.row, "fault": FAULTS[problem.fault]}
        if problem.row
        else str(FAULTS[problem.fault])
        for problem in problems
    ]
