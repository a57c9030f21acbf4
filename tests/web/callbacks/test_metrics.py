import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.factories import make_certificate, make_listing, make_order
from tests.factories.notifications import make_message


def figures(client, **extra):
    """Every sample of the answer, by name and labels."""
    answer = client.get("/metrics", **extra)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


def test_metrics_count_what_is_there(client, db):
    make_order((make_listing(), 1))
    make_message()
    before = figures(client)[("shop_certificates_valid",)]
    make_certificate(stored_state="suspended", stopped_on="2026-01-01")

    seen = figures(client)

    assert seen["shop_orders", "confirmed"] >= 1
    assert seen["shop_parcels", "to_confirm"] >= 1
    assert seen["shop_listings", "live"] >= 1
    assert seen[("shop_certificates_valid",)] == before >= 1
    assert seen["shop_messages", "waiting"] >= 1
    assert seen[("shop_oldest_unsent_message_seconds",)] >= 0


def test_metrics_name_nobody(client, db):
    make_message(recipient="chau@example.vn")
    assert b"chau" not in client.get("/metrics").content


@pytest.mark.parametrize(
    "from_outside",
    [
        {"REMOTE_ADDR": "8.8.8.8"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_metrics_are_closed_to_the_public(client, db, from_outside):
    assert client.get("/metrics", **from_outside).status_code == 404


def test_metrics_take_as_many_queries_for_one_order_as_for_three(client, db, django_assert_max_num_queries):
    taken = []
    for _ in range(2):
        make_order((make_listing(), 1))
        with django_assert_max_num_queries(12) as queries:
            client.get("/metrics")
        taken.append(len(queries))
        make_order((make_listing(), 1))
    assert taken[0] == taken[1]
