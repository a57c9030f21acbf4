"""The producer's desk: prices, counted stock, hiding and publishing, on forms that may be old."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from shop.domain.listings.models import Listing
from shop.domain.listings.own_listing import ProducerStopped
from shop.domain.listings.price_edit import ListingChanged, set_price
from shop.domain.listings.publishing import ListingNotPublishable, hide_listing, publish_listing
from shop.domain.stock.counting import LessThanAllocated, StockChanged, restock, set_stock

from .stage import WHICH, Stage, pick

REFUSED = (ProducerStopped, ListingNotPublishable, ListingChanged)


class Desk(Stage):
    """What sellers change under the hands of buyers."""

    @rule(good=WHICH, price_vnd=st.sampled_from((45_000, 185_000, 190_000, 1_250_001)), is_old=st.booleans())
    def change_a_price(self, good, price_vnd, is_old):
        listing, record, owner = self._shelf(good)
        version = listing.version - int(is_old)
        words = {"stock_record_id": record.pk, "price_vnd": price_vnd, "expected_version": version}
        self.act(set_price, refusals=REFUSED, actor=owner, now=self.now, **words)

    @rule(good=WHICH, price_vnd=st.sampled_from((46_000, 186_000)))
    def change_a_price_under_a_buyer(self, good, price_vnd):
        """Between the page and the press of its button (the buyer is `Shopping`'s)."""
        self.begin_a_basket(-1, good, 1)
        if self.baskets:
            self.open_the_order_form(-1)
            self.change_a_price(good, price_vnd, is_old=False)
            self.press_the_button(-1)

    @rule(good=WHICH, on_hand=st.integers(0, 6), is_old=st.booleans())
    def count_the_shelf(self, good, on_hand, is_old):
        _, record, owner = self._shelf(good)
        words = {"stock_record_id": record.pk, "on_hand": on_hand, "expected_on_hand": record.num_in_stock + int(is_old)}
        self.act(set_stock, refusals=(StockChanged, LessThanAllocated), actor=owner, now=self.now, **words)

    @rule(good=WHICH)
    def fill_up(self, good):
        _, record, owner = self._shelf(good)
        self.act(restock, stock_record_id=record.pk, quantity=3, actor=owner, now=self.now)

    @rule(good=WHICH)
    def hide(self, good):
        listing, _, owner = self._shelf(good)
        self.act(hide_listing, refusals=REFUSED, listing_id=listing.pk, actor=owner, now=self.now)

    @rule(good=WHICH)
    def publish(self, good):
        listing, _, owner = self._shelf(good)
        words = {"listing_id": listing.pk, "today": self.today}
        self.act(publish_listing, refusals=REFUSED, actor=owner, now=self.now, **words)

    def _shelf(self, good):
        listing = Listing.objects.get(pk=pick(self.world.listings, good))
        return listing, listing.stock_records.get(), self.world.owners[listing.producer_id]
