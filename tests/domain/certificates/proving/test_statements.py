"""docs/verify_certificate.py as a process: what the shop signed passes, whatever was touched does not."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings as shop_settings

from shop.common import clock
from shop.domain.certificates.proving.keys import publish_keys
from shop.domain.certificates.proving.signing import canonical, sign
from shop.domain.certificates.proving.statements import signed_certificate, signed_stops
from shop.domain.certificates.queries import find_certificate
from tests.factories import make_certificate, make_decision

pytestmark = pytest.mark.django_db
SCRIPT = shop_settings.BASE_DIR / "docs" / "verify_certificate.py"
VALID, FORGED, NOT_VALID = 0, 1, 2


@pytest.fixture
def today():
    """The machine's own day: the script asks no shop for the time."""
    return clock.today()


@pytest.fixture
def paper(today):
    certificate = make_certificate(code="TNG-2026-00017", product_name="Chè «Tân Cương» ❤", address_as_certified="Số 7 ngõ 3")
    return signed_certificate(find_certificate(code=certificate.code), today=today)


def run(tmp_path, *documents):
    paths = []
    for place, document in enumerate(documents):
        path = tmp_path / f"{place}.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False))
        paths.append(str(path))
    result = subprocess.run([sys.executable, SCRIPT, *paths], capture_output=True, text=True, check=False)
    return result.returncode, result.stdout + result.stderr


def keys(today):
    return publish_keys(today=today)


def test_a_true_certificate_passes(paper, tmp_path, today):
    code, printed = run(tmp_path, paper, keys(today), signed_stops(today=today))

    assert (code, printed.startswith("VALID")) == (VALID, True)
    assert "TNG-2026-00017: 4 stars, Chè «Tân Cương» ❤" in printed


def test_a_paper_says_of_its_certificate_what_the_registry_says(paper, today):
    certificate = find_certificate(code="TNG-2026-00017")
    payload = paper["payload"]

    assert payload["decision"] == {
        "number": certificate.decision.number,
        "authority": certificate.decision.authority,
        "signed_on": certificate.decision.signed_on.isoformat(),
    }
    assert (payload["code"], payload["stars"], payload["state"], payload["is_valid"]) == ("TNG-2026-00017", 4, "valid", True)
    assert (payload["product"], payload["producer"]) == (certificate.product_name, certificate.producer_name)
    assert (payload["issued_on"], payload["valid_until"]) == (
        certificate.issued_on.isoformat(),
        certificate.valid_until.isoformat(),
    )
    assert (payload["extended_until"], payload["superseded_by"], payload["checked_on"]) == (None, None, today.isoformat())
    assert (payload["ends_on"], payload["is_sample"], payload["note"]) == (certificate.valid_until.isoformat(), False, "")


def test_what_is_signed_is_sorted_short_and_in_letters():
    assert canonical({"b": "Chè", "a": [1, None, True]}) == '{"a":[1,null,true],"b":"Chè"}'.encode()
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})


def test_no_home_address_and_no_key_is_in_it(paper, settings):
    written = json.dumps(paper, ensure_ascii=False)

    assert ("ngõ 3" in written, settings.CERTIFICATE_SIGNING_KEY in written) == (False, False)


def changed(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, dict):
        return {**value, "number": value["number"] + "x"}
    return f"{value or ''}x"


def test_any_member_changed_missing_or_added_is_a_forgery(paper, tmp_path, today):
    published, passed = keys(today), []
    for name, value in paper["payload"].items():
        others = {key: each for key, each in paper["payload"].items() if key != name}
        for forged in ({**paper["payload"], name: changed(value)}, others):
            code, printed = run(tmp_path, {**paper, "payload": forged}, published)
            if (code, printed.startswith("FORGED")) != (FORGED, True):
                passed.append((name, printed))
    code, _ = run(tmp_path, {**paper, "payload": {**paper["payload"], "more": 1}}, published)

    assert (passed, code) == ([], FORGED)


@pytest.mark.parametrize("place", [0, 1, 64, 127])
def test_any_digit_of_the_signature_counts(paper, tmp_path, today, place):
    signature = paper["signature"]
    digit = "0" if signature[place] != "0" else "1"

    assert run(tmp_path, {**paper, "signature": signature[:place] + digit + signature[place + 1 :]}, keys(today))[0] == FORGED


def test_every_other_trick_is_a_forgery(paper, tmp_path, today, settings):
    published, text = keys(today), json.dumps(paper)
    own_key = settings.CERTIFICATE_SIGNING_KEY
    settings.CERTIFICATE_SIGNING_KEY = "17" * 32
    by_another = sign({key: value for key, value in paper["payload"].items() if key != "key_id"}, today=today)
    swapped = {**by_another, "payload": {**by_another["payload"], "key_id": paper["payload"]["key_id"]}}
    both_published = keys(today)
    settings.CERTIFICATE_SIGNING_KEY = own_key
    distrusted = {"keys": [{**key, "state": "distrusted"} for key in published["keys"]]}
    tricks = {
        "signed by another key": run(tmp_path, by_another, published),
        "another key's signature under this key's name": run(tmp_path, swapped, both_published),
        "a key that was stolen": run(tmp_path, paper, distrusted),
        "no keys": run(tmp_path, paper, {"keys": []}),
        "a list of stops as a certificate": run(tmp_path, signed_stops(today=today), published),
        "a certificate as the list of stops": run(tmp_path, paper, published, paper),
        "capital digits": run(tmp_path, {**paper, "signature": paper["signature"].upper()}, published),
        "a blank in the signature": run(tmp_path, {**paper, "signature": paper["signature"] + " "}, published),
        "a payload twice": run(tmp_path, '{"payload": {"stars": 5}, ' + text[1:], published),
        "a member twice": run(tmp_path, text.replace('"stars": 4', '"stars": 5, "stars": 4'), published),
        "something beside the payload": run(tmp_path, {**paper, "stars": 5}, published),
        "no signature": run(tmp_path, {"payload": paper["payload"]}, published),
        "no JSON": run(tmp_path, "★★★★★", published),
        "a number for a text": run(tmp_path, text.replace('"stars": 4', '"stars": 4.0'), published),
    }

    assert {trick: printed for trick, (code, printed) in tricks.items() if code != FORGED or "FORGED" not in printed} == {}


def test_a_member_twice_was_really_tried(paper):
    assert '"stars": 4' in json.dumps(paper)


def test_without_files_it_says_how_to_use_it(tmp_path):
    code, printed = run(tmp_path)

    assert (code, "verify_certificate.py chung-nhan.json khoa.json" in printed) == (FORGED, True)


def test_a_later_revocation_is_told_by_the_signed_list(paper, tmp_path, today):
    certificate = find_certificate(code="TNG-2026-00017")
    certificate.stored_state, certificate.stopped_on, certificate.stop_decision = "revoked", today, "12/QĐ-UBND"
    certificate.save()

    code, printed = run(tmp_path, paper, keys(today), signed_stops(today=today))

    assert (code, f"revoked since {today}" in printed) == (NOT_VALID, True)
    assert run(tmp_path, paper, keys(today))[0] == VALID


def test_a_certificate_of_today_that_is_stopped_says_so_itself(tmp_path, today):
    make_certificate(code="TNG-2026-00018", stored_state="suspended", stopped_on=today)
    paper = signed_certificate(find_certificate(code="TNG-2026-00018"), today=today)

    code, printed = run(tmp_path, paper, keys(today))

    assert (code, "suspended" in printed) == (NOT_VALID, True)


def test_one_that_was_replaced_is_in_the_list(tmp_path, today):
    newer = make_certificate(code="TNG-2026-00019")
    make_certificate(code="TNG-2023-00018", superseded_by=newer, superseded_on=today - timedelta(days=3))

    listed = signed_stops(today=today)["payload"]["certificates"]

    assert listed == [{"code": "TNG-2023-00018", "state": "superseded", "since": str(today - timedelta(days=3)), "decision": ""}]


def test_a_saved_certificate_grows_old(tmp_path, today):
    make_certificate(code="TNG-2023-00001", issued_on=today - timedelta(days=1200))
    then = today - timedelta(days=400)
    paper = signed_certificate(find_certificate(code="TNG-2023-00001"), today=then)

    assert paper["payload"]["is_valid"]
    code, printed = run(tmp_path, paper, keys(today))
    assert (code, f"over since {paper['payload']['ends_on']}" in printed) == (NOT_VALID, True)


def test_an_old_list_is_no_proof(paper, tmp_path, today):
    old, older_than_the_paper = signed_stops(today=today - timedelta(days=8)), signed_stops(today=today - timedelta(days=1))

    for stops in (old, older_than_the_paper):
        code, printed = run(tmp_path, paper, keys(today), stops)
        assert (code, "too old" in printed) == (NOT_VALID, True)


def test_a_list_that_was_shortened_is_a_forgery(paper, tmp_path, today):
    make_certificate(code="TNG-2026-00018", stored_state="revoked", stopped_on=today)
    stops = signed_stops(today=today)
    stops["payload"]["certificates"] = []

    assert run(tmp_path, paper, keys(today), stops)[0] == FORGED


def test_a_sample_says_what_it_is(tmp_path, today):
    make_certificate(code="MAU-2026-00001", decision=make_decision(is_sample=True))
    paper = signed_certificate(find_certificate(code="MAU-2026-00001"), today=today)

    assert paper["payload"]["is_sample"]
    assert "MẪU" in run(tmp_path, paper, keys(today))[1]
