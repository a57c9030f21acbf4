"""A yes is a yes only when somebody said it, and every answer stays as proof."""

import pytest
from django.db import DatabaseError, transaction

from shop.common import clock
from shop.domain.consents.links import NoSuchLink, make_link, read_link
from shop.domain.consents.models import ConsentRecord, Purpose
from shop.domain.consents.queries import standing_consents
from shop.domain.consents.recording import Circumstances, answer_consent, is_allowed, person
from shop.domain.consents.wording import wording_of

pytestmark = pytest.mark.django_db
HOA = person(1)


def answer(*, is_given, language="vi"):
    how = Circumstances(now=clock.now(), source="/tai-khoan/thong-bao/", language=language)
    return answer_consent(subject=HOA, purpose=Purpose.NEWS_EMAIL, is_given=is_given, how=how)


def test_nobody_agrees_by_saying_nothing():
    assert [is_allowed(subject=HOA, purpose=purpose) for purpose in Purpose] == [False] * len(Purpose)
    assert not any(standing.is_given for standing in standing_consents(subject=HOA))


def test_each_answer_that_differs_is_a_row_with_the_words_that_were_read():
    written = [answer(is_given=given, language="en") for given in (False, True, True, False)]

    rows = ConsentRecord.objects.order_by("pk")
    assert written == [False, True, False, True]
    assert list(rows.values_list("is_given", "language", "source")) == [
        (True, "en", "/tai-khoan/thong-bao/"),
        (False, "en", "/tai-khoan/thong-bao/"),
    ]
    assert {row.text_version for row in rows} == {wording_of(Purpose.NEWS_EMAIL).version}


def test_one_purpose_does_not_stand_for_another():
    answer(is_given=True)

    assert [is_allowed(subject=HOA, purpose=purpose) for purpose in Purpose].count(True) == 1


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_keeps_the_proof(act):
    answer(is_given=True)

    with pytest.raises(DatabaseError), transaction.atomic():
        ConsentRecord.objects.update(is_given=False) if act == "update" else ConsentRecord.objects.all()._raw_delete("default")


def test_a_link_stops_what_it_was_made_for_and_no_other_does():
    token = make_link(subject=HOA, purpose=Purpose.BACK_IN_STOCK)

    assert (read_link(token).subject, read_link(token).purpose) == (HOA, Purpose.BACK_IN_STOCK)
    with pytest.raises(NoSuchLink):
        read_link(token.replace("person.1.", "person.2."))
