"""`manage.py certificate`: what the office does to a certificate, from the keyboard."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.common import clock
from shop.common.phone import normalise_phone
from shop.domain.certificates import act_requests, acts
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.scope import NotAnOfficer, officer_of
from shop.domain.certificates.state import live_state
from shop.domain.certificates.superseding import NotNewer, NotTheSameProduct, ReplacementNotValid, find_replacement
from shop.domain.listings.superseding import supersede_and_move
from shop.domain.ordering.certificate_stops import approve_revocation_and_hold, lift_and_resume, suspend_and_hold
from shop.domain.people.actor import Actor
from shop.domain.people.models import User
from shop.domain.producers.staff import actor_of

ACTS = ("suspend", "lift", "revoke", "extend", "downgrade", "supersede")


class Command(BaseCommand):
    help = "Suspends, lifts, revokes, extends, downgrades or supersedes a certificate; a revocation is signed by two officers."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        acts_parser = parser.add_subparsers(dest="act", required=True, metavar="|".join(ACTS))
        for name in ACTS:
            act = acts_parser.add_parser(name)
            act.add_argument("code", help="the certificate's code, for example LD-2026-00017")
            act.add_argument("--reason", required=True, help="why, in words people read")
            act.add_argument("--by", required=True, metavar="LOGIN", help="e-mail or phone of the officer who acts")
            act.add_argument("--second", metavar="LOGIN", help="e-mail or phone of the officer who signs as second")
            act.add_argument("--decision", default="", metavar="NUMBER", help="number of the decision behind the act")
            act.add_argument("--date", type=date.fromisoformat, help="the day it counts from (YYYY-MM-DD, default today)")
            act.add_argument("--safety", action="store_true", help="dangerous goods: every buyer is told of a revocation")
            if name == "extend":
                act.add_argument("--until", type=date.fromisoformat, required=True, help="the new last day (YYYY-MM-DD)")
            if name == "downgrade":
                act.add_argument("--stars", type=int, required=True, help="how many stars are left")
            if name == "supersede":
                act.add_argument("--by-certificate", required=True, metavar="CODE", help="the newer certificate's code")

    def handle(self, *, act: str, code: str, **options) -> None:
        now = clock.now()
        try:
            certificate = Certificate.objects.get(code=code)
            is_done = self.do(act, certificate, now, options)
        except (Certificate.DoesNotExist, acts.UnknownCertificate) as error:
            unknown = error.args[0] if act == "supersede" and error.args[0] == options["by_certificate"] else code
            raise CommandError(f"There is no certificate {unknown} that this officer answers for.") from None
        except acts.IllegalAct as error:
            state = error.certificate.stored_state
            replaced = " and replaced by a newer one" if error.certificate.superseded_by_id else ""
            raise CommandError(f"{code} is {state}{replaced}: it cannot be {error.action} any more.") from None
        except REFUSALS as error:
            raise CommandError(SENTENCES[type(error)].format(error)) from None
        certificate.refresh_from_db()
        state = live_state(certificate, today=now.date())
        self.stdout.write(f"{code}: {state}" if is_done else f"{code}: {state} already, nothing changed")

    def do(self, act: str, certificate: Certificate, now: datetime, options: dict) -> bool:
        """Do the act; false when it was done before."""
        actor, second = find_officer(options["by"]), find_officer(options["second"])
        if second is not None and second.user_id == actor.user_id:
            raise acts.SecondOfficerMissing(certificate.code)
        ground = acts.Ground(
            reason=options["reason"],
            effective_on=options["date"] or now.date(),
            decision_number=options["decision"],
            is_safety_matter=options["safety"],
        )
        words = {"certificate_id": certificate.pk, "ground": ground, "actor": actor, "now": now}
        if act != "revoke":
            return do_alone(act, words, options)
        if second is None:
            raise acts.SecondOfficerMissing(certificate.code)
        if certificate.stored_state == Certificate.State.REVOKED:
            return False
        request = act_requests.request_revocation(**words)
        return approve_revocation_and_hold(request_id=request.pk, actor=second, now=now) is not None


def do_alone(act: str, words: dict[str, Any], options: dict) -> bool:
    """Do an act that one officer signs; false when it was done before."""
    if act == "supersede":
        newer = find_replacement(code=options["by_certificate"])
        return supersede_and_move(by_certificate_id=newer.pk, **words) is not None
    doers: dict[str, Callable[[], Any]] = {
        "suspend": lambda: suspend_and_hold(**words),
        "lift": lambda: lift_and_resume(**words),
        "extend": lambda: acts.extend_certificate(until=options["until"], **words),
        "downgrade": lambda: acts.downgrade_certificate(stars=options["stars"], **words),
    }
    return doers[act]() is not None


def find_officer(login: str | None) -> Actor | None:
    """Return the officer behind an e-mail or phone, as an actor; None when nobody is named."""
    if login is None:
        return None
    try:
        phone = normalise_phone(login)
    except ValidationError:
        phone = login
    user = User.objects.filter(email__iexact=login).first() or User.objects.filter(phone=phone).first()
    if user is None:
        raise NotAnOfficer(login)
    officer_of(user_id=user.pk)
    return actor_of(user=user)


SENTENCES = {
    NotAnOfficer: "{0} is not the login of an officer.",
    acts.ReasonMissing: "Say why, with --reason.",
    acts.EffectiveInFuture: "{0} has not come yet: an act counts from today or from an earlier day.",
    acts.SecondOfficerMissing: "A revocation is signed by two different officers: name the other one with --second.",
    acts.NotALaterEnd: "An extension ends after the present last day, {0}.",
    NotTheSameProduct: "{0} is not of the same product of the same producer.",
    NotNewer: "The newer certificate must be issued after this one, later than {0}.",
    ReplacementNotValid: "{0} is not valid today: it replaces nothing.",
    acts.NotFewerStars: "A downgrade to {0} stars is none: it leaves at least three and fewer than there are.",
}
REFUSALS = tuple(SENTENCES)
