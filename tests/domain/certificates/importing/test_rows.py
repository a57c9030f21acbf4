"""What people see of each row: its cells, its rank, and how it differs from the registry."""

from datetime import date
from decimal import Decimal

import pytest

from shop.domain.certificates.annexes.annex import Annex
from shop.domain.certificates.annexes.entries import Entry
from shop.domain.certificates.importing.planning import Action, Plan, PlannedRow
from shop.domain.certificates.importing.rows import EDITABLE, Rank, cells_of, differences_of, rows_of
from shop.domain.certificates.models import Certificate, ImportRun

DAY = date(2026, 8, 5)


def entry(row=3, sheet="Phụ lục", **said):
    said = {"product_name": "Mật ong", "producer_name": "HTX Ong", "stars": 3, "issued_on": DAY} | said
    return Entry(sheet=sheet, row=row, **said)


def certificate(**fields):
    fields = {"code": "LD-2023-00001", "stars": 4, "producer_name": "HTX Ong", "issued_on": date(2023, 8, 5)} | fields
    return Certificate(valid_until=date(2026, 8, 5), **fields)


def rows(*planned, skipped=()):
    plan = Plan(Annex(skipped=list(skipped)), list(planned), [])
    return rows_of(ImportRun(), plan)


def test_cells_of_are_what_is_printed_else_what_the_file_says_elsewhere():
    said = {
        "product_name": "Trà",
        "producer_name": "HTX Trà",
        "address": "xã A",
        "province": "Lâm Đồng",
        "group": "Đồ uống",
        "stars": 4,
        "score": Decimal("70.50"),
        "product_code": "68-1",
        "number": "12/QĐ-UBND",
        "signed_on": DAY,
        "issued_on": date(2026, 8, 6),
        "expires_on": date(2029, 8, 6),
        "authority": "UBND tỉnh Lâm Đồng",
    }
    read = {
        "product": "Trà",
        "producer": "HTX Trà",
        "address": "xã A",
        "province": "Lâm Đồng",
        "group": "Đồ uống",
        "stars": "4",
        "score": "70,5",
        "product_code": "68-1",
        "number": "12/QĐ-UBND",
        "signed_on": "05/08/2026",
        "issued_on": "06/08/2026",
        "expires_on": "06/08/2029",
        "authority": "UBND tỉnh Lâm Đồng",
    }

    assert cells_of(entry(**said)) == read
    printed = {name: f"«{name}»" for name in EDITABLE}
    # These are read out of more than one cell: what was read is what can be corrected.
    several = {name: read[name] for name in ("product", "producer", "address", "province", "group")}
    assert cells_of(entry(**said, printed=printed)) == printed | several
    assert set(cells_of(Entry(sheet="", row=1)).values()) == {""}


def test_rows_of_are_in_the_files_order_with_those_left_out_among_them():
    planned = [PlannedRow(entry(row, sheet), Action.NEW) for sheet, row in (("B", 5), ("B", 3), ("A", 4))]

    found = rows(*planned, skipped=[entry(4, "B"), entry(2, "A")])

    assert [(row.position, row.sheet, row.row) for row in found] == [
        (1, "B", 3),
        (2, "B", 4),
        (3, "B", 5),
        (4, "A", 2),
        (5, "A", 4),
    ]
    assert [(row.rank, row.action) for row in found[:2]] == [(Rank.VALID, "new"), (Rank.SKIPPED, "skipped")]


def test_rows_of_keep_what_was_read():
    one = entry(score=Decimal(60))
    one.report("producer_missing", "producer")

    (row,) = rows(PlannedRow(one, Action.CHANGED, certificate(), {"group_as_printed": "Đồ uống"}))

    assert (row.product_name, row.producer_name, row.stars, row.score) == ("Mật ong", "HTX Ong", 3, Decimal(60))
    assert (row.valid_until, row.rank, row.action, row.stars_before) == (date(2029, 8, 5), Rank.WARNING, "changed", None)
    assert ([problem["code"] for problem in row.problems], row.certificate.code) == (["producer_missing"], "LD-2023-00001")
    assert row.differences == [{"field": "group", "old": "", "new": "Đồ uống"}]
    assert row.cells["product"] == "Mật ong"


def test_a_row_that_was_left_out_shows_neither_problems_nor_a_certificate():
    one = entry(issued_on=None, score=Decimal(1000))
    one.report("product_missing", "product")

    (row,) = rows(skipped=[one])

    assert (row.problems, row.differences, row.certificate, row.stars_before, row.valid_until) == ([], [], None, None, None)
    assert row.score is None
    assert rows(skipped=[entry(score=Decimal("999.99"))])[0].score == Decimal("999.99")


@pytest.mark.parametrize(
    ("action", "rank"),
    [
        (Action.ERROR, Rank.ERROR),
        (Action.CONFLICTING, Rank.ERROR),
        (Action.NEW, Rank.VALID),
        (Action.CHANGED, Rank.VALID),
        (Action.UNCHANGED, Rank.VALID),
    ],
)
def test_what_is_not_written_stands_first(action, rank):
    assert rows(PlannedRow(entry(), action))[0].rank == rank


def test_differences_of_a_completion_are_the_fields_it_fills():
    changes = {
        "producer_name": "HTX Ong",
        "address_as_certified": "xã A",
        "score": Decimal("60.50"),
        "legacy_province": "Đắk Nông",
        "product_code": "68-1",
    }

    found = differences_of(PlannedRow(entry(), Action.CHANGED, certificate(), changes))

    assert [(one["field"], one["old"], one["new"]) for one in found] == [
        ("producer", "", "HTX Ong"),
        ("address", "", "xã A"),
        ("score", "", "60.5"),
        ("province", "", "Đắk Nông"),
        ("product_code", "", "68-1"),
    ]
    of_code = differences_of(PlannedRow(entry(), Action.CHANGED, certificate(), {"province_id": "68"}))
    assert of_code == [{"field": "province", "old": "", "new": "Lâm Đồng"}]
    assert differences_of(PlannedRow(entry(), Action.CHANGED, None, changes)) == []


def test_differences_of_a_contradiction_are_its_two_values():
    def found(field, known, **said):
        planned = PlannedRow(entry(**said), Action.CONFLICTING, certificate(**known), conflict=(field, "một", "hai"))
        return differences_of(planned)

    assert found("stars", {"stars": 4}, stars=3) == [{"field": "stars", "old": 4, "new": 3}]
    assert found("issued_on", {}, issued_on=DAY) == [{"field": "issued_on", "old": "2023-08-05", "new": "2026-08-05"}]
    assert found("score", {"score": Decimal("70.50")}, score=Decimal("71.00")) == [{"field": "score", "old": "70.5", "new": "71"}]
    assert differences_of(PlannedRow(entry(), Action.CONFLICTING, certificate())) == []


def test_differences_of_a_renewal_are_stars_producer_and_end():
    (row,) = rows(PlannedRow(entry(), Action.NEW, previous=certificate()))

    end = {"field": "valid_until", "old": "2026-08-05", "new": "2029-08-05"}
    assert row.stars_before == 4
    assert row.differences == [{"field": "stars", "old": 4, "new": 3, "old_year": 2023, "new_year": 2026}, end]
    renewed = PlannedRow(entry(stars=4, producer_name="HTX Ong Vàng"), Action.NEW, previous=certificate())
    assert differences_of(renewed) == [{"field": "producer", "old": "HTX Ong", "new": "HTX Ong Vàng"}, end]
    undated = PlannedRow(entry(stars=4, issued_on=None), Action.NEW, previous=certificate())
    assert differences_of(undated) == [{"field": "valid_until", "old": "2026-08-05", "new": "2026-08-05"}]
    assert differences_of(PlannedRow(entry(), Action.NEW)) == []
