"""Which drawing stands in for a photo: motif by criteria set, ground by SKU, colours by group."""

from zlib import crc32

from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalogue_ext.models import Product
from shop.common.assets import asset_url

GROUNDS = 4
# The motifs of each criteria set (Decision 26/2026/QĐ-TTg, annex I); where there are several, the SKU picks one.
MOTIFS = {
    1: ("fruit",),
    2: ("pot",),
    3: ("bag",),
    4: ("jar",),
    5: ("pot", "bag"),
    6: ("noodle",),
    7: ("jar", "bag"),
    8: ("pot",),
    9: ("bottle",),
    10: ("garlic",),
    11: ("tea", "leaf"),
    12: ("leaf", "tea"),
    13: ("phin",),
    14: ("gourd",),
    15: ("gourd",),
    16: ("gourd",),
    17: ("jar", "gourd"),
    18: ("root", "mortar"),
    19: ("oil",),
    20: ("mortar", "oil"),
    21: ("vase", "basket", "hat"),
    22: ("silk",),
    23: ("flower", "lotus"),
    24: ("bonsai",),
    25: ("lotus",),
    26: ("stilt", "terrace", "boat"),
}
GROUP_MOTIFS = {"food": "bottle", "bev": "tea", "herb": "root", "craft": "vase", "plant": "bonsai", "tour": "stilt"}
TEA_AND_COFFEE = (11, 12, 13)
UNKNOWN_MOTIF = ("bag",)
LAST_SET_OF_GROUP = ((13, "food"), (17, "bev"), (20, "herb"), (22, "craft"), (25, "plant"), (26, "tour"))


def draw_product(product: Product) -> SafeString:
    """Return the drawing of a product without a photo; the same SKU always looks the same."""
    number = crc32((product.upc or str(product.pk)).encode())
    motifs = MOTIFS.get(product.criteria_set or 0, UNKNOWN_MOTIF)
    return draw(
        group=colours_of(product.criteria_set),
        motif=motifs[number // GROUNDS % len(motifs)],
        ground=number,
    )


def draw(*, group: str, motif: str, ground: int) -> SafeString:
    """Return one drawing: pattern (defined once per page), ground shape and motif of the sprite."""
    sprite = asset_url("img/sprite.svg")
    return format_html(
        '<svg class="ph g-{0}" viewBox="0 0 240 240" aria-hidden="true"><path fill="url(#p-{0})" d="M0 0h240v240H0z"/>'
        '<use href="{1}#s-{2}"/><use href="{1}#m-{3}"/></svg>',
        group,
        sprite,
        ground % GROUNDS,
        motif,
    )


def colours_of(criteria_set: int | None) -> str:
    """Return the palette of a drawing: tea and coffee are food by decree, but green and roasted to the eye."""
    return "bev" if criteria_set in TEA_AND_COFFEE else group_of(criteria_set)


def group_of(criteria_set: int | None) -> str:
    """Return the official group of a criteria set; food where none is known."""
    return next((group for last, group in LAST_SET_OF_GROUP if criteria_set and criteria_set <= last), "food")
