"""The files of the day: the same as the registry, valid by their schema, right after every change, safe in a spreadsheet."""

import csv
import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from jsonschema import Draft202012Validator

from shop.common import clock
from shop.domain.certificates.acts import Ground, suspend_certificate
from shop.domain.certificates.models import Certificate, CertificateEvent, ImportRun, UnprovenEntry
from shop.domain.certificates.proving import open_data
from shop.domain.certificates.proving.models import OpenDataFile
from shop.domain.certificates.proving.open_data import NoSuchFile, file_of_today, make_files, open_file
from shop.domain.certificates.proving.open_data_files import cell, schema_of
from shop.domain.certificates.proving.registry_rows import CERTIFICATES, UNPROVEN
from shop.domain.certificates.queries import find_certificate
from shop.domain.certificates.state import live_state
from shop.domain.producers.staff import actor_of
from tests.factories import make_certificate, make_commune, make_decision, make_officer, make_producer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def registry():
    """A certificate in every state, with awkward names, a sample, and one without a producer."""
    today = clock.today()
    make_certificate(product_name='=HYPERLINK("http://x")', score="84.50", criteria_set=6)
    make_certificate(product_name='+Chè, "búp"\nhai dòng', issued_on=today - timedelta(days=1050))
    make_certificate(issued_on=today - timedelta(days=1200), extended_until=today, extension_reason="Chờ hội đồng")
    make_certificate(issued_on=today - timedelta(days=1200), commune=make_commune())
    make_certificate(stored_state="suspended", stopped_on=today, stop_decision="-1/QĐ")
    make_certificate(stored_state="revoked", stopped_on=today, address_as_certified="Số 7 ngõ 3")
    make_certificate(decision=make_decision(is_sample=True))
    Certificate.objects.filter(pk=make_certificate(producer=make_producer("<script>alert(1)</script>")).pk).update(producer=None)
    UnprovenEntry.objects.create(product_name="@Sâm", folded_name="sam", source="báo", source_file="a.csv", source_row=3)


def text_of(name, now=None):
    with open_file(file_of_today(name=name, now=now or clock.now())) as file:
        return file.read().decode()


def csv_rows(name):
    return list(csv.DictReader(text_of(name).removeprefix("\ufeff").splitlines(keepends=True)))


def plain(value):
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_json_is_the_registry_row_by_row(registry):
    today = clock.today()
    document = json.loads(text_of("so-dang-ky.json"))

    known = Certificate.objects.select_related("decision", "province").order_by("code")
    assert document["as_of"] == today.isoformat()
    assert [(row["code"], row["product"], row["producer"], row["stars"], row["state"]) for row in document["rows"]] == [
        (each.code, each.product_name, each.producer_name, each.stars, live_state(each, today=today).value) for each in known
    ]
    for row in document["rows"]:
        each = find_certificate(code=row["code"])
        assert (row["decision_number"], row["decision_authority"]) == (each.decision.number, each.decision.authority)
        assert (row["issued_on"], row["valid_until"]) == (each.issued_on.isoformat(), each.valid_until.isoformat())
        assert row["is_sample"] == each.decision.is_sample
    assert {row["state"] for row in document["rows"]} >= {"valid", "expiring", "extended", "expired", "suspended", "revoked"}


@pytest.mark.parametrize("name", ["so-dang-ky", "chua-chung-minh"])
def test_csv_says_what_json_says_and_starts_no_formula(registry, name):
    in_json = [{key: plain(value) for key, value in row.items()} for row in json.loads(text_of(f"{name}.json"))["rows"]]
    in_csv = csv_rows(f"{name}.csv")

    assert [cell for row in in_csv for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert [{key: cell.removeprefix("'") for key, cell in row.items()} for row in in_csv] == in_json
    assert text_of(f"{name}.csv").startswith("\ufeff")


@pytest.mark.parametrize("dataset", [CERTIFICATES, UNPROVEN], ids=lambda dataset: dataset.name)
def test_json_follows_its_schema(registry, dataset):
    schema, document = schema_of(dataset), json.loads(text_of(f"{dataset.name}.json"))
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

    assert [error.message for error in check.iter_errors(document)] == []
    broken = {**document, "rows": [{**document["rows"][0], "address": "Số 7"}]}
    assert not check.is_valid(broken)
    assert not check.is_valid({**document, "address": "Số 7"})


def test_nothing_private_is_in_it(registry):
    Certificate.objects.update(address_as_certified="Số 7 ngõ 3")
    producer = make_producer("Hộ ông Bảy", phone="+84912345678", email="bay@example.vn", address_as_certified="Số 7 ngõ 3")
    make_certificate(producer=producer)

    for name in open_data.file_names():
        assert [secret for secret in ("ngõ 3", "912345678", "bay@example.vn") if secret in text_of(name)] == []


def test_the_row_knows_digest_size_and_count(registry):
    for name in open_data.file_names():
        found = file_of_today(name=name, now=clock.now())
        content = text_of(name).encode()
        assert (found.sha256, found.size_bytes) == (sha256(content).hexdigest(), len(content))
    assert file_of_today(name="so-dang-ky.csv", now=clock.now()).rows == Certificate.objects.count()


def test_a_file_is_made_once_a_day(registry):
    now = clock.now()
    first = file_of_today(name="so-dang-ky.csv", now=now)

    assert file_of_today(name="so-dang-ky.csv", now=now + timedelta(seconds=90)).made_at == first.made_at
    tomorrow = file_of_today(name="so-dang-ky.csv", now=now + timedelta(days=1))
    assert (tomorrow.as_of, OpenDataFile.objects.filter(name="so-dang-ky.csv").count()) == (now.date() + timedelta(days=1), 2)


def test_a_star_that_goes_out_at_midnight_is_out_in_the_next_file():
    today = clock.today()
    make_certificate(issued_on=today - timedelta(days=1000), valid_until=today)

    states = [json.loads(text_of("so-dang-ky.json", clock.now() + timedelta(days=days)))["rows"][0]["state"] for days in (0, 1)]

    assert states == ["expiring", "expired"]


def test_a_suspension_is_in_the_file_within_a_minute():
    certificate, now = make_certificate(), clock.now()
    assert json.loads(text_of("so-dang-ky.json", now))["rows"][0]["state"] == "valid"
    ground = Ground(reason="Nhãn sai", effective_on=now.date())
    suspend_certificate(certificate_id=certificate.pk, ground=ground, actor=actor_of(user=make_officer()), now=now)

    assert json.loads(text_of("so-dang-ky.json", now + timedelta(seconds=31)))["rows"][0]["state"] == "suspended"


def test_lost_bytes_are_made_again(registry):
    found = file_of_today(name="so-dang-ky.json", now=clock.now())
    default_storage.delete(found.stored_as)

    assert json.loads(text_of("so-dang-ky.json"))["rows"]


def test_an_unknown_name_is_no_file():
    with pytest.raises(NoSuchFile):
        file_of_today(name="../../etc/passwd", now=clock.now())


def test_old_files_are_cleared_away_and_their_digests_stay(registry):
    now = clock.now()
    assert make_files(now=now - timedelta(days=9)) == 4
    assert make_files(now=now) == 4

    old = OpenDataFile.objects.filter(as_of__lt=now.date())
    assert {(found.stored_as, len(found.sha256)) for found in old} == {("", 64)}
    assert file_of_today(name="so-dang-ky.csv", now=now).stored_as


def test_an_empty_registry_is_a_valid_file():
    assert json.loads(text_of("so-dang-ky.json"))["rows"] == []
    assert len(text_of("so-dang-ky.csv").splitlines()) == 1
    assert [file_of_today(name=name, now=clock.now()).rows for name in open_data.file_names()] == [0] * 4


def test_making_takes_as_many_queries_for_one_row_as_for_three(django_assert_max_num_queries):
    taken = []
    for days in (0, 1):
        with django_assert_max_num_queries(60) as queries:
            make_files(now=clock.now() + timedelta(days=days))
        taken.append(len(queries))
        for _ in range(3):
            make_certificate()

    # Cursors on the server are opened once per set, however many rows there are.
    assert taken[1] - taken[0] <= 1


def test_a_file_is_remade_after_half_a_minute_where_something_changed():
    now = clock.now()
    first = file_of_today(name="so-dang-ky.json", now=now)
    make_certificate()

    assert file_of_today(name="so-dang-ky.json", now=now + timedelta(seconds=29)).made_at == now
    later = file_of_today(name="so-dang-ky.json", now=now + timedelta(seconds=30))
    assert (later.pk, later.made_at, later.rows) == (first.pk, now + timedelta(seconds=30), 1)
    assert later.stored_as == f"du-lieu-mo/{now.date().isoformat()}/{later.sha256[:16]}-so-dang-ky.json"


@pytest.mark.parametrize(
    "change",
    [
        make_certificate,
        lambda: Certificate.objects.order_by("pk").first().delete(),
        lambda: UnprovenEntry.objects.all().delete(),
        lambda: UnprovenEntry.objects.create(product_name="S", folded_name="s", source="b", source_file="b.csv", source_row=4),
        lambda: ImportRun.objects.create(file_name="a.xlsx", uploaded_at=clock.now()),
        lambda: CertificateEvent.objects.create(certificate=Certificate.objects.last(), action="x", at=clock.now()),
    ],
)
def test_registry_mark_changes_with_everything_a_file_shows(registry, change):
    before = open_data.registry_mark()
    assert open_data.registry_mark() == before

    change()

    assert open_data.registry_mark() != before


def test_files_of_a_week_are_kept(registry):
    now = clock.now()
    make_files(now=now - timedelta(days=7))

    make_files(now=now)

    kept = OpenDataFile.objects.filter(as_of=now.date() - timedelta(days=7))
    assert [default_storage.exists(found.stored_as) for found in kept] == [True] * 4


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "true"), (False, "false"), (3, "3"), ("=1", "'=1"), ("\t1", "'\t1"), ("a=1", "a=1")],
)
def test_cell_runs_in_no_spreadsheet(value, text):
    assert cell(value) == text


def test_a_schema_names_every_column_in_both_languages():
    schema = schema_of(UNPROVEN)
    rows = schema["properties"]["rows"]["items"]

    assert (schema["title"], schema["type"], schema["$schema"]) == (
        "chua-chung-minh",
        "object",
        "https://json-schema.org/draft/2020-12/schema",
    )
    assert (
        schema["$id"] == schema["properties"]["schema"]["const"] == f"{settings.BASE_URL}/du-lieu-mo/chua-chung-minh.schema.json"
    )
    assert set(schema["required"]) == set(schema["properties"]) == {"schema", "licence", "source", "as_of", "rows"}
    assert (rows["type"], rows["additionalProperties"], rows["required"]) == ("object", False, list(rows["properties"]))
    assert rows["properties"]["year"] == {"type": "string", "description": "Năm như nguồn ghi / Year, as the source says"}
    assert schema["properties"]["source"] == {"type": "string", "format": "uri"}
    assert schema["properties"]["as_of"] == {"type": "string", "format": "date"}
    assert schema["properties"]["licence"]["const"].startswith("https://creativecommons.org/licenses/by/4.0")
