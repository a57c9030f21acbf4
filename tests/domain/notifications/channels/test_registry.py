import pytest

from shop.domain.notifications.channels.email import EmailChannel
from shop.domain.notifications.channels.kept import KeptChannel
from shop.domain.notifications.channels.registry import UnknownChannel, open_channel
from shop.domain.notifications.channels.sms import SmsChannel


@pytest.mark.parametrize(
    ("name", "setting", "value", "expected"),
    [
        ("email", "MAIL_IS_SENT", True, EmailChannel),
        ("email", "MAIL_IS_SENT", False, KeptChannel),
        ("sms", "SMS_URL", "https://sms.example.vn/send", SmsChannel),
        ("sms", "SMS_URL", "", KeptChannel),
    ],
)
def test_open_channel_keeps_what_has_no_way_out(settings, name, setting, value, expected):
    setattr(settings, setting, value)

    assert type(open_channel(name)) is expected


def test_open_channel_of_an_unknown_name_is_refused():
    with pytest.raises(UnknownChannel):
        open_channel("pigeon")
