"""The desk as a browser shows it: accessible, nothing wider than the screen, the current room in sight."""

import pytest
from django.test import Client

from tests.axe import assert_accessible  # noqa: F401 -- a fixture
from tests.factories import make_certificate, make_officer
from tests.factories.logins import log_in
from tests.factories.office import make_act_request, make_entry

LONG = "Hồ sơ " + "rấtdàikhôngngắt" * 20


def desk_at(browser, address, *, width, user):
    """A browser in which the officer has logged in."""
    session = log_in(Client(), user, second_factor=True).cookies["sessionid"].value
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    return context.new_page()


@pytest.mark.parametrize("width", [390, 1280])
def test_rooms_are_accessible(live_stack, browser, assert_accessible, width):  # noqa: F811
    address = live_stack()
    lan = make_officer(first_name="Lan")
    single = make_act_request(make_certificate(), officer=lan, reason=LONG)
    bulk = make_act_request(make_certificate(), make_certificate(), act="suspend", officer=lan)
    entry = make_entry(user=lan, label=LONG[:200], old={"status": LONG}, new={"status": "b"}, reason=LONG)
    page = desk_at(browser, address, width=width, user=make_officer())

    for path in (
        "",
        "tim/",
        "tim/?q=che",
        "tim/?q=khong-co-gi",
        "phe-duyet/",
        "phe-duyet/?xem=da-xong",
        f"phe-duyet/{single.pk}/",
        f"phe-duyet/{bulk.pk}/",
        "nhat-ky/",
        "nhat-ky/?loai=producer",
        f"nhat-ky/{entry.pk}/",
    ):
        for language in ("", "/en"):
            page.goto(f"{address}{language}/van-phong/{path}")
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.context.close()


def test_on_a_phone_the_current_room_is_in_sight(live_stack, browser):
    address = live_stack()
    page = desk_at(browser, address, width=390, user=make_officer())

    page.goto(f"{address}/van-phong/nhat-ky/")

    tab = page.locator(".sd [aria-current]").bounding_box()
    assert 0 <= tab["x"] < 390 - tab["width"] / 2
    page.context.close()


def test_a_refusal_without_a_reason_leads_to_the_field(live_stack, browser, assert_accessible):  # noqa: F811
    address = live_stack()
    asked = make_act_request()
    page = desk_at(browser, address, width=390, user=make_officer())
    page.goto(f"{address}/van-phong/phe-duyet/{asked.pk}/")

    page.get_by_role("button", name="Từ chối yêu cầu").click()

    assert "Hãy ghi lý do từ chối" in page.locator(".errs").inner_text()
    assert_accessible(page)
    page.context.close()
