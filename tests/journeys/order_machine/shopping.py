"""Buyers: baskets, logging in, the order form, pressing its button once and again."""

from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from shop.domain.listings.models import Listing
from shop.domain.ordering.filling import (
    BasketAlreadyOrdered,
    LineGone,
    NotForSale,
    add_to_basket,
    change_quantity,
    remove_line,
)
from shop.domain.ordering.merging import merge_baskets
from shop.domain.ordering.placing import BasketClosed, PreviewChanged, place_order
from shop.domain.ordering.previewing import OrderPreview, preview_order
from shop.domain.payments.provider import PaymentRefused
from shop.domain.vouchers.judging import VoucherRefused
from shop.oscar_forks.basket.models import Basket, Line
from shop.oscar_forks.order.models import Line as OrderLine
from shop.oscar_forks.order.models import Order
from tests.factories import make_request

from .stage import WHICH, Stage, pick

# -1 is a guest.
BUYER = st.integers(-1, 1)
CLOSED = (BasketAlreadyOrdered, LineGone)


@dataclass
class OrderForm:
    """An order form as its buyer has it open; `seen_at` is how many changes the shop had seen when it was made."""

    key: UUID
    basket_id: int
    owner_id: int | None
    preview: OrderPreview
    seen_at: int
    method: str
    code: str

    @property
    def request(self):
        """What its fields say."""
        return make_request(user_id=self.owner_id, payment_method=self.method, voucher_code=self.code)


def units_of(basket_id):
    """What lies in a basket, by stock record."""
    return dict(Line.objects.filter(basket_id=basket_id).values_list("stockrecord_id", "quantity"))


class Shopping(Stage):
    """Baskets and orders."""

    # How the forms are paid, and with which voucher's code, one after the other.
    methods: ClassVar[tuple[str, ...]] = ("cod",)
    codes: ClassVar[tuple[str, ...]] = ("",)

    def open_paper(self):
        super().open_paper()
        self.baskets: list[tuple[int, int | None]] = []
        self.forms: list[OrderForm] = []
        # By basket: the order, and its lines as they stood on the page whose button was pressed.
        self.sold: dict[int, tuple[int, list]] = {}
        # By order: its total and its voucher's code as they stood there.
        self.prices: dict[int, tuple[int, str | None]] = {}

    @initialize()
    def let_there_be_customers(self):
        """Orders to act on: without them most rules of a short game would find nothing."""
        for buyer, good, quantity in ((0, 0, 2), (-1, 2, 1), (1, 4, 1)):
            self.begin_a_basket(buyer, good, quantity)
            if self.baskets:  # unless the plug was pulled
                self.add(-1, good + 1, 1)
                self.open_the_order_form(-1)
                self.press_the_button(-1)
        self.begin_a_basket(-1, 3, 2)

    @rule(buyer=BUYER, good=WHICH, quantity=st.integers(1, 3))
    def buy(self, buyer, good, quantity):
        """The usual way, without a detour."""
        self.begin_a_basket(buyer, good, quantity)
        if self.baskets:
            self.open_the_order_form(-1)
            self.press_the_button(-1)

    @rule(buyer=BUYER, good=WHICH, quantity=st.integers(1, 3))
    def begin_a_basket(self, buyer, good, quantity):
        owner_id = None if buyer < 0 else self.world.buyers[buyer]
        added = self._add(None, owner_id, good, quantity)
        if added is not None:
            self.baskets.append((added.basket_id, owner_id))

    @precondition(lambda self: self.baskets)
    @rule(which=WHICH, good=WHICH, quantity=st.integers(1, 3))
    def add(self, which, good, quantity):
        basket_id, owner_id = pick(self.baskets, which)
        self._add(basket_id, owner_id, good, quantity)

    def _add(self, basket_id, owner_id, good, quantity):
        listing = Listing.objects.get(pk=pick(self.world.listings, good))
        return self.act(
            add_to_basket,
            refusals=(NotForSale, *CLOSED),
            basket_id=basket_id,
            owner_id=owner_id,
            product_id=listing.product_id,
            quantity=quantity,
            today=self.today,
        )

    @precondition(lambda self: self.baskets)
    @rule(which=WHICH, line=WHICH, quantity=st.integers(0, 4))
    def change(self, which, line, quantity):
        basket_id, _ = pick(self.baskets, which)
        line_id = pick(list(Line.objects.filter(basket_id=basket_id).order_by("pk").values_list("pk", flat=True)), line)
        if line_id is None:
            return
        if quantity == 4:
            self.act(remove_line, refusals=CLOSED, basket_id=basket_id, line_id=line_id)
        else:
            self.act(change_quantity, refusals=CLOSED, basket_id=basket_id, line_id=line_id, quantity=quantity)

    @precondition(lambda self: len(self.baskets) > 1)
    @rule(which=WHICH, other=WHICH)
    def log_in(self, which, other):
        """A guest's basket flows into another one, once: no line is lost, nobody else's basket is touched."""
        (into, _), (source, owner_id) = pick(self.baskets, which), pick(self.baskets, other)
        if owner_id is not None:
            return
        before = {basket_id: units_of(basket_id) for basket_id, _ in self.baskets}
        happens = into != source and {self._state(into), self._state(source)} == {Basket.OPEN}
        merged = self.act(merge_baskets, into_id=into, from_id=source)
        if merged is None:
            return
        if happens:
            wanted = before[into] | {
                record: max(quantity, before[into].get(record, 0)) for record, quantity in before[source].items()
            }
            before[into], before[source] = wanted, units_of(source)
        assert {basket_id: units_of(basket_id) for basket_id in before} == before
        assert merge_baskets(into_id=into, from_id=source) == 0

    def _state(self, basket_id):
        return Basket.objects.values_list("status", flat=True).get(pk=basket_id)

    @precondition(lambda self: self.baskets)
    @rule(which=WHICH)
    def open_the_order_form(self, which):
        basket_id, owner_id = pick(self.baskets, which)
        number = len(self.forms)
        method, code = self.methods[number % len(self.methods)], self.codes[number % len(self.codes)]
        form = OrderForm(UUID(int=number + 1), basket_id, owner_id, None, self.changes, method, code)
        asked = {"commune_code": form.request.commune_code, "asking": form.request.asking}
        self.forms.append(replace(form, preview=preview_order(basket_id=basket_id, today=self.today, **asked)))

    @precondition(lambda self: self.forms)
    @rule(which=st.integers(-3, -1))
    def press_the_button(self, which):
        """Of one of the last forms, which may have been pressed before."""
        form = self.forms[which % len(self.forms)]
        has_order, unchanged = form.basket_id in self.sold, form.seen_at == self.changes
        may_refuse = not (has_order or (unchanged and form.preview.can_be_ordered))
        # Whether a code counts is shown on the page, but for a guest's phone that nobody confirmed.
        may_refuse_code = form.code and (may_refuse or form.preview.voucher_refusal or form.owner_id is None)
        placed = self.act(
            place_order,
            refusals=(
                PaymentRefused,
                *((PreviewChanged, BasketClosed) if may_refuse else ()),
                *((VoucherRefused,) if may_refuse_code else ()),
            ),
            attempt_key=form.key,
            basket_id=form.basket_id,
            request=form.request,
            preview_hash=form.preview.hash,
            now=self.now,
        )
        if placed is None:
            return
        assert placed.is_new is not has_order
        if placed.is_new:
            self.sold[form.basket_id] = (placed.order.pk, sorted(snapshot(form.preview)))
            self.prices[placed.order.pk] = (form.preview.total_vnd, form.preview.discount and form.code)
        assert placed.order.pk == self.sold[form.basket_id][0]

    def check_paper(self):
        """Every order is still what its buyer saw; one basket, one order."""
        super().check_paper()
        rows = OrderLine.objects.values_list("order_id", "stockrecord_id", "quantity", "unit_price_incl_tax", "certificate_id")
        lines: dict[int, list] = {order_id: [] for order_id, _ in self.sold.values()}
        for order_id, *line in rows:
            lines[order_id].append(tuple(int(value) for value in line))
        assert {order_id: sorted(found) for order_id, found in lines.items()} == dict(self.sold.values())
        totals = Order.objects.values_list("pk", "total_incl_tax", "redemption__voucher__code")
        assert {order_id: (int(total), code) for order_id, total, code in totals} == self.prices


def snapshot(preview):
    """What stands on the page: record, quantity, price, certificate."""
    return [(line.stock_record.pk, line.quantity, line.unit_vnd, line.listing.certificate_id) for line in preview.lines]
