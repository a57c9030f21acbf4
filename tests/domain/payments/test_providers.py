"""The file written out in docs/payment-providers.md carries a whole order, against a toy of the provider it talks to."""

import hashlib
import hmac
import io
import json
import re
from datetime import timedelta
from types import ModuleType
from urllib.error import URLError
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings as shop_settings

from shop.common import clock
from shop.domain.ordering.attempts import begin_attempt, reconcile
from shop.domain.ordering.cancelling import cancel_parcel
from shop.domain.ordering.expiring import expire_due_orders
from shop.domain.ordering.links import tracking_token
from shop.domain.ordering.refunding import submit_due_refunds
from shop.domain.payments.models import Payment, Refund
from shop.domain.payments.registry import PROVIDERS, offered_methods
from shop.domain.people.actor import SYSTEM
from shop.operations.invariants import broken_invariants
from tests.factories import make_listing, make_order, make_producer

pytestmark = pytest.mark.django_db
RECIPE = shop_settings.BASE_DIR / "docs" / "payment-providers.md"
SECRET = "a-secret-of-the-toy"
PAGES = "https://pay.example"


def sign(text):
    return hmac.new(SECRET.encode(), text.encode(), hashlib.sha512).hexdigest()


class ToyGateway:
    """Takes signed addresses and signed questions; knows who paid and what went back."""

    def __init__(self):
        self.paid, self.refunds, self.is_down, self.lie = {}, {}, False, {}

    def pay(self, page_url):
        """What a buyer does on the page: pays what the address asks for, if it is signed."""
        query, _, signature = urlsplit(page_url).query.rpartition("&vnp_SecureHash=")
        words = dict(parse_qsl(query))
        assert sign(query) == signature
        self.paid[words["vnp_TxnRef"]] = int(words["vnp_Amount"])

    def urlopen(self, request, timeout):  # noqa: ARG002 -- as urllib's
        if self.is_down:
            raise URLError("no answer")
        asked = json.loads(request.data)
        answer = (self._query if asked["vnp_Command"] == "querydr" else self._refund)(asked) | self.lie
        signature = sign("|".join(str(value) for value in answer.values()))
        return io.BytesIO(json.dumps(answer | {"vnp_SecureHash": signature if not self.lie else "0"}).encode())

    def _query(self, asked):
        paid = self.paid.get(asked["vnp_TxnRef"])
        status = {"vnp_ResponseCode": "00", "vnp_TransactionStatus": "01" if paid is None else "00"}
        return status if paid is None else status | {"vnp_Amount": str(paid), "vnp_TransactionNo": "14000001"}

    def _refund(self, asked):
        assert asked["vnp_TransactionNo"] == "14000001"
        is_known = asked["vnp_RequestId"] in self.refunds
        self.refunds.setdefault(asked["vnp_RequestId"], int(asked["vnp_Amount"]) // 100)
        return {"vnp_ResponseCode": "94" if is_known else "00"}


@pytest.fixture
def toy(settings, monkeypatch):
    """The recipe's file as it is written, in the registry, and the toy behind it."""
    settings.VNPAY_CODE, settings.VNPAY_SECRET, settings.VNPAY_PAGES = "TOY", SECRET, PAGES
    source = re.search(r"```python\n(.*?)```", RECIPE.read_text(), re.DOTALL)[1]
    recipe = ModuleType("vnpay")
    exec(compile(source, str(RECIPE), "exec"), recipe.__dict__)  # noqa: S102 -- what the document says is what is tried
    monkeypatch.setitem(PROVIDERS, "vnpay", recipe.VNPay())
    gateway = ToyGateway()
    monkeypatch.setattr(recipe.urllib.request, "urlopen", gateway.urlopen)
    return gateway


@pytest.fixture
def order(toy):
    houses = [make_producer("HTX Chè"), make_producer("HTX Ong")]
    return make_order(*[(make_listing(house.name, producer=house), 1) for house in houses], payment_method="vnpay")


def open_page(order):
    return begin_attempt(order_id=order.pk, now=clock.now())


def look_again(order):
    """A worker asks about every open attempt that it did not ask about in the last three minutes."""
    Payment.objects.update(checked_at=None)
    reconcile(now=clock.now() + timedelta(minutes=4))
    order.refresh_from_db()


def test_an_order_is_paid_and_a_part_and_then_the_rest_of_it_goes_back(toy, order):
    payment = open_page(order)
    look_again(order)
    assert (order.status, open_page(order).page_url) == ("awaiting_payment", payment.page_url)

    toy.pay(payment.page_url)
    look_again(order)
    assert (order.status, order.payments.get().intent_ref) == ("paid", "14000001")

    for parcel in order.parcels.all():
        cancel_parcel(parcel_id=parcel.pk, reason="", actor=SYSTEM, now=clock.now())
    toy.is_down = True
    submit_due_refunds(now=clock.now())
    assert set(Refund.objects.values_list("status", flat=True)) == {"submitted"}
    toy.is_down = False
    submit_due_refunds(now=clock.now() + timedelta(hours=1))

    assert sorted(toy.refunds.values()) == sorted(parcel.total_vnd for parcel in order.parcels.all())
    assert order.payments.get().status == "refunded"
    assert broken_invariants() == []


def test_an_unpaid_order_ends_and_late_money_wakes_it(toy, order):
    payment = open_page(order)
    expire_due_orders(now=clock.now() + timedelta(hours=1))
    order.refresh_from_db()
    assert order.status == "expired"

    toy.pay(payment.page_url)
    hear = {}
    exec(re.findall(r"```python\n(.*?)```", RECIPE.read_text(), re.DOTALL)[1], hear | words_of_hearing(), hear)  # noqa: S102
    assert hear["hear"](type("Event", (), {"object_id": str(payment.pk)}), clock.now())

    order.refresh_from_db()
    assert order.status == "paid"
    assert broken_invariants() == []


def words_of_hearing():
    from shop.domain.ordering.paying import apply_fact  # noqa: PLC0415 -- names the recipe's second piece stands among

    return {"Payment": Payment, "PROVIDERS": PROVIDERS, "apply_fact": apply_fact}


def test_an_answer_nobody_signed_or_another_amount_pays_nothing(toy, order):
    payment = open_page(order)
    toy.pay(payment.page_url)
    toy.lie = {"vnp_Amount": "100"}
    look_again(order)
    assert order.status == "awaiting_payment"

    toy.lie, toy.paid[str(payment.pk)] = {}, (payment.amount_vnd - 1) * 100
    look_again(order)
    assert (order.status, order.payments.get().captured_vnd) == ("awaiting_payment", 0)


def test_the_pages_know_a_way_to_pay_that_names_itself(toy, order, client, settings):
    path = f"/don-hang/{order.number}/{tracking_token(order)}/tra-tien/"
    page = client.get(path)
    pressed = client.post(path)

    assert "VNPay" in page.content.decode()
    assert PAGES in page["Content-Security-Policy"].split("form-action")[1].split(";")[0]
    assert (pressed.status_code, pressed.url.startswith(f"{PAGES}/paymentv2/")) == (303, True)
    settings.VNPAY_SECRET = ""
    assert "vnpay" not in offered_methods()
