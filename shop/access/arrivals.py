"""What happens when somebody has logged in, uses the account, and leaves."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest

from shop.common import clock
from shop.domain.ordering.adopting import adopt_guest_orders
from shop.domain.people.devices import forget_device, note_device

# In the session: when its person logged in. Sessions without it were opened by no log-in of a person.
ARRIVED_AT = "arrived_at"


def arrive(request: HttpRequest, user: Any) -> None:
    """Write down the device, and bring home what was ordered without an account under a proved contact."""
    request.session[ARRIVED_AT] = clock.now().isoformat()
    note_use(request, user)
    welcome_contacts(user)


def note_use(request: HttpRequest, user: Any) -> None:
    """Write down that the session of this request was used just now."""
    arrived_at = request.session.get(ARRIVED_AT)
    if arrived_at and request.session.session_key:
        note_device(
            user_id=user.pk,
            session_key=request.session.session_key,
            browser=request.headers.get("User-Agent", ""),
            since=datetime.fromisoformat(arrived_at),
            now=clock.now(),
        )


def welcome_contacts(user: Any) -> None:
    """Bring home the guests' orders of the contacts this person has proved."""
    emails = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    phones = [user.phone] if user.phone and user.phone_verified else []
    adopt_guest_orders(user_id=user.pk, emails=emails, phones=phones)


def leave(request: HttpRequest) -> None:
    """Forget the device of a session that is about to end."""
    forget_device(session_key=request.session.session_key or "")
