"""What a message says, in its own language, made at the moment it is sent.

Words of buyers and producers are values of a template and never a template themselves.
"""

import hashlib
import re
import unicodedata
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from .channels.base import Text
from .kinds import kind_named
from .models import OutboxMessage

SUBJECT_LENGTH_MAX = 255
EMPTY_LINES = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")
# What Unicode does not take apart by itself.
PLAIN_SIGNS = str.maketrans({"đ": "d", "Đ": "D", "₫": "d", "–": "-", "−": "-", "’": "'", "«": '"', "»": '"'})


def render_message(message: OutboxMessage, *, today: date) -> Text:
    """Return the text of `message` for its channel; raises UnknownKind or NothingToTell."""
    kind = kind_named(message.kind)
    with translation.override(message.language):
        context = {
            **kind.build_context(message.payload, today=today),
            "language": message.language,
            "shop_url": absolute_url("/" if message.language == settings.LANGUAGE_CODE else f"/{message.language}/"),
            "shop_name": settings.OSCAR_SHOP_NAME,
        }
        if message.channel == "sms":
            return Text(subject="", body=_plain_letters(_render(message.kind, "sms.txt", context)), html="")
        return Text(
            subject=" ".join(_render(message.kind, "subject.txt", context).split())[:SUBJECT_LENGTH_MAX],
            body=EMPTY_LINES.sub("\n\n", _render(message.kind, "body.txt", context)).strip() + "\n",
            html=_render(message.kind, "body.html", context),
        )


def absolute_url(path: str) -> str:
    """Return the address of a path of the shop, as a mail needs it."""
    return f"{settings.BASE_URL}{path}"


def message_id_of(key: str) -> str:
    """Return the Message-ID of a key: always the same, so that mail programs fold a repeat into one."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


def _plain_letters(text: str) -> str:
    """Write an SMS without accents, as carriers here want it: one accent more than halves what fits into a message."""
    apart = unicodedata.normalize("NFD", text.translate(PLAIN_SIGNS))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def _render(kind: str, file_name: str, context: dict[str, Any]) -> str:
    template = get_template(f"notifications/{kind}/{file_name}").template
    # Plain text says "Hoa & Mai", not "Hoa &amp; Mai"; HTML is always escaped.
    return template.render(Context(context, autoescape=file_name.endswith(".html")))
