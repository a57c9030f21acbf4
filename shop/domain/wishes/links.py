"""The link by which a guest proves an address: signed, with the number of one request in it."""

from django.core.signing import BadSignature, Signer

SALT = "shop.domain.wishes.links"


class NoSuchLink(Exception):
    """The link was not made by this shop."""


def make_confirmation_link(*, notice_id: int) -> str:
    """Return the token with which a request is confirmed."""
    return Signer(salt=SALT).sign(str(notice_id))


def read_confirmation_link(token: str) -> int:
    """Return the number of the request; raises NoSuchLink."""
    try:
        return int(Signer(salt=SALT).unsign(token))
    except BadSignature as error:
        raise NoSuchLink from error
