"""Whatever a producer, a buyer, an annex or the office writes is text on every public page, also without the strict policy."""

import pytest
from django.core.cache import cache

from catalogue_ext.models import Product
from catalogue_ext.search.indexing import index_products
from shop.common import clock
from shop.domain.certificates.models import Certificate, Decision, UnprovenEntry
from shop.domain.ordering.fulfilling import decline_parcel
from shop.domain.ordering.links import tracking_token
from shop.domain.pages.models import OperatorRecord, Page, PageVersion
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.models import ProducerProfile
from shop.oscar_forks.partner.models import Partner
from tests.factories import make_listing, make_order, make_producer

from .public_places import product_path

pytestmark = pytest.mark.django_db(transaction=True)

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'><svg onload=alert(3)>",
    '" autofocus onfocus=alert(4) x="',
    "</script><script>alert(5)</script>",
    "</title><script>alert(6)</script>",
    "</textarea><script>alert(7)</script>",
    "&lt;script&gt;alert(8)&lt;/script&gt;",
    "<details open ontoggle=alert(9)>",
    "[Tea](javascript:alert(10))",
    "javascript:alert(11)",
    "<!--><script>alert(12)</script>-->",
    "]]><script>alert(13)</script>",
    '<iframe srcdoc="<script>parent.alert(14)</script>"></iframe>',
    '<a href="&#106;avascript:alert(15)">Tea</a>',
    "{{ settings.SECRET_KEY }}{% now 'Y' %}",
)
# What a text would have to become before anything of it can run.
FOOTHOLDS = (
    'img[src="x"], [onerror], [onload], [onfocus], [ontoggle], iframe, '
    'a[href^="javascript:" i], form[action^="javascript:" i], script:not([src]):not([type$="json"])'
)
WATCH = "window.ran = []; window.alert = what => window.ran.push(what)"


def hostile(length=5000):
    """As many payloads as fit, none of them cut."""
    text = ""
    for payload in PAYLOADS:
        if len(text) + len(payload) + 1 <= length:
            text += payload + "\n"
    return text.strip()


def fill(model, pk, *, only):
    """Write payloads into these texts of a row."""
    for number, name in enumerate(only, pk):
        limit = model._meta.get_field(name).max_length or 5000
        # Short fields hold one payload each, a different one.
        text = PAYLOADS[number % len(PAYLOADS)][:limit] if limit < 300 else hostile(limit)
        model.objects.filter(pk=pk).update(**{name: text})


def make_hostile_product(title):
    listing = make_listing(title, producer=make_producer(f"HTX {title}"))
    certificate, producer = listing.certificate, listing.producer
    texts = ["title", "description", "story", "ingredients", "storage", "shelf_life", "unit"]
    fill(Product, listing.product_id, only=[*texts, *(f"{name}_en" for name in texts)])
    paper = ["product_name", "producer_name", "address_as_certified", "group_as_printed", "product_code", "legacy_province"]
    fill(Certificate, certificate.pk, only=[*paper, "stop_reason", "stop_decision", "extension_reason", "source_sheet"])
    fill(Decision, certificate.decision_id, only=["authority", "number", "source"])
    fill(Partner, producer.pk, only=["name"])
    profile = ProducerProfile.objects.get(producer=producer)
    fill(ProducerProfile, profile.pk, only=["name_en", "address_as_certified", "description", "description_en"])
    return listing


@pytest.fixture
def addresses():
    """Every public page that shows somebody's words."""
    tea, gone = make_hostile_product("Chè"), make_hostile_product("Miến")
    today = clock.today()
    Certificate.objects.filter(pk=gone.certificate_id).update(stored_state="revoked", stopped_on=today)
    UnprovenEntry.objects.create(
        **dict.fromkeys(("product_name", "source"), hostile(500)),
        **dict.fromkeys(("producer_name", "place"), hostile(250)),
        folded_name="che",
        source_file="danh-sach.csv",
        source_row=1,
    )
    order = make_order((tea, 1), buyer_name=PAYLOADS[0], street=hostile(200), note=hostile(200))
    decline_parcel(parcel_id=order.parcels.get().pk, reason=hostile(300), actor=SYSTEM, now=clock.now())
    OperatorRecord.objects.create(name=hostile(250), address=hostile(250), moit_number=PAYLOADS[0], declared_at=clock.now())
    information = make_hostile_page()
    index_products([tea.product_id, gone.product_id])
    cache.clear()
    return [
        "/",
        "/san-pham/",
        f"/tinh/{tea.producer.profile.province.slug}/",
        f"/nha-san-xuat/{tea.producer.profile.slug}/",
        product_path(tea),
        product_path(gone),
        f"/xac-minh/{tea.certificate.code}/",
        f"/xac-minh/{gone.certificate.code}/",
        f"/xac-minh/{tea.certificate.code}/nhan/",
        "/so-dang-ky/",
        "/so-dang-ky/?q=%3Cscript%3Ealert(1)%3C/script%3E%22%20autofocus%20onfocus=alert(4)%20x=%22",
        "/tim/?q=%3Cscript%3Ealert(1)%3C/script%3E%22%20autofocus%20onfocus=alert(4)%20x=%22",
        f"/thong-tin/{information.slug}/",
        f"/thong-tin/{information.slug}/phien-ban/",
        "/thong-tin/don-vi-van-hanh/",
        f"/don-hang/{order.number}/{tracking_token(order)}/",
    ]


def make_hostile_page():
    page, _ = Page.objects.get_or_create(kind="returns", defaults={"slug": "doi-tra", "position": 3})
    now = clock.now()
    texts = {"title": PAYLOADS[0], "title_en": PAYLOADS[1], "body": hostile(), "body_en": hostile()}
    PageVersion.objects.create(
        page=page, number=99, valid_from=now, published_at=now, change_note=PAYLOADS[2], revision=99, **texts
    )
    return page


@pytest.fixture
def unprotected(browser):
    """A browser that does not keep to the policy: what the pages escape has to be enough."""
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def found_in(page):
    """What ran on a page, and what only waits for a click."""
    page.wait_for_load_state("load")
    return page.evaluate("window.ran") + page.eval_on_selector_all(
        FOOTHOLDS, "all => all.map(one => one.outerHTML.slice(0, 200))"
    )


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_text_runs_on_any_public_page(live_stack, unprotected, addresses, language):
    shop, found, shown = live_stack(), {}, 0
    for path in addresses:
        answer = unprotected.goto(f"{shop}{language}{path}")
        assert answer.status in {200, 410}, path
        found[path] = found_in(unprotected)
        shown += "alert(" in unprotected.inner_text("body")

    assert {path: what for path, what in found.items() if what} == {}
    # Or nothing would have been looked at.
    assert shown >= len(addresses) - 4


def test_a_page_that_does_not_escape_is_found_out(unprotected):
    unprotected.goto("about:blank")

    unprotected.evaluate("text => { document.open(); document.write(text); document.close() }", "<p>" + hostile())

    assert found_in(unprotected) != []
