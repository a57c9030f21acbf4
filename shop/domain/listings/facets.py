"""How many listings each further tick would show: all facets counted in one statement."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import F, QuerySet

from .filtering import Chosen
from .models import Listing

# Facet name, how it stands in `Chosen`, and the type its ticked values have in SQL.
FACETS = (
    ("group_code", "groups", "text"),
    ("province_code", "provinces", "text"),
    ("stars", "stars", "int"),
    ("producer_id", "producers", "bigint"),
    ("price_band", "prices", "text"),
    ("in_stock", "stocked", "boolean"),
)
NAMES = [name for name, _, _ in FACETS]


@dataclass(frozen=True)
class FacetCounts:
    """For each facet its values with how many listings have them *and* fit what is ticked in the other facets."""

    total: int
    groups: dict[str, int]
    provinces: dict[str, int]
    stars: dict[int, int]
    producers: dict[int, int]
    prices: dict[str, int]
    stocked: dict[bool, int]


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
