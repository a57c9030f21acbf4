"""One request as its buyer reads it: where it is, what it gives back, what can be done now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.domain.ordering.returning import may_answer
from shop.domain.returns.history import Moment, tell_history
from shop.domain.returns.models import OPEN_STATES, ReturnRequest
from shop.domain.returns.words import PILLS, REASONS, STATES

S, V = ReturnRequest.State, ReturnRequest.Verdict
NOTES: dict[str, str | Promise] = {
    S.ASKED: _("Chủ thể đang xem yêu cầu của bạn. Chưa cần gửi hàng."),
    S.ACCEPTED: _("Bạn được gửi trả hàng. Hãy gửi trong 14 ngày rồi ghi mã vận đơn vào đây."),
    S.REFUSED: _("Chủ thể không nhận trả hàng. Trong 7 ngày bạn có thể trả lời chủ thể hoặc nhờ văn phòng quyết định."),
    S.DISPUTED: _("Văn phòng đang xem xét. Bạn không phải làm gì thêm."),
    S.SENT_BACK: _("Hàng đang trên đường về chủ thể. Tiền được hoàn khi chủ thể nhận được hàng, chậm nhất sau 10 ngày."),
    S.REFUNDED: _("Việc trả hàng đã xong, tiền được hoàn cho bạn."),
    S.REJECTED: _("Văn phòng đã xem xét và không chấp nhận yêu cầu trả hàng."),
    S.WITHDRAWN: _("Yêu cầu trả hàng đã khép lại, bạn giữ lại hàng."),
}


@dataclass(frozen=True)
class ShownReturn:
    """One request in words."""

    asked: ReturnRequest
    state: str | Promise
    pill: tuple[str, str]
    note: str | Promise
    reason: str | Promise
    history: list[Moment]
    amount_vnd: int
    # Until when the other side answers; None where nobody is waited for.
    due: datetime | None
    may_withdraw: bool
    may_send: bool
    may_answer: bool
    may_dispute: bool

    @property
    def is_open(self) -> bool:
        return self.asked.state in OPEN_STATES

    @property
    def gives_money(self) -> bool:
        """Whether money goes back, or may still."""
        return self.asked.state not in {S.REJECTED, S.WITHDRAWN}


def show_return(asked: ReturnRequest, *, now: datetime) -> ShownReturn:
    """Return a request that was read by `returns.queries.returns_of`."""
    state = S(asked.state)
    is_silent = state == S.ASKED and now > asked.answer_by
    return ShownReturn(
        asked=asked,
        state=STATES[state],
        pill=PILLS[state],
        note=NOTES[state],
        reason=REASONS[asked.reason],
        history=tell_history(asked),
        amount_vnd=asked.amount_vnd if asked.given_vnd is None else asked.given_vnd,
        due={S.ASKED: asked.answer_by, S.DISPUTED: asked.decide_by}.get(state),
        may_withdraw=state in {S.ASKED, S.ACCEPTED, S.REFUSED, S.DISPUTED} and asked.sent_back_at is None,
        may_send=state == S.ACCEPTED,
        may_answer=may_answer(asked=asked),
        may_dispute=state == S.REFUSED or is_silent,
    )
