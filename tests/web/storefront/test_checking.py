"""The public check: right at once, on any day, for any spelling of the code, and honest about samples."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.certificates.acts import Ground, lift_suspension, suspend_certificate
from shop.domain.certificates.models import Certificate, ImportRun
from shop.domain.producers.staff import actor_of
from tests.factories import make_certificate, make_decision, make_listing, make_officer, make_producer

pytestmark = pytest.mark.django_db


def page_of(client, path):
    response = client.get(path)
    return response.status_code, response.content.decode()


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({}, "Giấy chứng nhận còn hiệu lực"),
        ({"issued_on": -1040}, "Giấy chứng nhận còn hiệu lực"),
        ({"issued_on": -1200}, "Giấy chứng nhận đã hết hiệu lực"),
        ({"issued_on": -1200, "extended_until": 20, "extension_reason": "Chờ hội đồng"}, "được gia hạn, còn hiệu lực"),
        ({"stored_state": "suspended", "stopped_on": -1}, "Giấy chứng nhận đang bị tạm đình chỉ"),
        ({"stored_state": "revoked", "stopped_on": -1}, "Giấy chứng nhận đã bị thu hồi"),
    ],
)
def test_check_gives_the_verdict_of_today(client, fields, verdict):
    days = {name: clock.today() + timedelta(days=value) if isinstance(value, int) else value for name, value in fields.items()}
    certificate = make_certificate(**days)

    status, page = page_of(client, f"/xac-minh/{certificate.code}/")

    assert (status, verdict in page) == (200, True)


def test_check_is_right_the_moment_something_changes(client):
    certificate = make_certificate()
    before = page_of(client, f"/xac-minh/{certificate.code}/")[1]
    certificate.stored_state, certificate.stopped_on = "revoked", clock.today()
    certificate.save()
    after = page_of(client, f"/xac-minh/{certificate.code}/")[1]

    assert ("đã bị thu hồi" in before, "đã bị thu hồi" in after) == (False, True)


@pytest.mark.parametrize(
    ("offset", "answer"),
    [(-121, "chưa được công nhận"), (-120, "có, giấy còn hiệu lực"), (0, "có, giấy còn hiệu lực"), (9000, "đã hết hiệu lực")],
)
def test_check_answers_for_a_day(client, offset, answer):
    certificate = make_certificate()
    day = clock.today() + timedelta(days=offset)

    assert answer in page_of(client, f"/xac-minh/{certificate.code}/?ngay={day.isoformat()}")[1]


@pytest.mark.parametrize("typed", ["hôm qua", "2026-02-30", "9" * 500, "\x00"])
def test_check_says_when_it_cannot_read_the_day(client, typed):
    certificate = make_certificate()

    response = client.get(f"/xac-minh/{certificate.code}/", {"ngay": typed})

    assert (response.status_code, "Không đọc được ngày này" in response.content.decode()) == (200, True)


def test_check_remembers_what_was_done_and_undone(client):
    certificate, officer = make_certificate(stars=4), actor_of(user=make_officer())
    began, ended = clock.today() - timedelta(days=30), clock.today() - timedelta(days=10)
    for act, day in ((suspend_certificate, began), (lift_suspension, ended)):
        ground = Ground(reason="Nhãn sai hạn dùng", effective_on=day, decision_number="12/QĐ-VP")
        act(certificate_id=certificate.pk, ground=ground, actor=officer, now=clock.now())

    during = page_of(client, f"/xac-minh/{certificate.code}/?ngay={began.isoformat()}")[1]
    after = page_of(client, f"/xac-minh/{certificate.code}/?ngay={ended.isoformat()}")[1]

    assert "không, giấy đã bị đình chỉ hoặc thu hồi" in during
    assert "có, giấy còn hiệu lực, 4 sao" in after
    assert [words in after for words in ("Bỏ tạm đình chỉ", "12/QĐ-VP: Nhãn sai hạn dùng")] == [True, True]


def test_check_names_decision_file_and_row(client):
    run = ImportRun.objects.create(
        file_name="gia-lai-371.xlsx", sha256="0", report={}, uploaded_at=clock.now(), applied_at=clock.now()
    )
    decision = make_decision(number="371/QĐ-UBND", authority="UBND tỉnh Gia Lai", source="https://example.vn/371")
    certificate = make_certificate(decision=decision, import_run=run, source_sheet="Phụ lục", source_row=12)

    page = page_of(client, f"/xac-minh/{certificate.code}/")[1]

    for text in ("371/QĐ-UBND", "UBND tỉnh Gia Lai", "gia-lai-371.xlsx", "Phụ lục", "dòng 12", "https://example.vn/371"):
        assert text in page


def test_check_of_a_sample_says_so(client):
    certificate = make_certificate(decision=make_decision(is_sample=True))

    page = page_of(client, f"/xac-minh/{certificate.code}/")[1]

    assert ("MẪU" in page, "không phải giấy chứng nhận thật" in page, "noindex" in page) == (True, True, True)


def test_check_keeps_private_addresses_private(client):
    producer = make_producer(address_as_certified="Số 7 ngõ 3", phone="+84912345678", email="nha@example.vn")
    certificate = make_certificate(producer=producer, address_as_certified="Số 7 ngõ 3")
    pages = [f"/xac-minh/{certificate.code}/", f"/nha-san-xuat/{producer.profile.slug}/", "/so-dang-ky/"]

    for path in pages:
        page = page_of(client, path)[1]
        assert [secret in page for secret in ("ngõ 3", "912345678", "nha@example.vn")] == [False, False, False]


def test_check_leads_to_the_product_only_while_it_is_on_the_shelf(client):
    live, hidden = make_listing("Chè búp"), make_listing("Chè nõn", state="hidden")

    shown = page_of(client, f"/xac-minh/{live.certificate.code}/")[1]
    not_shown = page_of(client, f"/xac-minh/{hidden.certificate.code}/")[1]

    assert ("Xem sản phẩm này" in shown, "Xem sản phẩm này" in not_shown) == (True, False)


@pytest.mark.parametrize("typed", ["tn 2026 7", "TN–2026–00007", "tn202600007", "https://x.vn/xac-minh/TN-2026-00007/"])
def test_form_forgives_typing(client, typed):
    make_certificate(code="TN-2026-00007")

    response = client.get("/xac-minh/", {"ma": typed})

    assert (response.status_code, response["Location"]) == (302, "/xac-minh/TN-2026-00007/")


def test_other_spelling_of_a_code_leads_to_the_right_address(client):
    response = client.get("/en/xac-minh/tn-2026-7/?ngay=2026-01-01")

    assert (response.status_code, response["Location"]) == (301, "/en/xac-minh/TN-2026-00007/?ngay=2026-01-01")


@pytest.mark.parametrize(
    "path",
    [
        "/xac-minh/TN-2026-99999/",
        "/xac-minh/ch%C3%A8/",
        "/xac-minh/?ma=ch%C3%A8",
        "/xac-minh/TN-2026-99999/nhan/",
        "/xac-minh/%00/",
        "/xac-minh/%00/nhan/",
    ],
)
def test_unknown_code_gets_an_answer_and_the_form(client, path):
    status, page = page_of(client, path)

    told = "Không có giấy chứng nhận với mã này" in page or "Không tìm thấy giấy nào như vậy" in page
    assert (status, told, 'name="ma"' in page) == (404, True, True)


def test_labels_are_printed_ten_to_a_sheet(client):
    certificate = make_certificate()

    status, page = page_of(client, f"/xac-minh/{certificate.code}/nhan/")

    assert (status, page.count('class="lbl"'), "is-void" in page) == (200, 10, False)


@pytest.mark.parametrize("state", ["suspended", "revoked"])
def test_labels_of_a_stopped_certificate_are_void(client, state):
    certificate = make_certificate(stored_state=state, stopped_on=clock.today())

    status, page = page_of(client, f"/xac-minh/{certificate.code}/nhan/")

    assert (status, page.count('class="lbl is-void"'), "data-print" in page) == (410, 1, False)


def test_a_stop_that_no_officer_did_here_is_in_the_history_as_well(client):
    certificate = make_certificate(stored_state="revoked", stopped_on=clock.today(), stop_reason="Không còn sản xuất")

    page = page_of(client, f"/xac-minh/{certificate.code}/")[1]

    assert "<b>Thu hồi</b>, Không còn sản xuất" in page


@pytest.mark.parametrize("typed", ["TNG-2026-00018", "17 chè", "tan cuong", "TNG 2O26 17"])
def test_typing_help_names_what_was_meant(client, typed):
    make_certificate(code="TNG-2026-00017", product_name="Chè Tân Cương")

    response = client.get("/xac-minh/", {"ma": typed}, follow=True)

    assert 'href="/xac-minh/TNG-2026-00017/"' in response.content.decode() or response.redirect_chain[-1][0].endswith("-00017/")


def test_words_that_lead_somewhere_are_no_error_and_an_unknown_code_is(client):
    make_certificate(code="TNG-2026-00017", product_name="Chè Tân Cương")

    words, code = client.get("/xac-minh/?ma=tan+cuong"), client.get("/xac-minh/TNG-2026-00018/")

    assert (words.status_code, "Có phải bạn tìm" in words.content.decode()) == (200, True)
    assert (code.status_code, "Có phải một trong các mã này?" in code.content.decode()) == (404, True)


def test_acts_of_one_day_stand_newest_first(client):
    certificate = make_certificate()
    actor, ground = actor_of(user=make_officer()), Ground("Nhãn sai", clock.today())
    suspend_certificate(certificate_id=certificate.pk, ground=ground, actor=actor, now=clock.now())
    lift_suspension(certificate_id=certificate.pk, ground=ground, actor=actor, now=clock.now())

    story = client.get(f"/xac-minh/{certificate.code}/").context["story"]

    assert [chapter.text for chapter in story] == ["Bỏ tạm đình chỉ", "Tạm đình chỉ", "Công nhận 4 sao"]


def test_check_and_producer_page_list_exactly_the_certificates_of_the_producer(client):
    producer = make_producer("HTX Chè Xanh")
    valid, _ = make_certificate(producer=producer), make_certificate(producer=producer)
    make_certificate(producer=producer, stored_state="revoked", stopped_on=clock.today())
    make_certificate(producer=producer, issued_on=clock.today() - timedelta(days=1200))
    other = make_certificate()

    for path in (f"/xac-minh/{valid.code}/", f"/nha-san-xuat/{producer.profile.slug}/"):
        page = page_of(client, path)[1]
        assert "HTX Chè Xanh có đúng 4 giấy chứng nhận OCOP trong sổ đăng ký" in page
        assert "2 còn hiệu lực, 1 hết hiệu lực, 1 đã thu hồi." in page
        assert "Sản phẩm nào khác mang sao OCOP dưới tên này thì không được chứng nhận." in page
        assert [certificate.code in page for certificate in (*producer.certificates.all(), other)] == [True] * 4 + [False]
    english = page_of(client, f"/en/xac-minh/{valid.code}/")[1]
    assert "has exactly 4 OCOP certificates in the registry" in english


def test_a_name_nobody_claims_has_its_list_as_well(client):
    found = [make_certificate(product_name=name) for name in ("Chè", "Miến")]
    Certificate.objects.filter(pk__in=[each.pk for each in found]).update(
        producer=None, producer_name="Hộ Bảy", folded_producer_name="ho bay", province=None
    )

    page = page_of(client, f"/xac-minh/{found[0].code}/")[1]

    assert ("Hộ Bảy có đúng 2 giấy" in page, found[1].code in page) == (True, True)


def test_check_takes_as_many_queries_for_one_certificate_as_for_three(client, django_assert_max_num_queries):
    producer, taken = make_producer(), []
    certificate = make_certificate(producer=producer)
    for _ in range(2):
        client.get(f"/xac-minh/{certificate.code}/")
        with django_assert_max_num_queries(25) as queries:
            client.get(f"/xac-minh/{certificate.code}/")
        taken.append(len(queries))
        make_certificate(producer=producer)
        make_certificate(producer=producer)

    assert taken[0] == taken[1]


def test_markup_typed_as_a_code_stays_text(client):
    status, page = page_of(client, "/xac-minh/?ma=%3Cscript%3Ealert(1)%3C/script%3E")

    assert (status, "<script>alert(1)" in page, "&lt;script&gt;" in page) == (404, False, True)
