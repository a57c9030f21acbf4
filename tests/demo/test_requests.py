import pytest

from shop.common import clock
from shop.demo.accounts import SECOND_OFFICER
from shop.demo.requests import load_sample_requests
from shop.domain.certificates.models import ActRequestItem, Certificate
from tests.factories import make_certificate, make_decision, make_officer

pytestmark = pytest.mark.django_db


def test_samples_wait_for_the_first_officer_once():
    for _ in range(5):
        make_certificate(decision=make_decision(is_sample=True))
    make_certificate()
    make_officer(email=SECOND_OFFICER)

    asked = load_sample_requests(now=clock.now())

    assert [request.action for request in asked] == ["revoke", "bulk"]
    assert all(request.reason.startswith("MẪU") for request in asked)
    assert ActRequestItem.objects.filter(certificate__decision__is_sample=True).count() == 3
    assert not Certificate.objects.exclude(stored_state="active").exists()
    assert load_sample_requests(now=clock.now()) == []


def test_without_the_second_officer_or_samples_nothing_is_asked():
    assert load_sample_requests(now=clock.now()) == []
    make_officer(email=SECOND_OFFICER)
    assert load_sample_requests(now=clock.now()) == []
