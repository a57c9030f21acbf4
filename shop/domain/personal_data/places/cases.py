"""What the person brought before the office, found by the contact they left; the case goes on without them."""

from datetime import datetime

from shop.common.vietnamese import fold
from shop.domain.cases.forgetting import cases_of_person, forget_person
from shop.domain.cases.models import Case, CaseMessage

from ..person import Person
from ..place import Place, Row


def export_cases(person: Person) -> list[Row]:
    return [
        {
            "number": case.number,
            "kind": case.kind,
            "state": case.state,
            "opened_at": case.opened_at,
            "name": case.reporter_name,
            "email": case.reporter_email,
            "phone": case.reporter_phone,
            "order_number": case.order_number,
            "text": case.body,
            "seen_at": case.seen_at,
            "link": case.link,
            # A note is the office's own.
            "messages": [
                {"at": message.at, "author": message.author, "text": message.body}
                for message in case.messages.exclude(author=CaseMessage.Author.NOTE)
            ],
        }
        for case in _cases(person)
    ]


def erase_cases(person: Person, now: datetime) -> None:
    mine = [case.pk for case in _cases(person)]
    for email in sorted(person.emails):
        forget_person(email=email, now=now)
    for phone in sorted(person.phones):
        forget_person(phone=phone, now=now)
    # A report of a star keeps its words, unless they say who wrote them.
    for case in Case.objects.filter(pk__in=mine).order_by("pk"):
        if _names(person, case.body + case.seen_at + case.link):
            Case.objects.filter(pk=case.pk).update(body="", seen_at="", link="")


def _cases(person: Person) -> list[Case]:
    found = {case.pk: case for email in person.emails for case in cases_of_person(email=email)}
    found |= {case.pk: case for phone in person.phones for case in cases_of_person(phone=phone)}
    return [found[pk] for pk in sorted(found)]


def _names(person: Person, text: str) -> bool:
    folded = fold(text)
    return any(fold(word) in folded for word in person.contacts | person.names)


PLACES = (
    Place(
        name="cases",
        columns={
            "cases_case": "reporter_name reporter_email reporter_phone order_number body seen_at link",
            "cases_casemessage": "body",
        },
        export=export_cases,
        erase=erase_cases,
    ),
)
