"""/van-phong/don-hang/<number>/…pdf: an order's papers for staff, written down each time, for they name the buyer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from shop.access.declare import access
from shop.common import clock
from shop.common.templatetags.shop_format import page_language
from shop.domain.audit_log.recording import Subject, record
from shop.domain.ordering.paper_layout import paper_pdf
from shop.domain.ordering.papers import NothingReceived, Paper
from shop.oscar_forks.order.models import Order


@access(roles=("staff",), owner="order")
def order_paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The order, or the receipt once money came; what is not there is not found."""
    order = get_object_or_404(Order, number=number.replace("\x00", ""))
    try:
        content = paper_pdf(order=order, kind=Paper(kind), language=page_language())
    except NothingReceived:
        raise Http404 from None
    record(
        actor=request.actor,
        action="order.paper_taken",
        subject=Subject("order", order.pk, order.number),
        now=clock.now(),
        paper=kind,
    )
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{kind}-{number}.pdf")
    return response
