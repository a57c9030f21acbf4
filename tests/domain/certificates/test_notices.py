from datetime import date, datetime, timedelta

import pytest

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.certificates import notices
from shop.domain.certificates.models import CertificateEvent
from shop.domain.certificates.notices import certificate_letter, post_due_notices, tell_certificate_changed
from shop.domain.notifications.kinds import NothingToTell
from shop.domain.notifications.models import OutboxMessage
from tests.factories import make_certificate, make_producer

TODAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, 5, tzinfo=SHOP_TIME_ZONE)


def ending_in(days, **fields):
    """A certificate whose last valid day is so many days from today."""
    ends_on = TODAY + timedelta(days=days)
    return make_certificate(issued_on=ends_on - timedelta(days=1095), valid_until=ends_on, **fields)


def post_on(day):
    return post_due_notices(today=day, now=MORNING + (day - TODAY))


def posted():
    return list(OutboxMessage.objects.order_by("pk").values_list("kind", "key"))


@pytest.mark.parametrize(
    ("days", "mark"),
    [(180, 180), (121, 180), (120, 120), (61, 120), (60, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, 7)],
)
def test_post_due_notices_names_the_nearest_mark_that_is_passed(db, days, mark):
    certificate = ending_in(days)

    assert post_on(TODAY) == 1

    assert posted() == [
        ("certificate_expiring", f"certificate:{certificate.pk}:ends:{TODAY + timedelta(days=days)}:{mark}:email")
    ]


def test_post_due_notices_says_each_mark_once_through_the_whole_time(db):
    ending_in(181)

    told = [post_on(TODAY + timedelta(days=day)) for day in range(200)]

    assert [day for day, count in enumerate(told) if count] == [1, 61, 121, 151, 174, 182]
    assert sum(told) == OutboxMessage.objects.count() == 6
    assert OutboxMessage.objects.filter(kind="certificate_expired").count() == 1


@pytest.mark.parametrize("days", [181, 500, -8, -400])
def test_post_due_notices_leaves_far_and_long_past_ends_alone(db, days):
    ending_in(days)

    assert post_on(TODAY) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"stored_state": "suspended", "stopped_on": TODAY},
        {"stored_state": "revoked", "stopped_on": TODAY},
        {"extended_until": TODAY + timedelta(days=190), "extension_reason": "Hồ sơ nộp muộn"},
    ],
)
def test_post_due_notices_leaves_stopped_and_extended_ones_alone(db, fields):
    ending_in(60, **fields)

    assert post_on(TODAY) == 0


@pytest.mark.parametrize("status", ["unclaimed", "terminated"])
def test_post_due_notices_tells_no_producer_who_is_not_here(db, status):
    ending_in(60, producer=make_producer(status=status))

    assert post_on(TODAY) == 0


def test_an_extension_makes_it_another_end(db):
    certificate = ending_in(7)
    post_on(TODAY)
    certificate.extended_until = TODAY + timedelta(days=100)
    certificate.extension_reason = "Hồ sơ nộp muộn"
    certificate.save()

    assert post_on(TODAY) == 1
    assert posted()[-1][1] == f"certificate:{certificate.pk}:ends:{TODAY + timedelta(days=100)}:120:email"


def test_tell_certificate_changed_tells_each_event_once(db):
    certificate = make_certificate()
    suspended = CertificateEvent.objects.create(certificate=certificate, at=MORNING, action="suspend")
    again = CertificateEvent.objects.create(certificate=certificate, at=MORNING, action="suspend")

    for event in (suspended, suspended, again):
        tell_certificate_changed(certificate=certificate, event=event, kind=notices.SUSPENDED, now=MORNING)

    assert [key for _, key in posted()] == [
        f"certificate:{certificate.pk}:event:{suspended.pk}:email",
        f"certificate:{certificate.pk}:event:{again.pk}:email",
    ]


def test_a_letter_is_about_the_certificate_as_it_is_when_sent(db):
    certificate = ending_in(60)
    payload = {"certificate_id": certificate.pk}

    assert certificate_letter(payload, today=TODAY)["certificate"].days_left == 60
    assert certificate_letter(payload, today=TODAY + timedelta(days=2))["certificate"].days_left == 58
    assert certificate_letter(payload, today=TODAY)["can_file_in_time"] is False
    assert certificate_letter(payload, today=TODAY - timedelta(days=60))["can_file_in_time"] is True


def test_a_letter_about_no_certificate_has_nothing_to_tell(db):
    with pytest.raises(NothingToTell):
        certificate_letter({"certificate_id": 0}, today=TODAY)


def test_post_due_notices_tells_nobody_where_nobody_can_be_told(db):
    silent = make_producer()
    silent.profile.email, silent.profile.phone = "", ""
    silent.profile.save()
    ending_in(60, producer=silent)
    ending_in(60)

    assert (post_on(TODAY), OutboxMessage.objects.count()) == (1, 1)


def test_a_letter_says_everything_about_its_certificate(db):
    certificate = ending_in(60, stars=4, stored_state="suspended", stopped_on=TODAY, stop_reason="Nhãn sai", stop_decision="9/QĐ")

    letter = certificate_letter({"certificate_id": certificate.pk}, today=TODAY)

    assert (letter["star_signs"], letter["is_void"]) == ("★★★★☆", True)
    assert (letter["stop_reason"], letter["stop_decision"]) == ("Nhãn sai", "9/QĐ")
    assert letter["check_url"].endswith(f"/xac-minh/{certificate.code}/")
    ends_on = certificate.valid_until
    assert (letter["file_from"], letter["file_until"]) == (ends_on - timedelta(days=180), ends_on - timedelta(days=120))
    in_time = [
        certificate_letter({"certificate_id": certificate.pk}, today=letter["file_until"] + timedelta(days=d)) for d in (0, 1)
    ]
    assert [one["can_file_in_time"] for one in in_time] == [True, False]
    assert certificate_letter({"certificate_id": ending_in(60).pk}, today=TODAY)["is_void"] is False
