"""An annex held against the registry: new, known, completed, contradicted; and what a list leaves out."""

from datetime import date
from decimal import Decimal

import pytest

from shop.common import clock
from shop.domain.certificates.annexes.annex import Annex
from shop.domain.certificates.annexes.entries import Entry
from shop.domain.certificates.annexes.problems import Problem
from shop.domain.certificates.importing.planning import Action, Shrunken, plan_import
from shop.domain.certificates.models import Certificate, Decision
from shop.domain.certificates.naming import comparable, producer_key
from tests.factories import make_province

pytestmark = pytest.mark.django_db
DAY, LAM_DONG = date(2026, 8, 5), "UBND tỉnh Lâm Đồng"


def decided(number="12/QĐ-UBND", authority=LAM_DONG, signed_on=DAY):
    return Decision.objects.get_or_create(number=number, authority=authority, signed_on=signed_on)[0]


def registered(product="Mật ong", producer="HTX Ong", *, decision=None, **fields):
    """A certificate as an import writes it."""
    fields = {
        "stars": 3,
        "issued_on": DAY,
        "valid_until": date(2030, 1, 1),
        "code": f"LD-{Certificate.everything.count()}",
    } | fields
    names = {"product_name": product, "folded_name": comparable(product), "producer_name": producer}
    return Certificate.objects.create(
        decision=decision or decided(), folded_producer_name=producer_key(producer), **names, **fields
    )


def entry(product="Mật ong", producer="HTX Ong", **said):
    said = {"stars": 3, "number": "12/QĐ-UBND", "authority": LAM_DONG, "signed_on": DAY, "issued_on": DAY} | said
    return Entry(sheet="Phụ lục", row=3, product_name=product, producer_name=producer, **said)


def plan(*entries, **more):
    return plan_import(annex=Annex(entries=list(entries)), **more)


def fate(*entries, **more):
    """What happens to each row, and with which certificate."""
    return [(row.action, row.certificate) for row in plan(*entries, **more).rows]


def told(found):
    return [(problem.code, problem.column, problem.value, dict(problem.facts)) for problem in found.problems]


def test_a_row_nobody_knows_is_new():
    found = plan(entry())

    assert [(row.action, row.certificate, row.previous, row.changes) for row in found.rows] == [(Action.NEW, None, None, {})]
    assert (found.can_be_applied, found.problems, found.bad_rows, found.shrunken) == (True, [], [], [])


def test_rows_with_errors_keep_the_list_out_unless_they_are_passed_over():
    bad = entry("Trà")
    bad.report("score_unreadable", "score")

    found = plan(entry(), bad)
    assert ([row.action for row in found.rows], found.bad_rows) == ([Action.NEW, Action.ERROR], [found.rows[1]])
    assert (found.can_be_applied, plan(entry(), bad, skip_bad_rows=True).can_be_applied) == (False, True)
    assert plan(bad, skip_bad_rows=True).can_be_applied is False
    assert [problem.code for problem in found.problems] == ["score_unreadable"]


def test_an_error_of_the_file_keeps_all_of_it_out_and_one_of_a_place_in_it_does_not():
    whole = Annex(entries=[entry()], problems=[Problem("no_rows")])
    assert plan_import(annex=whole, skip_bad_rows=True).can_be_applied is False
    place = Annex(entries=[entry()], problems=[Problem("formula", row=9), Problem("sheet_hidden")])
    assert plan_import(annex=place).can_be_applied is True
    assert plan_import(annex=place).problems == place.problems


def test_a_row_that_repeats_another_changes_nothing():
    again = entry()
    again.repeats = entry()

    assert fate(again) == [(Action.UNCHANGED, None)]


def test_a_known_row_is_the_certificate_of_its_decision_alone():
    known = registered()
    registered(decision=decided("13/QĐ-UBND"))

    assert fate(entry()) == [(Action.UNCHANGED, known)]
    assert fate(entry("MẬT  ONG", "Hợp tác xã Ong")) == [(Action.UNCHANGED, known)]
    for other in ({"authority": "UBND tỉnh Đắk Nông"}, {"signed_on": date(2025, 8, 5)}, {"number": "14/QĐ-UBND"}):
        assert fate(entry(**other)) == [(Action.NEW, None)]


def test_a_decision_whose_import_was_undone_is_forgotten():
    registered(decision=decided(signed_on=date(2026, 1, 2)), producer="", undone_at=clock.now())
    registered("Trà", decision=decided("13/QĐ-UBND"))

    assert told(plan(entry())) == []


def test_a_row_completes_what_the_registry_left_blank_and_no_more():
    known = registered(producer="", group_as_printed="Thực phẩm")
    offered = {"address": "xã A", "group": "Đồ uống", "product_code": "68-1", "score": Decimal(60), "province": "Đắk Nông"}

    (row,) = plan(entry(**offered, province_code="68")).rows

    assert (row.action, row.certificate) == (Action.CHANGED, known)
    assert row.changes == {
        "producer_name": "HTX Ong",
        "address_as_certified": "xã A",
        "product_code": "68-1",
        "score": Decimal(60),
        "legacy_province": "Đắk Nông",
        "province_id": "68",
    }


@pytest.mark.parametrize(
    ("fields", "said", "field", "registry", "file"),
    [
        ({}, {"stars": 4}, "stars", "3 sao", "4 sao"),
        ({}, {"issued_on": date(2026, 8, 6)}, "issued_on", "05/08/2026", "06/08/2026"),
        ({"score": Decimal("55.50")}, {"score": Decimal("56.00")}, "score", "55,5", "56"),
    ],
)
def test_a_row_that_contradicts_the_registry_is_told_with_both_values(fields, said, field, registry, file):
    known = registered(**fields)

    found = plan(entry(**said))

    (row,) = found.rows
    assert (row.action, row.certificate, row.conflict) == (Action.CONFLICTING, known, (field, registry, file))
    column = {"stars": "Xếp hạng", "issued_on": "Ngày cấp", "score": "Điểm"}[field]
    assert told(found) == [("registry_differs", column, file, {"found": registry})]
    assert (found.bad_rows, found.can_be_applied) == ([row], False)


def test_what_one_of_the_two_does_not_say_contradicts_nothing():
    known = registered(score=Decimal(55))

    assert fate(entry(score=None, issued_on=None)) == [(Action.UNCHANGED, known)]
    assert fate(entry(score=Decimal("55.00"))) == [(Action.UNCHANGED, known)]


@pytest.mark.parametrize(
    ("known", "row", "is_found"),
    [
        # A code that one of the two leaves out; two codes are two products.
        ({}, {"product_code": "68-1"}, True),
        ({"product_code": "68-1"}, {}, True),
        ({"product_code": "68-1"}, {"product_code": "68-1"}, True),
        ({"product_code": "68-1"}, {"product_code": "68-2"}, False),
        # Or both at once.
        ({"producer": ""}, {"product_code": "68-1"}, True),
        ({}, {"producer": "", "product_code": "68-1"}, True),
        # A producer that one of the two leaves out.
        ({"producer": ""}, {}, True),
        ({}, {"producer": ""}, True),
        ({"producer": "HTX Khác"}, {}, False),
        ({"producer": "", "product_code": "68-1"}, {"product_code": "68-1"}, True),
        ({"producer": "", "product_code": "68-1"}, {"product_code": "68-2"}, False),
        ({"product_code": "68-1"}, {"producer": "", "product_code": "68-2"}, False),
        ({"product_code": "68-1"}, {"producer": "", "product_code": "68-1"}, True),
        ({"product": "Sáp ong"}, {}, False),
    ],
)
def test_a_row_finds_its_certificate_although_one_of_them_says_less(known, row, is_found):
    one = registered(**known)

    ((action, found),) = fate(entry(**row))

    assert (found, action is Action.NEW) == ((one, False) if is_found else (None, True))


def test_a_row_that_may_be_either_of_two_is_neither():
    registered(producer="HTX Ong"), registered(producer="HTX Khác")
    assert fate(entry(producer="")) == [(Action.NEW, None)]
    registered("Trà", "", product_code="1"), registered("Trà", "", product_code="2")
    assert fate(entry("Trà", "HTX Trà")) == [(Action.NEW, None)]
    one = registered("Sen", "HTX Sen", product_code="1")
    registered("Sen", "HTX Sen", product_code="2")
    assert fate(entry("Sen", "HTX Sen"), entry("Sen", "HTX Sen", product_code="1")) == [
        (Action.NEW, None),
        (Action.UNCHANGED, one),
    ]


def test_a_certificate_is_that_of_one_row():
    waiting = registered(producer="")

    assert fate(entry(), entry(producer="HTX Khác")) == [(Action.CHANGED, waiting), (Action.NEW, None)]


def test_a_new_row_renews_the_last_recognition_before_it():
    first, second = (
        registered(decision=decided(number), issued_on=date(year, 1, 2))
        for number, year in (("2/QĐ-UBND", 2023), ("1/QĐ-UBND", 2020))
    )
    registered(producer="HTX Khác", decision=decided("3/QĐ-UBND"), issued_on=date(2024, 1, 2))
    registered("Trà", "", decision=decided("3/QĐ-UBND"), issued_on=date(2024, 1, 2))

    assert [row.previous for row in plan(entry(), entry("Trà", "")).rows] == [first, None]
    assert plan(entry(issued_on=date(2022, 1, 1))).rows[0].previous == second
    assert plan(entry(issued_on=date(2020, 1, 2))).rows[0].previous is None
    assert plan(entry(issued_on=None)).rows[0].previous is None


def test_an_importer_of_one_province_answers_for_that_one_alone():
    rows = [entry(province_code="68"), entry("Trà", province_code="38"), entry("Sen")]

    found = plan(*rows, province_code="68")

    assert [row.action for row in found.rows] == [Action.NEW, Action.ERROR, Action.ERROR]
    assert told(found) == [
        ("outside_scope", "Tỉnh", "", {"found": "Thanh Hóa", "needed": "Lâm Đồng"}),
        ("province_of_row_unknown", "Tỉnh", "", {"needed": "Lâm Đồng"}),
    ]
    assert told(plan(*[entry("Trà", province_code="38"), entry("Sen")])) == []


def test_a_certificate_of_another_province_is_out_of_reach():
    far = registered(province=make_province("38"))
    near, nowhere = registered("Trà", province=make_province("68")), registered("Sen")
    rows = [entry(name, province_code="68", address="xã A") for name in ("Mật ong", "Trà", "Sen")]

    found = plan(*rows, province_code="68")

    assert [(row.action, row.certificate) for row in found.rows] == [
        (Action.ERROR, far),
        (Action.CHANGED, near),
        (Action.CHANGED, nowhere),
    ]
    assert [(p.code, p.column, dict(p.facts)) for p in rows[0].problems] == [
        ("outside_scope", "Tỉnh", {"found": "Thanh Hóa", "needed": "Lâm Đồng"})
    ]


@pytest.mark.parametrize(
    ("known", "said", "is_told"),
    [
        ({"signed_on": date(2026, 1, 2)}, {}, True),
        ({"signed_on": date(2025, 8, 5)}, {}, False),
        ({"signed_on": date(2026, 1, 2), "authority": "UBND tỉnh Đắk Nông"}, {}, False),
        ({"signed_on": date(2026, 1, 2)}, {"signed_on": None}, False),
        ({}, {}, False),
    ],
)
def test_a_number_that_repeats_within_a_year_is_told(known, said, is_told):
    registered("Trà", decision=decided(**known))

    found = [problem for problem in plan(entry(), entry("Trà", **said), entry(**said)).problems if problem.row is None]

    repeats = [(p.value, dict(p.facts)) for p in found if p.code == "number_repeats_in_year"]
    expected = [("12/QĐ-UBND", {"found": "02/01/2026"})]
    assert repeats == (expected if is_told or said else [])


def test_a_list_that_leaves_certificates_out_is_told_and_one_that_adds_some_is_not():
    one, _two, _three = registered("A"), registered("B"), registered("C")
    registered("D", decision=decided("13/QĐ-UBND"))

    found = plan(entry("A"))
    assert [(p.code, p.value, dict(p.facts)) for p in found.problems] == [("list_shrinks", "12/QĐ-UBND", {"found": "2"})]
    assert found.shrunken == [Shrunken("12/QĐ-UBND", missing=2, known=3)]
    more = plan(entry("A"), entry("E"))
    assert (more.problems, more.shrunken) == ([], [Shrunken("12/QĐ-UBND", missing=2, known=3)])
    bad = entry("F")
    bad.report("product_missing", "product")
    assert [p.code for p in plan(entry("A"), bad).problems] == ["product_missing"]
    assert fate(entry("A")) == [(Action.UNCHANGED, one)]
    whole = plan(entry("A"), entry("B"), entry("C"), entry("D", number="13/QĐ-UBND"))
    assert (whole.problems, whole.shrunken) == ([], [])
    # Nothing of a decision is a further part of it.
    assert plan(entry("G")).shrunken == []
