"""What officers ask of one another, and lines of the audit log."""

from shop.common import clock
from shop.domain.audit_log.recording import Subject, record
from shop.domain.certificates.act_requests import request_act
from shop.domain.certificates.acts import Ground
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of

from .certificates import make_certificate
from .people import make_officer


def make_act_request(*certificates, act="revoke", officer=None, reason="Giả mạo hồ sơ", until=None, **ground):
    """A request that waits for a second officer; of one officer of the whole country unless said otherwise."""
    officer = officer or make_officer(first_name="Lan", last_name="Trần")
    return request_act(
        act=act,
        certificate_ids=[certificate.pk for certificate in certificates or [make_certificate()]],
        ground=Ground(reason, clock.today(), **ground),
        actor=actor_of(user=officer),
        now=clock.now(),
        until=until,
    )


def make_entry(action="producer.suspended", *, user=None, kind="producer", number=7, label="HTX Chè", at=None, **fields):
    """A line of the audit log; `fields` are those of the subject, and old, new, reason, more."""
    words = {name: fields.pop(name) for name in ("old", "new", "reason") if name in fields} | fields.pop("more", {})
    actor = actor_of(user=user) if user else SYSTEM
    return record(actor=actor, action=action, subject=Subject(kind, number, label, **fields), now=at or clock.now(), **words)
