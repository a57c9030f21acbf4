"""An import taken back: nothing of it is left to see, importing again gives the same, and what happened meanwhile stays."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from shop.common import clock
from shop.domain.certificates.acts import Ground, suspend_certificate
from shop.domain.certificates.importing.runs import ImportNotReady, State
from shop.domain.certificates.models import Certificate, CertificateEvent, Decision, ImportChange
from shop.domain.listings.import_undoing import ObstacleKind, UndoBlocked, UndoTooLate, request_undo
from shop.domain.listings.models import Listing
from shop.domain.people.actor import Actor
from shop.domain.producers.models import ProducerProfile
from shop.oscar_forks.partner.models import Partner
from tests.factories import make_officer, make_order, make_province, make_stock_record
from tests.factories.imports import BAD, HONEY, TEA, make_applied_import, make_import, work

pytestmark = pytest.mark.django_db
NAMELESS = ("Mật ong", None, "xã Ninh Gia", "3 sao", None)


@pytest.fixture
def officer():
    return make_officer()


def undo(run, officer):
    request_undo(run_id=run.pk, actor=Actor(user_id=officer.pk), now=clock.now())
    work()
    run.refresh_from_db()
    return run


def registry():
    """What the registry and the shelf hold, less ids, times and the runs behind them."""
    fields = [
        "code", "decision__number", "product_name", "folded_producer_name", "producer__name", "producer__profile__slug",
        "product__title", "product__slug", "stars", "score", "issued_on", "valid_until", "province", "stored_state",
        "superseded_by__code", "product__listing__state", "product__listing__certificate__code",
    ]  # fmt: skip
    return sorted(Certificate.objects.values_list(*fields), key=str), Partner.objects.count(), Listing.objects.count()


def test_undo_import_leaves_nothing_to_see(officer):
    run = make_applied_import(officer=officer)
    assert Certificate.objects.count() == Listing.objects.count() == 2

    undo(run, officer)

    assert (run.state, run.undone_by_id) == (State.UNDONE, officer.pk)
    assert Certificate.objects.count() == Listing.objects.count() == ProducerProfile.objects.count() == 0
    assert set(Certificate.everything.values_list("producer", "product")) == {(None, None)}
    history = CertificateEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(history) == ["imported", "imported", "import_undone", "import_undone"]


def test_undo_import_then_import_again_is_importing_once(officer):
    run = make_applied_import(officer=officer)
    before = registry()

    undo(run, officer)
    again = make_applied_import(officer=officer)

    assert again.state == State.APPLIED
    assert again.report["counts"]["new"] == 2
    assert registry() == before
    assert Certificate.everything.count() == 2


def test_undo_import_lets_a_corrected_list_in_with_the_codes_of_before(officer):
    run = make_applied_import(HONEY, TEA, officer=officer)
    undo(run, officer)

    make_applied_import((*HONEY[:3], "4 sao", 80), ("Trà sen", *TEA[1:]), officer=officer)

    honey, lotus = Certificate.objects.get(product_name="Mật ong"), Certificate.objects.get(product_name="Trà sen")
    assert (honey.code, honey.stars) == ("LD-2026-00001", 4)
    # The code of the tea that is not in the list again is nobody else's.
    assert lotus.code == "LD-2026-00003"
    assert Decision.objects.count() == 1


def test_undo_import_blanks_what_it_completed(officer):
    first = make_applied_import(NAMELESS, officer=officer)
    before = registry()

    second = make_applied_import(HONEY, officer=officer)
    assert Certificate.objects.get().producer.name == "HTX Ong Vàng"
    undo(second, officer)

    assert registry() == before
    assert (first.state, second.state) == (State.APPLIED, State.UNDONE)


def test_undo_import_gives_a_renewed_product_its_older_star_back(officer):
    make_applied_import(HONEY, officer=officer)
    before = registry()

    renewal = make_applied_import((*HONEY[:3], "4 sao", 80), officer=officer, number="99/QĐ-UBND", day=date(2026, 8, 6))
    older = Certificate.objects.get(decision__number="12/QĐ-UBND")
    assert older.superseded_by.stars == 4
    undo(renewal, officer)

    assert registry() == before


@pytest.mark.parametrize("kind", list(ObstacleKind))
def test_undo_import_is_refused_when_something_happened_meanwhile(officer, kind):
    make_applied_import(NAMELESS, officer=officer)
    run = make_applied_import(HONEY, TEA, officer=officer)
    certificate = Certificate.objects.get(product_name="Trà Ô long")
    if kind is ObstacleKind.SOLD:
        sell(certificate)
    elif kind is ObstacleKind.ACT:
        ground = Ground("Kiểm tra", clock.today())
        suspend_certificate(certificate_id=certificate.pk, ground=ground, actor=Actor(user_id=officer.pk), now=clock.now())
    else:
        certificate = Certificate.objects.get(product_name="Mật ong")
        Certificate.objects.filter(pk=certificate.pk).update(score=60)
    before = registry()

    with pytest.raises(UndoBlocked) as blocked:
        undo(run, officer)

    assert [(one.kind, one.code) for one in blocked.value.obstacles] == [(kind, certificate.code)]
    run.refresh_from_db()
    assert run.state == State.APPLIED
    assert registry() == before


def sell(certificate):
    listing = certificate.listings.get()
    make_stock_record(listing=listing)
    ProducerProfile.objects.filter(pk=listing.producer_id).update(status="active")
    Listing.objects.filter(pk=listing.pk).update(state="live", price_from_vnd=50_000)
    listing.refresh_from_db()
    return make_order((listing, 1))


def test_undo_import_keeps_a_listing_that_its_producer_worked_on_off_the_shelf(officer):
    run = make_applied_import(HONEY, officer=officer)
    listing = Listing.objects.get()
    make_stock_record(listing=listing)
    Listing.objects.filter(pk=listing.pk).update(state="live", price_from_vnd=50_000, version=3)

    undo(run, officer)

    listing.refresh_from_db()
    assert (listing.state, listing.certificate) == ("hidden", None)
    make_applied_import(HONEY, officer=officer)
    listing.refresh_from_db()
    assert listing.certificate.product_name == "Mật ong"
    assert Listing.objects.count() == 1


def test_request_undo_ends_after_a_day(officer):
    run = make_applied_import(officer=officer)
    actor = Actor(user_id=officer.pk)

    with pytest.raises(UndoTooLate):
        request_undo(run_id=run.pk, actor=actor, now=run.applied_at + timedelta(hours=24))

    request_undo(run_id=run.pk, actor=actor, now=run.applied_at + timedelta(hours=23, minutes=59))
    run.refresh_from_db()
    assert run.state == State.UNDOING


def test_request_undo_twice_is_once_and_of_a_preview_is_refused(officer):
    run = make_applied_import(officer=officer)
    undo(run, officer)
    events = CertificateEvent.objects.count()

    undo(run, officer)

    assert CertificateEvent.objects.count() == events
    with pytest.raises(ImportNotReady):
        undo(make_import(BAD, officer=officer), officer)


def test_changes_of_an_import_are_append_only(officer):
    make_applied_import(officer=officer)

    for statement in ("DELETE FROM certificates_importchange", "UPDATE certificates_importchange SET object_id = 0"):
        with (
            pytest.raises(Exception, match=r"append-only|permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert ImportChange.objects.count() == 6


def test_an_undone_certificate_belongs_to_nobody(officer):
    run = make_applied_import(officer=officer)
    undo(run, officer)
    producer = make_applied_import(("Bánh", "HTX Bánh", "xã Ninh Gia", "3 sao", 55), officer=officer, number="13/QĐ-UBND")

    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.everything.filter(undone_at__isnull=False).update(producer=Partner.objects.get(name="HTX Bánh"))
    assert producer.province_id is None
    assert make_province("68").name == "Lâm Đồng"
