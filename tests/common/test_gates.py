from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import OperationalError, connection, transaction

from shop.common.gates import pass_gates, shut_gates
from tests.fixtures.processes import poll_until

pytestmark = pytest.mark.django_db(transaction=True)


def in_another_connection(act):
    """Run one transaction that gives up after a moment; returns whether it came through."""

    def run():
        try:
            with transaction.atomic():
                connection.cursor().execute("SET LOCAL lock_timeout = '200ms'")
                act()
        except OperationalError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def test_many_pass_a_gate_together():
    with transaction.atomic():
        pass_gates(kind="certificate", ids=[1, 2])

        assert in_another_connection(lambda: pass_gates(kind="certificate", ids=[2, 1]))


def test_a_shut_gate_lets_nobody_in_and_leaves_others_open():
    with transaction.atomic():
        shut_gates(kind="certificate", ids=[1])

        assert not in_another_connection(lambda: pass_gates(kind="certificate", ids=[1]))
        assert not in_another_connection(lambda: shut_gates(kind="certificate", ids=[1]))
        assert in_another_connection(lambda: pass_gates(kind="certificate", ids=[2]))
        assert in_another_connection(lambda: shut_gates(kind="listing", ids=[1]))


def test_a_gate_opens_with_the_end_of_the_transaction():
    with transaction.atomic():
        shut_gates(kind="certificate", ids=[1])

    assert in_another_connection(lambda: shut_gates(kind="certificate", ids=[1]))


def test_who_comes_after_the_one_that_shuts_waits_behind_it():
    waits, may_end = Event(), Event()

    def shut():
        with transaction.atomic():
            waits.set()
            shut_gates(kind="certificate", ids=[1])
            may_end.wait(10)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            pass_gates(kind="certificate", ids=[1])
            shutting = pool.submit(shut)
            waits.wait(10)
            # A newcomer would share the gate with us, but somebody is waiting to shut it.
            poll_until(lambda: not in_another_connection(lambda: pass_gates(kind="certificate", ids=[1])), what="the queue")
        may_end.set()
        shutting.result()
