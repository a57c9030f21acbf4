"""`manage.py fake_stripe` from the outside."""

import urllib.request

import pytest
import stripe
from django.core.management import CommandError, call_command

from shop.embedded.processes import stop_process
from tests.fixtures.processes import free_port, log_of, poll_until, start_command


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/_stand_in/state", timeout=2).close()
    except OSError:
        return False
    return True


def test_it_answers_and_ends_when_told(tmp_path):
    port = free_port()
    process = start_command("fake_stripe", "--port", str(port), "--key", "sk_test_x", "--memory", str(tmp_path / "m"))
    poll_until(lambda: answers(port), seconds=60, what="the stand-in")

    client = stripe.StripeClient("sk_test_x", base_addresses={"api": f"http://127.0.0.1:{port}"}, max_network_retries=0)
    assert client.v1.checkout.sessions.list().data == []
    stop_process(process, seconds=10)
    assert process.returncode == 0, log_of("fake_stripe")


@pytest.mark.parametrize("key", ["sk_live_x", "rk_live_x"])
def test_it_refuses_a_live_key(key):
    with pytest.raises(CommandError, match="takes no live keys"):
        call_command("fake_stripe", port=0, key=key, memory="-")
