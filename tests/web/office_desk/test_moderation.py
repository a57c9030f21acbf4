"""Reading what producers sent: who may, what is shown, what two readers are told."""

import pytest

from shop.common import clock
from shop.domain.listings.models import ListingRevision
from shop.domain.notifications.models import OutboxMessage
from shop.domain.people.models import Officer
from tests.components.showing import show
from tests.factories import make_listing, make_member, make_officer, make_producer, make_province, make_revision
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

LIST = "/van-phong/duyet/"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def office(client):
    return log_in(client, make_officer(), second_factor=True)


def _page(listing):
    return f"{LIST}{listing.pk}/"


def _answer(listing, act, reason="", **changes):
    revision = listing.revisions.get(state="submitted")
    return {"act": act, "number": revision.number, "listing_version": listing.version, "reason": reason} | changes


def test_the_list_shows_the_oldest_first_with_age_parts_and_flags(office):
    flag = {"kind": "more_stars", "field": "description", "sentence": "5 sao"}
    make_revision(make_listing("Chè Tân Cương"), flags=[flag])
    honey = make_listing("Mật ong", price_vnd=100_000)
    make_revision(honey, texts={}, prices={honey.stock_records.get().pk: 150_000})

    page = office.get(LIST).content.decode()

    assert page.index("Chè Tân Cương") < page.index("Mật ong")
    assert "Mô tả ngắn" in page
    assert "1 câu" in page
    assert "Giá bán" in page
    assert "dưới 1 giờ" in page


def test_an_empty_list_says_so(office):
    assert "Không có gì chờ duyệt" in office.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(office, count, django_assert_max_num_queries):
    for number in range(count):
        make_revision(make_listing(f"Chè {number}"))

    with django_assert_max_num_queries(26):
        assert office.get(LIST).status_code == 200


def test_old_and_new_stand_side_by_side_word_by_word(office):
    listing = make_listing(description="Chè xanh thơm cốm", price_vnd=100_000)
    make_revision(listing, texts={"description": "Chè đen thơm cốm"}, prices={listing.stock_records.get().pk: 150_000})

    page = office.get(_page(listing)).content.decode()

    assert "</span>xanh</del>" in page
    assert "</span>đen</ins>" in page
    assert "tăng 50" in page
    assert listing.certificate.code in page


def test_sentences_to_warn_of_are_quoted(office):
    listing = make_listing(stars=4)
    make_revision(listing, texts={"story": "Chè ngon. Đạt 5 sao, chữa khỏi ho!"})

    page = office.get(_page(listing)).content.decode()

    assert "Nói nhiều sao hơn giấy chứng nhận" in page
    assert "Nói công dụng chữa bệnh của thực phẩm" in page
    assert "Đạt 5 sao, chữa khỏi ho!" in page


def test_approving_puts_the_words_on_the_page(office, client):
    listing = make_listing()
    make_revision(listing, texts={"description": "Chè xuân, sao suốt tay."})

    answer = office.post(_page(listing), _answer(listing, "approve"))

    assert answer.status_code == 302
    assert "Chè xuân, sao suốt tay." in client.get(listing.product.get_absolute_url()).content.decode()


@pytest.mark.parametrize("act", ["ask", "reject"])
def test_sending_back_without_a_reason_is_answered_above_the_field(office, act):
    listing = make_listing()
    make_revision(listing)

    answer = office.post(_page(listing), _answer(listing, act))

    assert answer.status_code == 400
    assert "Hãy ghi lý do" in answer.content.decode()
    assert 'class="errs"' in answer.content.decode()


@pytest.mark.parametrize(("act", "state"), [("ask", "changes_requested"), ("reject", "rejected")])
def test_sending_back_tells_the_producer_and_stands_on_its_desk(office, client, act, state):
    listing = make_listing()
    make_revision(listing)

    office.post(_page(listing), _answer(listing, act, reason="Bỏ câu thứ hai"))

    log_in(client, make_member(listing.producer))
    assert ListingRevision.objects.get().state == state
    assert "Bỏ câu thứ hai" in client.get(f"/ban-hang/san-pham/{listing.pk}/").content.decode()
    assert OutboxMessage.objects.filter(kind="listing_answered").exists()


def test_words_that_changed_meanwhile_are_shown_anew_and_the_reason_stays(office):
    listing = make_listing()
    make_revision(listing)
    stale = _answer(listing, "reject", reason="Sai sự thật")
    ListingRevision.objects.update(state="replaced")
    make_revision(listing, texts={"description": "Hoàn toàn khác"})

    answer = office.post(_page(listing), stale)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "vừa gửi bản khác" in page
    assert "Hoàn toàn khác" in page
    assert "Sai sự thật" in page
    assert 'name="number" value="2"' in page
    assert ListingRevision.objects.get(number=2).state == "submitted"


def test_the_slower_of_two_moderators_is_told_what_the_other_said(office):
    listing = make_listing()
    make_revision(listing)
    form = _answer(listing, "reject", reason="Sai")
    ListingRevision.objects.update(state="approved", decided_by=make_officer(), decided_at=clock.now())

    answer = office.post(_page(listing), form)

    assert answer.status_code == 409
    assert "Đồng nghiệp đã trả lời trước bạn: Đã duyệt" in answer.content.decode()
    assert ListingRevision.objects.get().state == "approved"


def test_an_officer_who_works_there_is_refused_by_crafted_post_too(client):
    officer = make_officer()
    listing = make_listing()
    make_member(listing.producer, user=officer, role="producer_orders")
    make_revision(listing)
    log_in(client, officer, second_factor=True)

    answer = client.post(_page(listing), _answer(listing, "approve"))

    assert answer.status_code == 409
    assert ListingRevision.objects.get().state == "submitted"


@pytest.mark.parametrize(
    "changes", [{"number": "x"}, {"number": ""}, {"listing_version": "-1"}, {"act": "delete"}, {"reason": "x" * 1001}]
)
def test_a_crafted_form_changes_nothing(office, changes):
    listing = make_listing()
    make_revision(listing)

    assert office.post(_page(listing), _answer(listing, "approve") | changes).status_code == 400
    assert ListingRevision.objects.get().state == "submitted"


def test_outside_ones_place_there_is_nothing(client):
    listing = make_listing(producer=make_producer(province=make_province("19")))
    make_revision(listing)
    log_in(client, make_officer(scope=Officer.Scope.PROVINCE, province=make_province("01")), second_factor=True)

    assert client.get(_page(listing)).status_code == 404
    assert client.post(_page(listing), _answer(listing, "approve")).status_code == 404
    assert listing.product.title not in client.get(LIST).content.decode()
    assert ListingRevision.objects.get().state == "submitted"


def test_a_draft_is_nobodys_business_but_its_producers(office):
    listing = make_listing()
    make_revision(listing, state="draft", texts={"description": "Bí mật"})

    assert office.get(_page(listing)).status_code == 404
    assert "Bí mật" not in office.get(LIST).content.decode()


def test_no_text_of_a_producer_runs(office, client):
    listing = make_listing(SCRIPT, description=SCRIPT)
    fields = ("title", "title_en", "description", "description_en", "story", "ingredients", "storage", "shelf_life")
    make_revision(listing, texts=dict.fromkeys(fields, f"{SCRIPT}{{{{ settings }}}} 5 sao"))

    page = office.get(_page(listing)).content.decode()
    office.post(_page(listing), _answer(listing, "approve"))

    log_in(client, make_member(listing.producer))
    pages = [page, client.get(listing.product.get_absolute_url()).content.decode()]
    pages += [
        client.get(f"/ban-hang/san-pham/{listing.pk}/{part}").content.decode() for part in ("", "gioi-thieu/", "xem-truoc/")
    ]
    for each in pages:
        assert SCRIPT not in each
        assert "alert(1)" in each


def test_the_pages_are_english_too(office):
    listing = make_listing()
    make_revision(listing)

    assert "Review products" in office.get(f"/en{LIST}").content.decode()
    assert "Ask for changes" in office.get(f"/en{_page(listing)}").content.decode()


@pytest.mark.parametrize("page_name", ["list", "one"])
def test_the_pages_are_accessible(office, phone_page, desk_page, assert_accessible, page_name):
    listing = make_listing(description="Chè xanh", price_vnd=100_000)
    text = {"description": "Chè " + "rấtdàikhôngcáchnào" * 20, "story": "Đạt 5 sao"}
    flags = [{"kind": "more_stars", "field": "story", "sentence": "Đạt 5 sao"}]
    make_revision(listing, texts=text, prices={listing.stock_records.get().pk: 200_000}, flags=flags)
    html = office.get(LIST if page_name == "list" else _page(listing)).content.decode()

    assert_accessible(show(phone_page, html))
    assert_accessible(show(desk_page, html))
