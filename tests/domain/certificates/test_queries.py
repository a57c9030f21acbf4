"""The public registry: found however it is typed, counted honestly, searched without revealing spirits."""

from datetime import date, timedelta

import pytest

from shop.common import clock
from shop.domain.certificates.models import Certificate, ImportRun, UnprovenEntry
from shop.domain.certificates.queries import (
    NoSuchCertificate,
    certificates_of_name,
    certificates_of_producer,
    count_registry,
    count_unproven,
    find_certificate,
    history_of,
    in_state,
    list_sources,
    read_code,
    search_registry,
    search_unproven,
    stars_of_producer,
)
from shop.domain.certificates.state import LiveState, live_state
from tests.factories import make_certificate, make_decision, make_listing, make_producer, make_province

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
    make_certificate(product_name="Mơ Yên Tử", criteria_set=15)
    assert found_by("mơ") == []
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


@pytest.mark.django_db
def test_certificates_of_a_producer_are_told_newest_first():
    producer, day = make_producer(), clock.today()
    older, newer = (make_certificate(producer=producer, issued_on=day - timedelta(days=days)) for days in (900, 3))
    twin = make_certificate(producer=producer, issued_on=newer.issued_on, product_name="Trà")
    make_certificate()

    assert list(certificates_of_producer(producer_id=producer.pk)) == [twin, newer, older]
    assert list(stars_of_producer(producer_id=producer.pk)) == [twin, newer, older]
    assert stars_of_producer(producer_id=producer.pk + 100) == []


@pytest.mark.django_db
def test_certificates_of_a_name_are_those_that_wait_for_a_producer_of_it():
    day = clock.today()
    one, same, other = (make_certificate(producer=make_producer(name)) for name in ("HTX A", "HTX A", "HTX B"))
    make_certificate(producer=make_producer("HTX A"))
    far = make_certificate(producer=make_producer("HTX A"), province=make_province("68"))
    nameless = [make_certificate() for _ in range(2)]
    waiting = [one.pk, same.pk, other.pk, far.pk]
    Certificate.objects.filter(pk__in=[*waiting, *[each.pk for each in nameless]]).update(producer=None, issued_on=day)
    Certificate.objects.filter(pk__in=[each.pk for each in nameless]).update(folded_producer_name="")

    for each in (one, *nameless):
        each.refresh_from_db()
    assert list(certificates_of_name(one)) == [same, one]
    assert list(certificates_of_name(nameless[0])) == [nameless[0]]


@pytest.mark.django_db
def test_history_of_a_row_without_a_producer_goes_by_the_name_that_is_printed():
    one, same, other = (make_certificate(producer=make_producer(name)) for name in ("HTX A", "HTX A", "HTX B"))
    Certificate.objects.update(producer=None)
    one.refresh_from_db()

    assert (history_of(one), other in history_of(one)) == ([same, one], False)


@pytest.mark.django_db
def test_history_of_a_product_has_its_recognitions_by_another_name():
    product = make_listing("Chè").product
    one = make_certificate(product=product)
    renamed = make_certificate(product=product, product_name="Chè búp")

    assert {one, renamed} <= set(history_of(one))


@pytest.mark.django_db
def test_lists_behind_the_registry_are_told_the_largest_first():
    large, small, sample = (
        ImportRun.objects.create(file_name=name, uploaded_at=clock.now()) for name in ("b.xlsx", "a.xlsx", "c.xlsx")
    )
    for run, decision in ((large, None), (large, None), (small, None), (sample, make_decision(is_sample=True)), (None, None)):
        make_certificate(import_run=run, **({"decision": decision} if decision else {}))
    UnprovenEntry.objects.create(product_name="Sâm", folded_name="sam", source="báo", source_file="a.csv", source_row=3)

    assert {(one.file_name, one.certificates, one.is_sample) for one in list_sources()} == {
        ("b.xlsx", 2, False),
        ("", 1, False),
        ("a.xlsx", 1, False),
        ("c.xlsx", 1, True),
    }
    assert (list_sources()[0].file_name, list_sources()[-1].file_name, count_unproven()) == ("b.xlsx", "c.xlsx", 1)


@pytest.mark.django_db
def test_registry_totals_count_decisions_and_authorities_once():
    decision = make_decision(authority="UBND tỉnh A")
    make_certificate(decision=decision), make_certificate(decision=decision, product_name="Trà")
    (
        make_certificate(decision=make_decision(authority="UBND tỉnh A")),
        make_certificate(decision=make_decision(authority="UBND tỉnh B")),
    )
    make_certificate(decision=make_decision(authority="MẪU", is_sample=True))

    totals = count_registry(today=clock.today())

    assert (totals.decisions, totals.authorities, totals.samples, totals.valid) == (3, 2, 1, 4)


@pytest.mark.django_db
def test_registry_is_narrowed_by_state_and_sorted_by_day_and_code():
    day = clock.today()
    for code, days in (("B-1", 3), ("A-1", 3), ("C-1", 1), ("OLD", 1300)):
        make_certificate(code=code, issued_on=day - timedelta(days=days))

    assert [one.code for one in search_registry(today=day)] == ["C-1", "A-1", "B-1", "OLD"]
    assert [one.code for one in search_registry(today=day, state=LiveState.EXPIRED)] == ["OLD"]
    assert [one.code for one in search_registry(text="che QD-", today=day, state=LiveState.VALID)] == ["C-1", "A-1", "B-1"]
