"""What buyer and producer are told of a return: one letter per step, read from its rows when it is sent.

Whoever took the step knows of it; the buyer who asks is told all the same, so that there is something to keep.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.domain.notifications.kinds import NothingToTell, register_kind
from shop.domain.notifications.outbox import tell
from shop.domain.notifications.rendering import absolute_url
from shop.domain.producers.contacting import contact_of
from shop.domain.returns.models import ReturnRequest, ReturnStep

from .links import tracking_token

TO_BUYER = "return_step"
TO_PRODUCER = "return_step_producer"
S, Side = ReturnRequest.State, ReturnStep.Side

BUYER_LINES = {
    S.ASKED: _("Đã nhận yêu cầu trả hàng"),
    S.ACCEPTED: _("Bạn được gửi trả hàng"),
    S.REFUSED: _("Chủ thể không nhận trả hàng"),
    S.DISPUTED: _("Văn phòng sẽ quyết định việc trả hàng"),
    S.SENT_BACK: _("Hàng trả đang trên đường"),
    S.REFUNDED: _("Tiền của hàng trả đang được hoàn"),
    S.REJECTED: _("Văn phòng không chấp nhận yêu cầu trả hàng"),
    S.WITHDRAWN: _("Yêu cầu trả hàng đã khép lại"),
}
BUYER_NEXT = {
    S.ASKED: _("Chủ thể trả lời trong 48 giờ. Chưa cần gửi hàng."),
    S.ACCEPTED: _("Gửi hàng trong 14 ngày rồi ghi mã vận đơn ở trang trả hàng."),
    S.REFUSED: _("Trong 7 ngày bạn có thể trả lời chủ thể, hoặc nhờ văn phòng quyết định."),
    S.DISPUTED: _("Văn phòng quyết định trong 5 ngày. Bạn không phải làm gì thêm."),
    S.REFUNDED: _("Nếu bạn trả bằng chuyển khoản hoặc tiền mặt, hãy cho biết tài khoản nhận tiền ở trang trả hàng."),
}
PRODUCER_LINES = {
    S.ASKED: _("Khách muốn trả hàng"),
    S.ACCEPTED: _("Văn phòng cho khách gửi trả hàng"),
    S.REFUSED: _("Bạn đã từ chối nhận trả hàng"),
    S.DISPUTED: _("Việc trả hàng được chuyển lên văn phòng"),
    S.SENT_BACK: _("Hàng trả đang trên đường về"),
    S.REFUNDED: _("Việc trả hàng đã xong, khách được hoàn tiền"),
    S.REJECTED: _("Văn phòng không chấp nhận yêu cầu trả hàng"),
    S.WITHDRAWN: _("Khách giữ lại hàng"),
}
PRODUCER_NEXT = {
    S.ASKED: _("Hãy trả lời trong 48 giờ. Không ai trả lời thì văn phòng quyết định."),
    S.SENT_BACK: _("Khi hàng đến, hãy bấm «Đã nhận lại hàng» trong 10 ngày; sau đó hàng được coi là đã đến."),
}


def register_kinds() -> None:
    """Fill the registry with the kinds of this domain; called once, when Django is ready."""
    register_kind(TO_BUYER, title=_("Trả hàng, gửi người mua"), build_context=buyer_letter)
    register_kind(TO_PRODUCER, title=_("Trả hàng, gửi chủ thể"), build_context=producer_letter)


def tell_return(*, asked: ReturnRequest, step: ReturnStep, is_first: bool, now: datetime) -> None:
    """Tell everybody but who took the step."""
    if is_first or step.side != Side.BUYER:
        _tell_buyer(asked, step, now)
    if step.side != Side.PRODUCER:
        _tell_producer(asked, step, now)


def buyer_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """What happened, the words of the other side, and what the buyer can do now."""
    step = _find_step(payload)
    order = step.request.parcel.order
    page = reverse("storefront:give_back", args=[order.number, tracking_token(order), step.request.parcel_id])
    said = step.words if step.side in {Side.PRODUCER, Side.OFFICE} else ""
    return _about(step, BUYER_LINES, BUYER_NEXT) | {"page_url": absolute_url(page), "said": said}


def producer_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """What happened; the buyer's words and pictures stand at the desk, behind the log-in."""
    step = _find_step(payload)
    page = reverse("producer_desk:return", args=[step.request_id])
    said = step.words if step.side == Side.OFFICE else ""
    return _about(step, PRODUCER_LINES, PRODUCER_NEXT) | {"page_url": absolute_url(page), "said": said}


def _about(step: ReturnStep, lines: Mapping[str, Any], what_next: Mapping[str, Any]) -> dict[str, Any]:
    state, asked = step.state, step.request
    return {
        "number": asked.parcel.number,
        "line": str(lines[state]),
        "next": str(what_next.get(state, "")),
        "amount_vnd": 0 if state in {S.REJECTED, S.WITHDRAWN} else _amount(asked),
    }


def _amount(asked: ReturnRequest) -> int:
    return asked.amount_vnd if asked.given_vnd is None else asked.given_vnd


def _find_step(payload: dict[str, Any]) -> ReturnStep:
    steps = ReturnStep.objects.select_related("request__parcel__order")
    step = steps.filter(pk=payload["step_id"]).first()
    if step is None:
        raise NothingToTell(payload)
    return step


def _tell_buyer(asked: ReturnRequest, step: ReturnStep, now: datetime) -> None:
    order = asked.parcel.order
    tell(
        key=f"return:{asked.pk}:step:{step.pk}:buyer",
        kind=TO_BUYER,
        email=order.email,
        phone=order.buyer_phone,
        language=order.language,
        payload={"step_id": step.pk},
        order_id=order.pk,
        now=now,
    )


def _tell_producer(asked: ReturnRequest, step: ReturnStep, now: datetime) -> None:
    contact = contact_of(producer=asked.parcel.producer)
    if contact is None:
        return  # nobody works there yet; the return waits on the desk all the same
    tell(
        key=f"return:{asked.pk}:step:{step.pk}:producer:{asked.parcel.producer_id}",
        kind=TO_PRODUCER,
        email=contact.email,
        phone=contact.phone,
        language=contact.language,
        payload={"step_id": step.pk},
        order_id=asked.parcel.order_id,
        now=now,
    )
