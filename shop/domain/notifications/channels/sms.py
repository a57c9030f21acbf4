"""SMS by the webhook of SMS_URL: one signed POST for each message.

The gateway gets JSON `{"key", "to", "text", "language"}`. `Idempotency-Key` repeats for a repeated message, and
`X-Signature: sha256=<hex>` is the HMAC of the body under the password in SMS_URL (`https://:secret@sms.example.vn/send`).
"""

import hashlib
import hmac
import json
from http import HTTPStatus

from django.conf import settings

from shop.common.webhook import AddressRefused, NoAnswer, post_json

from .base import NotDelivered, Outgoing, RecipientRefused

# Answers about this message, not about the gateway; a wrong path (404) is an operator's slip that can be mended.
ABOUT_THE_RECIPIENT = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}


class SmsChannel:
    leaves_the_shop = True

    def send(self, outgoing: Outgoing) -> None:
        """Post one message; any 2xx is a delivery, and so is 409: the gateway knows the key already."""
        body = json.dumps(
            {
                "key": outgoing.key,
                "to": outgoing.recipient,
                "text": outgoing.text.body,
                "language": outgoing.language,
            },
            ensure_ascii=False,
        ).encode()
        headers = {
            "Idempotency-Key": outgoing.key,
            "X-Notification-Key": outgoing.key,
            "Message-ID": outgoing.message_id,
        }
        try:
            answer = post_json(settings.SMS_URL, body=body, headers=headers, sign=_signature)
        except (NoAnswer, AddressRefused) as error:
            raise NotDelivered(str(error)) from error
        if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES or answer.status == HTTPStatus.CONFLICT:
            return
        said = f"{answer.status} {answer.text}".strip()
        if answer.status in ABOUT_THE_RECIPIENT:
            raise RecipientRefused(said, permanent=True)
        raise NotDelivered(said)


def _signature(body: bytes, secret: str) -> dict[str, str]:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Signature": f"sha256={digest}"}
