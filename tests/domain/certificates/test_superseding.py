"""Which certificate replaces which: the same product of the same producer, issued later, valid itself."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.certificates.acts import Ground, IllegalAct, UnknownCertificate
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.superseding import (
    NotNewer,
    NotTheSameProduct,
    ReplacementNotValid,
    find_replacement,
    is_later,
    is_same_product,
    replacements_for,
    restore_superseded,
    supersede_certificate,
    supersede_older,
)
from shop.domain.people.actor import Actor
from tests.factories import make_certificate, make_listing, make_officer, make_producer

pytestmark = pytest.mark.django_db
TODAY, NOW = clock.today(), clock.now()


def days_ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture
def producer():
    return make_producer()


@pytest.fixture
def officer():
    return Actor(user_id=make_officer().pk)


@pytest.fixture
def older(producer):
    return make_certificate(producer=producer, issued_on=days_ago(700))


@pytest.fixture
def newer(producer):
    return make_certificate(producer=producer, issued_on=days_ago(10), stars=5)


def stopped(certificate, state="suspended"):
    Certificate.objects.filter(pk=certificate.pk).update(stored_state=state, stopped_on=TODAY, stop_reason="cũ")
    certificate.refresh_from_db()
    return certificate


def replaced(certificate, by, on=None):
    Certificate.objects.filter(pk=certificate.pk).update(superseded_by=by, superseded_on=on or days_ago(5))
    certificate.refresh_from_db()
    return certificate


def act(older, newer, officer, *, effective_on=TODAY):
    ground = Ground("Đã công nhận lại", effective_on, "9/QĐ-UBND")
    return supersede_certificate(certificate_id=older.pk, by_certificate_id=newer.pk, ground=ground, actor=officer, now=NOW)


def run(*certificates):
    events = supersede_older(certificates=certificates, reason="Nhập danh sách", actor=Actor(user_id=None), now=NOW)
    return {event.certificate_id: event.detail["new"]["superseded_by_id"] for event in events}


def test_an_officer_lets_a_newer_certificate_replace_an_older_one(older, newer, officer):
    event = act(older, newer, officer, effective_on=days_ago(3))

    older.refresh_from_db()
    assert (older.superseded_by, older.superseded_on, older.stored_state) == (newer, days_ago(3), "active")
    assert (event.action, event.actor_id, event.detail["decision_number"]) == ("superseded", officer.user_id, "9/QĐ-UBND")
    assert act(older, newer, officer) is None


def test_the_older_star_ends_no_earlier_than_the_newer_one_begins(older, newer, officer):
    act(older, newer, officer, effective_on=days_ago(30))

    older.refresh_from_db()
    assert older.superseded_on == newer.issued_on


def test_what_is_replaced_or_revoked_is_not_replaced_and_what_is_suspended_may_be(producer, older, newer, officer):
    first = replaced(make_certificate(producer=producer, issued_on=days_ago(900)), older)
    with pytest.raises(IllegalAct):
        act(first, newer, officer)
    with pytest.raises(IllegalAct):
        act(stopped(make_certificate(producer=producer, issued_on=days_ago(800)), "revoked"), newer, officer)
    assert act(stopped(older), newer, officer).action == "superseded"


def test_a_replacement_is_newer_and_valid(producer, older, newer, officer):
    for issued_on in (days_ago(700), days_ago(701)):
        with pytest.raises(NotNewer) as refusal:
            act(older, make_certificate(producer=producer, issued_on=issued_on), officer)
        assert refusal.value.issued_on == days_ago(700)
    with pytest.raises(ReplacementNotValid, match=newer.code):
        act(older, stopped(newer), officer)
    with pytest.raises(NotTheSameProduct):
        act(older, make_certificate(producer=producer, product_name="Cà phê"), officer)
    assert Certificate.objects.filter(superseded_by__isnull=False).count() == 0


def test_the_same_product_is_known_by_itself_else_by_its_name(producer, older, newer):
    product, other = (make_listing(name).product for name in ("Chè", "Trà"))

    def is_same(one, two, *, of=(producer, producer), names=("a", "a")):
        pair = [
            Certificate(pk=place, producer=of[place], product=given, folded_name=names[place])
            for place, given in enumerate((one, two))
        ]
        return is_same_product(*pair)

    assert is_same_product(older, newer)
    assert not is_same_product(older, older)
    assert is_same(product, product, names=("a", "b"))
    assert not is_same(product, other)
    assert is_same(product, None)
    assert not is_same(product, None, names=("a", "b"))
    assert not is_same(None, None, of=(producer, make_producer()))
    assert not is_same(None, None, of=(None, None))
    assert (is_later(newer, older), is_later(older, newer)) == (True, False)
    same_day = make_certificate(producer=producer, issued_on=newer.issued_on)
    assert not is_later(same_day, newer)


def test_an_import_lets_the_next_valid_certificate_replace_the_one_before(producer, older, newer):
    between = make_certificate(producer=producer, issued_on=days_ago(300))
    make_certificate(producer=producer, product_name="Cà phê", issued_on=days_ago(800))
    make_certificate(issued_on=days_ago(800))

    assert run(newer) == {older.pk: between.pk, between.pk: newer.pk}
    older.refresh_from_db()
    assert older.superseded_on == TODAY
    event = older.events.get()
    assert (event.detail["decision_number"], event.detail["reason"]) == (between.decision.number, "Nhập danh sách")
    assert run(newer) == {}


def test_an_import_leaves_to_officers_what_is_stopped(producer, older, newer):
    stopped(older)
    assert run(newer) == {}
    next_one = stopped(make_certificate(producer=producer, issued_on=days_ago(5)))
    assert run(newer, next_one) == {}


def test_a_lapsed_certificate_replaces_nothing_that_is_valid(producer):
    lapsed = [make_certificate(producer=producer, issued_on=days_ago(days)) for days in (1500, 1300)]
    assert run(*lapsed) == {lapsed[0].pk: lapsed[1].pk}
    valid = make_certificate(producer=producer, product_name="Trà", issued_on=days_ago(500))
    short = make_certificate(producer=producer, product_name="Trà", issued_on=days_ago(400), valid_until=days_ago(1))
    last = make_certificate(producer=producer, product_name="Trà", issued_on=days_ago(10))
    assert run(short) == {valid.pk: last.pk, short.pk: last.pk}


def test_only_the_products_of_an_import_are_looked_at(producer, older, newer):
    names = [make_certificate(producer=make_producer(), product_name=name) for name in ("Chè Tân Cương", "Trà")]
    old_tea = make_certificate(producer=producer, product_name="Trà", issued_on=days_ago(800))
    make_certificate(producer=producer, product_name="Trà", issued_on=days_ago(10))

    # Each name and each producer was touched, but not this product of this producer.
    assert run(*names, make_certificate(producer=producer, product_name="Cà phê")) == {}
    old_tea.refresh_from_db()
    assert old_tea.superseded_by is None


def test_an_import_that_is_undone_gives_back_what_it_replaced(producer, older, newer):
    other = replaced(make_certificate(producer=producer, issued_on=days_ago(900)), older)
    replaced(older, newer)

    events = restore_superseded(by_certificate_ids=iter([newer.pk]), reason="Hoàn tác", actor=Actor(user_id=None), now=NOW)

    older.refresh_from_db()
    other.refresh_from_db()
    assert (older.superseded_by, older.superseded_on, other.superseded_by) == (None, None, older)
    assert [(event.certificate, event.action, event.detail["reason"]) for event in events] == [(older, "restored", "Hoàn tác")]
    assert events[0].detail["effective_on"] == TODAY.isoformat()


def test_replacements_are_offered_newest_first(producer, older, newer):
    last = make_certificate(producer=producer, issued_on=days_ago(1))
    stopped(make_certificate(producer=producer, issued_on=days_ago(2)))
    make_certificate(producer=producer, issued_on=days_ago(700))
    make_certificate(producer=producer, product_name="Cà phê")
    make_certificate(issued_on=days_ago(3))

    assert replacements_for(older, today=TODAY) == [last, newer]
    assert replacements_for(last, today=TODAY) == []


def test_replacements_of_a_product_may_bear_another_name(producer, older):
    product = make_listing("Chè", producer=producer).product
    Certificate.objects.filter(pk=older.pk).update(product=product)
    older.refresh_from_db()
    renamed = make_certificate(producer=producer, product=product, product_name="Chè búp", issued_on=days_ago(3))
    make_certificate(producer=producer, product_name="Trà", issued_on=days_ago(3))

    assert [one for one in replacements_for(older, today=TODAY) if one.issued_on == days_ago(3)] == [renamed]


def test_find_replacement_reads_a_code(newer):
    assert find_replacement(code=newer.code) == newer
    with pytest.raises(UnknownCertificate, match="XX-2026-00001"):
        find_replacement(code="XX-2026-00001")
