"""What reasons, states and steps of a return are called, on every page and in every letter."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import ReturnRequest, ReturnStep

R, S, V, Side = ReturnRequest.Reason, ReturnRequest.State, ReturnRequest.Verdict, ReturnStep.Side
Words = Mapping[str, str | Promise]

REASONS: Words = {
    R.DAMAGED: _("Hàng hỏng, vỡ"),
    R.WRONG: _("Giao sai hàng"),
    R.NOT_AS_DESCRIBED: _("Không đúng mô tả"),
    R.OUT_OF_DATE: _("Hết hạn dùng"),
    R.OTHER: _("Lý do khác"),
}
STATES: Words = {
    S.ASKED: _("Chờ chủ thể trả lời"),
    S.ACCEPTED: _("Chờ người mua gửi trả"),
    S.REFUSED: _("Chủ thể từ chối"),
    S.DISPUTED: _("Chờ văn phòng quyết định"),
    S.SENT_BACK: _("Hàng đang về"),
    S.REFUNDED: _("Đã xong, hoàn tiền"),
    S.REJECTED: _("Không được chấp nhận"),
    S.WITHDRAWN: _("Đã khép lại"),
}
# Kind and sign of the pill beside it.
PILLS: Mapping[str, tuple[str, str]] = {
    S.ASKED: ("wrn", "clock"),
    S.ACCEPTED: ("inf", "truck"),
    S.REFUSED: ("bad", "x"),
    S.DISPUTED: ("wrn", "clock"),
    S.SENT_BACK: ("inf", "truck"),
    S.REFUNDED: ("ok", "check"),
    S.REJECTED: ("bad", "x"),
    S.WITHDRAWN: ("", ""),
}
VERDICTS: Words = {
    V.GOODS_BACK: _("Người mua gửi trả hàng, nhận được hàng thì hoàn tiền"),
    V.FULL: _("Hoàn toàn bộ ngay, không cần gửi trả"),
    V.PART: _("Hoàn một phần ngay, không cần gửi trả"),
    V.NONE: _("Không hoàn tiền"),
}
# By who took the step and where it led.
STEPS: Mapping[tuple[str, str], str | Promise] = {
    (Side.BUYER, S.ASKED): _("Người mua yêu cầu trả hàng"),
    (Side.PRODUCER, S.ACCEPTED): _("Chủ thể đồng ý nhận trả"),
    (Side.PRODUCER, S.REFUSED): _("Chủ thể từ chối"),
    (Side.BUYER, S.DISPUTED): _("Người mua nhờ văn phòng quyết định"),
    (Side.PRODUCER, S.DISPUTED): _("Chủ thể báo chưa nhận đủ hàng trả, nhờ văn phòng quyết định"),
    (Side.CLOCK, S.DISPUTED): _("Chủ thể không trả lời đúng hạn, chuyển lên văn phòng"),
    (Side.BUYER, S.SENT_BACK): _("Người mua đã gửi trả hàng"),
    (Side.PRODUCER, S.REFUNDED): _("Chủ thể đã nhận lại hàng"),
    (Side.CLOCK, S.REFUNDED): _("Hàng trả được coi là đã đến: quá hạn mà không ai báo gì"),
    (Side.OFFICE, S.ACCEPTED): _("Văn phòng quyết định: người mua được gửi trả hàng"),
    (Side.OFFICE, S.REFUNDED): _("Văn phòng quyết định: hoàn tiền ngay"),
    (Side.OFFICE, S.REJECTED): _("Văn phòng quyết định: không hoàn tiền"),
    (Side.BUYER, S.WITHDRAWN): _("Người mua giữ lại hàng"),
    (Side.CLOCK, S.WITHDRAWN): _("Khép lại: quá hạn mà người mua không làm bước tiếp theo"),
}
BUYER_ANSWERED = _("Người mua trả lời chủ thể")


def step_text(step: ReturnStep, *, is_first: bool) -> str:
    """One step in words; asking once more is answering."""
    if step.state == S.ASKED and not is_first:
        return str(BUYER_ANSWERED)
    return str(STEPS[step.side, step.state])
