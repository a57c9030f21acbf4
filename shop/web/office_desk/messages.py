"""What the shop told people: the list, one message as it looked, and sending it once more."""

from csp.decorators import csp_replace
from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from shop.access.declare import access
from shop.common import clock
from shop.domain.notifications.delivery import RecipientForgotten, resend_message
from shop.domain.notifications.kinds import all_kinds
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.queries import TITLES, MessageState, count_messages, list_messages, state_of

from .reach import OFFICE, readable_messages
from .workplace import desk_context

ROWS_PER_PAGE = 50
PILLS = {
    MessageState.WAITING: ("inf", "clock"),
    MessageState.FAILED: ("bad", "warn"),
    MessageState.SENT: ("ok", "check"),
    MessageState.KEPT: ("wrn", "box"),
}
# The mail's own inline styles and nothing else: no script, no form, no picture, no way out of the frame.
LOOK_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": None,
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@access(roles=OFFICE)
def message_list(request: HttpRequest) -> HttpResponse:
    """Messages of one state or all, newest first."""
    state = request.GET.get("trang-thai", "")
    words = request.GET.get("q", "").strip()[:100]
    found = list_messages(messages=readable_messages(request), state=state, words=words)
    page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    chips = _chips(count_messages(messages=readable_messages(request)), state)
    rows = [_row(message) for message in page]
    context = desk_context(request, room="messages", page=page, rows=rows, state=state, words=words, chips=chips)
    return render(request, "office_desk/messages.html", context)


@access(roles=OFFICE)
def message_page(request: HttpRequest, message: int) -> HttpResponse:
    """One message: where it stands, its error, what it looked like."""
    found = get_object_or_404(readable_messages(request).select_related("order"), pk=message)
    return render(request, "office_desk/message.html", desk_context(request, room="messages", message=found, row=_row(found)))


@access(roles=OFFICE)
@xframe_options_sameorigin
@csp_replace(LOOK_POLICY)
def message_look(request: HttpRequest, message: int) -> HttpResponse:
    """The mail itself, for the frame in its page."""
    found = get_object_or_404(readable_messages(request), pk=message)
    # The mail's links lead to pages that refuse to be framed.
    return HttpResponse(found.body_html.replace("<head>", '<head><base target="_blank">', 1))


@access(roles=OFFICE, methods=["POST"], writes=["POST"])
def send_again(request: HttpRequest, message: int) -> HttpResponse:
    """Put a message back into the queue."""
    found = get_object_or_404(readable_messages(request).only("pk"), pk=message)
    try:
        resend_message(message_id=found.pk, now=clock.now())
    except RecipientForgotten:
        toasts.error(request, _("Địa chỉ người nhận đã được xoá sau 30 ngày, nên không gửi lại được."))
    else:
        toasts.success(request, _("Tin nhắn đã vào hàng chờ và sẽ được gửi ngay."))
    return redirect("office_desk:message", message=found.pk)


def _chips(counts: dict[str, int], current: str) -> list[dict[str, object]]:
    return [
        {
            "url": f"{reverse('office_desk:messages')}?trang-thai={state.value}",
            "text": TITLES[state],
            "count": counts[state.value],
            "current": state.value == current,
        }
        for state in MessageState
    ]


def _row(message: OutboxMessage) -> dict[str, object]:
    state = state_of(message)
    pill, icon = PILLS[state]
    titles = {kind.name: kind.title for kind in all_kinds()}
    return {
        "message": message,
        "title": titles.get(message.kind, message.kind),
        "state": TITLES[state],
        "pill": pill,
        "icon_name": icon,
    }
