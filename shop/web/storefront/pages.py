"""Short pages of information: delivery, returns, privacy, rules, operator, sources."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.domain.certificates.queries import count_registry, count_unproven, list_sources
from shop.domain.parcels.estimating import estimate_delivery

from .public_page import public_page, render_for_all
from .seo import head_of

TITLES = {
    "giao-hang": _("Giao hàng và phí vận chuyển"),
    "doi-tra": _("Đổi trả và hoàn tiền"),
    "quyen-rieng-tu": _("Quyền riêng tư"),
    "quy-che": _("Quy chế hoạt động"),
    "don-vi-van-hanh": _("Đơn vị vận hành"),
    "nguon-du-lieu": _("Nguồn dữ liệu"),
}
_DESCRIPTION = _("%(title)s của Chợ OCOP, sàn bán sản phẩm có giấy chứng nhận OCOP tra cứu được.")
# With its packaging this is half a kilogram, the first step of the tariff.
GOODS_OF_HALF_A_KILOGRAM = 450
USUAL_HOURS = 24


@public_page
def information(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the pages the footer links to."""
    if slug not in TITLES:
        raise Http404
    today = clock.today()
    context = {
        "head": head_of(request, description=_DESCRIPTION % {"title": TITLES[slug]}),
        "title": TITLES[slug],
        "slug": slug,
        "pages": TITLES.items(),
        "body": f"storefront/information/{slug.replace('-', '_')}.html",
        "cod_limit_vnd": settings.COD_LIMIT_VND,
        "host": settings.HOST,
    }
    if slug == "giao-hang":
        context["deliveries"] = estimate_delivery(
            weight_grams=GOODS_OF_HALF_A_KILOGRAM, prepares_within_hours=USUAL_HOURS, today=today
        )
    if slug == "nguon-du-lieu":
        context |= {
            "totals": count_registry(today=today),
            "unproven_total": count_unproven(),
            "sources": list_sources(),
        }
    return render_for_all(request, "storefront/information.html", context)
