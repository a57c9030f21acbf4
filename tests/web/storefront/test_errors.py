import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from shop.web.storefront import errors
from tests.components.showing import show


def asked(address: str = "/"):
    request = RequestFactory().get(address)
    request.LANGUAGE_CODE = "vi"
    return request


ERRORS = [
    (lambda: errors.bad_request(asked(), BadRequest()), 400, "Không đọc được yêu cầu"),
    (lambda: errors.permission_denied(asked(), PermissionDenied()), 403, "Bạn không có quyền xem trang này"),
    (lambda: errors.csrf_failure(asked(), "no cookie"), 403, "Biểu mẫu đã hết hạn"),
    (lambda: errors.page_not_found(asked(), Http404()), 404, "Không có trang này"),
    (lambda: errors.too_many_requests(asked()), 429, "Bạn thao tác quá nhanh"),
    (lambda: errors.server_error(asked()), 500, "Có lỗi ở phía chúng tôi"),
]
NAMES = ["400", "403", "403-csrf", "404", "429", "500"]


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [answer for answer, _, _ in ERRORS], ids=NAMES)
def test_error_pages_are_accessible(answer, phone_page, desk_page, assert_accessible):
    html = answer().content.decode()
    for page in (phone_page, desk_page):
        assert_accessible(show(page, html))


@pytest.mark.django_db
@pytest.mark.parametrize(("answer", "status", "heading"), ERRORS, ids=NAMES)
def test_error_pages_say_what_happened(answer, status, heading):
    response = answer()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in response.content.decode()


def test_server_error_asks_no_database():
    response = errors.server_error(asked())
    assert response.status_code == 500
    assert "Có lỗi ở phía chúng tôi" in response.content.decode()


@pytest.mark.django_db
def test_too_many_requests_says_when_to_come_back():
    assert errors.too_many_requests(asked()).headers["Retry-After"] == "60"


@pytest.mark.django_db
def test_unknown_address_gets_the_designed_page_in_its_language(client):
    assert "<h1>Không có trang này</h1>" in client.get("/khong-co/").content.decode()
    assert "<h1>There is no such page</h1>" in client.get("/en/khong-co/").content.decode()
