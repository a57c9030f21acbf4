"""The log is JSON, and a person's words do not get into it by any of the ways they could."""

import io
import json
import logging
import logging.config
import uuid

import pytest
from django.db import IntegrityError, transaction

from shop.common.request_id import HEADER
from shop.domain.notifications.channels.base import NotDelivered
from shop.domain.notifications.tasks import sweep_outbox
from shop.domain.people.models import User
from shop.embedded.processes import stop_process
from shop.running.discreet import scrub
from shop.running.json_lines import JsonLines
from shop.web.storefront.checkout import checkout
from tests.factories import make_listing, make_user
from tests.fixtures.processes import log_file, log_of, poll_until, start_command
from tests.web.storefront.checkout.pages import add, fill

CANARIES = {
    "name": "Lê Minh Châu Canary",
    "e-mail": "canary.chau@example.vn",
    "phone": "0977 123 456",
    "street": "Số 12 ngõ Canary",
    "token": "kT9x2canaryQ7pLm4vR8wZ1s",
}


@pytest.fixture
def written():
    """Everything that is logged meanwhile, as the shop's processes write it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def assert_discreet(lines):
    text = json.dumps(lines, ensure_ascii=False)
    assert lines
    assert [what for what, canary in CANARIES.items() if canary in text] == []
    assert "0977123456" not in text


def test_an_address_with_a_secret_leaves_its_route(client, db, written):
    client.get(f"/don-hang/OC-ABCDEFGH/{CANARIES['token']}/?email={CANARIES['e-mail']}")
    client.get(f"/khong-co/{CANARIES['token']}/{CANARIES['e-mail']}")

    lines = written()
    assert_discreet(lines)
    assert [(line["status"], line.get("route")) for line in lines] == [(404, "don-hang/<str:number>/<str:token>/"), (404, None)]
    assert lines[0]["message"] == "Not Found: (address)"


def test_a_form_and_an_exception_that_repeats_it(client, db, written, monkeypatch):
    def fail(*, request, **others):
        raise ValueError(
            f"cannot deliver to {request.buyer_name}, {request.street}, {request.buyer_phone}, {request.buyer_email}"
        )

    client.raise_request_exception = False
    add(client, make_listing())
    words = {"name": CANARIES["name"], "phone": CANARIES["phone"], "email": CANARIES["e-mail"], "street": CANARIES["street"]}
    form = fill(client, **words)
    monkeypatch.setattr(checkout, "place_order", fail)
    answer = client.post("/thanh-toan/", form | {"action": "place"})

    (line,) = [line for line in written() if line["level"] == "ERROR"]
    assert answer.status_code == 500
    assert_discreet([line])
    assert (line["error"]["type"], line["route"], line["method"]) == ("ValueError", "thanh-toan/", "POST")
    assert line["error"]["frames"][-1].startswith("tests/running/test_json_lines.py:")
    assert line["request_id"] == answer[HEADER]


def test_a_row_the_database_refused(db, written):
    make_user(email=CANARIES["e-mail"])
    try:
        with transaction.atomic():
            User.objects.create(email=CANARIES["e-mail"], first_name=CANARIES["name"])
    except IntegrityError as error:
        logging.getLogger("shop.test").exception("cannot save: %s", error)  # noqa: TRY401  what somebody may write

    assert_discreet(written())
    error = written()[0]["error"]
    assert (error["type"], error["after"]["sqlstate"]) == ("django.db.utils.IntegrityError", "23505")
    assert error["after"]["constraint"].startswith("people_user_email")


def test_a_log_in_that_failed_too_often(client, db, written):
    for _ in range(6):
        client.post("/tai-khoan/login/", {"login": CANARIES["e-mail"], "password": CANARIES["token"]}, REMOTE_ADDR="8.8.4.4")

    assert_discreet([*written(), {}])
    assert "8.8.4.4" not in json.dumps(written())


def test_a_referrer_that_is_refused(written, rf):
    logging.getLogger("django.security.csrf").warning(
        "Forbidden (%s): %s", f"Referer checking failed - http://a.vn/don-hang/{CANARIES['token']}/", "/"
    )
    logging.getLogger("shop.test").warning("came from http://a.vn/x/%s?email=%s", CANARIES["name"], CANARIES["e-mail"])

    assert_discreet(written()[:1])
    assert written()[1]["message"].startswith("came from http://a.vn/…")


def test_a_mail_server_s_answer(written):
    logging.getLogger("shop.test").warning("Message %s: %s", "order:7:placed", NotDelivered(f"451 {CANARIES['name']}, later"))

    assert written()[0]["message"] == "Message order:7:placed: shop.domain.notifications.channels.base.NotDelivered"


def test_a_task_that_failed(written):
    said = {"name": "tasks.tell", "id": str(uuid.uuid4()), "exc": f"ValueError('{CANARIES['name']}')", "args": CANARIES["street"]}
    logging.getLogger("celery.app.trace").error("Task %(name)s[%(id)s] raised: %(exc)s %(args)s", said)

    assert_discreet(written())
    assert written()[0]["message"] == f"Task tasks.tell[{said['id']}] raised: … …"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("to canary.chau@example.vn now", "to (e-mail) now"),
        ("call 0912 345 678 or +84912345678", "call (number) or (number)"),
        ("see http://127.0.0.1:8000/a/b?c=d", "see http://127.0.0.1:8000/…"),
        ("redis://:secret-word@valkey:6379/0", "redis://valkey:6379/…"),
        ("key kT9x2canaryQ7pLm4vR8wZ1s.", "key (secret)."),
        ("from 8.8.8.8 and 2001:4860:4860::8888", "from (address) and (address)"),
        ("Listening at: http://127.0.0.1:8000 (42)", "Listening at: http://127.0.0.1:8000 (42)"),
        ("10.0.0.7 took 12.5 s on 2026-11-28", "10.0.0.7 took 12.5 s on 2026-11-28"),
        ("task shop.domain.x[8e09b5a5-2d5d-4a0b-9f3c-1d2e3f4a5b6c]", "task shop.domain.x[8e09b5a5-2d5d-4a0b-9f3c-1d2e3f4a5b6c]"),
    ],
)
def test_scrubbing(text, left):
    assert scrub(text) == left


def test_a_message_that_does_not_fit_its_values_is_a_line_all_the_same():
    record = logging.LogRecord("shop.test", logging.WARNING, __file__, 1, "%d of %d", ("one",), None)

    assert json.loads(JsonLines().format(record))["message"] == "%d of %d"


@pytest.mark.parametrize(
    ("given", "is_kept"), [("3f2504e0-4f89-41d3-9a0c-0305e82c3301", True), ("0912345678", False), ("", False)]
)
def test_a_request_s_number_is_the_proxy_s_or_ours(client, given, is_kept):
    answer = client.get("/healthz", headers={HEADER: given})

    assert (answer[HEADER] == given) is is_kept
    assert len(answer[HEADER]) in {32, 36}


@pytest.mark.django_db(transaction=True)
def test_every_line_of_worker_and_scheduler_is_json(celery_worker_process):
    # What workers of other tests said when they were stopped is Celery's own, past every logger.
    log_file("worker").unlink(missing_ok=True)
    celery_worker_process()
    sweep_outbox.delay()
    poll_until(lambda: "succeeded" in log_of("worker"), what="a task that was done")
    scheduler = start_command("scheduler", log="json-scheduler")
    poll_until(lambda: "beat: Starting" in log_of("json-scheduler"), seconds=120, what="the scheduler's start")
    stop_process(scheduler)

    for name in ("worker", "json-scheduler"):
        assert {"time", "level", "logger", "message"} <= set(json.loads(log_of(name).splitlines()[-1]))
        assert [line for line in log_of(name).splitlines() if not line.startswith("{")] == []


def test_every_line_of_a_web_server_is_json(live_stack):
    live_stack()

    lines = log_of("web").splitlines()
    assert any(json.loads(line)["logger"] == "gunicorn.error" for line in lines)
