"""The room of certificates: found in any spelling, everything on one page, acts in two steps with numbers."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client

from shop.common import clock
from shop.common.dates import months_after
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.models import Certificate, CertificateActRequest, CertificateEvent
from shop.domain.certificates.naming import producer_key
from shop.domain.people.models import Officer
from tests.axe import assert_accessible  # noqa: F401 -- a fixture
from tests.factories import (
    make_certificate,
    make_commune,
    make_decision,
    make_listing,
    make_officer,
    make_order,
    make_producer,
    make_province,
    make_staff,
)
from tests.factories.logins import log_in

ROOM = "/van-phong/chung-nhan/"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def office(client, db):
    return log_in(client, make_officer(last_name="Hoàng", first_name="Lan"), second_factor=True)


@pytest.fixture
def tea(db):
    return make_listing("Chè Tân Cương", producer=make_producer("HTX Chè Hảo Đạt"))


def page_of(client, path=ROOM, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def ground(**changes):
    values = {"reason": "Nhãn sai hạn dùng", "decision_number": "12/QĐ-VP", "effective_on": clock.today().isoformat()}
    return values | changes


def act(client, certificate, slug, *, confirmed=True, **changes):
    data = ground(**changes) | ({"confirmed": "1"} if confirmed else {})
    return client.post(f"{ROOM}{certificate.code}/{slug}/", data)


@pytest.mark.parametrize(
    "typed",
    [
        "chè tân cương",
        "che tan cuong",
        "CHE TAN CUONG",
        "tan cuong hao dat",
        "htx hao dat",
        "hợp tác xã chè hảo đạt",
        "hop tac xa hao dat",
        "che tân cuơng",
        "che tam cuong",
        "chetan cuong",
        "thai nguyen che",
        "TN-2026-00777",
        "tn202600777",
        "tn 2026 777",
        "3981/QĐ-UBND",
        "3981 qd ubnd",
    ],
)
def test_a_certificate_is_found_in_any_spelling(office, typed):
    producer = make_producer("HTX Chè Hảo Đạt")
    decision = make_decision(number="3981/QĐ-UBND")
    tea = make_certificate(producer=producer, product_name="Chè Tân Cương", code="TN-2026-00777", decision=decision)
    # As imports write it.
    Certificate.objects.filter(pk=tea.pk).update(folded_producer_name=producer_key(producer.name))
    make_certificate(product_name="Mật ong bạc hà", producer=make_producer("Công ty CP Ong Mèo Vạc"))

    page = page_of(office, q=typed)

    assert "TN-2026-00777" in page
    assert "Mật ong bạc hà" not in page


@pytest.mark.parametrize("typed", ["CTCP ong", "cong ty cp ong", "cong ty co phan ong", "công ty cổ phần ong"])
def test_short_forms_of_companies_are_one(office, typed):
    honey = make_certificate(product_name="Mật bạc hà", producer=make_producer("CTCP Ong Mèo Vạc"))
    Certificate.objects.filter(pk=honey.pk).update(folded_producer_name=producer_key("CTCP Ong Mèo Vạc"))

    assert honey.code in page_of(office, q=typed)


@pytest.mark.parametrize("typed", ["Đắk Nông", "dak nong", "cà phê đắk nông"])
def test_an_old_province_finds_what_lies_there_today(office, typed):
    from shop.common.places.lookup import find_legacy_province  # noqa: PLC0415 -- only here
    from shop.domain.certificates.office_search import _communes_of  # noqa: PLC0415 -- only here

    commune = make_commune(_communes_of(find_legacy_province("Đắk Nông"))[0])
    there = make_certificate(product_name="Cà phê Gia Nghĩa", province=commune.province, commune=commune)
    elsewhere = make_certificate(product_name="Cà phê Lạc Dương", province=commune.province)

    page = page_of(office, q=typed)

    assert there.code in page
    assert elsewhere.code not in page


def test_nothing_found_says_so_and_a_slip_says_what_was_meant(office):
    make_certificate(product_name="Miến dong")

    assert "Không có giấy nào như vậy" in page_of(office, q="zzzzzzzz")
    page = page_of(office, q="mien dng")
    assert "«mien dong»" in page
    assert "Miến dong" in page


def make_one_of_each():
    today = clock.today()
    states = {"stopped_on": today}
    old = today - timedelta(days=1200)
    return {
        "con-hieu-luc": make_certificate(stars=5),
        "sap-het-han": make_certificate(issued_on=months_after(today + timedelta(days=20), -36)),
        "gia-han": make_certificate(issued_on=old, extended_until=today + timedelta(days=10), extension_reason="Hồ sơ đang chờ"),
        "het-hieu-luc": make_certificate(issued_on=old),
        "dinh-chi": make_certificate(stored_state="suspended", **states),
        "thu-hoi": make_certificate(stored_state="revoked", **states),
    }


def codes_in(page, certificates):
    return {name for name, one in certificates.items() if f">{one.code}<" in page}


def test_filters_by_state_stars_year_end_and_decision(office):
    each = make_one_of_each()

    for state in each:
        assert codes_in(page_of(office, **{"trang-thai": state}), each) == {state}
    assert codes_in(page_of(office, sao=5), each) == {"con-hieu-luc"}
    assert codes_in(page_of(office, han=30), each) == {"sap-het-han", "gia-han"}
    assert codes_in(page_of(office, han=7), each) == set()
    year = each["het-hieu-luc"].issued_on.year
    assert codes_in(page_of(office, nam=year), each) == {name for name, one in each.items() if one.issued_on.year == year}
    assert codes_in(page_of(office, qd=each["thu-hoi"].decision.number), each) >= {"thu-hoi"}


def test_filters_by_place(office):
    commune = make_commune("05503")
    here = make_certificate(province=make_province("19"), commune=commune)
    there = make_certificate(province=make_province("68"))

    both = {"here": here, "there": there}
    assert codes_in(page_of(office, tinh="19"), both) == {"here"}
    assert codes_in(page_of(office, tinh="19", xa="05503"), both) == {"here"}
    assert codes_in(page_of(office, tinh="19", xa="00166"), both) == set()


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00'; DROP TABLE"},
        {"q": "%_\\" * 30},
        {"sao": "7"},
        {"sao": "x"},
        {"nam": "99999999999"},
        {"nam": "-1"},
        {"han": "²"},
        {"trang-thai": "nope"},
        {"tinh": "zz"},
        {"xa": "\x00"},
        {"xep": "nope"},
        {"trang": "999999999999999999999"},
        {"q": "a " * 500},
        {"qd": SCRIPT},
    ],
)
def test_what_cannot_be_read_in_the_address_is_left_out(office, query):
    make_certificate()

    assert SCRIPT not in page_of(office, **query)


def test_sorts_and_pages(office, monkeypatch):
    monkeypatch.setattr("shop.web.office_desk.certificates.finding.ROWS_PER_PAGE", 2)
    names = ["A chè", "B chè", "C chè"]
    for stars, name in zip((3, 5, 4), names, strict=True):
        make_certificate(product_name=name, stars=stars)

    first, second = page_of(office, xep="name"), page_of(office, xep="name", trang=2)
    assert [name in first for name in names] == [True, True, False]
    assert [name in second for name in names] == [False, False, True]
    by_stars = page_of(office, xep="stars")
    assert by_stars.index("B chè") < by_stars.index("C chè")


def test_the_list_takes_as_many_queries_for_one_as_for_three(office, django_assert_max_num_queries):
    taken = []
    for _ in range(2):
        make_certificate()
        with django_assert_max_num_queries(30) as queries:
            page_of(office)
        taken.append(len(queries))
        make_certificate()

    assert taken[0] == taken[1]


def test_the_result_as_csv_is_harmless_and_written_down(office):
    certificate = make_certificate(product_name="=HYPERLINK(1)", address_as_certified="+84 xóm 5")
    make_certificate(product_name="Mật ong")

    response = office.post(f"{ROOM}tai-ve/?q=hyperlink")

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["code"] for row in rows] == [certificate.code]
    assert (rows[0]["product_name"], rows[0]["address_as_certified"]) == ("'=HYPERLINK(1)", "'+84 xóm 5")
    assert rows[0]["live_state"] == "valid"
    assert "attachment" in response["Content-Disposition"]
    entry = AuditEntry.objects.get(action="certificates.exported")
    assert (entry.detail["rows"], entry.detail["query"]) == (1, "q=hyperlink")
    assert office.get(f"{ROOM}tai-ve/").status_code == 405


def test_the_page_shows_everything_known(office, tea):
    certificate = tea.certificate
    Certificate.objects.filter(pk=certificate.pk).update(
        address_as_certified="Xóm Hồng Thái 2, TP Thái Nguyên", legacy_province="Thái Nguyên cũ", product_code="83-829-3-2022"
    )
    newer = make_certificate(producer=tea.producer, product_name="Chè Tân Cương", issued_on=clock.today())
    make_order((tea, 2), buyer_name="Trần Thị Bí Mật")

    page = page_of(office, f"{ROOM}{certificate.code}/")

    for text in (
        certificate.code,
        certificate.decision.number,
        "Xóm Hồng Thái 2",
        "Thái Nguyên cũ",
        "83-829-3-2022",
        newer.code,
        f"/xac-minh/{certificate.code}/",
        f"/san-pham/che-tan-cuong-{tea.product_id}/",
    ):
        assert text in page
    assert "Trần Thị Bí Mật" not in page
    for slug in ("tam-dinh-chi", "thu-hoi", "gia-han", "ha-sao", "thay-the"):
        assert f"{ROOM}{certificate.code}/{slug}/" in page
    assert "bo-dinh-chi" not in page


def test_the_page_is_found_by_a_code_as_people_type_it(office, tea):
    assert page_of(office, f"{ROOM}{tea.certificate.code.lower()}/")
    assert office.get(f"{ROOM}XX-2020-00000/").status_code == 404


def test_an_act_says_in_numbers_what_it_does_before_it_does_it(office, tea):
    make_order((tea, 1))

    answer = act(office, tea.certificate, "tam-dinh-chi", confirmed=False)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "1 sản phẩm rời kệ" in page
    assert "1 kiện chưa gửi bị giữ, quá 7 ngày" in page
    assert 'name="reason" value="Nhãn sai hạn dùng"' in page
    assert f"<dd>{clock.today():%d/%m/%Y}</dd>" in page
    assert "được báo thu hồi hàng" not in page
    assert CertificateEvent.objects.count() == 0


def test_suspending_and_lifting_from_the_page(office, tea):
    parcel = make_order((tea, 1)).parcels.get()

    answer = act(office, tea.certificate, "tam-dinh-chi")
    again = act(office, tea.certificate, "tam-dinh-chi")

    parcel.refresh_from_db()
    assert (answer.status_code, again.status_code, answer["Location"]) == (302, 302, again["Location"])
    assert parcel.status == "on_hold"
    assert CertificateEvent.objects.count() == 1
    page = page_of(office, answer["Location"])
    for text in ("Nhãn sai hạn dùng", "12/QĐ-VP", "Hoàng Lan", "đang hiệu lực → tạm đình chỉ", parcel.number, "tự huỷ lúc"):
        assert text in page

    act(office, tea.certificate, "bo-dinh-chi", reason="Đã sửa nhãn")

    parcel.refresh_from_db()
    assert parcel.status == "to_confirm"


def test_a_revocation_only_asks_for_a_second_officer(office, tea):
    for _ in range(2):
        assert act(office, tea.certificate, "thu-hoi", is_safety_matter="on").status_code == 302

    request = CertificateActRequest.objects.get()
    tea.certificate.refresh_from_db()
    assert (request.action, request.outcome, request.is_safety_matter) == ("revoke", "waiting", True)
    assert tea.certificate.stored_state == "active"
    assert "cần người thứ hai ký" in page_of(office, f"{ROOM}{tea.certificate.code}/")


def test_extending_and_downgrading(office, tea):
    until = tea.certificate.valid_until + timedelta(days=90)

    assert act(office, tea.certificate, "gia-han", until=until.isoformat()).status_code == 302
    for _ in range(2):
        assert act(office, tea.certificate, "ha-sao", stars="3").status_code == 302

    tea.certificate.refresh_from_db()
    assert (tea.certificate.extended_until, tea.certificate.stars) == (until, 3)
    assert CertificateEvent.objects.count() == 2


def test_superseding_moves_the_listing(office, tea):
    newer = make_certificate(
        producer=tea.producer, product_name="Chè Tân Cương", issued_on=clock.today(), product=tea.product, stars=5
    )

    answer = act(office, tea.certificate, "thay-the", by_code=newer.code.lower())

    older = Certificate.objects.get(pk=tea.certificate_id)
    tea.refresh_from_db()
    assert answer.status_code == 302
    assert (older.superseded_by, tea.certificate) == (newer, newer)
    page = page_of(office, answer["Location"])
    assert "Đã thay bằng giấy mới" in page
    assert newer.code in page


@pytest.mark.parametrize(
    ("slug", "changes", "sentence"),
    [
        ("tam-dinh-chi", {"reason": "  "}, "Hãy ghi lý do"),
        ("tam-dinh-chi", {"effective_on": "2999-01-01"}, "không được ở tương lai"),
        ("tam-dinh-chi", {"effective_on": "31/02/2026"}, "Không đọc được ngày này"),
        ("tam-dinh-chi", {"effective_on": ""}, "Hãy chọn ngày có hiệu lực"),
        ("gia-han", {"until": ""}, "Hãy chọn ngày gia hạn"),
        ("ha-sao", {"stars": "2"}, "Hãy chọn hạng sao còn lại"),
        ("ha-sao", {}, "Hãy chọn hạng sao còn lại"),
        ("thay-the", {"by_code": ""}, "Hãy ghi mã giấy mới"),
        ("thay-the", {"by_code": "XX-2020-00000"}, "Không có giấy chứng nhận này"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(office, tea, slug, changes, sentence):
    answer = act(office, tea.certificate, slug, **{"decision_number": "77/QĐ-GIỮ"} | changes)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert 'value="77/QĐ-GIỮ"' in page
    assert CertificateEvent.objects.count() == 0


def test_what_the_state_does_not_allow_is_409_and_a_sentence(office, tea):
    other = make_certificate(product_name="Mật ong", issued_on=clock.today())
    refused = {
        "gia-han": {"until": tea.certificate.issued_on.isoformat()},
        "thay-the": {"by_code": other.code},
    }
    for slug, changes in refused.items():
        answer = act(office, tea.certificate, slug, **changes)
        assert answer.status_code == 409
        assert "note-bad" in answer.content.decode()
    Certificate.objects.filter(pk=tea.certificate_id).update(stored_state="revoked", stopped_on=clock.today())
    for slug in ("tam-dinh-chi", "bo-dinh-chi", "thu-hoi", "gia-han"):
        answer = act(office, tea.certificate, slug, until="2099-01-01", decision_number="77/QĐ-GIỮ")
        assert answer.status_code == 409
        assert "«thu hồi»" in answer.content.decode()
        assert "77/QĐ-GIỮ" in answer.content.decode()
    assert office.get(f"{ROOM}{tea.certificate.code}/tam-dinh-chi/").status_code == 409


def test_an_officer_of_another_province_finds_and_does_nothing(client, tea):
    make_order((tea, 1))
    log_in(client, make_officer(scope=Officer.Scope.PROVINCE, province=make_province("68")), second_factor=True)
    code = tea.certificate.code

    assert code not in page_of(client)
    assert code not in client.post(f"{ROOM}tai-ve/").content.decode()
    assert client.get(f"{ROOM}{code}/").status_code == 404
    for slug in ("tam-dinh-chi", "thu-hoi"):
        assert client.get(f"{ROOM}{code}/{slug}/").status_code == 404
        assert act(client, tea.certificate, slug).status_code == 404
    assert CertificateEvent.objects.count() == CertificateActRequest.objects.count() == 0


def test_staff_look_on_and_do_not_act(tea):
    staff = log_in(Client(), make_staff(), second_factor=True)

    page = page_of(staff, f"{ROOM}{tea.certificate.code}/")

    assert "Chỉ cán bộ OCOP làm được" in page
    assert act(staff, tea.certificate, "tam-dinh-chi").status_code == 404


def test_one_held_parcel_is_released_or_called_off(office, tea):
    first, second = (make_order((tea, 1)).parcels.get() for _ in range(2))
    act(office, tea.certificate, "tam-dinh-chi")

    def decide(parcel, what, reason="Lô này an toàn"):
        return office.post(f"{ROOM}{tea.certificate.code}/kien/{parcel.pk}/", {"act": what, "reason": reason})

    missing = decide(first, "release", reason="")
    assert (missing.status_code, "Hãy ghi lý do" in missing.content.decode()) == (400, True)
    assert decide(first, "x").status_code == 400
    assert [decide(first, "release").status_code for _ in range(2)] == [302, 302]
    assert decide(second, "cancel").status_code == 302
    late = decide(second, "release")
    assert (late.status_code, "không còn bị giữ" in late.content.decode()) == (409, True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("to_confirm", "cancelled")


def test_a_parcel_of_another_certificate_is_not_there(office, tea):
    other = make_order((make_listing("Mật ong"), 1)).parcels.get()

    answer = office.post(f"{ROOM}{tea.certificate.code}/kien/{other.pk}/", {"act": "release", "reason": "x"})

    assert answer.status_code == 404


def test_nothing_that_was_written_runs_anywhere(office, client):
    producer = make_producer(f"HTX {SCRIPT}")
    listing = make_listing(f"Chè {SCRIPT}", producer=producer)
    certificate = listing.certificate
    Certificate.objects.filter(pk=certificate.pk).update(address_as_certified=SCRIPT, group_as_printed=SCRIPT)
    act(office, certificate, "tam-dinh-chi", reason=f"Lý do {SCRIPT}", decision_number=SCRIPT)

    visitor = Client()
    pages = [
        page_of(office, q=SCRIPT),
        page_of(office, f"{ROOM}{certificate.code}/"),
        act(office, certificate, "bo-dinh-chi", confirmed=False, reason=SCRIPT).content.decode(),
        visitor.get(f"/xac-minh/{certificate.code}/").content.decode(),
        visitor.get(f"/en/xac-minh/{certificate.code}/").content.decode(),
        visitor.get(f"/nha-san-xuat/{producer.profile.slug}/").content.decode(),
        visitor.get("/so-dang-ky/").content.decode(),
    ]

    for page in pages:
        assert SCRIPT not in page
        assert "alert(1)" in page


def test_the_queue_counts_stars_that_end_within_a_month(office):
    make_one_of_each()

    front = page_of(office, "/van-phong/")

    assert "Sắp hết hạn trong 30 ngày" in front


def test_the_room_speaks_english(office, tea):
    act(office, tea.certificate, "tam-dinh-chi")

    listed = page_of(office, f"/en{ROOM}")
    shown = page_of(office, f"/en{ROOM}{tea.certificate.code}/")
    form = office.get(f"/en{ROOM}{tea.certificate.code}/bo-dinh-chi/").content.decode()

    assert "Download CSV" in listed
    assert "Lift the suspension" in shown
    assert "active → suspended" in shown
    assert "See what this will do" in form


@pytest.mark.parametrize("width", [390, 1280])
def test_the_room_is_accessible(live_stack, browser, assert_accessible, width):  # noqa: F811
    address = live_stack()
    tea = make_listing("Chè Tân Cương búp một tôm hai lá sao tay chảo gang giữ hương cốm non " * 3)
    make_order((tea, 1))
    officer = make_officer()
    client = log_in(Client(), officer, second_factor=True)
    act(client, tea.certificate, "tam-dinh-chi")
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    page = context.new_page()

    for path in ("", f"{tea.certificate.code}/", f"{tea.certificate.code}/bo-dinh-chi/", "?q=khong-co-dau"):
        for language in ("", "/en"):
            page.goto(f"{address}{language}{ROOM}{path}")
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    context.close()
