"""The office writes, compares and publishes pages; nobody else finds the room."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.pages.models import OperatorRecord, Page, PageDraft, PageVersion
from tests.factories import make_officer, make_province, make_staff, make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db
LIST, EDITOR = "/van-phong/trang/", "/van-phong/trang/doi-tra/"
ROOM = [
    LIST,
    EDITOR,
    f"{EDITOR}dang/",
    f"{EDITOR}phien-ban/",
    f"{EDITOR}so-sanh/",
    "/van-phong/don-vi-van-hanh/",
    "/thong-tin/doi-tra/ban-nhap/",
]
SCRIPT = "<script>alert('x')</script>"


@pytest.fixture
def office(client):
    return log_in(client, make_officer(), second_factor=True)


@pytest.fixture
def page():
    return Page.objects.get(slug="doi-tra")


def typed(page, **changes):
    page.refresh_from_db()
    return {"revision": page.revision, "title": "Đổi trả", "body": "Chữ mới.", "title_en": "", "body_en": "", **changes}


def publish(client, page, **changes):
    page.refresh_from_db()
    form = {"revision": page.revision, "begins": clock.today().isoformat(), "note": "Đổi câu chữ", **changes}
    return client.post(f"{EDITOR}dang/", form)


@pytest.mark.parametrize("path", ROOM)
def test_only_those_who_answer_for_the_country_find_the_room(client, page, path):
    PageDraft.objects.create(page=page, title="a", body="b", saved_at=clock.now())
    local = make_officer(scope="province", province=make_province())

    assert log_in(client, make_staff(), second_factor=True).get(path).status_code == 200
    assert log_in(client, make_officer(), second_factor=True).get(path).status_code == 200
    assert log_in(client, local, second_factor=True).get(path).status_code == 404
    assert log_in(client, local, second_factor=True).post(path).status_code in {404, 405}
    assert log_in(client, make_user()).get(path).status_code == 404


def test_an_officer_of_one_place_has_no_such_room_in_the_menu(client):
    log_in(client, make_officer(scope="province", province=make_province()), second_factor=True)

    assert LIST not in client.get("/van-phong/").content.decode()


def test_the_list_costs_the_same_for_any_number_of_drafts(office, django_assert_max_num_queries):
    office.get(LIST)
    with django_assert_max_num_queries(60) as one:
        office.get(LIST)
    for page in Page.objects.all()[:6]:
        PageDraft.objects.create(page=page, title="a", body="b", saved_at=clock.now(), author=make_user())
    with django_assert_max_num_queries(len(one)):
        assert office.get(LIST).status_code == 200


def test_write_look_publish(office, client, page):
    assert office.post(EDITOR, typed(page)).status_code == 302
    assert "Chữ mới." not in client.get("/thong-tin/doi-tra/").content.decode()
    preview = office.get("/thong-tin/doi-tra/ban-nhap/")
    assert "Chữ mới." in preview.content.decode()
    assert "no-store" in preview.headers["Cache-Control"]

    assert "<ins>" in office.get(f"{EDITOR}dang/").content.decode()
    assert publish(office, page).status_code == 302

    shown = client.get("/thong-tin/doi-tra/").content.decode()
    assert ("Chữ mới." in shown, "Bản số 2" in shown) == (True, True)
    assert "Đổi câu chữ" in client.get("/thong-tin/doi-tra/phien-ban/").content.decode()
    assert AuditEntry.objects.filter(action="page.published").count() == 1


def test_the_second_editor_keeps_the_words_and_sees_the_others(office, page):
    opened = typed(page, body="Của người thứ hai.")
    office.post(EDITOR, typed(page, body="Của người thứ nhất."))

    answer = office.post(EDITOR, opened)
    shown = answer.content.decode()

    assert answer.status_code == 409
    assert "Của người thứ hai.</textarea>" in shown
    assert "<del>nhất.</del>" in shown
    assert PageDraft.objects.get(page=page).body == "Của người thứ nhất."
    page.refresh_from_db()
    assert f'name="revision" value="{page.revision}"' in shown


def test_what_was_typed_wrongly_stays_and_is_explained(office, page):
    answer = office.post(EDITOR, typed(page, title="", body="[x](javascript:y) {{ bi_mat }}"))
    shown = answer.content.decode()

    assert answer.status_code == 422
    assert "bi_mat" in shown
    assert not PageDraft.objects.exists()
    answer = office.post(EDITOR, typed(page, body="[x](javascript:y) {{ bi_mat }}"))
    assert "javascript:y" in answer.content.decode()
    assert 'class="errs"' in answer.content.decode()


@pytest.mark.parametrize("begins", ["", "hôm qua", "2020-01-01"])
def test_a_bad_day_publishes_nothing(office, page, begins):
    office.post(EDITOR, typed(page))

    assert publish(office, page, begins=begins).status_code == 422
    assert page.versions.count() == 1


def test_a_later_day_is_announced(office, client, page):
    office.post(EDITOR, typed(page))
    publish(office, page, begins=(clock.today() + timedelta(days=10)).isoformat())

    shown = client.get("/thong-tin/doi-tra/").content.decode()
    assert ("Chữ mới." in shown, "/thong-tin/doi-tra/phien-ban/2/" in shown) == (False, True)
    assert "Chữ mới." in client.get("/thong-tin/doi-tra/phien-ban/2/").content.decode()


def test_publishing_twice_or_without_a_draft(office, page):
    office.post(EDITOR, typed(page))
    page.refresh_from_db()
    revision = page.revision
    assert publish(office, page, revision=revision).status_code == 302
    assert publish(office, page, revision=revision).status_code == 302
    assert publish(office, page, revision=99).status_code == 302

    assert page.versions.count() == 2
    assert office.get(f"{EDITOR}dang/").status_code == 302


def test_the_same_words_are_not_published_again(office, page):
    office.post(f"{EDITOR}phien-ban/1/lay-lai/")

    assert publish(office, page).status_code == 409


def test_history_compares_and_brings_back(office, page):
    office.post(EDITOR, typed(page))
    publish(office, page)

    assert "Chữ mới." in office.get(f"{EDITOR}so-sanh/").content.decode()
    assert office.get(f"{EDITOR}so-sanh/?tu=1&den=9").status_code == 404
    assert office.get(f"{EDITOR}so-sanh/?tu=1e9&den=nhap").status_code == 404
    office.post(f"{EDITOR}phien-ban/1/lay-lai/")
    assert PageDraft.objects.get(page=page).body == PageVersion.objects.get(page=page, number=1).body
    assert "nháp" in office.post(f"{EDITOR}phien-ban/2/lay-lai/", follow=True).content.decode()
    assert office.get(f"{EDITOR}so-sanh/?tu=2&den=nhap").status_code == 200


def test_a_draft_is_thrown_away_by_whoever_saw_it(office, page):
    office.post(EDITOR, typed(page))
    office.post(EDITOR, {"discard": "1", "revision": "0"})
    assert PageDraft.objects.exists()
    office.post(EDITOR, {"discard": "1", "revision": "x"})
    assert PageDraft.objects.exists()
    page.refresh_from_db()
    office.post(EDITOR, {"discard": "1", "revision": page.revision})
    assert not PageDraft.objects.exists()


def test_scripts_in_every_text_are_words(office, client, page):
    hostile = typed(page, title=SCRIPT, body=f"## {SCRIPT}\n\n{SCRIPT}", title_en=SCRIPT, body_en=SCRIPT)
    office.post(EDITOR, hostile)
    pages = [office.get(path) for path in (EDITOR, f"{EDITOR}dang/", f"{EDITOR}so-sanh/", "/thong-tin/doi-tra/ban-nhap/")]
    publish(office, page, note=SCRIPT)
    office.post("/van-phong/don-vi-van-hanh/", {"name": SCRIPT, "address": SCRIPT, "moit_number": SCRIPT})
    paths = ["/thong-tin/doi-tra/", "/en/thong-tin/doi-tra/", "/thong-tin/doi-tra/phien-ban/", "/thong-tin/don-vi-van-hanh/"]
    pages += [client.get(path) for path in [*paths, LIST, f"{EDITOR}phien-ban/", "/van-phong/don-vi-van-hanh/", "/"]]

    assert [answer.status_code for answer in pages] == [200] * len(pages)
    assert [answer.request["PATH_INFO"] for answer in pages if SCRIPT in answer.content.decode()] == []
    assert OperatorRecord.objects.get().name == SCRIPT


def test_the_operator_is_declared_and_checked(office, client):
    wrong = office.post("/van-phong/don-vi-van-hanh/", {"name": "Cty", "tax_code": "123", "phone": "12", "email": "x"})
    assert (wrong.status_code, OperatorRecord.objects.count()) == (422, 0)
    assert wrong.content.decode().count('class="msg"') >= 3
    assert "bản trình diễn" in client.get("/thong-tin/quy-che/").content.decode()

    whole = {
        "name": "Công ty Chợ OCOP",
        "address": "1 Tràng Tiền, Hà Nội",
        "tax_code": "0100 109 106",
        "moit_number": "12/TMĐT 01/07/2026",
        "phone": "0912 345 678",
        "email": "hoi@ocop.vn",
    }
    assert office.post("/van-phong/don-vi-van-hanh/", whole).status_code == 302
    shown = client.get("/thong-tin/quy-che/").content.decode()
    assert ("Công ty Chợ OCOP" in shown, "bản trình diễn" in shown) == (True, False)
    assert "0912 345 678" in client.get("/thong-tin/don-vi-van-hanh/").content.decode()


def test_numbers_that_changed_since_are_shown_to_the_office(office, settings):
    settings.COD_LIMIT_VND = 3_000_000

    assert office.get(LIST).content.decode().count("con số đã đổi") == 2
    assert "Con số của sàn đã đổi" in office.get("/van-phong/trang/quy-che/").content.decode()


@pytest.mark.parametrize("path", ROOM[:-1])
def test_the_room_speaks_english(office, page, path):
    PageDraft.objects.create(page=page, title="a", body="b", saved_at=clock.now())
    shown = office.get(f"/en{path}").content.decode()

    assert 'lang="en"' in shown
    assert "Trang thông tin" not in shown
