"""What the shop wrote to the person: recipient and words go, that a message went out stays."""

from datetime import datetime

from django.db.models import Q, QuerySet
from oscar.apps.communication.models import Email, Notification

from shop.domain.notifications.models import OutboxMessage

from ..person import Person, any_of
from ..place import Place, Row

UNSENT = Q(sent_at=None, dead_at=None)


def export_messages(person: Person) -> list[Row]:
    return [
        {
            "kind": message.kind,
            "channel": message.channel,
            "recipient": message.recipient,
            "created_at": message.created_at,
            "sent_at": message.sent_at,
            "subject": message.subject,
            "text": message.body_text,
        }
        for message in _own(person).order_by("pk")
    ]


def erase_messages(person: Person, now: datetime) -> None:
    own = _own(person)
    # What waits would be written with the data that is going; nobody is left to read it.
    own.filter(UNSENT).update(dead_at=now, claimed_until=None)
    own.update(recipient="", subject="", body_text="", body_html="", last_error="", payload={})
    # Producers were told of the same orders: theirs keep the recipient and lose words that may name the buyer.
    about_orders = OutboxMessage.objects.filter(order__in=person.order_ids)
    about_orders.exclude(UNSENT).update(subject="", body_text="", body_html="", last_error="")
    if person.user_id is not None:
        Email.objects.filter(user=person.user_id).delete()
        Notification.objects.filter(recipient=person.user_id).delete()
    Email.objects.filter(any_of("email", person.emails)).delete()


def _own(person: Person) -> QuerySet[OutboxMessage]:
    """Messages to the person's addresses, and those about their orders to whatever address the order gave."""
    to_buyer = Q(order__in=person.order_ids, key__endswith=":buyer:email") | Q(
        order__in=person.order_ids, key__endswith=":buyer:sms"
    )
    return OutboxMessage.objects.filter(to_buyer | any_of("recipient", person.contacts))


PLACES = (
    Place(
        name="messages",
        columns={
            "notifications_outboxmessage": "recipient subject body_text body_html last_error payload",
            "communication_email": "email subject body_text body_html",
            "communication_notification": "subject body location",
        },
        export=export_messages,
        erase=erase_messages,
    ),
)
