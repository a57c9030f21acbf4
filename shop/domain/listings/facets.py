"""The facets of a list, and how many listings each further tick would show."""

from dataclasses import dataclass

# Facet name, how it stands in `Chosen`, and the type its ticked values have in SQL.
FACETS = (
    ("group_code", "groups", "text"),
    ("province_code", "provinces", "text"),
    ("stars", "stars", "int"),
    ("producer_id", "producers", "bigint"),
    ("price_band", "prices", "text"),
    ("in_stock", "stocked", "boolean"),
)


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
