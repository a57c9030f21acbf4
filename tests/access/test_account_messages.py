"""Letters and codes about accounts, from allauth's call to the words that are sent."""

import re

import pytest
from django.test import Client

from shop.access.account_messages import UnknownAccountMail, post_account_mail, post_phone_code
from shop.common import clock
from shop.domain.notifications.kinds import NothingToTell
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from tests.factories import make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db


def _post(prefix, language="vi", **context):
    post_account_mail(prefix, "chau@example.vn", context)
    message = OutboxMessage.objects.latest("pk")
    message.language = language
    return message


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_reset_letter_opens_the_way_to_a_new_password(language):
    person = make_user("chau@example.vn")
    text = render_message(_post("account/email/password_reset_key", language, user=person), today=clock.today())
    path = re.search(r"http://\S+?(/(?:en/)?tai-khoan/\S+)", text.body)[1]
    visitor = Client()

    form = visitor.get(path, follow=True)
    visitor.post(form.request["PATH_INFO"], {"password1": "Che-Moi-Hai-2026"})

    person.refresh_from_db()
    assert person.check_password("Che-Moi-Hai-2026")
    assert path.startswith("/en/") == (language == "en")
    assert "_auth_user_id" not in visitor.session


def test_a_reset_letter_to_a_closed_account_is_not_written():
    person = make_user("chau@example.vn")
    message = _post("account/email/password_reset_key", user=person)
    person.is_active = False
    person.save()

    with pytest.raises(NothingToTell):
        render_message(message, today=clock.today())


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "prefix",
    ["account/email/account_already_exists", "account/email/unknown_account", "account/email/password_changed"],
)
def test_every_letter_has_words_in_both_languages(prefix, language):
    text = render_message(_post(prefix, language), today=clock.today())

    assert text.subject
    assert text.body
    assert text.html


def test_a_code_reaches_mailbox_and_phone():
    mail = render_message(_post("account/email/email_confirmation_signup", code="ABC123"), today=clock.today())
    post_phone_code("+84912345678", "654321")
    sms = render_message(OutboxMessage.objects.get(channel="sms"), today=clock.today())

    assert "ABC123" in mail.body
    assert "654321" in sms.body


def test_a_letter_we_have_no_words_for_is_an_error():
    with pytest.raises(UnknownAccountMail):
        _post("account/email/email_deleted")


def test_a_changed_password_is_told_to_its_owner(client):
    person = make_user("chau@example.vn")
    log_in(client, person)

    client.post("/tai-khoan/mat-khau/", {"oldpassword": "Tra-Tan-Cuong-2026", "password1": "Che-Moi-Hai-2026"})

    person.refresh_from_db()
    assert person.check_password("Che-Moi-Hai-2026")
