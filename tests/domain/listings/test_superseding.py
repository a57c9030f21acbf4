"""One product, one star: what an act or an import does to the older certificate, and to the listing that claimed it."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.acts import Ground, IllegalAct, UnknownCertificate, suspend_certificate
from shop.domain.certificates.models import Certificate, CertificateEvent
from shop.domain.certificates.state import Standing, live_state, standing_on, valid_on
from shop.domain.certificates.superseding import (
    NotNewer,
    NotTheSameProduct,
    ReplacementNotValid,
    replacements_for,
)
from shop.domain.listings.superseding import give_back_products, supersede_and_move, take_over_products
from shop.domain.people.models import Officer
from shop.domain.producers.staff import actor_of
from tests.factories import make_certificate, make_listing, make_officer, make_order, make_producer, make_province

pytestmark = pytest.mark.django_db


def ground(**changes):
    return Ground(**({"reason": "Đã công nhận lại", "effective_on": clock.today(), "decision_number": "9/QĐ-UBND"} | changes))


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


@pytest.fixture
def tea():
    return make_listing("Chè Tân Cương", stars=4)


@pytest.fixture
def older(tea):
    return tea.certificate


def renew(older, **fields):
    values = {"stars": 5, "issued_on": clock.today() - timedelta(days=10), "product": older.product} | fields
    return make_certificate(producer=older.producer, product_name=older.product_name, **values)


def supersede(older, newer, officer, **changes):
    return supersede_and_move(
        certificate_id=older.pk, by_certificate_id=newer.pk, ground=ground(**changes), actor=officer, now=clock.now()
    )


def test_the_newer_certificate_takes_star_and_listing(tea, older, officer):
    newer = renew(older)

    event = supersede(older, newer, officer)

    older.refresh_from_db()
    tea.refresh_from_db()
    assert (older.superseded_by, older.superseded_on, older.stored_state) == (newer, clock.today(), "active")
    assert live_state(older, today=clock.today()) == "expired"
    assert (tea.certificate, tea.state, tea.version) == (newer, "live", 2)
    assert (event.action, event.detail["new"]["superseded_by_id"]) == ("superseded", newer.pk)
    assert AuditEntry.objects.get().action == "certificate.superseded"


def test_a_product_never_has_two_stars_and_never_none(tea, older, officer):
    newer = renew(older)
    supersede(older, newer, officer)
    older.refresh_from_db()

    for days in range(-30, 30):
        day = clock.today() + timedelta(days=days)
        in_sql = list(Certificate.objects.filter(valid_on(day=day)))
        in_python = [one for one in (older, newer) if live_state(one, today=day) != "expired"]
        assert set(in_sql) == set(in_python)
    assert Certificate.objects.filter(valid_on(day=clock.today())).get() == newer
    assert standing_on(older, day=clock.today()) == Standing.REPLACED
    assert standing_on(older, day=clock.today() - timedelta(days=1)) == Standing.VALID


def test_superseding_again_changes_nothing(tea, older, officer):
    newer = renew(older)
    supersede(older, newer, officer)

    assert supersede(older, newer, officer) is None
    assert CertificateEvent.objects.count() == 1


def test_what_was_sold_under_the_older_one_goes_on(tea, older, officer):
    order = make_order((tea, 1))

    supersede(older, renew(older), officer)

    line = order.lines.get()
    assert (line.certificate, line.stars, line.parcel.status) == (older, 4, "to_confirm")


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"issued_on": clock.today() - timedelta(days=200)}, NotNewer),
        ({"stored_state": "suspended", "stopped_on": clock.today()}, ReplacementNotValid),
    ],
)
def test_what_replaces_is_newer_and_valid(older, officer, fields, refusal):
    with pytest.raises(refusal):
        supersede(older, renew(older, **fields), officer)


def test_what_replaces_is_of_the_same_product(older, officer):
    others = [
        make_certificate(producer=older.producer, product_name="Mật ong", issued_on=clock.today()),
        make_certificate(producer=make_producer(), product_name=older.product_name, issued_on=clock.today()),
        older,
    ]

    for other in others:
        with pytest.raises(NotTheSameProduct):
            supersede(older, other, officer)
    assert replacements_for(older, today=clock.today()) == []


def test_a_revoked_or_replaced_certificate_is_not_replaced(older, officer):
    newer, newest = renew(older), renew(older, issued_on=clock.today() - timedelta(days=1))
    supersede(older, newer, officer)
    with pytest.raises(IllegalAct):
        supersede(older, newest, officer)
    Certificate.objects.filter(pk=newer.pk).update(stored_state="revoked", stopped_on=clock.today())
    with pytest.raises(IllegalAct):
        supersede(newer, newest, officer)


def test_an_officer_of_another_province_replaces_nothing(older):
    actor = actor_of(user=make_officer(scope=Officer.Scope.PROVINCE, province=make_province("68")))

    with pytest.raises(UnknownCertificate):
        supersede(older, renew(older), actor)


def test_an_import_lets_the_renewal_take_over(tea, older):
    newer = renew(older)

    take_over([newer])

    older.refresh_from_db()
    tea.refresh_from_db()
    assert (older.superseded_by, tea.certificate) == (newer, newer)
    assert CertificateEvent.objects.get().detail["decision_number"] == newer.decision.number


def take_over(certificates):
    from shop.domain.people.actor import SYSTEM  # noqa: PLC0415 -- only here

    return take_over_products(certificates=certificates, reason="Danh sách mới", actor=SYSTEM, now=clock.now())


def test_an_import_of_the_older_list_after_the_newer_one_comes_to_the_same(tea, older):
    newer = renew(older)
    tea.certificate = newer
    tea.save()

    take_over([older])

    older.refresh_from_db()
    tea.refresh_from_db()
    assert (older.superseded_by, tea.certificate) == (newer, newer)


def test_an_import_undoes_no_suspension(tea, older, officer):
    suspend_certificate(certificate_id=older.pk, ground=ground(), actor=officer, now=clock.now())

    take_over([renew(older)])

    older.refresh_from_db()
    tea.refresh_from_db()
    assert (older.superseded_by, tea.certificate, older.stored_state) == (None, older, "suspended")


@pytest.mark.parametrize(("days_after", "claims_newer"), [(-1, False), (1, True)])
def test_a_product_that_lost_its_star_claims_only_a_later_recognition(tea, older, days_after, claims_newer):
    stopped_on = clock.today() - timedelta(days=20)
    Certificate.objects.filter(pk=older.pk).update(stored_state="revoked", stopped_on=stopped_on)
    newer = renew(older, issued_on=stopped_on + timedelta(days=days_after))

    take_over([newer])

    tea.refresh_from_db()
    assert tea.certificate == (newer if claims_newer else older)


def test_a_lapsed_newer_one_replaces_nothing_that_is_valid(tea, older):
    Certificate.objects.filter(pk=older.pk).update(extended_until=clock.today() + timedelta(days=2000), extension_reason="Chờ")
    newer = renew(older, valid_until=clock.today() - timedelta(days=1))

    take_over([newer])

    older.refresh_from_db()
    tea.refresh_from_db()
    assert (older.superseded_by, tea.certificate) == (None, older)


def test_undoing_gives_star_and_listing_back(tea, older, officer):
    newer = renew(older)
    other = make_listing("Mật ong")
    newest = renew(other.certificate)
    take_over([newer])

    give_back_products(certificate_ids=[newer.pk], reason="Hoàn tác", actor=officer, now=clock.now())

    older.refresh_from_db()
    tea.refresh_from_db()
    assert (older.superseded_by, tea.certificate, tea.state) == (None, older, "live")
    assert live_state(older, today=clock.today()) == "valid"
    kept = other.certificate
    other.refresh_from_db()
    assert (other.certificate == kept, kept != newest, other.version) == (True, True, 1)
