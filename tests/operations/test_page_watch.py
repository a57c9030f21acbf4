"""What visitors are shown, held against what has changed."""

import pytest

from shop.common import clock
from shop.domain.certificates.state import LiveState, live_state
from shop.operations.page_watch import journal as journals
from shop.operations.page_watch.changes import Change, Changes, NothingToChange
from shop.operations.page_watch.journal import Journal
from tests.factories import make_commune, make_listing, make_officer

PRICE = Change("price", "/san-pham/che-1/", "185.000 ₫")
SUSPENSION = Change("suspension", "/san-pham/che-2/", 'class="cert is-ok', is_off_shelf=True)


@pytest.fixture
def hands(monkeypatch):
    """The time of the journal, moved by hand."""

    class Hands:
        now = 100.0

        def monotonic(self):
            return self.now

    hands = Hands()
    monkeypatch.setattr(journals, "time", hands)
    return hands


def test_an_old_price_is_behind_only_after_the_promise(hands):
    journal = Journal(promise_seconds=30)
    journal.note(PRICE)
    journal.look(PRICE.path, "185.000 ₫", asked_at=129.0)
    assert (journal.behind, journal.longest_seconds) == ([], 29.0)

    journal.look(PRICE.path, "186.000 ₫", asked_at=140.0)
    journal.look(PRICE.path, '186.000 ₫ <div class="rail">185.000 ₫', asked_at=140.0)
    assert journal.behind == []
    journal.look(PRICE.path, "185.000 ₫", asked_at=140.0)
    assert [(one.kind, one.path, one.seconds) for one in journal.behind] == [("price", PRICE.path, 40.0)]


def test_a_price_that_comes_back_is_not_an_old_one(hands):
    journal = Journal()
    journal.note(PRICE)
    journal.note(Change("price", PRICE.path, "186.000 ₫"))
    journal.look(PRICE.path, "185.000 ₫", asked_at=200.0)

    assert (journal.behind, journal.changes["price"]) == ([], 2)


def test_a_link_on_a_list_to_what_was_suspended_is_behind(hands):
    journal = Journal()
    journal.note(SUSPENSION)
    journal.look("/san-pham/", '<a href="/san-pham/che-3/">', asked_at=200.0)
    assert journal.behind == []

    journal.look("/san-pham/", '<a href="/san-pham/che-2/">', asked_at=200.0)
    journal.look(SUSPENSION.path, '<div class="cert is-ok">', asked_at=200.0)
    assert [one.path for one in journal.behind] == ["/san-pham/", SUSPENSION.path]


@pytest.mark.django_db
def test_changes_are_those_of_the_shop(settings):
    settings.DEMO = True
    make_officer()
    make_commune()
    listings = [make_listing(f"Chè {number}", stock=40) for number in range(6)]
    for listing in listings:
        type(listing.product).objects.filter(pk=listing.product_id).update(upc=f"LOAD-{listing.pk}")
    changes = Changes()
    made = [changes.make_next() for _number in range(7)]

    assert [one.kind for one in made].count("order") == 5
    assert made[0].gone == "<b>Còn 14</b>"
    assert next(one for one in made if one.kind == "price").gone == "185.000\xa0₫"
    for listing in listings:
        listing.certificate.refresh_from_db()
    states = [live_state(listing.certificate, today=clock.today()) for listing in listings]
    assert states.count(LiveState.SUSPENDED) == 1


@pytest.mark.django_db
def test_nothing_is_changed_where_the_shop_sells(settings):
    settings.DEMO = False
    with pytest.raises(NothingToChange):
        Changes()
    settings.DEMO = True
    with pytest.raises(NothingToChange):
        Changes()
