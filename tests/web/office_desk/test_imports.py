"""/van-phong/nhap/: from the file to the registry and back, who may, and what hostile files and forms get."""

import io
import random
from datetime import timedelta

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.importing.runs import State
from shop.domain.certificates.models import Certificate, ImportRun
from shop.domain.people.models import Officer
from tests.domain.certificates.sheets.test_isolation import DECISIONS, mutant_of
from tests.factories import make_commune, make_officer, make_province, make_staff
from tests.factories.imports import BAD, HONEY, TEA, apply, list_bytes, make_applied_import, make_import, work
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db
NAMELESS = ("Trà", None, "xã Ninh Gia", "3 sao", None)
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def officer():
    return make_officer(first_name="Bình", last_name="Trần")


@pytest.fixture
def office(client, officer):
    return log_in(client, officer, second_factor=True)


def desk_of(officer):
    return log_in(Client(), officer, second_factor=True)


def upload(client, content, name="danh-sach.xlsx"):
    return client.post("/van-phong/nhap/tai-len/", {"file": SimpleUploadedFile(name, content)})


def page_of(client, run, query=""):
    response = client.get(f"/van-phong/nhap/{run.pk}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def act(client, run, name, **data):
    return client.post(f"/van-phong/nhap/{run.pk}/{name}/", data)


def write(client, run, **data):
    return act(client, run, "ghi", version=run.version, warnings_read="on", **data)


def test_an_uploaded_file_is_read_by_a_worker_shown_applied_and_undone(office):
    answer = upload(office, list_bytes(HONEY, TEA, BAD))
    run = ImportRun.objects.get()
    assert answer["Location"] == f"/van-phong/nhap/{run.pk}/"
    assert "Đang đọc" in page_of(office, run)

    work()
    run.refresh_from_db()
    preview = page_of(office, run)
    assert "Điểm 66,5 chỉ đạt 3 sao (4 sao cần từ 70)." in preview
    assert "Ghi 2 dòng vào sổ" in preview
    assert "12/QĐ-UBND ngày 05/08/2026, UBND tỉnh Lâm Đồng" in preview

    assert write(office, run).status_code == 302
    assert "Đã ghi 0 trong 2 dòng" in page_of(office, run)
    work()
    result = page_of(office, run)
    assert "Đã ghi 2 chứng nhận mới" in result
    assert "LD-2026-00001" in result
    assert Client().get("/xac-minh/LD-2026-00001/").status_code == 200

    assert act(office, run, "hoan-tac").status_code == 302
    work()
    assert "Đã hoàn tác lúc" in page_of(office, run)
    assert "LD-2026-00001" not in page_of(office, run)
    assert Client().get("/xac-minh/LD-2026-00001/").status_code == 404
    assert "Mật ong" not in Client().get("/so-dang-ky/?q=mat+ong").content.decode()


@pytest.mark.parametrize("name", sorted(path.name for path in DECISIONS))
def test_every_list_we_know_goes_through_the_screen(office, officer, name):
    path = settings.BASE_DIR / "shop" / "demo" / "data" / "decisions" / name
    upload(office, path.read_bytes(), name)
    work()
    run = ImportRun.objects.get()
    if run.report["errors_of_file"]:
        assert "Điều tệp không ghi" in page_of(office, run)
        assert act(office, run, "tuy-chon", number="2919/QĐ-UBND").status_code == 302
        run.refresh_from_db()
    page_of(office, run)

    apply(run, officer)

    assert Certificate.objects.count() == run.rows.filter(action="new").count() > 0
    assert page_of(office, run).count("/van-phong/chung-nhan/") > 1


def test_the_history_shows_every_import_with_its_counts(office, officer):
    make_applied_import(officer=officer)
    make_import(HONEY, BAD, officer=officer, file_name="hai.xlsx")

    page = office.get("/van-phong/nhap/").content.decode()

    assert "Đã ghi sổ" in page
    assert "Chờ xem trước" in page
    assert "0 mới, 0 cập nhật, 1 lỗi" in page
    assert "Trần Bình" in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [("trong.xlsx", b"", "Tệp này trống"), (None, b"", "Hãy chọn tệp danh sách"), ("to.csv", b"x" * 20_971_521, "Tệp quá lớn")],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(office, name, content, sentence):
    answer = upload(office, content, name) if name else office.post("/van-phong/nhap/tai-len/")

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 ...\x00\x01", "tệp không phải bảng tính"),
        (b"PK\x03\x04broken", "không đọc được tệp"),
        (b"a;b\n1;2", "tiêu đề"),
    ],
)
def test_a_hostile_file_ends_in_a_sentence(office, content, sentence):
    upload(office, content, "x.xlsx")
    work()

    run = ImportRun.objects.get()
    page = page_of(office, run)
    assert sentence in page.lower() or sentence in page
    assert "Không đọc được" in office.get("/van-phong/nhap/").content.decode()
    assert write(office, run).status_code == 409


def test_names_of_files_are_text_and_nothing_else(office):
    content = list_bytes((EVIL, EVIL, EVIL, "3 sao", 55), HONEY)
    upload(office, content, "../../etc/" + EVIL.replace("/", "∕") + "\x07.xlsx")
    work()

    run = ImportRun.objects.get()
    assert "/" not in run.file_name
    assert run.file.name.startswith("imports/")
    for page in (page_of(office, run), office.get("/van-phong/nhap/").content.decode()):
        assert "<script>alert" not in page
    taken = act(office, run, "tep")
    assert taken["Content-Disposition"].startswith("attachment")
    assert (taken["X-Content-Type-Options"], taken["Content-Type"]) == ("nosniff", "application/octet-stream")
    assert b"".join(taken.streaming_content) == content
    entry = AuditEntry.objects.get(action="import.downloaded")
    assert entry.detail["what"] == "file"


def test_a_row_is_corrected_in_place_and_the_correction_is_shown(office, officer):
    run = make_import(HONEY, BAD, officer=officer)
    row = run.rows.get(product_name="Cà phê")
    address = f"/van-phong/nhap/{run.pk}/dong/{row.pk}/"
    assert 'name="score"' in office.get(address).content.decode()
    inline = office.get(address, headers={"HX-Request": "true"}).content.decode()
    assert inline.strip().startswith("<tr")

    answer = office.post(f"{address}?loc=loi&trang=1", {"score": "81,5"})

    assert answer["Location"] == f"/van-phong/nhap/{run.pk}/?loc=loi&trang=1#dong-{row.pk}"
    page = page_of(office, run)
    assert "Trần Bình đã sửa «Điểm»:" in page
    assert "81,5 điểm" in page
    assert office.post(address, {"score": "9" * 1001}).status_code == 400
    assert act(office, run, f"dong/{row.pk}/bo-qua").status_code == 302
    assert "Lấy lại" in page_of(office, run, "?loc=bo-qua")


def test_a_row_shows_how_it_differs_from_the_registry(office, officer):
    make_applied_import(HONEY, NAMELESS, officer=officer)
    run = make_import((*HONEY[:3], "4 sao", 80), ("Trà", "HTX Trà", "xã Ninh Gia", "3 sao", None), officer=officer)

    page = page_of(office, run)

    assert "<del" in page_of(office, run, "?loc=mau-thuan")
    assert "3 sao" in page
    assert "HTX Trà</ins>" in page_of(office, run, "?loc=cap-nhat")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_bad_rows_come_as_a_list_that_can_be_brought_again(office, officer, kind):
    run = make_import(HONEY, BAD, ("=HYPERLINK(1)", "HTX X", "xã Ninh Gia", "3 sao", 60), officer=officer)

    answer = act(office, run, "dong-loi", **{"as": kind})

    assert answer["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.get(action="import.downloaded").detail["rows"] == 2
    if kind == "xlsx":
        cells = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
        assert cells[1][1:3] == ("Cà phê", "HTX Cà phê")
        assert "Điểm 66,5 chỉ đạt 3 sao" in cells[1][-1]
        assert cells[2][1] == "'=HYPERLINK(1)"
    else:
        assert b"'=HYPERLINK(1)" in answer.content
    upload(office, answer.content, f"lai.{kind}")
    work()
    again = ImportRun.objects.latest("pk")
    assert (again.report["ranks"], again.report["decision"]["number"]) == ({"error": 2}, "12/QĐ-UBND")


def test_a_second_officer_signs_and_nobody_signs_for_oneself(office, officer):
    make_applied_import(HONEY, NAMELESS, officer=officer)
    run = make_import(("Trà", "HTX Trà", "xã Ninh Gia", "3 sao", None), officer=officer)
    assert "Gửi đồng nghiệp duyệt 1 dòng" in page_of(office, run)
    write(office, run)
    work()
    own = page_of(office, run)
    assert "Duyệt và ghi" not in own
    assert "Rút lại yêu cầu" in own

    assert act(office, run, "duyet").status_code == 409
    assert act(office, run, "tra-lai", reason="x").status_code == 409
    colleague = desk_of(make_officer(first_name="Hoa"))
    assert "Duyệt và ghi 1 dòng" in page_of(colleague, run)
    assert "Nhập danh sách<b>1<span" in colleague.get("/van-phong/").content.decode()
    assert act(colleague, run, "tra-lai", reason=" ").status_code == 400
    assert act(colleague, run, "duyet").status_code == 302
    assert act(colleague, run, "duyet").status_code == 302
    work()

    run.refresh_from_db()
    assert run.state == State.APPLIED
    assert AuditEntry.objects.filter(action="import.approved").count() == 1
    assert AuditEntry.objects.filter(action="import.applied", object_id=run.pk).count() == 1


def test_undo_is_gone_after_a_day_and_a_crafted_one_is_refused(office, officer):
    run = make_applied_import(officer=officer)
    assert "hoan-tac" in page_of(office, run)
    ImportRun.objects.update(applied_at=clock.now() - timedelta(hours=24, minutes=1))

    assert "hoan-tac" not in page_of(office, run)
    answer = act(office, run, "hoan-tac")

    assert answer.status_code == 409
    assert "Đã quá 24 giờ" in answer.content.decode()
    assert Certificate.objects.count() == 2


def test_an_undo_in_the_way_of_something_names_it(office, officer):
    run = make_applied_import(officer=officer)
    code = Certificate.objects.get(product_name="Mật ong").code
    office.post(
        f"/van-phong/chung-nhan/{code}/tam-dinh-chi/",
        {"reason": "Kiểm tra", "effective_on": f"{clock.today():%Y-%m-%d}", "confirmed": "yes"},
    )
    assert Certificate.objects.get(code=code).stored_state == "suspended"

    answer = act(office, run, "hoan-tac")

    assert answer.status_code == 409
    assert f">{code}</a>" in answer.content.decode()


def test_officers_of_a_province_bring_its_rows_alone_and_see_no_others(officer):
    here = make_officer(scope=Officer.Scope.PROVINCE, province=make_province("68"))
    run = make_import(HONEY, officer=here)
    assert run.report["ranks"] == {"valid": 1}
    other = make_import(HONEY, officer=here, authority="UBND tỉnh An Giang")
    assert [problem["code"] for problem in other.rows.get().problems] == ["outside_scope"]

    elsewhere = desk_of(make_officer(scope=Officer.Scope.PROVINCE, province=make_province("19")))
    for name in ("", "tep/", "dong-loi/", "ghi/", "hoan-tac/", "duyet/"):
        ask = elsewhere.post if name else elsewhere.get
        assert ask(f"/van-phong/nhap/{run.pk}/{name}").status_code == 404
    assert run.file_name not in elsewhere.get("/van-phong/nhap/").content.decode()
    assert page_of(desk_of(here), run)
    assert page_of(desk_of(officer), run)


def test_an_officer_of_a_commune_brings_none():
    commune = make_commune()
    desk = desk_of(make_officer(scope=Officer.Scope.COMMUNE, province=commune.province, commune=commune))

    assert 'type="file"' not in desk.get("/van-phong/nhap/").content.decode()
    assert upload(desk, list_bytes(HONEY)).status_code == 404
    assert ImportRun.objects.count() == 0


def test_staff_look_on(officer):
    run = make_import(officer=officer)
    desk = desk_of(make_staff())

    assert "Ghi 2 dòng" not in page_of(desk, run)
    assert write(desk, run).status_code == 404


def test_crafted_forms_are_refused(office, officer):
    run = make_import(officer=officer)

    assert act(office, run, "ghi").status_code == 409
    assert act(office, run, "ghi", version="x").status_code == 409
    assert act(office, run, "ghi", version=run.version + 1).status_code == 409
    assert act(office, run, "duyet").status_code == 409
    assert act(office, run, "tra-lai", reason="x").status_code == 409
    assert act(office, run, "hoan-tac").status_code == 409
    assert office.get(f"/van-phong/nhap/{run.pk}/?loc=x&trang=x").status_code == 200
    foreign = make_import(officer=officer).rows.first()
    assert office.get(f"/van-phong/nhap/{run.pk}/dong/{foreign.pk}/").status_code == 404


def test_the_preview_takes_as_many_queries_for_one_row_as_for_three(office, officer, django_assert_max_num_queries):
    taken = []
    for rows in ((HONEY,), (HONEY, TEA, NAMELESS)):
        run = make_import(*rows, officer=officer)
        with django_assert_max_num_queries(40) as queries:
            page_of(office, run)
        taken.append(len(queries))

    assert taken[0] == taken[1]


def test_the_room_speaks_english(office, officer):
    run = make_import(HONEY, BAD, officer=officer)

    page = office.get(f"/en/van-phong/nhap/{run.pk}/").content.decode()

    assert "Preview: danh-sach.xlsx" in page
    assert "A score of 66.5" in page or "66,5" in page
    assert "Write 1 row" in page


def test_mutants_of_our_lists_never_break_the_room(office):
    dice = random.Random(2026)  # noqa: S311 -- the same mutants every time
    for number in range(36):
        path = DECISIONS[number % len(DECISIONS)]
        mutant = mutant_of(path, dice)
        answer = upload(office, mutant or b"x", path.name)
        assert answer.status_code in {302, 400}
        work()
        run = ImportRun.objects.latest("pk")
        assert run.state == State.READ
        page_of(office, run)
        office.post(f"/van-phong/nhap/{run.pk}/dong-loi/", {"as": "csv"})
    assert Certificate.objects.count() == 0
