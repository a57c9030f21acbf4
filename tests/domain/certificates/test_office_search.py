"""What the office looks for: any spelling, old places, slips, every filter."""

from datetime import date, timedelta

import pytest

from shop.common import clock
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.office_search import Asked, search_for_office, years_of
from shop.domain.certificates.state import LiveState
from tests.factories import make_certificate, make_commune, make_decision, make_producer, make_province

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def search(text="", *, sort="newest", **asked):
    return search_for_office(Certificate.objects.all(), asked=Asked(text=text, **asked), sort=sort, today=TODAY)


def codes(text="", **asked):
    return [one.code for one in search(text, **asked).certificates]


@pytest.fixture
def tea():
    decision = make_decision(number="7777/QĐ-UBND")
    producer = make_producer("Hợp tác xã Hảo Đạt")
    return make_certificate(code="TNG-2026-00017", product_name="Chè Tân Cương", producer=producer, decision=decision)


@pytest.fixture
def coffee():
    place = {"province": make_province("68"), "address_as_certified": "thôn Cầu Đất"}
    return make_certificate(code="LD-2024-04211", product_name="Cà phê chồn", producer=make_producer("Cơ sở Ba Tư"), **place)


@pytest.mark.parametrize(
    "typed",
    [
        "chè", "CHE tan", "hao dat", "HTX Hảo Đạt", "00017", "tng-2026-17", "TNG-2026-00017", "7777/QĐ-UBND", "7777 qd-ubnd",
        "thái nguyên",
        "chè, hảo", "chè hảo 7777", "đạt cương",
    ],
)  # fmt: skip
def test_all_words_are_looked_for_in_names_places_codes_and_decisions(tea, coffee, typed):
    found = search(typed)

    assert ([one.code for one in found.certificates], found.meant) == (["TNG-2026-00017"], "")


def test_a_commune_and_an_address_are_places_as_well(tea, coffee):
    commune = make_commune()
    near = make_certificate(code="X-1", commune=commune, product_name="Sen")

    assert codes(commune.name) == [near.code]
    assert codes("cau dat") == [coffee.code]
    assert codes("zzzzzz") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chè tân cươmg", "che tan cuong"),
        ("tancuong", "tan cuong"),
        ("hoa đạt", "hao dat"),
    ],
)
def test_slips_are_forgiven_and_told(tea, coffee, typed, meant):
    found = search(typed)

    assert ([one.code for one in found.certificates], found.meant) == ([tea.code], meant)


def test_two_slips_take_a_long_word_and_numbers_take_none():
    make_certificate(code="A-1", product_name="Chocolate")
    make_certificate(code="A-2", product_name="Bánh 2024")

    assert (search("xocolaxe").meant, search("chxcolxte").meant) == ("", "chocolate")
    assert (search("bxxh").meant, search("baxh").meant) == ("", "banh")
    assert (codes("2025"), search("2025").meant) == ([], "")


def test_the_commonest_of_two_near_words_is_meant():
    for number, name in enumerate(("Sen", "Sen", "Sim")):
        make_certificate(code=f"A-{number}", product_name=name, producer=make_producer("Hoa"))

    assert search("sin").meant == "sen"


def test_filters_are_held_together(tea, coffee):
    old = make_certificate(code="OLD-1", issued_on=TODAY - timedelta(days=1600), stars=3)
    commune = make_commune()
    near = make_certificate(code="X-1", commune=commune, issued_on=TODAY - timedelta(days=1085), stars=5)
    Certificate.objects.filter(pk=coffee.pk).update(stored_state="suspended", stopped_on=TODAY)

    assert codes(state=LiveState.EXPIRED) == [old.code]
    assert codes(state=LiveState.SUSPENDED) == [coffee.code]
    assert codes(stars=5) == [near.code]
    assert codes(province="68") == [coffee.code]
    assert codes(commune=commune.code) == [near.code]
    assert codes(year=old.issued_on.year) == [old.code]
    assert codes(decision="7777/qd-ubnd") == [tea.code]
    assert codes(stars=5, state=LiveState.EXPIRED) == []
    assert set(codes()) == {old.code, near.code, tea.code, coffee.code}


def test_an_end_that_is_near_is_counted_with_its_last_day():
    def ending(days, **fields):
        return make_certificate(
            code=f"E-{days}", issued_on=TODAY - timedelta(days=900), valid_until=TODAY + timedelta(days=days), **fields
        )

    ending(30), ending(31), ending(-1), ending(0)
    make_certificate(
        code="LONG", issued_on=TODAY - timedelta(days=900), valid_until=TODAY + timedelta(days=5),
        extended_until=TODAY + timedelta(days=90), extension_reason="chờ",
    )  # fmt: skip
    make_certificate(
        code="SOON", issued_on=TODAY - timedelta(days=1200), valid_until=TODAY - timedelta(days=50),
        extended_until=TODAY + timedelta(days=30), extension_reason="chờ",
    )  # fmt: skip

    assert set(codes(within_days=30)) == {"E-30", "E-0", "SOON"}
    assert set(codes(within_days=0)) == {"E-0"}
    assert codes(within_days=30, sort="ending") == ["E-0", "E-30", "SOON"]


def test_sorts_are_those_of_the_list():
    day = TODAY - timedelta(days=10)
    first = make_certificate(code="A", product_name="B", producer=make_producer("Z"), stars=3, issued_on=day)
    second = make_certificate(code="B", product_name="A", producer=make_producer("Y"), stars=5, issued_on=day - timedelta(days=5))
    third = make_certificate(code="C", product_name="C", producer=make_producer("X"), stars=4, issued_on=day)
    orders = {sort: codes(sort=sort) for sort in ("newest", "ending", "name", "producer", "stars", "code")}

    assert (first.code, second.code, third.code) == ("A", "B", "C")
    assert orders == {
        "newest": ["A", "C", "B"],
        "ending": ["B", "A", "C"],
        "name": ["B", "A", "C"],
        "producer": ["C", "B", "A"],
        "stars": ["B", "C", "A"],
        "code": ["A", "B", "C"],
    }


def test_years_of_are_those_in_which_something_was_issued():
    for year in (2023, 2026, 2023):
        make_certificate(issued_on=date(year, 2, 3))

    assert years_of(Certificate.objects.order_by("code")) == [2026, 2023]
