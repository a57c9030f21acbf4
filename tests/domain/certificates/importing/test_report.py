"""The report of an import, the same for the person and the program that asked."""

from datetime import date
from decimal import Decimal

from shop.domain.certificates.annexes.annex import Annex
from shop.domain.certificates.annexes.entries import Entry
from shop.domain.certificates.annexes.problems import Problem
from shop.domain.certificates.annexes.titles import DecisionFacts
from shop.domain.certificates.importing.planning import Action, Plan, PlannedRow
from shop.domain.certificates.importing.report import report_of
from shop.domain.certificates.models import Certificate

DAY = date(2026, 8, 5)
LAM_DONG = "UBND tỉnh Lâm Đồng"


def entry(**said):
    return Entry(sheet="Phụ lục", row=3, number="12/QĐ-UBND", authority=LAM_DONG, signed_on=DAY, **said)


def test_report_of_tells_every_row_whole():
    one = entry(
        product_name="Trà (sen, nhài)",
        variants=("Trà sen", "Trà nhài"),
        producer_name="HTX Trà",
        address="xã A",
        province="Lâm Đồng",
        group="Đồ uống",
        stars=4,
        score=Decimal("70.50"),
        product_code="68-1",
        issued_on=date(2026, 8, 6),
    )
    one.report("province_unknown", "province")
    bare = Entry(sheet="Phụ lục", row=4)

    told = report_of(
        plan=Plan(Annex(), [PlannedRow(one, Action.CHANGED, Certificate(code="LD-1")), PlannedRow(bare, Action.ERROR)], []),
        file="danh-sach.xlsx",
        is_applied=True,
    )

    assert (told["file"], told["applied"]) == ("danh-sach.xlsx", True)
    assert told["rows"][0] == {
        "sheet": "Phụ lục",
        "row": 3,
        "product_name": "Trà (sen, nhài)",
        "variants": ["Trà sen", "Trà nhài"],
        "producer_name": "HTX Trà",
        "address": "xã A",
        "province": "Lâm Đồng",
        "group": "Đồ uống",
        "stars": 4,
        "score": "70.50",
        "product_code": "68-1",
        "decision_number": "12/QĐ-UBND",
        "signed_on": "2026-08-05",
        "issued_on": "2026-08-06",
        "certificate": "LD-1",
        "action": "changed",
        "problems": ["Dòng 3, cột «Tỉnh»: không biết sản phẩm thuộc tỉnh nào"],
    }
    nothing = {name: told["rows"][1][name] for name in ("score", "signed_on", "issued_on", "certificate", "stars")}
    assert (set(nothing.values()), told["rows"][1]["action"]) == ({None}, "error")


def test_report_of_counts_rows_and_problems():
    actions = [Action.NEW] * 4 + [Action.CHANGED] * 3 + [Action.UNCHANGED] * 2 + [Action.CONFLICTING, Action.ERROR]
    problems = [Problem("no_rows"), Problem("sheet_hidden"), Problem("sheet_hidden")]

    told = report_of(plan=Plan(Annex(), [PlannedRow(entry(), one) for one in actions], problems), file="", is_applied=False)

    assert told["counts"] == {
        "rows": 11,
        "new": 4,
        "changed": 3,
        "unchanged": 2,
        "conflicting": 1,
        "warnings": 2,
        "errors": 1,
    }
    assert ([one["code"] for one in told["problems"]], told["applied"]) == (["no_rows", "sheet_hidden", "sheet_hidden"], False)


def test_report_of_names_the_decision_and_each_one_once():
    rows = [PlannedRow(one, Action.NEW) for one in (entry(), entry(), Entry(sheet="", row=9))]

    told = report_of(plan=Plan(Annex(decision=DecisionFacts(number="9/QĐ-UBND")), rows, []), file="", is_applied=False)

    assert told["decision"] == {"authority": None, "number": "9/QĐ-UBND", "signed_on": None}
    assert told["decisions"] == [
        {"authority": LAM_DONG, "number": "12/QĐ-UBND", "signed_on": "2026-08-05"},
        {"authority": None, "number": None, "signed_on": None},
    ]
