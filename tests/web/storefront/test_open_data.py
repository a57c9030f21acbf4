"""The page and the files of the open data."""

import csv
import json

import pytest

from shop.common import clock
from shop.domain.certificates.models import UnprovenEntry
from tests.factories import make_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def body_of(response):
    return b"".join(response.streaming_content).decode()


@pytest.mark.parametrize(("prefix", "words"), [("", "Dữ liệu mở của sổ đăng ký"), ("/en", "Open data of the registry")])
def test_the_page_leads_to_every_file(client, prefix, words):
    make_certificate()
    response = client.get(f"{prefix}/du-lieu-mo/")
    page = response.content.decode()

    assert (response.status_code, words in page, "s-maxage" in response["Cache-Control"]) == (200, True, True)
    for name in ("so-dang-ky.csv", "so-dang-ky.json", "so-dang-ky.schema.json", "chua-chung-minh.csv", "muc-luc.json"):
        assert f'"/du-lieu-mo/{name}"' in page
    for path in ("/xac-minh/khoa.json", "/xac-minh/thu-hoi.json", "/xac-minh/verify_certificate.py", "by/4.0"):
        assert path in page


def test_files_are_the_registry(client):
    certificate = make_certificate()
    UnprovenEntry.objects.create(product_name="Sâm", folded_name="sam", source="báo", source_file="a.csv", source_row=3)

    response = client.get("/du-lieu-mo/so-dang-ky.csv")
    rows = list(csv.DictReader(body_of(response).removeprefix("\ufeff").splitlines()))

    assert [row["code"] for row in rows] == [certificate.code]
    assert rows[0]["url"].endswith(f"/xac-minh/{certificate.code}/")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert f"so-dang-ky-{clock.today()}.csv" in response["Content-Disposition"]
    unproven = json.loads(body_of(client.get("/du-lieu-mo/chua-chung-minh.json")))
    assert [row["product"] for row in unproven["rows"]] == ["Sâm"]


def test_a_known_digest_is_not_sent_again(client):
    make_certificate()
    response = client.get("/du-lieu-mo/so-dang-ky.json")
    body_of(response)
    again = client.get("/du-lieu-mo/so-dang-ky.json", headers={"If-None-Match": response["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_the_index_knows_size_and_digest(client):
    make_certificate()
    listed = client.get("/du-lieu-mo/muc-luc.json").json()

    assert {file["name"] for file in listed["files"]} == {
        "so-dang-ky.csv",
        "so-dang-ky.json",
        "chua-chung-minh.csv",
        "chua-chung-minh.json",
    }
    for file in listed["files"]:
        path = file["url"].partition("//")[2].partition("/")[2]
        content = body_of(client.get(f"/{path}"))
        assert (file["bytes"], file["as_of"]) == (len(content.encode()), str(clock.today()))


def test_the_schema_names_its_own_address(client):
    response = client.get("/du-lieu-mo/so-dang-ky.schema.json")

    assert (response["Content-Type"], response.json()["$id"].endswith("/du-lieu-mo/so-dang-ky.schema.json")) == (
        "application/schema+json",
        True,
    )


@pytest.mark.parametrize("name", ["khong-co.csv", "so-dang-ky.exe", "so-dang-ky.xlsx", "khong-co.schema.json", "..csv"])
def test_other_files_are_not_there(client, name):
    assert client.get(f"/du-lieu-mo/{name}").status_code == 404
