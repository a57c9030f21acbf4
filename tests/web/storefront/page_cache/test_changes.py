"""Every act that changes what pages show reaches them with the next visit; without its word, half a minute later."""

from dataclasses import dataclass

import pytest
from django.core.cache import cache

from catalogue_ext.search.indexing import index_products
from shop.common import clock, shown_versions
from shop.domain.certificates.acts import Ground, suspend_certificate
from shop.domain.listings.models import Listing
from shop.domain.listings.moderating import Read, approve_revision
from shop.domain.listings.price_edit import set_price
from shop.domain.listings.publishing import hide_listing, publish_listing
from shop.domain.pages.drafting import save_draft
from shop.domain.pages.models import Page
from shop.domain.pages.operator import OperatorData, declare_operator
from shop.domain.pages.publishing import publish_draft
from shop.domain.pages.texts import WrittenText
from shop.domain.people.actor import SYSTEM, Actor
from shop.domain.producers.staff import actor_of
from shop.domain.producers.standing import suspend_producer
from shop.domain.stock.allocating import release_stock
from shop.domain.stock.counting import restock, set_stock
from shop.web.storefront import product
from tests.factories import make_listing, make_member, make_officer, make_order, make_revision
from tests.factories.imports import make_applied_import

from .asking import get, is_hit, page_cache, product_path  # noqa: F401 -- a fixture for all

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """Two products of one producer: one with fourteen units, one that is sold out, one that is hidden."""

    tea: Listing
    gone: Listing
    hidden: Listing
    owner: Actor
    officer: Actor

    @property
    def pages(self):
        """What visitors look at, by the names the table below uses."""
        province = self.tea.producer.profile.province.slug
        return {
            "home": "/",
            "list": "/san-pham/",
            "province": f"/tinh/{province}/",
            "provinces": "/tinh/",
            "search": "/tim/?q=che",
            "producer": f"/nha-san-xuat/{self.tea.producer.profile.slug}/",
            "registry": "/so-dang-ky/",
            "tea": product_path(self.tea),
            "gone": product_path(self.gone),
            "hidden": product_path(self.hidden),
            "text": "/thong-tin/doi-tra/",
            "form": "/xac-minh/",
        }


@pytest.fixture
def world():
    tea = make_listing("Chè búp", stock=14)
    gone = make_listing("Chè hết", producer=tea.producer, stock=2)
    hidden = make_listing("Chè ẩn", producer=tea.producer)
    make_order((gone, 2))
    Listing.objects.filter(pk=hidden.pk).update(state="hidden")
    hidden.refresh_from_db()
    index_products([tea.product_id, gone.product_id, hidden.product_id])
    owner, officer = actor_of(user=make_member(tea.producer)), actor_of(user=make_officer())
    cache.clear()
    return World(tea, gone, hidden, owner, officer)


def price(world):
    stock = world.tea.stock_records.get()
    now = clock.now()
    set_price(stock_record_id=stock.pk, price_vnd=199_000, expected_version=world.tea.version, actor=world.owner, now=now)


def count(world):
    stock = world.tea.stock_records.get()
    set_stock(stock_record_id=stock.pk, on_hand=3, expected_on_hand=14, actor=world.owner, now=clock.now())


def sell_one(world):
    make_order((world.tea, 1))


def sell_out(world):
    # In two orders: a large one in cash wants the phone confirmed first.
    make_order((world.tea, 7))
    make_order((world.tea, 7))


def give_back(world):
    release_stock(parcel_id=world.gone.stock_records.get().line_set.get().parcel_id, now=clock.now())


def take_back(world):
    restock(stock_record_id=world.gone.stock_records.get().pk, quantity=1, actor=SYSTEM, now=clock.now())


def hide(world):
    hide_listing(listing_id=world.tea.pk, actor=world.owner, now=clock.now())


def publish(world):
    publish_listing(listing_id=world.hidden.pk, actor=world.owner, now=clock.now(), today=clock.today())


def suspend(world):
    ground = Ground("Nhãn sai hạn dùng", clock.today())
    suspend_certificate(certificate_id=world.tea.certificate_id, ground=ground, actor=world.officer, now=clock.now())


def stop_producer(world):
    suspend_producer(producer_id=world.tea.producer_id, reason="Bán hàng giả", actor=world.officer, now=clock.now())


def moderate(world):
    revision = make_revision(world.tea, texts={"title": "Chè búp mới", "description": "Chè xuân"})
    read = Read(revision.number, world.tea.version)
    approve_revision(listing_id=world.tea.pk, read=read, actor=world.officer, now=clock.now(), today=clock.today())


def import_list(world):
    make_applied_import(officer=make_officer())


def write_text(world):
    page, now = Page.objects.get(slug="doi-tra"), clock.now()
    text = WrittenText("Đổi trả", "Trong mười ngày.", "Returns", "Within ten days.")
    save_draft(page_id=page.pk, revision=page.revision, text=text, actor=world.officer, now=now)
    page.refresh_from_db()
    publish_draft(page_id=page.pk, revision=page.revision, begins=now.date(), note="Mười", actor=world.officer, now=now)


def declare(world):
    data = OperatorData("Công ty Chợ OCOP", "1 Tràng Tiền, Hà Nội", "0100109106", "123/TMĐT", "+84912345678", "a@b.vn")
    declare_operator(data=data, actor=world.officer, now=clock.now())


SHELF = ("home", "list", "province", "search", "producer")
# Each act, and the pages on which it is seen.
ACTS = {
    price: ("tea", *SHELF),
    count: ("tea", *SHELF),
    sell_one: ("tea",),
    sell_out: ("tea", *SHELF),
    give_back: ("gone", *SHELF),
    take_back: ("gone", *SHELF),
    hide: ("tea", *SHELF, "provinces"),
    publish: ("hidden", *SHELF, "provinces"),
    suspend: ("tea", *SHELF, "provinces", "registry"),
    stop_producer: ("tea", "gone", *SHELF, "provinces"),
    moderate: ("tea", "list", "province", "search", "producer"),
    import_list: ("registry",),
    write_text: ("text",),
    declare: ("home", "list", "tea", "text", "form"),
}


def visit(world, names, tongues=("",)):
    """Look at pages: the tag of each, and whether it was found in the cache; pages that are gone have neither."""
    answers = {(tongue, name): get(tongue + world.pages[name]) for name in names for tongue in tongues}
    return {page: (one.get("ETag"), is_hit(one)) for page, one in answers.items()}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_an_act_is_seen_with_the_next_visit(world, act, django_capture_on_commit_callbacks):
    pages = (ACTS[act], ("", "/en"))
    before = visit(world, *pages)
    with django_capture_on_commit_callbacks(execute=True):
        act(world)
    after = visit(world, *pages)
    cache.clear()
    true = visit(world, *pages)

    assert {page for page in before if after[page][0] == before[page][0]} == set()
    assert after == true


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_without_its_word_the_old_page_stays_until_it_ends(world, act, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr(shown_versions, "_mark", lambda _names: None)
    before = visit(world, ACTS[act])
    with django_capture_on_commit_callbacks(execute=True):
        act(world)
    after = visit(world, ACTS[act])
    # Half a minute is over.
    cache.clear()
    later = visit(world, ACTS[act])

    assert after == {page: (tag, True) for page, (tag, _hit) in before.items()}
    assert {page for page in before if later[page][0] == before[page][0]} == set()


def test_a_sale_makes_no_list_anew(world, django_capture_on_commit_callbacks):
    visit(world, world.pages)
    with django_capture_on_commit_callbacks(execute=True):
        sell_one(world)

    made = {name for (_tongue, name), (_tag, hit) in visit(world, world.pages).items() if not hit}
    assert made == {"tea"}


def test_an_act_that_was_taken_back_changes_nothing(world, django_capture_on_commit_callbacks):
    visit(world, ACTS[price])
    with django_capture_on_commit_callbacks() as told:
        price(world)

    # Not committed: nobody is told.
    assert len(told) >= 1
    assert all(hit for _tag, hit in visit(world, ACTS[price]).values())


def test_a_page_that_was_begun_before_an_act_is_not_taken_for_a_later_one(world, django_capture_on_commit_callbacks, monkeypatch):
    path, read = product_path(world.tea), product.display_product

    def read_then_act(**arguments):
        shown = read(**arguments)
        monkeypatch.setattr(product, "display_product", read)
        with django_capture_on_commit_callbacks(execute=True):
            price(world)
        return shown

    monkeypatch.setattr(product, "display_product", read_then_act)
    begun_before = get(path)

    assert "199.000" not in begun_before.content.decode()
    assert "199.000" in get(path).content.decode()
