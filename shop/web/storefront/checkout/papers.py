"""/don-hang/<number>/<token>/phieu.pdf and bien-nhan.pdf: an order's papers as files, for the link's holder only."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from shop.access.declare import EVERYBODY, access
from shop.common.templatetags.shop_format import page_language
from shop.domain.ordering.paper_layout import paper_pdf
from shop.domain.ordering.papers import NothingReceived, Paper
from shop.web.storefront.errors import too_many_requests

from .order_access import TooManyWrongLinks, open_order
from .private_page import secret_page
from .tracking import show_order

CONFLICT = 409
NAMES = {Paper.ORDER: "phieu", Paper.RECEIPT: "bien-nhan"}


@access(roles=EVERYBODY, methods=("GET",), owner="order.link")
@secret_page()
def order_paper(request: HttpRequest, number: str, token: str, kind: str) -> HttpResponse:
    """The order, or the receipt once money came; in the language of the page."""
    try:
        order = open_order(request, number=number, token=token)
    except TooManyWrongLinks:
        return too_many_requests(request)
    paper = Paper(kind)
    try:
        content = paper_pdf(order=order, kind=paper, language=page_language())
    except NothingReceived:
        remark = _("Chưa nhận được khoản tiền nào cho đơn này, nên chưa có biên nhận.")
        return show_order(request, order, token, remark=remark, status=CONFLICT)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{NAMES[paper]}-{order.number}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
