"""Deny by default, and what a refusal tells."""

import pytest
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import ResolverMatch

from shop.access.declare import access
from shop.access.middleware import AccessMiddleware
from shop.domain.audit_log.models import AuditEntry
from shop.domain.people.actor import Actor
from tests.factories import make_officer, make_staff, make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db


def _ask(view, *, method="get", roles=("anonymous",), user_id=None):
    request = getattr(RequestFactory(), method)("/somewhere/")
    request.resolver_match = ResolverMatch(view, (), {}, url_name="somewhere")
    request.actor = Actor(user_id=user_id, roles=frozenset(roles))
    return AccessMiddleware(lambda _: HttpResponse()).process_view(request, view, (), {})


def test_access_refuses_a_view_that_declares_nothing():
    with pytest.raises(Http404):
        _ask(lambda request: HttpResponse())  # noqa: ARG005


def test_access_sends_a_stranger_to_log_in():
    desk = access(roles=["producer_owner"])(lambda request: HttpResponse())  # noqa: ARG005

    response = _ask(desk)

    assert response.status_code == 302
    assert response.url == "/tai-khoan/dang-nhap/?next=/somewhere/"


def test_access_hides_a_page_from_the_wrong_role():
    desk = access(roles=["producer_owner"])(lambda request: HttpResponse())  # noqa: ARG005

    with pytest.raises(Http404):
        _ask(desk, roles=["consumer"], user_id=7)


def test_access_answers_405_to_a_method_that_is_not_declared():
    page = access(roles=["anonymous"])(lambda request: HttpResponse())  # noqa: ARG005

    assert _ask(page, method="post").status_code == 405
    assert _ask(page, method="head") is None


def test_access_hides_the_page_before_it_names_its_methods():
    desk = access(roles=["producer_owner"])(lambda request: HttpResponse())  # noqa: ARG005

    with pytest.raises(Http404):
        _ask(desk, method="post", roles=["consumer"], user_id=7)


def test_an_officer_without_a_second_factor_is_sent_to_set_it_up(client):
    log_in(client, make_staff())

    response = client.get("/dashboard/")

    assert (response.status_code, response.url) == (302, "/tai-khoan/hai-lop/bat/")


def test_a_session_that_never_used_the_second_factor_is_asked_for_it(client):
    staff = make_staff()
    log_in(client, staff, second_factor=True)
    log_in(client, staff)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    response = client.get("/dashboard/")

    assert response.status_code == 302
    assert response.url == "/tai-khoan/hai-lop/xac-nhan-lai/?next=%2Fdashboard%2F"


def test_staff_with_a_second_factor_get_in_and_the_page_is_not_stored(client):
    log_in(client, make_staff(), second_factor=True)

    response = client.get("/dashboard/")

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_an_officer_is_no_staff(client):
    log_in(client, make_officer(), second_factor=True)

    assert client.get("/dashboard/").status_code == 404
    assert client.get("/admin/").status_code == 404


def refusals():
    told = AuditEntry.objects.filter(action="access.refused").order_by("pk")
    return [(entry.actor_id, entry.object_id, entry.label) for entry in told]


def test_what_a_person_was_refused_stands_in_the_audit_log(client):
    shopper, officer = make_user(), make_officer()
    client.get("/van-phong/")
    log_in(client, shopper)
    client.get("/van-phong/")
    client.post("/ban-hang/kien/987654/")
    log_in(client, officer, second_factor=True)
    client.get("/van-phong/tin-nhan/987654/")

    assert refusals() == [
        (shopper.pk, "office_desk:home", "GET 404"),
        (shopper.pk, "producer_desk:parcel", "POST 404"),
        (officer.pk, "office_desk:message", "GET 404"),
    ]


def test_secrets_in_an_address_are_not_written_down(client):
    log_in(client, make_user())
    client.get("/van-phong/tin-nhan/4711/?token=geheim")

    entry = AuditEntry.objects.get(action="access.refused")
    assert "4711" not in f"{entry.object_id} {entry.label} {entry.detail}"


def test_pages_that_are_answered_cost_nothing_more(client):
    log_in(client, make_officer(), second_factor=True)
    client.get("/van-phong/tim/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/van-phong/tim/").status_code == 200
        assert client.get("/khong-co-trang-nay/").status_code == 404

    assert not [query for query in queries if "INSERT" in query["sql"] or "audit_log" in query["sql"]]
