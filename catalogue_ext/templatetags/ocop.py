"""The star badge in its three sizes and the placeholder art."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from catalogue_ext.models import Product
from catalogue_ext.placeholder_art import GROUP_MOTIFS, draw, draw_product
from catalogue_ext.star_badge import badge_sentence, badge_words, check_path, time_left
from shop.common.templatetags.shop_format import page_language
from shop.domain.certificates.state import CertificateView

register = template.Library()


@register.inclusion_tag("components/star_badge.html")
def ocop_badge(certificate: CertificateView | None) -> dict[str, object]:
    """Card size; nothing where the registry has no match."""
    return _shown(certificate)


@register.inclusion_tag("components/certificate_panel.html")
def ocop_cert(certificate: CertificateView | None, heading: str = "h2", link: str = "", link_text: str = "") -> dict[str, object]:
    """Product-page size; `link` and `link_text` replace the link to the check page (on the check page itself)."""
    return _shown(certificate) | {"heading": heading, "link": link, "link_text": link_text}


@register.inclusion_tag("components/label.html")
def ocop_label(certificate: CertificateView | None) -> dict[str, object]:
    """Print size, 80 × 50 mm; what is not valid today gets the void design."""
    shown = _shown(certificate)
    if certificate is not None:
        shown["address"] = f"{settings.BASE_URL.rstrip('/')}{shown['path']}"
    return shown


@register.simple_tag
def ocop_art(product: Product) -> SafeString:
    """The drawing of a product without a photo."""
    return draw_product(product)


@register.simple_tag
def ocop_drawing(group: str, motif: str = "", ground: int = 0) -> SafeString:
    """A drawing by name, for groups, empty states and errors."""
    return draw(group=group, motif=motif or GROUP_MOTIFS[group], ground=ground)


def _shown(certificate: CertificateView | None) -> dict[str, object]:
    if certificate is None:
        return {"certificate": None}
    return {
        "certificate": certificate,
        "words": badge_words(certificate),
        "sentence": badge_sentence(certificate, page_language()),
        "left": time_left(certificate),
        "path": check_path(certificate),
    }
