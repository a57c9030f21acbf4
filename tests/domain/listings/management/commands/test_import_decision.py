"""The command: one JSON object on standard output, exit 0 or 2, in either language."""

import io
import json
import random
import time
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from shop.domain.certificates.models import Certificate
from shop.domain.certificates.sheets.grid import Sheet
from shop.domain.listings.models import Listing
from tests.domain.certificates.sheets.test_isolation import DECISIONS, mutant_of
from tests.domain.certificates.sheets.workbook_writer import write_csv, write_xlsx

pytestmark = pytest.mark.django_db

TITLE = "Kèm theo Quyết định số 12/QĐ-UBND ngày 05/8/2026 của UBND tỉnh Lâm Đồng"
HEADER = ["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Xếp hạng"]


@pytest.fixture(autouse=True)
def _stopped_clock(settings):
    settings.SHOP_CLOCK = "2026-11-23T09:00:00"


def run(path, *options):
    """Run the command; return its exit code and what it printed."""
    printed = io.StringIO()
    try:
        call_command("import_decision", str(path), *options, stdout=printed)
    except SystemExit as end:
        return end.code, printed.getvalue()
    return 0, printed.getvalue()


def run_json(path, *options):
    code, printed = run(path, "--json", *options)
    return code, json.loads(printed)


def write_rows(path, *rows):
    width = max(len(row) for row in (*rows, HEADER))
    cells = [[cell if cell != "" else None for cell in row] + [None] * (width - len(row)) for row in ([TITLE], HEADER, *rows)]
    return write_xlsx(path, Sheet("Phụ lục", cells))


def registry():
    """Everything the importer may write, as rows."""
    with connection.cursor() as cursor:
        tables = (
            "certificates_certificate",
            "certificates_decision",
            "certificates_importrun",
            "partner_partner",
            "catalogue_product",
        )
        counts = []
        for table in tables:
            cursor.execute(f"SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t")  # noqa: S608
            counts.append(cursor.fetchone())
        return counts


def test_import_decision_prints_the_report_of_the_contract():
    path = settings.BASE_DIR / "shop" / "demo" / "data" / "decisions" / "lam-dong-3981-qd-ubnd.xlsx"

    code, report = run_json(path, "--dry-run")

    assert code == 0
    assert (report["file"], report["applied"]) == (str(path), False)
    assert report["decision"] == {"authority": "UBND tỉnh Lâm Đồng", "number": "3981/QĐ-UBND", "signed_on": "2026-08-05"}
    assert report["counts"] == {
        "rows": 9, "new": 9, "changed": 0, "unchanged": 0, "conflicting": 0, "warnings": 1, "errors": 0,
    }  # fmt: skip
    first = report["rows"][0]
    assert {
        name: first[name] for name in ("row", "product_name", "producer_name", "address", "group", "stars", "action", "problems")
    } == {
        "row": 8,
        "product_name": "Mắm nêm Seagull",
        "producer_name": "Công ty TNHH Seagull",
        "address": "phường Phan Thiết",
        "group": "Thực phẩm",
        "stars": 3,
        "action": "new",
        "problems": [],
    }
    assert Certificate.objects.count() == 0


def test_import_decision_applies_and_says_so():
    code, report = run_json(DECISIONS[4])

    assert (code, report["applied"]) == (0, True)
    assert report["counts"]["new"] == Certificate.objects.count() == Listing.objects.count() == 5


def test_import_decision_refuses_with_every_problem_in_one_pass(tmp_path):
    path = write_rows(
        tmp_path / "list.xlsx",
        [1, "Mật ong", "HTX Ong Vàng", "xã Ninh Gia", "3 sao"],
        [2, "Trà", "HTX Trà", "xã Ninh Gia", "7 sao"],
        [3, "", "HTX Chè", "xã Ninh Gia", "3 sao"],
        [4, "Cà phê", "HTX Cà phê", "xã Ninh Gia", "Tiềm năng 5 sao"],
    )

    code, report = run_json(path)

    assert code == 2
    assert [(p["row"], p["column"], p["value"], p["level"], p["code"]) for p in report["problems"]] == [
        (4, "Xếp hạng", "7 sao", "error", "stars_out_of_range"),
        (5, "Tên sản phẩm", "", "error", "product_missing"),
        (6, "Xếp hạng", "Tiềm năng 5 sao", "error", "five_star_candidate"),
    ]
    assert report["problems"][0]["message"].startswith("Dòng 4, cột «Xếp hạng»: ")
    assert [row["action"] for row in report["rows"]] == ["new", "error", "error", "error"]
    assert Certificate.objects.count() == 0


def test_import_decision_skips_bad_rows_when_asked(tmp_path):
    path = write_rows(
        tmp_path / "list.xlsx",
        [1, "Mật ong", "HTX Ong Vàng", "xã Ninh Gia", "3 sao"],
        [2, "Trà", "HTX Trà", "xã Ninh Gia", "2 sao"],
    )

    code, report = run_json(path, "--skip-bad-rows")

    assert (code, report["applied"], report["counts"]["errors"]) == (0, True, 1)
    assert list(Certificate.objects.values_list("product_name", flat=True)) == ["Mật ong"]


def test_import_decision_speaks_english(tmp_path):
    path = write_rows(tmp_path / "list.xlsx", [1, "Mật ong", "HTX Ong Vàng", "xã Ninh Gia", "7 sao"])

    _code, report = run_json(path, "--language", "en")

    assert report["problems"][0]["message"] == (
        "Row 3, column «Xếp hạng»: «7 sao» is out of range; only 3, 4 and 5 stars have a recognition decision"
    )


def test_import_decision_shows_conflicts_and_changes_nothing(tmp_path):
    run(write_rows(tmp_path / "first.xlsx", [1, "Mật ong", "HTX Ong Vàng", "xã Ninh Gia", "3 sao"]))
    before = registry()

    code, report = run_json(write_rows(tmp_path / "second.xlsx", [1, "Mật ong", "HTX Ong Vàng", "xã Ninh Gia", "4 sao"]))

    assert (code, report["counts"]["conflicting"]) == (2, 1)
    assert [problem["code"] for problem in report["problems"]] == ["registry_differs"]
    assert registry() == before


def test_import_decision_never_revokes_when_a_list_shrinks(tmp_path):
    rows = [[1, "Mật ong", "HTX Ong Vàng", "xã Ninh Gia", "3 sao"], [2, "Trà", "HTX Trà", "xã Ninh Gia", "3 sao"]]
    run(write_rows(tmp_path / "first.xlsx", *rows))
    before = registry()

    code, report = run_json(write_rows(tmp_path / "second.xlsx", rows[0]))

    assert (code, [problem["code"] for problem in report["problems"]]) == (0, ["list_shrinks"])
    assert registry() == before


def test_import_decision_makes_one_certificate_and_children_of_one_cell(tmp_path):
    run(write_rows(tmp_path / "list.xlsx", [1, "Nước mắm Cửa Lò (20°N, 30°N, 40°N)", "HTX Mắm", "xã Ninh Gia", "3 sao"]))

    product = Certificate.objects.get().product
    assert (product.structure, product.listing.state) == ("parent", "draft")
    assert list(product.children.order_by("pk").values_list("title", flat=True)) == [
        "Nước mắm Cửa Lò 20°N",
        "Nước mắm Cửa Lò 30°N",
        "Nước mắm Cửa Lò 40°N",
    ]


def test_import_decision_attaches_a_renewal_to_the_product(tmp_path):
    first = write_rows(tmp_path / "first.xlsx", [1, "Mật ong", "HTX Ong Vàng", "xã Ninh Gia", "3 sao"])
    run(first)
    cells = [["Kèm theo Quyết định số 99/QĐ-UBND ngày 06/8/2026 của UBND tỉnh Lâm Đồng"], HEADER,
             [1, "MẬT ONG", "Hợp tác xã Ong Vàng", "xã Ninh Gia", "4 sao"]]  # fmt: skip
    renewed = write_csv(tmp_path / "second.csv", Sheet("x", [row + [None] * (5 - len(row)) for row in cells]))

    run(renewed)

    listing = Listing.objects.get()
    assert (listing.certificate.stars, listing.certificate.decision.number) == (4, "99/QĐ-UBND")
    assert Certificate.objects.filter(product=listing.product, producer=listing.producer).count() == 2


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--number", "abc"), "number_unreadable"),
        (("--signed-on", "31/02/2026"), "option_unreadable"),
        (("--stars", "2"), "stars_out_of_range"),
        (("--sheet", "không có"), "sheet_not_found"),
        (("--province", "Atlantis"), "wrong_province"),
        (("--number", "13/QĐ-UBND"), "option_contradicts_file"),
    ],
)
def test_import_decision_refuses_options_it_cannot_follow(tmp_path, options, code):
    path = write_rows(tmp_path / "list.xlsx", [1, "Mật ong", "HTX Ong Vàng", "xã Ninh Gia", "3 sao"])

    exit_code, report = run_json(path, *options)

    assert (exit_code, [problem["code"] for problem in report["problems"]]) == (2, [code])


def test_import_decision_imports_mutants_whole_or_not_at_all(tmp_path):
    dice = random.Random(858)  # noqa: S311 -- the same mutants every time
    path = tmp_path / "mutant"
    for number in range(40):
        path.write_bytes(mutant_of(DECISIONS[number % len(DECISIONS)], dice))
        before = registry()
        code, report = run_json(path)
        after = registry()
        assert code in {0, 2}
        assert code == 0 or (after == before and report["problems"])
        assert len({row["row"] for row in report["rows"]}) <= report["counts"]["rows"]


def test_import_decision_takes_a_thousand_rows_a_second(tmp_path):
    rows = [[n, f"Mật ong rừng số {n}", f"Hợp tác xã Ong Vàng {n % 700}", "xã Ninh Gia", "3 sao (***)"] for n in range(1, 3001)]
    path = write_rows(tmp_path / "list.xlsx", *rows)

    started = time.process_time()
    code, report = run_json(path)
    seconds = time.process_time() - started

    assert (code, report["counts"]["new"]) == (0, 3000)
    assert Certificate.objects.filter(issued_on=date(2026, 8, 5)).count() == 3000
    # Processor time: a machine busy with other tests is slower, the work is the same. Idle it takes half of this.
    assert seconds < 6
