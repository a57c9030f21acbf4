"""What a monitoring system asks."""


def test_healthz_answers(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_readyz_names_each_part(client, db):
    response = client.get("/readyz")

    assert response.json() == {
        "ready": True,
        "checks": {"database": "ok", "valkey": "ok", "migrations": "ok", "outbox": "ok"},
    }
