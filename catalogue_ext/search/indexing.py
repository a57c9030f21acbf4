"""Writes the two search columns of products; nothing else does."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from catalogue_ext.models import Product

from .words import exact_words, folded_words

AT_ONCE = 500
# Weights A to D: a word in the name says more than one in the producer's name or in the place.
WEIGHTS = "abcd"


def index_products(ids: Iterable[int]) -> None:
    """Bring the search columns of these products (or of the parents of these packs) up to date."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        _write([(product["pk"], _texts_of(product)) for product in _found(part)])


def _found(ids: list[int]) -> Iterable[dict]:
    return (
        Product.objects.filter(Q(pk__in=ids) | Q(children__in=ids), parent__isnull=True)
        .annotate(
            producer=Coalesce(F("listing__producer__name"), F("stockrecords__partner__name")),
            producer_en=F("listing__producer__profile__name_en"),
            province=F("origin_province__name"),
            province_en=F("origin_province__name_en"),
            commune=F("origin_commune__name"),
            certified_province=F("listing__certificate__province__name"),
            legacy_province=F("listing__certificate__legacy_province"),
        )
        .order_by("pk")
        .distinct()
        .values(
            "pk",
            "title",
            "title_en",
            "producer",
            "producer_en",
            "province",
            "province_en",
            "commune",
            "certified_province",
            "legacy_province",
        )
    )


def _texts_of(product: dict) -> list[str]:
    places = {product[name] for name in ("province", "province_en", "commune", "certified_province", "legacy_province")}
    return [
        product["title"],
        product["title_en"],
        f"{product['producer'] or ''} {product['producer_en'] or ''}",
        " ".join(sorted(filter(None, places))),
    ]


def _write(rows: list[tuple[int, list[str]]]) -> None:
    exact = [[" ".join(exact_words(texts[place])) for _, texts in rows] for place in range(len(WEIGHTS))]
    folded = [[" ".join(folded_words(texts[place])) for _, texts in rows] for place in range(len(WEIGHTS))]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [[pk for pk, _ in rows], *exact, *folded])


def _vector_of(kind: str) -> str:
    return " || ".join(f"setweight(to_tsvector('simple', texts.{kind}_{weight}), '{weight.upper()}')" for weight in WEIGHTS)


_COLUMNS = [f"{kind}_{weight}" for kind in ("exact", "folded") for weight in WEIGHTS]
# The pieces are constants of this module; every value is a parameter.
_UPDATE = f"""
    UPDATE catalogue_product AS product
    SET search_exact = {_vector_of("exact")}, search_folded = {_vector_of("folded")}
    FROM unnest(%s::bigint[], {", ".join(["%s::text[]"] * len(_COLUMNS))}) AS texts (id, {", ".join(_COLUMNS)})
    WHERE product.id = texts.id
"""  # noqa: S608
