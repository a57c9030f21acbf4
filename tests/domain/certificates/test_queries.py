"""The public registry: found however it is typed, counted honestly, searched without revealing spirits."""

from datetime import date, timedelta

import pytest

from shop.common import clock
from shop.domain.certificates.models import Certificate, UnprovenEntry
from shop.domain.certificates.queries import (
    NoSuchCertificate,
    count_registry,
    find_certificate,
    history_of,
    in_state,
    read_code,
    search_registry,
    search_unproven,
)
from shop.domain.certificates.state import LiveState, live_state
from tests.factories import make_certificate, make_decision, make_producer

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed",
    [
        "AG-2025-01834",
        "ag-2025-01834",
        " ag 2025 01834 ",
        "AG–2025–01834",
        "ag202501834",
        "AG-2025-1834",
        "https://ocop.example.vn/xac-minh/AG-2025-01834/?ngay=2026-01-01",
        "ocop.example.vn/en/xac-minh/ag-2025-01834",
    ],
)
def test_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "AG-2025-01834"


@pytest.mark.parametrize("typed", ["", "!!!", "xyz", "12345", "nước mắm", "AG-", "/xac-minh/"])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) == ""


def test_code_of_another_shape_is_read_as_it_is_written():
    assert read_code("mau-2026-s12") == "MAU-2026-S12"


@pytest.mark.django_db
def test_unknown_certificate_is_an_error():
    with pytest.raises(NoSuchCertificate):
        find_certificate(code="AG-2025-99999")


def make_one_in_every_state():
    long_ago, soon = TODAY - timedelta(days=1200), TODAY - timedelta(days=1040)
    yield make_certificate(issued_on=TODAY - timedelta(days=10))
    yield make_certificate(issued_on=soon)
    yield make_certificate(issued_on=long_ago)
    yield make_certificate(issued_on=long_ago, extended_until=TODAY + timedelta(days=20), extension_reason="Đang đánh giá lại")
    yield make_certificate(issued_on=TODAY + timedelta(days=1))
    for state in ("suspended", "revoked"):
        yield make_certificate(issued_on=TODAY - timedelta(days=10), stored_state=state, stopped_on=TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(LiveState))
def test_state_in_sql_is_the_live_state(state):
    certificates = list(make_one_in_every_state())

    found = set(Certificate.objects.filter(in_state(state, day=TODAY)))

    assert found == {each for each in certificates if live_state(each, today=TODAY) == state}
    assert found


@pytest.mark.django_db
def test_registry_counts_samples_apart():
    make_certificate()
    make_certificate(issued_on=clock.today() - timedelta(days=1200))
    make_certificate(decision=make_decision(is_sample=True))

    totals = count_registry(today=clock.today())

    assert (totals.valid, totals.not_valid, totals.all, totals.samples, totals.decisions) == (1, 1, 2, 1, 2)


def found_by(text):
    return [each.product_name for each in search_registry(text=text, today=clock.today())]


@pytest.mark.django_db
def test_registry_is_searched_by_product_producer_decision_and_code():
    sauce_house = make_producer("Nhà thùng Dương Đông")
    decision = make_decision(number="1834/QĐ-BNNMT")
    certificate = make_certificate(product_name="Nước mắm", producer=sauce_house, decision=decision)
    make_certificate(product_name="Chè búp")

    for typed in ("nuoc mam", "dương đông", "1834", "1834/qđ-bnnmt", certificate.code, "nuoc dong"):
        assert found_by(typed) == ["Nước mắm"]


@pytest.mark.django_db
def test_registry_shows_a_spirit_only_to_those_who_know_its_decision():
    decision = make_decision(number="77/QĐ-UBND")
    certificate = make_certificate(product_name="Rượu mơ", criteria_set=14, decision=decision)

    assert found_by("rượu") == []
    assert found_by("77/QĐ-UBND") == ["Rượu mơ"]
    assert found_by(certificate.code) == ["Rượu mơ"]


@pytest.mark.django_db
def test_registry_knows_a_spirit_by_its_name_where_no_set_is_printed():
    make_certificate(product_name="Rượu sim")
    make_certificate(product_name="Trường Sa")
    entry = {"source": "báo", "source_file": "a.csv", "folded_name": "ruou sim", "product_name": "Rượu sim"}
    UnprovenEntry.objects.create(source_row=3, **entry)

    assert (found_by("sim"), found_by("truong"), list(search_unproven(text="sim"))) == ([], ["Trường Sa"], [])


@pytest.mark.django_db
def test_history_goes_back_through_recognitions_of_the_same_product():
    tea_house = make_producer()
    old = make_certificate(producer=tea_house, stars=4, issued_on=clock.today() - timedelta(days=1200))
    new = make_certificate(producer=tea_house, stars=5)
    make_certificate(producer=tea_house, product_name="Chè khác")

    assert history_of(new) == [new, old]


@pytest.mark.django_db
def test_unproven_entries_are_searched_without_accents():
    entry = UnprovenEntry.objects.create(
        product_name="Sâm Ngọc Linh", folded_name="sam ngoc linh", source="báo", source_file="a.csv", source_row=3
    )

    assert list(search_unproven(text="Ngọc linh")) == [entry]
    assert list(search_unproven(text="chè")) == []
