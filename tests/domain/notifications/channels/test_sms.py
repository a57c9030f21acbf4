import hashlib
import hmac
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from shop.domain.notifications.channels.base import NotDelivered, Outgoing, RecipientRefused, Text
from shop.domain.notifications.channels.sms import SmsChannel
from tests.fixtures.processes import free_port

MESSAGE = Outgoing(
    key="order:1:placed:buyer:sms",
    message_id="<abc@shop.example>",
    recipient="+84912345678",
    language="vi",
    text=Text(subject="", body="Cho OCOP: da nhan don OC-1", html=""),
)


class Gateway(HTTPServer):
    """An SMS gateway that keeps what it is given and answers as told."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), GatewayHandler)
        self.requests = []
        self.status = 200

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/send"


class GatewayHandler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()
        self.wfile.write(b"what the gateway says")

    def log_message(self, *_):
        """Stay quiet."""


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    with Gateway() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        settings.SMS_URL = server.url
        yield server
        server.shutdown()
        thread.join()


def test_send_posts_the_text_under_its_key(gateway):
    SmsChannel().send(MESSAGE)

    [(path, headers, body)] = gateway.requests
    assert path == "/send"
    assert (headers["Idempotency-Key"], headers["X-Notification-Key"]) == (MESSAGE.key, MESSAGE.key)
    assert json.loads(body) == {
        "key": "order:1:placed:buyer:sms",
        "to": "+84912345678",
        "text": "Cho OCOP: da nhan don OC-1",
        "language": "vi",
    }
    assert "X-Signature" not in headers


def test_send_signs_with_the_password_of_the_address_and_keeps_it_to_itself(gateway, settings):
    settings.SMS_URL = gateway.url.replace("//", "//:s3cret%21@")

    SmsChannel().send(MESSAGE)

    [(_, headers, body)] = gateway.requests
    assert headers["X-Signature"] == f"sha256={hmac.new(b's3cret!', body, hashlib.sha256).hexdigest()}"
    assert not any("s3cret" in value for value in headers.values())


@pytest.mark.parametrize("status", [200, 202, 204, 409])
def test_send_takes_success_and_a_known_key_for_delivered(gateway, status):
    gateway.status = status

    SmsChannel().send(MESSAGE)

    assert len(gateway.requests) == 1


@pytest.mark.parametrize("status", [400, 422])
def test_send_gives_up_what_the_gateway_calls_wrong(gateway, status):
    gateway.status = status

    with pytest.raises(RecipientRefused, match=f"{status} what the gateway says") as refusal:
        SmsChannel().send(MESSAGE)

    assert refusal.value.permanent is True


@pytest.mark.parametrize("status", [302, 401, 404, 429, 500, 503])
def test_send_tries_again_after_trouble_and_follows_no_redirect(gateway, status):
    gateway.status = status

    with pytest.raises(NotDelivered, match=str(status)):
        SmsChannel().send(MESSAGE)

    assert len(gateway.requests) == 1


def test_send_to_a_gateway_that_is_away_says_so(settings):
    settings.SMS_URL = f"http://127.0.0.1:{free_port()}/"

    with pytest.raises(NotDelivered, match="Connection refused"):
        SmsChannel().send(MESSAGE)


def test_send_never_goes_to_an_inner_address(settings):
    settings.SMS_URL = "http://169.254.169.254/latest/meta-data/"

    with pytest.raises(NotDelivered, match="inner address"):
        SmsChannel().send(MESSAGE)
