import re

import pytest

from shop.common.places.models import Province


@pytest.fixture
def country_map(project_root):
    return (project_root / "static" / "img" / "vietnam-34-provinces.svg").read_text()


@pytest.mark.django_db
def test_the_map_has_a_shape_for_every_province(country_map):
    codes = re.findall(r'<path id="p(\d\d)"', country_map)

    assert sorted(codes) == list(Province.objects.order_by("code").values_list("code", flat=True))


@pytest.mark.parametrize(("archipelago", "code", "east_of"), [("Hoàng Sa", "48", 500), ("Trường Sa", "56", 600)])
def test_the_archipelagos_are_on_the_map(country_map, archipelago, code, east_of):
    shape = re.search(rf'<path id="p{code}" d="([^"]+)"', country_map)[1]
    starts_of_islands = [float(x) for x in re.findall(r"M([\d.]+) ", shape)]

    assert [x for x in starts_of_islands if x > east_of] != [], archipelago


def test_the_map_names_its_author(country_map):
    assert "CC BY 4.0" in country_map
