"""What logging in leaves behind: tries that failed, visits, open sessions."""

from datetime import datetime

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

from shop.domain.people.models import Device

from ..person import Person, any_of
from ..place import Place, Row

AXES = (AccessAttempt, AccessFailureLog, AccessLog)
SESSIONS_AT_ONCE = 500


def export_attempts(person: Person) -> list[Row]:
    return [
        {"at": row.attempt_time, "network_address": row.ip_address, "browser": row.user_agent, "login": row.username}
        for model in AXES
        for row in model.objects.filter(any_of("username", person.contacts)).order_by("pk")
    ]


def erase_attempts(person: Person, now: datetime) -> None:  # noqa: ARG001 -- the registry's shape
    for model in AXES:
        model.objects.filter(any_of("username", person.contacts)).delete()


def export_devices(person: Person) -> list[Row]:
    devices = Device.objects.filter(user=person.user_id).exclude(user=None).order_by("pk")
    return [{"browser": row.browser, "signed_in_at": row.signed_in_at, "last_seen_at": row.last_seen_at} for row in devices]


def erase_devices(person: Person, now: datetime) -> None:  # noqa: ARG001 -- the registry's shape
    """End the sessions that are written down; `drop_sessions` looks for others when the transaction is over."""
    if person.user_id is not None:
        own = Device.objects.filter(user=person.user_id)
        Session.objects.filter(session_key__in=own.values("session_key")).delete()
        own.delete()


def drop_sessions(*, user_id: int) -> int:
    """Delete the sessions of an account; they are sealed, so each is opened. Outside any transaction, for it may take long."""
    dropped = 0
    for session in Session.objects.order_by("pk").iterator(chunk_size=SESSIONS_AT_ONCE):
        if session.get_decoded().get("_auth_user_id") == str(user_id):
            session.delete()
            dropped += 1
    return dropped


PLACES = (
    Place(
        name="login_attempts",
        columns={
            "axes_accessattempt": "user_agent ip_address username http_accept path_info get_data post_data",
            "axes_accessfailurelog": "user_agent ip_address username http_accept path_info",
            "axes_accesslog": "user_agent ip_address username http_accept path_info session_hash",
        },
        export=export_attempts,
        erase=erase_attempts,
    ),
    Place(
        name="devices",
        columns={"people_device": "browser session_key", "django_session": "session_key session_data"},
        export=export_devices,
        erase=erase_devices,
    ),
)
