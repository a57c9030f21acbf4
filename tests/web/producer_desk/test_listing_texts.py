"""Writing what a listing says, from the desk."""

import pytest

from shop.domain.listings.models import Listing, ListingRevision
from shop.domain.listings.texts import TEXT_FIELDS, texts_of
from tests.components.showing import show
from tests.factories import make_listing, make_member, make_producer, make_revision
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return make_listing("Chè Tân Cương", price_vnd=100_000)


@pytest.fixture
def clerk(client, tea):
    return log_in(client, make_member(tea.producer, role="producer_listings"))


def _page(listing, part="gioi-thieu/"):
    return f"/ban-hang/san-pham/{listing.pk}/{part}"


def _form(listing, act="send", **changes):
    return texts_of(listing.product) | {"act": act, "draft": ""} | changes


def test_words_are_sent_and_the_page_keeps_the_old_ones(clerk, tea):
    answer = clerk.post(_page(tea), _form(tea, description="Thơm cốm"), follow=True)

    tea.product.refresh_from_db()
    assert "Đang chờ duyệt" in answer.content.decode()
    assert (ListingRevision.objects.get().texts, tea.product.description) == ({"description": "Thơm cốm"}, "")
    assert Listing.objects.get().state == "live"


def test_a_draft_is_kept_shown_again_previewed_and_thrown_away(clerk, tea):
    previewed = clerk.post(_page(tea), _form(tea, "preview", story="Từ năm 1920", story_en="Since 1920"), follow=True)
    editor = clerk.get(_page(tea)).content.decode()
    english = clerk.get(f"/en{_page(tea, 'xem-truoc/')}").content.decode()
    clerk.post(_page(tea), {"act": "discard"})

    assert "Từ năm 1920" in previewed.content.decode()
    assert "Từ năm 1920</textarea>" in editor
    assert "Since 1920" in english
    assert not ListingRevision.objects.exists()


def test_a_warning_quotes_the_sentence(clerk, tea):
    page = clerk.post(_page(tea), _form(tea, "save", description="Ngon. Trị dứt điểm ho!"), follow=True).content.decode()

    assert "Câu này nói công dụng chữa bệnh" in page
    assert "<q>Trị dứt điểm ho!</q>" in page


@pytest.mark.parametrize(
    ("field", "text"),
    [("title", ""), ("title", "x" * 256), ("description", "x" * 601), ("story", "x" * 5001), ("storage_en", "x" * 256)],
)
def test_a_text_that_does_not_fit_is_answered_and_nothing_typed_is_lost(clerk, tea, field, text):
    answer = clerk.post(_page(tea), _form(tea, ingredients="Búp chè", **{field: text}))

    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'class="errs"' in page
    assert "Búp chè</textarea>" in page
    assert not ListingRevision.objects.exists()


def test_a_colleagues_draft_is_not_lost_without_being_told(clerk, tea):
    clerk.post(_page(tea), _form(tea, "save", story="Của đồng nghiệp"))

    refused = clerk.post(_page(tea), _form(tea, "save", story="Của tôi"))
    mark = refused.context["text_form"]["draft"].value()
    again = clerk.post(_page(tea), _form(tea, "save", story="Của tôi", draft=mark))

    assert refused.status_code == 409
    assert "Của tôi</textarea>" in refused.content.decode()
    assert again.status_code == 302
    assert ListingRevision.objects.get().texts == {"story": "Của tôi"}


def test_what_came_back_stands_in_the_form_with_the_reason(clerk, tea):
    make_revision(tea, state="changes_requested", texts={"story": "Đạt 5 sao"}, reason="Bỏ chữ 5 sao")

    page = clerk.get(_page(tea)).content.decode()

    assert "Bỏ chữ 5 sao" in page
    assert "Đạt 5 sao</textarea>" in page


def test_extra_fields_change_nothing(clerk, tea):
    extra = {"state": "live", "certificate": 1, "producer": 9, "flags": "[]", "criteria_set": 14, "stars": 5}

    clerk.post(_page(tea), _form(tea, description="Thơm", **extra))

    assert set(ListingRevision.objects.get().texts) == {"description"}


def test_a_far_price_waits_and_is_said_to(clerk, tea):
    record = tea.stock_records.get()
    data = {"act": "save", "version": tea.version}
    data |= {f"goi-{record.pk}-price_vnd": "150.000", f"goi-{record.pk}-on_hand": 20, f"goi-{record.pk}-was": 20}

    page = clerk.post(_page(tea, ""), data, follow=True).content.decode()

    assert "chờ văn phòng duyệt" in page
    assert "giá mới 150.000" in page


def test_another_producers_listing_is_not_there(clerk):
    theirs = make_listing("Mật ong", producer=make_producer("Trại ong"))

    assert clerk.get(_page(theirs)).status_code == 404
    assert clerk.get(_page(theirs, "xem-truoc/")).status_code == 404
    assert clerk.post(_page(theirs), _form(theirs, description="Của tôi")).status_code == 404
    assert not ListingRevision.objects.exists()


def test_those_who_pack_do_not_write(client, tea):
    log_in(client, make_member(tea.producer, role="producer_orders"))

    assert client.get(_page(tea)).status_code == 404
    assert client.post(_page(tea), _form(tea, description="x")).status_code == 404


def test_every_field_of_both_languages_is_in_the_form(clerk, tea):
    page = clerk.get(_page(tea)).content.decode()

    assert [name for name in TEXT_FIELDS if f'name="{name}"' not in page] == []


@pytest.mark.parametrize("part", ["gioi-thieu/", "xem-truoc/", ""])
def test_the_pages_are_accessible(clerk, tea, part, phone_page, desk_page, assert_accessible):
    make_revision(tea, state="draft", texts={"description": "Đạt 5 sao " + "rấtdàikhôngcáchnào" * 15})
    make_revision(tea, prices={tea.stock_records.get().pk: 200_000})
    make_revision(tea, state="rejected", reason="Sai sự thật")
    html = clerk.get(_page(tea, part)).content.decode()

    assert_accessible(show(phone_page, html))
    assert_accessible(show(desk_page, html))
