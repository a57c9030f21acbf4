from shop.common import clock
from tests.factories import make_certificate, make_officer, make_province
from tests.factories.logins import log_in
from tests.factories.notifications import make_message


def test_home_counts_what_waits(client, db):
    make_message(certificate=make_certificate(province=make_province("19")))
    make_certificate(stored_state="suspended", stopped_on=clock.today())
    log_in(client, make_officer(), second_factor=True)

    counts = client.get("/van-phong/").context

    assert (counts["counts"]["waiting"], counts["counts"]["failed"]) == (1, 0)
    assert (counts["valid"], counts["expiring"], counts["suspended"]) == (1, 0, 1)


def test_home_of_an_officer_of_one_province_counts_its_own(client, db):
    thai_nguyen, lam_dong = make_province("19"), make_province("68")
    make_certificate(province=thai_nguyen)
    make_certificate(province=lam_dong)
    log_in(client, make_officer(scope="province", province=lam_dong), second_factor=True)

    page = client.get("/van-phong/")

    assert page.context["valid"] == 1
    assert lam_dong.name in page.content.decode()
