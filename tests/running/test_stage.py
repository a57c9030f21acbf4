"""The stage itself: what one test leaves behind, another never sees."""

import pytest
from django.contrib.sites.models import Site
from django.core.cache import cache

from shop.celery import app
from tests.fixtures.processes import answers


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("visit", [1, 2])
def test_a_committing_test_leaves_nothing_behind(visit):
    Site.objects.create(domain="tea-house.example.vn", name="Tea house")
    cache.set("visits", cache.get("visits", 0) + 1)

    assert Site.objects.filter(name="Tea house").count() == 1
    assert cache.get("visits") == 1


def test_live_stack_is_up_in_several_processes(live_stack):
    address = live_stack(processes=2)

    assert answers(address)


def test_worker_process_answers_its_broker(celery_worker_process):
    celery_worker_process()

    assert len(app.control.inspect(timeout=2).ping()) == 1


def test_browser_opens_a_page_of_the_shop(live_stack, phone_page):
    phone_page.goto(live_stack(processes=2) + "/healthz")

    assert phone_page.text_content("body") == "ok"
