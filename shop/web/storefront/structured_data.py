"""schema.org data of pages: what a search engine is told is what the page shows, and no more."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shop.common.assets import asset_url
from shop.common.templatetags.shop_format import in_language
from shop.domain.certificates.state import CertificateView
from shop.domain.listings.queries import Pack, ProductOnDisplay
from shop.domain.pages.operator import OperatorData

from .seo import absolute

CONTEXT = "https://schema.org"
IN_STOCK, OUT_OF_STOCK, DISCONTINUED = (f"{CONTEXT}/{word}" for word in ("InStock", "OutOfStock", "Discontinued"))


def breadcrumb_list(crumbs: list[dict[str, str]], path: str) -> dict[str, Any]:
    """Describe where a page stands; the last crumb is the page itself."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": str(crumb["text"]), "item": absolute(crumb["url"] or path)}
            for place, crumb in enumerate(crumbs, start=1)
        ],
    }


def website() -> dict[str, Any]:
    """Describe the shop and its search."""
    home = absolute(reverse("storefront:home"))
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": "Chợ OCOP",
        "url": home,
        "publisher": {"@id": _shop_id()},
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{absolute(reverse('search:search'))}?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }


def organization(operator: OperatorData) -> dict[str, Any]:
    """Describe who runs the shop, as far as it is declared; nothing is made up for a demonstration."""
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Organization",
        "@id": _shop_id(),
        "name": "Chợ OCOP",
        "url": absolute(reverse("storefront:home")),
        "logo": absolute(asset_url("img/icon-512.png")),
    }
    declared = {"legalName": operator.name, "taxID": operator.tax_code, "telephone": operator.phone, "email": operator.email}
    data |= {name: value for name, value in declared.items() if value}
    if operator.address:
        data["address"] = {"@type": "PostalAddress", "addressCountry": "VN", "streetAddress": operator.address}
    return data


def _shop_id() -> str:
    # The same in both languages: it is one organisation.
    return f"{absolute('/')}#cho-ocop"


def producer_data(name: str, path: str, place: str) -> dict[str, Any]:
    """Describe a producer by what is public of it."""
    data: dict[str, Any] = {"@context": CONTEXT, "@type": "Organization", "name": name, "url": absolute(path)}
    if place:
        data["address"] = {"@type": "PostalAddress", "addressCountry": "VN", "addressRegion": place}
    return data


def product_data(shown: ProductOnDisplay, *, path: str, photo: str, description: str) -> dict[str, Any]:
    """Describe a product, its offers and, while it is valid, its certificate."""
    product = shown.product
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Product",
        "name": in_language(product, "title"),
        "sku": product.upc or str(product.pk),
        "url": absolute(path),
        "description": description,
        "brand": {"@type": "Brand", "name": shown.listing.producer.name},
        "offers": [_offer(pack, shown, path) for pack in shown.packs],
    }
    if photo:
        data["image"] = absolute(photo)
    if shown.certificate and shown.certificate.is_valid:
        data["hasCertification"] = certification(shown.certificate)
    return data


def certification(certificate: CertificateView) -> dict[str, Any]:
    """Describe a certificate that is valid today; a sample says so in its name."""
    name = "OCOP " + _("%(stars)s sao") % {"stars": certificate.stars}
    return {
        "@type": "Certification",
        "name": f"{name} ({_('mẫu')})" if certificate.is_sample else name,
        "certificationIdentification": certificate.code,
        "certificationStatus": f"{CONTEXT}/CertificationActive",
        "issuedBy": {"@type": "Organization", "name": certificate.authority},
        "validFrom": certificate.issued_on.isoformat(),
        "expires": certificate.ends_on.isoformat(),
        "certificationRating": {
            "@type": "Rating",
            "ratingValue": certificate.stars,
            "bestRating": 5,
            "worstRating": 1,
        },
        "url": absolute(reverse("storefront:verify", kwargs={"code": certificate.code})),
    }


def _offer(pack: Pack, shown: ProductOnDisplay, path: str) -> dict[str, Any]:
    availability = DISCONTINUED if shown.refusal else OUT_OF_STOCK if pack.is_sold_out else IN_STOCK
    # Packs share a page: without its query every offer would name the price of the cheapest one.
    query = f"?quy-cach={pack.product.pk}" if shown.product.is_parent else ""
    return {
        "@type": "Offer",
        "price": str(pack.price_vnd),
        "priceCurrency": "VND",
        "availability": availability,
        "url": absolute(path + query),
        "seller": {"@type": "Organization", "name": shown.listing.producer.name},
    }
