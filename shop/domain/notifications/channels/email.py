"""E-mail by the server of EMAIL_URL."""

import logging
import smtplib

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from .base import NotDelivered, Outgoing, RecipientRefused

logger = logging.getLogger(__name__)

PERMANENT_SMTP_CODE = 500


class EmailChannel:
    """One connection per mail: a server that closes after so many, or a line gone dead, then costs nobody a message."""

    leaves_the_shop = True

    def send(self, outgoing: Outgoing) -> None:
        """Send text and HTML in one mail, marked so that a repeat is known as one."""
        connection = get_connection()
        try:
            connection.open()
            connection.send_messages([_mail(outgoing, connection)])
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()))
            raise RecipientRefused(_say(code, reason), permanent=code >= PERMANENT_SMTP_CODE) from error
        except smtplib.SMTPDataError as error:
            said = _say(error.smtp_code, error.smtp_error)
            if error.smtp_code >= PERMANENT_SMTP_CODE:
                raise RecipientRefused(said, permanent=True) from error
            raise NotDelivered(said) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotDelivered(f"{type(error).__name__}: {error}") from error
        except ValueError as error:
            # An address or a header that cannot be written stays that way.
            raise RecipientRefused(f"{type(error).__name__}: {error}", permanent=True) from error
        finally:
            _say_goodbye(connection)


def _mail(outgoing: Outgoing, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=outgoing.text.subject,
        body=outgoing.text.body,
        to=[outgoing.recipient],
        headers={
            "Message-ID": outgoing.message_id,
            "X-Notification-Key": outgoing.key,
            "Content-Language": outgoing.language,
            # No out-of-office answers to a machine (RFC 3834).
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    )
    if outgoing.text.html:
        mail.attach_alternative(outgoing.text.html, "text/html")
    return mail


def _say_goodbye(connection: BaseEmailBackend) -> None:
    """Close; a failure after the server took the mail must not make us send it again."""
    try:
        connection.close()
    except (smtplib.SMTPException, OSError) as error:
        logger.info("The mail server did not answer our goodbye: %s", error)


def _say(code: int, reason: bytes | str) -> str:
    return f"{code} {reason.decode(errors='replace') if isinstance(reason, bytes) else reason}"
