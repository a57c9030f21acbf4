"""/nha-san-xuat/<slug>/: a producer with what it sells and every certificate it has had."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from shop.common import clock
from shop.common.templatetags.shop_format import page_language
from shop.domain.certificates.queries import certificates_of_producer
from shop.domain.certificates.state import view_of
from shop.domain.listings.queries import shelf_listings
from shop.domain.producers.models import ProducerProfile
from shop.domain.producers.queries import NoSuchProducer, find_producer

from .browsing import page_of
from .cards import place_of, shelf_cards
from .complete_list import complete_list
from .public_page import public_page, render_for_all
from .seo import head_of
from .structured_data import breadcrumb_list, producer_data

PER_PAGE = 24


@public_page
def producer(request: HttpRequest, slug: str) -> HttpResponse:
    """A producer's public page; one that nobody has claimed says so."""
    try:
        profile = find_producer(slug=slug)
    except NoSuchProducer as missing:
        raise Http404 from missing
    today = clock.today()
    page = page_of(shelf_listings(today=today).filter(producer=profile.pk), request, per_page=PER_PAGE)
    found = certificates_of_producer(producer_id=profile.pk)
    certificates = [view_of(each, today=today) for each in found]
    place = place_of(profile.commune, profile.province)
    title = producer_name(profile)
    crumbs = [{"text": _("Trang chủ"), "url": reverse("storefront:home")}, {"text": title, "url": ""}]
    head = head_of(
        request,
        page=page.number,
        description=_description(title, place, page.paginator.count, len(certificates)),
        is_indexed=bool(certificates),
        data=[producer_data(title, request.path, place), breadcrumb_list(crumbs, request.path)],
    )
    return render_for_all(
        request,
        "storefront/producer.html",
        {
            "head": head,
            "title": title,
            "crumbs": crumbs,
            "profile": profile,
            "place": place,
            "is_unclaimed": profile.status == ProducerProfile.Status.UNCLAIMED,
            "is_stopped": profile.status in (ProducerProfile.Status.SUSPENDED, ProducerProfile.Status.TERMINATED),
            "page": page,
            "cards": shelf_cards(page.object_list, today=today),
            "complete": complete_list(certificates),
        },
    )


def producer_name(profile: ProducerProfile) -> str:
    """Return the producer's name in the language of the page."""
    return (page_language() == "en" and profile.name_en) or profile.producer.name


def _description(name: str, place: str, products: int, certificates: int) -> str:
    return _("%(name)s, %(place)s: %(products)s sản phẩm đang bán, %(certificates)s giấy chứng nhận OCOP.") % {
        "name": name,
        "place": place or "Việt Nam",
        "products": products,
        "certificates": certificates,
    }
