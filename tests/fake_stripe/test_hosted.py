"""The hosted pages as a browser without scripts sees them."""

import urllib.error
import urllib.parse
import urllib.request

import pytest

from tests.fake_stripe.buying import DECLINED, GOOD, SECURE, session_words
from tests.fixtures.stand_in import client_of


class Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are looked at, not followed."""

    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(Stay)


@pytest.fixture
def client(stand_in):
    return client_of(stand_in)


@pytest.fixture
def session(client):
    return client.v1.checkout.sessions.create(session_words())


def ask(url: str, language: str = "", **form: str) -> tuple[int, str, str]:
    """Status, text and where it leads."""
    data = urllib.parse.urlencode(form).encode() if form else None
    try:
        with OPENER.open(urllib.request.Request(url, data, {"Accept-Language": language}), timeout=5) as answer:  # noqa: S310  our own
            return answer.status, answer.read().decode(), ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers.get("Location", "")


def test_the_page_says_that_it_is_a_stand_in_in_the_session_s_language(session, client):
    assert "không có tiền thật" in ask(session.url)[1]
    assert "250.000 ₫" in ask(session.url)[1]
    english = client.v1.checkout.sessions.create(session_words(locale="en"))
    assert "no money moves" in ask(english.url)[1]
    by_browser = client.v1.checkout.sessions.create(session_words(locale="auto"))
    assert "no money moves" in ask(by_browser.url, "en-GB,en;q=0.8")[1]


def test_a_good_card_leads_back_to_the_shop(session, client):
    status, _, onwards = ask(session.url, card=GOOD)

    assert (status, onwards) == (303, f"http://127.0.0.1:1/paid?session={session.id}")
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_after_a_declined_card_another_one_pays(session, client):
    status, text, _ = ask(session.url, card=DECLINED)
    assert (status, "bị từ chối" in text) == (200, True)

    assert ask(session.url, card=GOOD)[0] == 303
    intent = client.v1.payment_intents.retrieve(client.v1.checkout.sessions.retrieve(session.id).payment_intent)
    assert (intent.status, intent.last_payment_error) == ("succeeded", None)


def test_the_owner_is_asked_and_may_refuse(session, client):
    bank = ask(session.url, card=SECURE)[2]
    assert "Ngân hàng của bạn hỏi" in ask(bank)[1]
    refused = ask(bank, answer="refuse")[1]
    assert "không xác minh được" in refused
    assert f'action="/c/pay/{session.id}"' in refused

    bank = ask(session.url, card=SECURE)[2]
    assert ask(bank, answer="approve")[2].startswith("http://127.0.0.1:1/paid")
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_a_real_card_is_sent_away(session):
    _, text, _ = ask(session.url, number="4111 1111 1111 1111")

    assert "không nhận thẻ thật" in text


def test_a_session_that_is_over_takes_no_card(session, client):
    client.v1.checkout.sessions.expire(session.id)

    page = f"{client._requestor.base_addresses['api']}/c/pay/{session.id}"
    assert "đã kết thúc" in ask(page, card=GOOD)[1]
    assert client.v1.payment_intents.list().data == []


def test_what_the_shop_wrote_is_text(client):
    session = client.v1.checkout.sessions.create(
        session_words(customer_email='"><script>alert(1)</script>', cancel_url='http://x/"><b>')
    )

    assert "<script>" not in ask(session.url)[1]
    assert '<b>"' not in ask(session.url)[1]


def test_no_such_page(stand_in):
    assert ask(f"{stand_in.base_url}/c/pay/cs_test_none")[0] == 404
