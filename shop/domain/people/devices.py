"""Where a person is logged in: one row per open session, so that each can be seen and ended."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.sessions.models import Session

from .models import Device

BROWSER_LENGTH = 300


def note_device(*, user_id: int, session_key: str, browser: str, since: datetime, now: datetime) -> None:
    """Write down that this session was used now; `since` is when its person logged in."""
    Device.objects.update_or_create(
        session_key=session_key,
        defaults={"user_id": user_id, "browser": browser[:BROWSER_LENGTH], "signed_in_at": since, "last_seen_at": now},
    )


def devices_of(*, user_id: int, now: datetime) -> Sequence[Device]:
    """Return the open sessions of a person, the one used last first; forgets those that are over."""
    devices = list(Device.objects.filter(user_id=user_id).order_by("-last_seen_at", "-pk"))
    keys = [device.session_key for device in devices]
    still_open = set(Session.objects.filter(session_key__in=keys, expire_date__gt=now).values_list("session_key", flat=True))
    over = [device.pk for device in devices if device.session_key not in still_open]
    Device.objects.filter(pk__in=over).delete()
    return [device for device in devices if device.session_key in still_open]


def end_device(*, device: Device) -> None:
    """End one session: its next request is a stranger's."""
    Session.objects.filter(session_key=device.session_key).delete()
    device.delete()


def forget_device(*, session_key: str) -> None:
    """Drop the row of a session that ends by itself."""
    Device.objects.filter(session_key=session_key).delete()


def forget_devices(*, user_id: int) -> None:
    """Drop all rows of a person whose sessions were ended otherwise; one that stays is written down at its next use."""
    Device.objects.filter(user_id=user_id).delete()
