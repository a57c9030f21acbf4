"""The rooms of money, of payouts and the pages beside them in a browser: accessible, nothing cut off on a phone."""

from shop.common import clock
from shop.domain.ordering.links import tracking_token
from shop.domain.payments.models import MoneyAlert
from shop.domain.payouts.approving import approve_batch
from shop.domain.payouts.preparing import prepare_batch
from shop.domain.producers.staff import actor_of
from tests.axe import assert_accessible  # noqa: F401 -- a fixture
from tests.factories import make_listing, make_member, make_officer, make_producer
from tests.factories.payouts import look_at_books, make_earning
from tests.factories.transfers import make_transfer, make_transfer_order, open_account
from tests.journeys.test_money_comes_and_goes import BANK
from tests.web.office_desk.test_rooms import desk_at

# A table that scrolls sideways hides what is wider than a phone from the page's own width.
CUT_OFF = "[...document.querySelectorAll('.tw')].filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.innerText)"


PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def test_every_page_of_money_fits(live_stack, settings, browser, assert_accessible):  # noqa: F811
    open_account(settings)
    address = live_stack(environment=BANK)
    house = make_producer("Công ty cổ phần Phát triển Yến sào Cao Nguyên Đắk Nông")
    look_at_books()
    make_earning(house)
    officer = make_officer(first_name="Nguyễn Thị Thanh Huyền")
    batch = prepare_batch(actor=actor_of(user=officer), now=clock.now())
    approve_batch(batch_id=batch.pk, actor=actor_of(user=make_officer()), now=clock.now())
    order = make_transfer_order()
    make_transfer(20_000, memo=order.number)
    nobodys = make_transfer(70_000, memo="mua che " + "rấtdàikhôngngắt" * 12, reference="FT" + "7" * 40)
    alerts = [f"van-phong/tien/viec/{alert.pk}/" for alert in MoneyAlert.objects.all()]
    rooms = ["tien/", "tien/chuyen-khoan/", f"tien/chuyen-khoan/{nobodys.pk}/", "tien/sao-ke/", "tien/tien-mat/", "chi-tra/"]
    desk = desk_at(browser, address, width=390, user=make_officer())
    keeper = desk_at(browser, address, width=390, user=make_member(house, role="producer_money"))
    pages = [(desk, f"van-phong/{room}") for room in [*rooms, f"chi-tra/{batch.pk}/"]] + [(desk, alert) for alert in alerts]
    pages.append((desk, "van-phong/tien/giao-hang/"))
    pages += [(desk, "van-phong/so-sach/gtgt/?q=che"), (desk, f"van-phong/duyet/{make_listing().pk}/do-uong-co-con/")]
    pages += [(keeper, "ban-hang/tien/"), (keeper, "ban-hang/tien/sao-ke/"), (keeper, "ban-hang/tien/tai-khoan/")]
    pages.append((keeper, f"don-hang/{order.number}/{tracking_token(order)}/tra-tien/"))

    for page, path in pages:
        for language, screen in (("", PHONE), ("en/", PHONE), ("", DESK)):
            page.set_viewport_size(screen)
            assert page.goto(f"{address}/{language}{path}").status == 200, path
            assert_accessible(page)
            assert screen is DESK or page.evaluate(CUT_OFF) == [], path
    desk.context.close()
    keeper.context.close()
