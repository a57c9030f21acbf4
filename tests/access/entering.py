"""How a visitor without scripts gets in: fills a form in, reads the code out of the message, fills in the next."""

from allauth.account.models import EmailAddress

from shop.domain.notifications.models import OutboxMessage
from tests.factories import PASSWORD, make_user

LOGIN = "/tai-khoan/dang-nhap/"
SIGNUP = "/tai-khoan/dang-ky/"
CODE = "/tai-khoan/ma-dang-nhap/"
RESET = "/tai-khoan/mat-khau/dat-lai/"


def make_known(email=None, **fields):
    """A person whose e-mail is proved."""
    person = make_user(email, **fields)
    if email:
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def is_inside(client):
    return "_auth_user_id" in client.session


def last_code(recipient):
    """The code in the latest message to a mailbox or phone."""
    return OutboxMessage.objects.filter(recipient=recipient, payload__has_key="code").latest("pk").payload["code"]


def log_in_by_code(client, login, recipient=None, **fields):
    """Ask for a code and type it in; returns the last answer."""
    asked = client.post(CODE, {"login": login, **fields})
    return client.post(asked.url, {"code": last_code(recipient or login), **fields})


def log_in_by_password(client, login, password=PASSWORD, **fields):
    return client.post(LOGIN, {"login": login, "password": password, **fields})
