"""What the room of money calls things, and which act each row of its work list needs."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.domain.ordering.alert_closing import AlertClosed, NeedsItsAct
from shop.domain.ordering.calling_off import NothingTaken
from shop.domain.ordering.refund_promises import RefundTooLarge
from shop.domain.ordering.refunding import OwnRefund, RefundNotOpen
from shop.domain.ordering.transfer_returns import NothingToReturn, OtherAmountHeld
from shop.domain.ordering.transfers import NotThisTransfer
from shop.domain.payments.models import BankTransfer, MoneyAlert, Refund

Text = str | Promise
K = MoneyAlert.Kind

KINDS: dict[str, Text] = {
    K.WRONG_AMOUNT: _("Số tiền không khớp"),
    K.WRONG_CURRENCY: _("Sai loại tiền"),
    K.WRONG_ORDER: _("Tiền báo cho đơn khác"),
    K.WRONG_MODE: _("Báo từ chế độ thử hoặc thật khác với sàn"),
    K.FORGED_WEBHOOK: _("Báo tiền không tin được, đã từ chối"),
    K.UNKNOWN_OBJECT: _("Báo về giao dịch sàn không biết"),
    K.PROVIDER_UNREACHABLE: _("Cổng thanh toán không trả lời"),
    K.DISPUTE: _("Khách khiếu nại với ngân hàng"),
    K.REFUND_FAILED: _("Hoàn tiền không thành"),
    K.GIVEN_TWICE: _("Tiền về người mua hai lần"),
    K.UNDERPAID: _("Chuyển thiếu"),
    K.OVERPAID: _("Chuyển thừa hoặc chuyển hai lần"),
    K.UNKNOWN_REFERENCE: _("Tiền chưa biết của đơn nào"),
    K.LATE_MONEY: _("Tiền đến muộn"),
    K.REFUND_BY_HAND: _("Cần chuyển tiền hoàn"),
    K.AUDIT_RED: _("Sổ sách không khớp"),
}
TODO: dict[str, Text] = {
    K.UNKNOWN_REFERENCE: _("Tìm đơn của khoản này và ghép, hoặc chuyển trả người gửi."),
    K.UNDERPAID: _("Đơn chờ phần còn lại. Nếu khách không trả nữa, chuyển trả phần đã nhận."),
    K.OVERPAID: _("Đơn đã đủ tiền. Chuyển trả phần thừa cho người gửi."),
    K.REFUND_BY_HAND: _("Chuyển tiền cho khách tại ngân hàng rồi ghi số giao dịch."),
    K.REFUND_FAILED: _("Gửi lại cho cổng thanh toán, hoặc chuyển tại ngân hàng rồi ghi số giao dịch."),
    K.GIVEN_TWICE: _(
        "Ngân hàng của người mua đã lấy số tiền mà sàn cũng hoàn. "
        "Khoản hoàn đã gửi đi nên không bỏ được: đòi lại, rồi đóng kèm ghi chú."
    ),
}
LOOK_INTO = _("Xem xét, rồi đóng kèm ghi chú về điều đã làm.")
TRANSFER_STATES: dict[str, tuple[Text, str, str]] = {
    BankTransfer.State.MATCHED: (_("Đã ghép với đơn"), "ok", "check"),
    BankTransfer.State.UNMATCHED: (_("Chưa ghép"), "wrn", "clock"),
    BankTransfer.State.RETURNED: (_("Đã trả lại"), "inf", "back"),
}
SOURCES: dict[str, Text] = {
    BankTransfer.Source.FEED: _("ngân hàng báo"),
    BankTransfer.Source.STATEMENT: _("sao kê"),
    BankTransfer.Source.HAND: _("nhập tay"),
}
R = Refund.Reason
REASONS: dict[str, Text] = {
    R.CANCELLED: _("Huỷ"),
    R.DECLINED: _("Chủ thể từ chối"),
    R.STOPPED: _("Giấy chứng nhận dừng"),
    R.RETURNED: _("Trả hàng"),
    R.DISPUTE_DECIDED: _("Văn phòng quyết định"),
    R.GOODWILL: _("Thiện chí"),
    R.LATE_MONEY: _("Tiền đến muộn"),
    R.DOUBLE_PAYMENT: _("Trả hai lần"),
}
PROBLEMS: dict[type[Exception], Text] = {
    AlertClosed: _("Một đồng nghiệp đã xử lý việc này."),
    NeedsItsAct: _("Còn tiền trong việc này: cần ghép, chuyển trả hoặc hoàn, không đóng bằng ghi chú được."),
    NotThisTransfer: _("Không ghép được: đơn này không có, không trả bằng chuyển khoản, hoặc khoản tiền đã được xử lý."),
    NothingToReturn: _("Không còn khoản nào để trả lại: tiền đã vào đơn hoặc đã được chuyển trả."),
    OtherAmountHeld: _(
        "Số tiền đã chuyển trả khác số đang giữ: xem lại «Đang giữ, chưa vào đơn», chuyển cho đủ rồi ghi tổng đã trả."
    ),
    OwnRefund: _("Bạn đã yêu cầu khoản hoàn này nên không tự duyệt được. Cần một người khác duyệt."),
    RefundTooLarge: _("Không duyệt được: tiền của kiện này đã về người mua, do hoàn trước đó hoặc do ngân hàng lấy lại."),
    NothingTaken: _("Không bỏ được: ngân hàng không lấy và giữ khoản tiền nào mà khoản hoàn này sẽ trả lần nữa."),
    RefundNotOpen: _("Khoản hoàn này không còn chờ việc ấy: một đồng nghiệp hoặc cổng thanh toán đã xử lý."),
}
LINE_PROBLEMS: dict[str, Text] = {
    "no_reference": _("Thiếu số giao dịch, hoặc số dài quá 64 chữ."),
    "amount_unreadable": _("Số tiền không phải số đồng nguyên."),
    "amount_out_of_range": _("Số tiền bằng 0, âm hoặc lớn quá."),
    "no_date": _("Ngày không đọc được."),
    "in_future": _("Ngày ở tương lai."),
    "formula": _("Có ô là công thức: dán giá trị rồi tải lại."),
    "twice": _("Số giao dịch này đã có ở dòng trên."),
    "other_amount": _("Giao dịch này đã được ghi với số tiền khác."),
}
FILE_PROBLEMS: dict[str, Text] = {
    "no_columns": _("Không thấy đủ các cột ngày, nội dung, số giao dịch và số tiền (hoặc ghi có) trong tệp."),
    "too_many_rows": _("Tệp có quá nhiều dòng: chia thành nhiều sao kê."),
    "not_a_list": _("Tệp này không phải bảng tính."),
    "file_empty": _("Tệp này trống, hãy chọn tệp khác."),
    "encrypted": _("Tệp có mật khẩu: bỏ mật khẩu rồi tải lại."),
    "damaged": _("Tệp không đọc được: hãy tải lại sao kê từ ngân hàng."),
}
