"""Where a person is logged in."""

import pytest
from django.core.cache import cache
from django.test import Client

from shop.domain.people.models import Device
from shop.web.account.devices import name_browser
from tests.access.entering import log_in_by_password, make_known
from tests.components.showing import show
from tests.factories import PASSWORD
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

EMAIL = "chau@example.vn"
PAGE = "/tai-khoan/thiet-bi/"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
AGENTS = {
    f"Mozilla/5.0 (Linux; Android 14; SM-A155F) {WEBKIT} Chrome/131.0.0.0 Mobile Safari/537.36": "Chrome, Android",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {WEBKIT} Mobile/15E148 Safari/604.1": "Safari, iPhone",
    f"Mozilla/5.0 (Windows NT 10.0; Win64) {WEBKIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0": "Edge, Windows",
    f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} coc_coc_browser/130.0 Chrome/124.0 Safari/537": "Cốc Cốc, Windows",
    "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0": "Firefox, Linux",
    "": "Trình duyệt lạ",
    "<script>alert(1)</script>": "Trình duyệt lạ",
}


def _device(agent=""):
    client = Client(headers={"user-agent": agent})
    log_in_by_password(client, EMAIL)
    return client


@pytest.fixture
def person():
    return make_known(EMAIL)


@pytest.mark.parametrize("agent", AGENTS)
def test_a_browser_is_named_in_a_few_words(agent):
    assert name_browser(agent) == AGENTS[agent]


def test_each_log_in_is_a_line_and_one_is_this_device(person):
    here, _ = _device(next(iter(AGENTS))), _device(list(AGENTS)[1])

    html = here.get(PAGE).content.decode()

    assert ("Chrome, Android" in html, "Safari, iPhone" in html, html.count("thiết bị này")) == (True, True, 1)


def test_one_device_is_ended(person):
    here, elsewhere = _device(), _device()
    there = Device.objects.get(session_key=elsewhere.session.session_key)

    here.post(f"{PAGE}{there.pk}/ket-thuc/")

    assert (elsewhere.get(PAGE).status_code, here.get(PAGE).status_code) == (302, 200)


def test_another_persons_device_is_not_there(person):
    here = _device()
    make_known("khac@example.vn")
    other = Client()
    log_in_by_password(other, "khac@example.vn")
    there = Device.objects.get(session_key=other.session.session_key)

    response = here.post(f"{PAGE}{there.pk}/ket-thuc/")

    assert (response.status_code, other.get(PAGE).status_code) == (404, 200)


def test_all_others_are_ended_also_those_not_on_the_list(person):
    here, elsewhere, unlisted = _device(), _device(), log_in(Client(), person)

    here.post(f"{PAGE}khac/ket-thuc/")

    assert [client.get(PAGE).status_code for client in (here, elsewhere, unlisted)] == [200, 302, 302]
    assert Device.objects.count() == 1


def test_a_new_password_ends_the_others_and_keeps_this_one(person):
    here, elsewhere = _device(), _device()

    here.post("/tai-khoan/mat-khau/", {"oldpassword": PASSWORD, "password1": "Che-Moi-Hai-2026"})

    html = here.get(PAGE).content.decode()
    assert elsewhere.get(PAGE).status_code == 302
    assert html.count("thiết bị này") == Device.objects.count() == 1


def test_a_session_that_is_over_is_not_listed(person):
    here, elsewhere = _device(), _device()
    elsewhere.session.flush()

    here.get(PAGE)

    assert Device.objects.count() == 1


def test_last_use_is_noted_once_in_a_while(person, django_assert_num_queries):
    here = _device()
    Device.objects.update(last_seen_at="2026-01-01T00:00:00Z")
    cache.clear()

    here.get(PAGE)
    noted = Device.objects.get().last_seen_at
    Device.objects.update(last_seen_at="2026-01-01T00:00:00Z")
    here.get(PAGE)

    assert noted.month != 1
    assert Device.objects.get().last_seen_at.month == 1


def test_public_pages_note_nothing(person):
    here = _device()
    Device.objects.update(last_seen_at="2026-01-01T00:00:00Z")
    cache.clear()

    here.get("/")

    assert Device.objects.get().last_seen_at.year == 2026
    assert Device.objects.get().last_seen_at.month == 1


@pytest.mark.parametrize("address", [PAGE, f"/en{PAGE}"])
def test_the_page_is_accessible(person, phone_page, assert_accessible, address):
    here = _device(next(iter(AGENTS)))
    _device("x" * 400)

    assert_accessible(show(phone_page, here.get(address).content.decode()))


def test_who_logged_in_before_the_list_existed_reads_so(client, person):
    log_in(client, person)

    assert "Chưa ghi được thiết bị nào" in client.get(PAGE).content.decode()
