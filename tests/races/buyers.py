"""Many buyers pressing the order button of a real server at the same moment."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from urllib.parse import urlencode, urlsplit

from django.core.signing import Signer
from django.db import connection

from shop.common import clock
from shop.domain.ordering.previewing import preview_order
from shop.domain.vouchers.judging import Asking
from shop.domain.vouchers.using import Buyer
from shop.web.storefront.checkout.attempt import new_ticket
from shop.web.storefront.checkout.voucher import SALT
from tests.factories import make_basket, make_commune
from tests.fixtures.processes import poll_until

# Patient: on a busy machine a crowd's last buyer waits long, and that is no race.
TIMEOUT_SECONDS = 240
SERVER_ERROR = 500
# The shop asks only that cookie and form carry the same secret.
TOKEN = "n" * 32


@dataclass(frozen=True)
class Answer:
    """What a buyer got: the status, and where a placed order leads."""

    status: int
    location: str


def read_form(basket, *, phone="0912345678", voucher=""):
    """The order form of a basket as its buyer has it open, all filled in, with a voucher's sums when one is named."""
    commune = make_commune()
    asking = Asking(voucher, Buyer()) if voucher else None
    preview = preview_order(basket_id=basket.pk, commune_code=commune.pk, asking=asking, today=clock.today())
    return {
        "voucher": voucher,
        "voucher_seen": Signer(salt=SALT).sign(voucher) if voucher else "",
        "ticket": new_ticket(basket.pk).text,
        "preview": preview.hash,
        "name": "Lê Minh Châu",
        "phone": phone,
        "email": "chau@example.vn",
        "province": commune.province_id,
        "commune": commune.pk,
        "street": "Số 12 ngõ 165 Dương Quảng Hàm",
        "payment": "cod",
        "action": "place",
    }


def open_forms(listing, *, buyers, voucher=""):
    """As many baskets with one unit each, and their forms."""
    return [read_form(make_basket((listing, 1)), phone=f"09{12_000_000 + number}", voucher=voucher) for number in range(buyers)]


def press_all(address, forms, *, at_once):
    """Press the button of every form, `at_once` of them at any moment; returns the answers in the order of the forms."""
    start = Barrier(at_once)

    def press_share(share):
        start.wait()
        return [(index, press(address, forms[index])) for index in range(share, len(forms), at_once)]

    with ThreadPoolExecutor(at_once) as pool:
        answers = dict(pair for share in pool.map(press_share, range(at_once)) for pair in share)
    return [answers[index] for index in range(len(forms))]


def press(address, form):
    """One press."""
    return post_form(address, "/thanh-toan/", form | {"csrfmiddlewaretoken": TOKEN}, cookies=f"csrftoken={TOKEN}")


def press_until_answered(address, form, *, seconds=60):
    """Press as a patient buyer does: again when nobody answered or the shop said that it is broken."""

    def press_again():
        try:
            answer = press(address, form)
        except (http.client.HTTPException, OSError):
            return None
        return answer if answer.status < SERVER_ERROR else None

    return poll_until(press_again, seconds=seconds, what="an answer to a buyer")


def post_form(address, path, form, *, cookies):
    """Send a form and follow nothing."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    server = http.client.HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT_SECONDS)
    server.request("POST", path, urlencode(form), headers)
    response = server.getresponse()
    response.read()
    server.close()
    return Answer(response.status, response.headers.get("Location", ""))


def drop_constraint(table, name):
    """Take the database's own promise out as well; this test's database is thrown away afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
