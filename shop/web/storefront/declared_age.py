"""Whether this browser's owner declared to be at least eighteen: a signed cookie for half a day, and nothing else.

Law 44/2019/QH14: who is younger must not find or buy alcohol online. No page that is kept for everybody ever asks this.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "adult"
SALT = "shop.web.storefront.adults"
# A telephone is lent and shared: tomorrow the question is asked again.
HOLDS_SECONDS = 12 * 3600
YES = "yes"


def has_declared(request: HttpRequest) -> bool:
    """Say whether the visitor declared it with this browser today."""
    return request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=HOLDS_SECONDS) == YES


def keep_declaration(response: HttpResponse) -> None:
    """Remember it in the browser."""
    response.set_signed_cookie(
        COOKIE,
        YES,
        salt=SALT,
        max_age=HOLDS_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def forget_declaration(response: HttpResponse) -> None:
    """Take it back."""
    response.delete_cookie(COOKIE, samesite="Lax")
