"""/so-dang-ky/: every certificate the shop knows, lapsed and unproven ones too, as what they are."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.common import clock
from shop.domain.certificates.queries import count_registry, count_unproven, search_registry, search_unproven
from shop.domain.certificates.state import LiveState, view_of

from .browsing import PAGE, page_of
from .public_page import public_page, render_for_all
from .seo import head_of

PER_PAGE = 50
STATE = "trang-thai"
LONGEST_QUERY = 100
UNPROVEN = "chua-chung-minh"
STATES = {
    "con-hieu-luc": (LiveState.VALID, gettext_lazy("Còn hiệu lực")),
    "sap-het-han": (LiveState.EXPIRING, gettext_lazy("Sắp hết hạn")),
    "gia-han": (LiveState.EXTENDED, gettext_lazy("Được gia hạn")),
    "het-hieu-luc": (LiveState.EXPIRED, gettext_lazy("Hết hiệu lực")),
    "dinh-chi": (LiveState.SUSPENDED, gettext_lazy("Tạm đình chỉ")),
    "thu-hoi": (LiveState.REVOKED, gettext_lazy("Đã thu hồi")),
}


@public_page
def registry(request: HttpRequest) -> HttpResponse:
    """The whole registry by state, with search by product, producer and decision."""
    today = clock.today()
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    asked = request.GET.get(STATE, "")
    state = STATES[asked][0] if asked in STATES else None
    is_unproven = asked == UNPROVEN
    rows = search_unproven(text=text) if is_unproven else search_registry(text=text, state=state, today=today)
    page = page_of(rows, request, per_page=PER_PAGE)
    description = _("Sổ đăng ký giấy chứng nhận OCOP: còn hiệu lực, hết hiệu lực, đình chỉ, thu hồi, kèm nguồn.")
    context = {
        "head": head_of(request, page=page.number, description=description, is_indexed=not set(request.GET) - {PAGE}),
        "page": page,
        "views": [] if is_unproven else [view_of(certificate, today=today) for certificate in page],
        "unproven": list(page) if is_unproven else [],
        "is_unproven": is_unproven,
        "unproven_total": count_unproven(),
        "totals": count_registry(today=today),
        "states": [(key, label) for key, (_state, label) in STATES.items()],
        "state": asked if asked in STATES or is_unproven else "",
        "text": text,
    }
    return render_for_all(request, "storefront/registry.html", context)
