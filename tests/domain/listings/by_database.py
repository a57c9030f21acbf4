"""Lists and facet counts as PostgreSQL reckons them from the rows themselves: what the shelf in memory is held against."""

from django.db import connection
from django.db.models import F, QuerySet

from shop.domain.listings.facets import FACETS, FacetCounts
from shop.domain.listings.filtering import Chosen
from shop.domain.listings.models import Listing

NAMES = [name for name, _, _ in FACETS]


def narrow_listings(listings: QuerySet[Listing], chosen: Chosen) -> QuerySet[Listing]:
    """Return those of a section's listings that fit every ticked facet."""
    wanted = {
        "group_code": chosen.groups,
        "province_code": chosen.provinces,
        "certificate__stars": chosen.stars,
        "producer": chosen.producers,
        "price_band": chosen.prices,
        "in_stock": chosen.stocked,
    }
    return listings.filter(**{f"{name}__in": values for name, values in wanted.items() if values})


def count_facets(listings: QuerySet[Listing], chosen: Chosen) -> FacetCounts:
    """Count the listings of a section (see `filtering.listings_of_section`) by every facet.

    A facet's own ticks do not count against its other values: two provinces may be ticked at once, so a province
    not ticked shows how many it would add.
    """
    values = {name: F(name) for name in ("group_code", "province_code", "price_band", "in_stock")}
    section = listings.order_by().annotate(stars=F("certificate__stars"), **values).values_list("producer_id", "stars", *values)
    sql, parameters = section.query.sql_with_params()
    ticked = [value for _, field, _ in FACETS for value in [getattr(chosen, field)] * 2]
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(section=sql), [*parameters, *ticked])
        rows = cursor.fetchall()
    return _counts_of(rows)


def _counts_of(rows: list[tuple]) -> FacetCounts:
    counted: dict[str, dict] = {field: {} for _, field, _ in FACETS}
    total = 0
    for facet, *values, count in rows:
        if facet is None:
            total = count
        elif values[facet] is not None and values[facet] != "":
            counted[FACETS[facet][1]][values[facet]] = count
    return FacetCounts(total=total, **counted)


def _fits_all_but(left_out: str | None) -> str:
    return " AND ".join(f"fits_{name}" for name in NAMES if name != left_out)


def _which_facet() -> str:
    return " ".join(f"WHEN GROUPING({name}) = 0 THEN {place}" for place, name in enumerate(NAMES))


def _count_of_facet() -> str:
    return " ".join(f"WHEN GROUPING({name}) = 0 THEN count(*) FILTER (WHERE {_fits_all_but(name)})" for name in NAMES)


# Built from this module's constants; the section's statement comes from the ORM and every value is a parameter.
_STATEMENT = f"""
    WITH section (producer_id, stars, group_code, province_code, price_band, in_stock) AS ({{section}}),
    marked AS (
        SELECT *, {
    ", ".join(f"(cardinality(%s::{kind}[]) = 0 OR {name} = ANY(%s::{kind}[])) AS fits_{name}" for name, _, kind in FACETS)
}
        FROM section
    )
    SELECT CASE {_which_facet()} END, {", ".join(NAMES)},
           CASE {_count_of_facet()} ELSE count(*) FILTER (WHERE {_fits_all_but(None)}) END
    FROM marked
    GROUP BY GROUPING SETS ({", ".join(f"({name})" for name in NAMES)}, ())
"""  # noqa: S608
