"""The way out of the outbox: claim one message, send it, mark it at once.

At least once: a worker killed between the server's "250 OK" and our mark repeats that one message, with the same
Message-ID and key, and no other.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Min, Q, When

from .bell import ring_after_commit
from .channels.base import NotDelivered, Outgoing, RecipientRefused, Text
from .channels.registry import UnknownChannel, open_channel
from .kinds import NothingToTell, UnknownKind, kind_named
from .models import OutboxMessage
from .rendering import message_id_of, render_message

logger = logging.getLogger(__name__)

# Longer than any channel needs to fail by its own time-outs (SMTP: six answers of ten seconds).
CLAIM_LASTS = timedelta(seconds=90)
FIRST_RETRY_AFTER = timedelta(minutes=1)
RETRY_AFTER_MAX = timedelta(hours=6)
DEAD_AFTER = timedelta(hours=24)
# A message that kills its worker again and again never reaches the rule of 24 hours.
ATTEMPTS_MAX = 100

UNSENT = Q(sent_at__isnull=True, dead_at__isnull=True)


class Drain:
    """One worker's walk through the outbox.

    A channel found out of order is left alone for the rest of the walk: its other messages wait untouched instead
    of each running into the same time-out.
    """

    def __init__(self, *, clock: Callable[[], datetime]):
        self._clock = clock
        self._out_of_order: set[str] = set()

    def deliver_next(self) -> bool:
        """Send the message that has waited longest; False when none is due."""
        message = claim_message(now=self._clock(), except_channels=self._out_of_order)
        if message is None:
            return False
        try:
            text = render_message(message, today=self._clock().date())
        except (UnknownKind, NothingToTell) as reason:
            _mark_failed(message, now=self._clock(), reason=reason, recipient_refused=True, permanent=True)
            return True
        except Exception as error:
            # A fault in one kind's template must not stop every other message.
            logger.exception("Message %s cannot be written", message.key)
            _mark_failed(message, now=self._clock(), reason=error, recipient_refused=True)
            return True
        self._hand_over(message, text)
        return True

    def _hand_over(self, message: OutboxMessage, text: Text) -> None:
        outgoing = Outgoing(
            key=message.key,
            message_id=message_id_of(message.key),
            recipient=message.recipient,
            language=message.language,
            text=text,
        )
        try:
            channel = open_channel(message.channel)
            kind = kind_named(message.kind)
            if not (kind.is_last or (channel.leaves_the_shop and kind.holds_secret)):
                _keep_text(message, text)
            channel.send(outgoing)
        except RecipientRefused as reason:
            permanent = reason.permanent
            _mark_failed(message, now=self._clock(), reason=reason, recipient_refused=True, permanent=permanent)
        except UnknownChannel as reason:
            _mark_failed(message, now=self._clock(), reason=reason, recipient_refused=True, permanent=True)
        except NotDelivered as reason:
            self._out_of_order.add(message.channel)
            _mark_failed(message, now=self._clock(), reason=reason)
        else:
            _mark_sent(message, now=self._clock(), left_the_shop=channel.leaves_the_shop)


def claim_message(*, now: datetime, except_channels: set[str] | frozenset[str] = frozenset()) -> OutboxMessage | None:
    """Take the due message that has waited longest, so that no other worker sends it while the claim lasts.

    SKIP LOCKED keeps two workers from waiting for each other; the claim, committed before anything is sent, keeps
    them from sending one message both, and runs out by itself when its worker was killed.
    """
    with transaction.atomic():
        message = (
            OutboxMessage.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(UNSENT, Q(claimed_until__isnull=True) | Q(claimed_until__lte=now), available_at__lte=now)
            .exclude(channel__in=except_channels)
            .order_by("available_at", "id")
            .first()
        )
        if message is None:
            return None
        message.claimed_until = now + CLAIM_LASTS
        message.attempts += 1
        message.save(update_fields=["claimed_until", "attempts"])
    return message


def resend_message(*, message_id: int, now: datetime) -> None:
    """Send a message once more, whatever became of it; a repeat carries the key and Message-ID of the first.

    Raises RecipientForgotten when the address was blanked meanwhile.
    """
    with transaction.atomic():
        message = OutboxMessage.objects.select_for_update().get(pk=message_id)
        if not message.recipient:
            raise RecipientForgotten(message.key)
        message.sent_at = message.dead_at = message.claimed_until = None
        message.left_the_shop = message.recipient_refused = False
        message.attempts = 0
        message.available_at = now
        message.save()
        ring_after_commit()


class RecipientForgotten(Exception):
    """The address was blanked 30 days after the message: there is nobody to send it to."""


def oldest_unsent_age(*, now: datetime) -> timedelta | None:
    """Return how long the oldest message has waited for a channel; None when none waits.

    A message whose recipient alone is refused does not count: one mistyped address would make the shop unready. Nor
    does one that is being sent right now, and one sent again by hand has waited only since then.
    """
    idle = OutboxMessage.objects.filter(UNSENT, Q(claimed_until=None) | Q(claimed_until__lte=now), recipient_refused=False)
    waits_since = Case(When(attempts=0, then=F("available_at")), default=F("created_at"))
    oldest = idle.aggregate(oldest=Min(waits_since))["oldest"]
    return now - oldest if oldest else None


def retry_after(*, attempts: int) -> timedelta:
    """Return the pause after so many attempts: 1, 2, 4 … minutes, never more than 6 hours."""
    # The exponent is capped because a timedelta of 2**100 minutes does not exist.
    return min(FIRST_RETRY_AFTER * 2 ** min(max(attempts - 1, 0), 16), RETRY_AFTER_MAX)


def _keep_text(message: OutboxMessage, text: Text) -> None:
    """Store what the message looks like before it leaves, so that a failed one can be read too."""
    message.subject, message.body_text, message.body_html = text.subject, text.body, text.html
    message.save(update_fields=["subject", "body_text", "body_html"])


def _mark_sent(message: OutboxMessage, *, now: datetime, left_the_shop: bool) -> None:
    # Marked even when the claim ran out meanwhile: the message is out, and a second one would be one too many.
    changes = {
        "sent_at": now,
        "left_the_shop": left_the_shop,
        "claimed_until": None,
        "last_error": "",
        "recipient_refused": False,
    }
    OutboxMessage.objects.filter(UNSENT, pk=message.pk).update(**(changes | _forgotten(message)))


def _mark_failed(
    message: OutboxMessage,
    *,
    now: datetime,
    reason: Exception,
    recipient_refused: bool = False,
    permanent: bool = False,
) -> None:
    is_dead = permanent or message.attempts >= ATTEMPTS_MAX or now - message.created_at >= DEAD_AFTER
    logger.warning("Message %s did not go out (attempt %s): %s", message.key, message.attempts, reason)
    # Only the holder of the claim may judge: another worker may have sent the message since.
    changes = {
        "last_error": f"{reason}" or type(reason).__name__,
        "recipient_refused": recipient_refused,
        "available_at": now + retry_after(attempts=message.attempts),
        "claimed_until": None,
        "dead_at": now if is_dead else None,
    }
    changes |= _forgotten(message) if is_dead else {}
    OutboxMessage.objects.filter(UNSENT, pk=message.pk, claimed_until=message.claimed_until).update(**changes)


def _forgotten(message: OutboxMessage) -> dict[str, str]:
    """What a last message does not keep; a server's answer names the address too."""
    try:
        is_last = kind_named(message.kind).is_last
    except UnknownKind:
        return {}
    return {"recipient": "", "last_error": ""} if is_last else {}
