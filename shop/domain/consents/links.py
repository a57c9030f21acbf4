"""The link at the foot of a message that stops such messages: signed, so that it works without a log-in."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from .models import ConsentRecord, Purpose
from .recording import ConsentSubject

SALT = "shop.domain.consents.links"


class NoSuchLink(Exception):
    """The link was not made by this shop."""


@dataclass(frozen=True)
class ConsentLink:
    """What a link stops, and for whom."""

    subject: ConsentSubject
    purpose: str


def make_link(*, subject: ConsentSubject, purpose: str) -> str:
    """Return the token of a link; it holds numbers only and never ends."""
    return Signer(salt=SALT).sign(f"{subject.type}.{subject.id}.{purpose}")


def read_link(token: str) -> ConsentLink:
    """Return what a token stands for; raises NoSuchLink."""
    try:
        subject_type, subject_id, purpose = Signer(salt=SALT).unsign(token).split(".")
    except BadSignature as error:
        raise NoSuchLink from error
    return ConsentLink(ConsentSubject(ConsentRecord.Subject(subject_type), int(subject_id)), Purpose(purpose))
