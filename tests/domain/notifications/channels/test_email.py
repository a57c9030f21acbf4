from urllib.parse import urlsplit

import pytest

from shop.domain.notifications.channels.base import NotDelivered, Outgoing, RecipientRefused, Text
from shop.domain.notifications.channels.email import EmailChannel
from tests.fixtures.processes import free_port


def letter(*, recipient="chau@example.vn", html="<p>Chào Châu</p>"):
    return Outgoing(
        key="order:1:placed:buyer:email",
        message_id="<abc@shop.example>",
        recipient=recipient,
        language="vi",
        text=Text(subject="Đã nhận đơn", body="Chào Châu\n", html=html),
    )


@pytest.fixture
def mail_server(mail_sink, settings):
    """The test's mail server in place of EMAIL_URL."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = urlsplit(mail_sink.url).port
    return mail_sink


def test_send_carries_text_html_key_and_name(mail_server):
    EmailChannel().send(letter())

    [mail] = mail_server.messages
    assert (mail["Subject"], mail["X-Rcpt-To"]) == ("Đã nhận đơn", "chau@example.vn")
    assert (mail["X-Notification-Key"], mail["Message-ID"]) == ("order:1:placed:buyer:email", "<abc@shop.example>")
    assert (mail["Content-Language"], mail["Auto-Submitted"]) == ("vi", "auto-generated")
    assert mail.get_body(("plain",)).get_content().strip() == "Chào Châu"
    assert mail.get_body(("html",)).get_content().strip() == "<p>Chào Châu</p>"


def test_send_to_a_server_that_is_away_says_so(mail_server, settings):
    settings.EMAIL_PORT = free_port()

    with pytest.raises(NotDelivered, match="Connection refused"):
        EmailChannel().send(letter())


def test_send_to_a_server_that_is_busy_may_be_tried_again(mail_server):
    mail_server.refuse = True

    with pytest.raises(NotDelivered, match="451 try again later"):
        EmailChannel().send(letter())


@pytest.mark.parametrize(("code", "permanent"), [(550, True), (450, False)])
def test_send_to_a_refused_recipient_tells_for_how_long(mail_server, monkeypatch, code, permanent):
    async def refuse(*_):
        return f"{code} not this one"

    monkeypatch.setattr(type(mail_server), "handle_RCPT", refuse, raising=False)

    with pytest.raises(RecipientRefused) as refusal:
        EmailChannel().send(letter())

    assert (str(refusal.value), refusal.value.permanent) == (f"{code} not this one", permanent)


def test_send_to_what_is_no_address_is_refused_for_good(mail_server):
    with pytest.raises(RecipientRefused) as refusal:
        EmailChannel().send(letter(recipient="chau@example.vn\nBcc: all@example.vn"))

    assert refusal.value.permanent is True
    assert mail_server.messages == []


def test_a_server_that_forgets_its_manners_after_taking_the_mail_is_no_failure(mail_server, monkeypatch):
    async def hang_up(_handler, server, *_):
        server.transport.abort()
        return "221 bye"

    monkeypatch.setattr(type(mail_server), "handle_QUIT", hang_up, raising=False)

    EmailChannel().send(letter())

    assert len(mail_server.messages) == 1
