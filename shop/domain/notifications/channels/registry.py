"""The channels by name. A new one is a file beside this and one line here."""

from django.conf import settings

from .base import Channel
from .email import EmailChannel
from .kept import KeptChannel
from .sms import SmsChannel

# Name -> the setting without which messages are kept, and the class.
CHANNELS: dict[str, tuple[str, type[Channel]]] = {
    "email": ("MAIL_IS_SENT", EmailChannel),
    "sms": ("SMS_URL", SmsChannel),
}


class UnknownChannel(Exception):
    """A message asks for a way of sending that the registry does not name."""


def open_channel(name: str) -> Channel:
    """Return the channel, or the one that keeps when this shop has not configured it."""
    if name not in CHANNELS:
        raise UnknownChannel(name)
    setting, channel_class = CHANNELS[name]
    return channel_class() if getattr(settings, setting) else KeptChannel()
