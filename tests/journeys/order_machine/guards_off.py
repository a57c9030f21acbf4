"""The shop with one guard taken out: what the machine must find.

Guards against two at once are not among them: here only one acts at a time, and tests/races takes those out.
"""

from contextlib import nullcontext
from itertools import count

from shop.domain.ledger import accounts
from shop.domain.ledger.posting import Posting
from shop.domain.ledger.postings import disputing as ledger_of_disputes
from shop.domain.ordering import basket_reading, booking, cancelling, deriving, disputing, paying, placing, transfers
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.vouchers import judging

P = Parcel.Status


def a_dropped_parcel_keeps_its_stock(monkeypatch):
    monkeypatch.setattr(transitions, "release_stock", lambda **_: None)


def certificates_are_not_asked(monkeypatch):
    monkeypatch.setattr(basket_reading, "refusal_of", lambda *_, **__: None)


def half_an_order_stays(monkeypatch):
    monkeypatch.setattr(placing, "busy_instead_of_waiting", nullcontext)


def what_is_cancelled_may_be_sent(monkeypatch):
    monkeypatch.setattr(transitions, "ALLOWED", {**transitions.ALLOWED, P.CANCELLED: frozenset({P.PACKING})})


def nobody_is_told(monkeypatch):
    monkeypatch.setattr(cancelling, "tell_parcel_moved", lambda **_: None)


def a_second_payment_is_kept(monkeypatch):
    monkeypatch.setattr(paying, "_was_paid_before", lambda *_: False)


def any_amount_pays(monkeypatch):
    monkeypatch.setattr(paying, "_is_right_money", lambda *_: True)


def late_money_is_kept(monkeypatch):
    monkeypatch.setattr(paying, "refund_rest", lambda **_: None)


def a_transfer_counts_as_often_as_it_is_told(monkeypatch):
    told = count()
    take = transfers.BankTransfer.objects.get_or_create
    monkeypatch.setattr(
        transfers.BankTransfer.objects,
        "get_or_create",
        lambda *, bank_reference, defaults: take(bank_reference=f"{bank_reference}-{next(told)}", defaults=defaults),
    )


def what_was_sent_back_is_counted_as_here(monkeypatch):
    monkeypatch.setattr(booking, "book_refund_paid", lambda **_: None)


def a_lost_dispute_is_the_shops(monkeypatch):
    """Nothing of it is taken from the producers' balances."""

    def bear(_opened, amount_vnd):
        return [Posting(accounts.GATEWAY_FEE, amount_vnd), Posting(accounts.DISPUTED, -amount_vnd)]

    monkeypatch.setattr(ledger_of_disputes, "_sides_bearing", bear)


def a_lost_dispute_calls_no_refund_off(monkeypatch):
    monkeypatch.setattr(disputing, "answer_for_taken", lambda **_: None)


def a_cancelled_order_keeps_its_voucher(monkeypatch):
    monkeypatch.setattr(deriving, "give_back", lambda **_: None)


def a_voucher_has_no_limit(monkeypatch):
    monkeypatch.setattr(judging, "is_used_up", lambda **_: False)


# With the mishap that a game begins with to find it.
OF_MONEY = {
    a_transfer_counts_as_often_as_it_is_told: "told_twice",
    any_amount_pays: "paid_wrongly",
    what_was_sent_back_is_counted_as_here: "paid_and_called_off",
    a_second_payment_is_kept: "paid_twice",
    late_money_is_kept: "paid_too_late",
    a_lost_dispute_is_the_shops: "paid_out_and_disputed",
    a_lost_dispute_calls_no_refund_off: "lost_and_declined",
    a_cancelled_order_keeps_its_voucher: "called_off",
    a_voucher_has_no_limit: "bought_by_many",
}
ALL = {
    a_dropped_parcel_keeps_its_stock: "",
    certificates_are_not_asked: "suspend_under_a_buyer",
    half_an_order_stays: "",
    what_is_cancelled_may_be_sent: "",
    nobody_is_told: "",
}
