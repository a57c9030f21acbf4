"""What programs check stars by: fresh, signed, readable from anywhere, and nothing private."""

import json
import subprocess
import sys

import pytest
from django.conf import settings as shop_settings

from shop.common import clock
from tests.factories import make_certificate, make_decision

pytestmark = pytest.mark.django_db


def test_what_the_shop_serves_passes_the_script_it_serves(client, tmp_path):
    certificate = make_certificate(code="TNG-2026-00017")
    paths = []
    for name in (f"{certificate.code}/chung-nhan.json", "khoa.json", "thu-hoi.json"):
        path = tmp_path / name.replace("/", "-")
        path.write_bytes(client.get(f"/xac-minh/{name}").content)
        paths.append(path)
    script = tmp_path / "verify.py"
    script.write_bytes(client.get("/xac-minh/verify_certificate.py").content)

    result = subprocess.run([sys.executable, script, *paths], capture_output=True, text=True, check=False)

    assert (result.returncode, result.stdout.startswith("VALID")) == (0, True), result
    assert script.read_bytes() == (shop_settings.BASE_DIR / "docs" / "verify_certificate.py").read_bytes()


def test_a_star_that_was_taken_away_is_gone_at_once(client):
    certificate = make_certificate()
    path = f"/xac-minh/{certificate.code}/chung-nhan.json"
    before = client.get(path)
    certificate.stored_state, certificate.stopped_on = "revoked", clock.today()
    certificate.save()
    after = client.get(path)

    assert [response.json()["payload"]["is_valid"] for response in (before, after)] == [True, False]
    assert before["Cache-Control"] == client.get("/xac-minh/thu-hoi.json")["Cache-Control"] == "no-store"
    listed = client.get("/xac-minh/thu-hoi.json").json()["payload"]["certificates"]
    assert [stop["code"] for stop in listed] == [certificate.code]


def test_json_may_be_read_by_any_site_and_sets_no_cookie(client):
    certificate = make_certificate()
    for path in (f"/xac-minh/{certificate.code}/chung-nhan.json", "/xac-minh/khoa.json", "/xac-minh/thu-hoi.json"):
        response = client.get(path)
        assert (response["Access-Control-Allow-Origin"], response.cookies, response.status_code) == ("*", {}, 200)
        assert response["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("code", ["TNG-2026-99999", "ch%C3%A8", "%00", "x" * 300])
def test_an_unknown_code_is_404_in_json(client, code):
    response = client.get(f"/xac-minh/{code}/chung-nhan.json")

    assert (response.status_code, response.json()) == (404, {"error": "not_in_the_registry"})


def test_another_spelling_leads_to_the_right_address(client):
    make_certificate(code="TNG-2026-00017")
    response = client.get("/xac-minh/tng-2o26-17/chung-nhan.json")

    assert (response.status_code, response["Location"]) == (301, "/xac-minh/TNG-2026-00017/chung-nhan.json")


def test_a_sample_says_so_in_json(client):
    make_certificate(code="MAU-2026-00001", decision=make_decision(is_sample=True))

    payload = client.get("/xac-minh/MAU-2026-00001/chung-nhan.json").json()["payload"]

    assert (payload["is_sample"], "MẪU" in payload["note"]) == (True, True)


def test_markup_in_names_stays_text(client):
    make_certificate(code="TNG-2026-00001", product_name="<script>alert(1)</script>")
    response = client.get("/xac-minh/TNG-2026-00001/chung-nhan.json")

    assert json.loads(response.content)["payload"]["product"] == "<script>alert(1)</script>"
    assert (response["X-Content-Type-Options"], response["Content-Type"][:16]) == ("nosniff", "application/json")
