"""The same page for everybody, quickly; and nothing of anybody in it."""

import gzip
import re

import pytest
from django.core.cache import cache
from django.test import Client

from catalogue_ext.models import Category
from catalogue_ext.taxonomy_loading import load_taxonomy
from shop.common import clock
from shop.domain.wishes.keeping import keep_wish
from shop.web.storefront import home
from tests.factories import make_basket, make_listing, make_member, make_officer, make_user

from .asking import get, is_hit, kept_keys, page_cache, product_path, seconds_to_live  # noqa: F401 -- a fixture for all

pytestmark = pytest.mark.django_db

# What is different for each answer and each connection, or says which way the page came.
PASSING = {"Cache-Status", "Content-Length", "X-Request-ID"}
TOKEN = re.compile("csrfmiddlewaretoken|x-csrftoken|sessionid|oscar_open_basket", re.IGNORECASE)


@pytest.fixture
def tea():
    load_taxonomy()
    return make_listing("Chè búp Tân Cương", criteria_set=11)


@pytest.fixture
def paths(tea):
    group = Category.objects.get(depth=1, group="food")
    bare = [
        "/",
        "/san-pham/",
        "/san-pham/?sao=4",
        f"/danh-muc/{group.slug}-{group.pk}/",
        "/tinh/",
        "/tinh/thai-nguyen/",
        "/tim/?q=che",
        product_path(tea),
        f"/nha-san-xuat/{tea.producer.profile.slug}/",
        "/so-dang-ky/",
        "/xac-minh/",
        "/thong-tin/quy-che/",
    ]
    return [("", "/en")[number % 2] + path for number, path in enumerate(bare)] + ["/en/", product_path(tea)]


def test_the_second_visitor_gets_the_page_without_a_question_to_the_database(paths, django_assert_num_queries):
    for path in paths:
        made = get(path)
        with django_assert_num_queries(0):
            found = get(path)

        assert (path, made.status_code, is_hit(made), is_hit(found)) == (path, 200, False, True)
        assert (path, found.content == made.content) == (path, True)


def test_a_kept_page_has_exactly_the_headers_of_one_that_is_made(paths, settings):
    for path in paths:
        settings.PAGE_CACHE_SECONDS = 0
        plain = get(path)
        settings.PAGE_CACHE_SECONDS = 30
        answers = [get(path), get(path)]

        for one in answers:
            expected = {name: value for name, value in plain.items() if name not in PASSING}
            expected["ETag"] = f"W/{expected['ETag']}"
            sent = {name: value for name, value in one.items() if name not in PASSING}
            # Its directives come in any order.
            for headers in (expected, sent):
                headers["Content-Security-Policy"] = set(headers["Content-Security-Policy"].split("; "))
            assert (path, sent) == (path, expected)
    assert "default-src" in plain["Content-Security-Policy"]
    assert (plain["X-Frame-Options"], plain["X-Content-Type-Options"]) == ("DENY", "nosniff")


def test_kept_pages_set_no_cookie_and_carry_no_token(paths):
    for path in paths:
        for response in (get(path), get(path)):
            assert (path, dict(response.cookies), TOKEN.findall(response.content.decode())) == (path, {}, [])
            assert (path, response["Cache-Control"], response["Vary"]) == (
                path,
                "public, max-age=0, s-maxage=30",
                "Accept-Encoding",
            )


def test_a_page_somebody_has_is_not_sent_again(tea):
    path = product_path(tea)
    tag = get(path)["ETag"]

    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = get(path, if_none_match=known)
        assert (again.status_code, again.content, again["ETag"], is_hit(again)) == (304, b"", tag, True)
        assert again["Cache-Control"] == "public, max-age=0, s-maxage=30"
        assert "Content-Security-Policy" in again
    assert get(path, if_none_match='"other"').status_code == 200


def test_who_has_the_page_may_also_be_the_one_it_is_made_for(tea):
    tag = get("/san-pham/")["ETag"]
    cache.clear()

    assert get("/san-pham/", if_none_match=tag).status_code == 304
    assert (get("/san-pham/").status_code, is_hit(get("/san-pham/"))) == (200, True)


def test_pages_are_sent_compressed_to_those_who_take_it(tea):
    plain = get("/san-pham/")
    packed = get("/san-pham/", accept_encoding="br, gzip")

    assert (packed["Content-Encoding"], int(packed["Content-Length"])) == ("gzip", len(packed.content))
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain
    assert len(packed.content) * 3 < len(plain.content)


def test_the_head_of_a_page_is_that_of_the_page(tea):
    for _round in range(2):
        head, page = Client().head("/san-pham/"), get("/san-pham/")
        assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(len(page.content)))
        assert head["ETag"] == page["ETag"]


def test_languages_are_different_pages(tea):
    get(product_path(tea))
    english = get(f"/en{product_path(tea)}")

    assert (is_hit(english), english["Content-Language"]) == (False, "en")
    assert '<html lang="en">' in english.content.decode()
    assert '<html lang="vi">' in get(product_path(tea)).content.decode()


def person(kind, tea):
    """Somebody logged in, with something personal that pages of their own show."""
    name = f"Canary {kind}"
    if kind == "producer":
        user = make_member(tea.producer, first_name=name)
    elif kind == "officer":
        user = make_officer(first_name=name)
    else:
        user = make_user(first_name=name)
    make_basket((tea, 7), owner=user)
    keep_wish(user_id=user.pk, product_id=tea.product_id)
    client = Client()
    client.force_login(user)
    assert name in client.get("/manh/gio-hang/").content.decode()
    return client


def test_nothing_of_those_who_are_logged_in_reaches_the_next_visitor(paths, tea):
    people = [person(kind, tea) for kind in ("buyer", "producer", "officer")]
    for number, path in enumerate(paths):
        cache.clear()
        # Each in turn is the one for whom the page is made.
        first = people[number % len(people)]
        made = first.get(path, headers={"Accept-Language": "en", "Referer": "http://canary.example/"})
        answers = [made, *(client.get(path) for client in people), get(path)]

        assert (path, len({one.content for one in answers})) == (path, 1)
        assert (path, is_hit(made), is_hit(answers[-1])) == (path, False, True)
        assert (path, "Canary" in made.content.decode(), "canary" in made.content.decode()) == (path, False, False)
        assert (path, [dict(one.cookies) for one in answers]) == (path, [{}] * len(answers))
        assert (path, {one["Vary"] for one in answers}) == (path, {"Accept-Encoding"})


@pytest.fixture
def home_that_tells_names(monkeypatch):
    """The mistake somebody may make one day: a public page that looks who is there."""
    make = home.render_for_all

    def tell(request, template, context, status=200):
        response = make(request, template, context, status)
        names = (request.headers.get("X-Name", ""), request.COOKIES.get("name", ""), request.get_host())
        response.content += "|".join(names).encode()
        return response

    monkeypatch.setattr(home, "render_for_all", tell)


def test_a_page_that_looks_sees_nobody(tea, home_that_tells_names, settings):
    client = Client()
    client.cookies["name"] = "canary"
    page = client.get("/", headers={"X-Name": "canary", "Host": "localhost"}).content.decode()
    settings.PAGE_CACHE_SECONDS = 0
    looked = client.get("/", headers={"X-Name": "canary", "Host": "localhost"}).content.decode()

    assert page.endswith("||127.0.0.1:8000")
    # Without the page cache the same mistake shows.
    assert looked.endswith("canary|canary|localhost")


def test_a_page_that_asks_who_is_there_is_not_kept(tea, monkeypatch):
    make = home.render_for_all

    def ask(request, *arguments):
        assert not request.user.is_authenticated
        return make(request, *arguments)

    monkeypatch.setattr(home, "render_for_all", ask)
    assert "Cookie" in get("/")["Vary"]
    assert not is_hit(get("/"))
    assert kept_keys() == []


def test_strange_hosts_and_prefixes_are_kept_out(tea):
    assert get("/", host="evil.example").status_code == 400
    assert kept_keys() == []
    get("/")
    assert get("/", host="evil.example").status_code == 400
    prefixed = Client().get("/san-pham/", SCRIPT_NAME="/evil")
    assert "Cache-Status" not in prefixed
    assert "/evil" not in get("/san-pham/").content.decode()


def test_strange_parameters_are_neither_kept_nor_shown(tea):
    first = get("/san-pham/?utm_source=canary&sao=4")

    assert "canary" not in first.content.decode()
    assert is_hit(get("/san-pham/?sao=4&fbclid=2"))
    for number in range(30):
        get(f"{product_path(tea)}?x{number}={number}")
    assert len(kept_keys()) == 2


def test_what_does_not_exist_or_moved_is_not_kept(tea):
    assert get("/san-pham/khong-co-999999/").status_code == 404
    assert get("/san-pham/?trang=9999").status_code == 404
    assert get(f"/san-pham/sai-{tea.product_id}/?quy-cach=5")["Location"] == f"{product_path(tea)}?quy-cach=5"
    assert get("/xac-minh/?ma=%21%21%21")["Cache-Control"] == "no-store"
    assert kept_keys() == []


def test_a_flood_of_words_fills_no_memory(tea, monkeypatch):
    monkeypatch.setattr("shop.web.storefront.page_cache.copies.MOST_VARIANTS", 3)
    for number in range(6):
        assert get(f"/tim/?q=che+{number}").status_code == 200

    assert len(kept_keys()) == 3
    get("/san-pham/")
    assert is_hit(get("/san-pham/"))


def test_no_page_lives_longer_than_the_promise(paths):
    for path in paths:
        get(path)

    lifetimes = seconds_to_live()
    assert len(lifetimes) == len(paths)
    assert all(0 < seconds <= 30 for seconds in lifetimes)


def test_every_page_leads_to_the_basket_without_scripts_and_fetches_its_count(paths, tea):
    client = person("buyer", tea)
    for path in paths:
        page = client.get(path).content.decode()
        prefix = "/en" if path.startswith("/en") else ""
        assert (path, f'href="{prefix}/gio-hang/"' in page, f'hx-get="{prefix}/manh/gio-hang/"' in page) == (path, True, True)

    fragment = client.get("/manh/gio-hang/")
    assert ("<b>7</b>" in fragment.content.decode(), fragment["Cache-Control"]) == (True, "no-store")
    assert "Cache-Status" not in fragment


def test_a_page_kept_yesterday_is_not_shown_today(tea, settings):
    settings.SHOP_CLOCK = "2027-03-12T23:59:58"
    before = get("/")
    near_midnight = before["Cache-Control"]
    settings.SHOP_CLOCK = "2027-03-13T00:00:00"

    assert near_midnight in {"public, max-age=0, s-maxage=1", "public, max-age=0, s-maxage=0"}
    assert not is_hit(get("/"))
    assert is_hit(get("/"))
    assert clock.today().isoformat() == "2027-03-13"
