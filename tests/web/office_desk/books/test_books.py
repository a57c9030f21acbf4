"""The office reads the books and sets what is taken of whom; nobody edits what orders were reckoned by."""

from datetime import timedelta
from decimal import Decimal

import pytest

from catalogue_ext.models import Category
from catalogue_ext.search.indexing import index_products
from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger.auditing import keep_audit
from shop.domain.ledger.models import CommissionRule, TaxRate, VatChange
from tests.factories import make_listing, make_officer, make_order, make_producer, make_province, make_staff, make_user
from tests.factories.ledger import capture_order, make_rate, make_rule
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db
ROOM = "/van-phong/so-sach/"
RULES, RULE_NEW = f"{ROOM}phi-san/", f"{ROOM}phi-san/moi/"
TAXES, TAX_NEW = f"{ROOM}thue/", f"{ROOM}thue/moi/"
VAT, VAT_NEW = f"{ROOM}gtgt/", f"{ROOM}gtgt/moi/"
DAY = timedelta(days=1)


@pytest.fixture
def office(client):
    return log_in(client, make_officer(), second_factor=True)


def rule(**changes):
    return {"scope": "default", "percent": "2,5", "starts_on": clock.today().isoformat(), **changes}


def tax(**changes):
    return {
        "legal_form": "household",
        "activity": "transport",
        "vat_percent": "3",
        "income_tax_percent": "1,5",
        "starts_on": (clock.today() + DAY).isoformat(),
        "source": "Nghị định thử",
        **changes,
    }


@pytest.mark.parametrize("path", [ROOM, RULES, RULE_NEW, TAXES, TAX_NEW, VAT, VAT_NEW])
def test_only_those_who_answer_for_the_country_find_the_room(client, path):
    local = make_officer(scope="province", province=make_province())

    assert log_in(client, make_staff(), second_factor=True).get(path).status_code == 200
    assert log_in(client, make_officer(), second_factor=True).get(path).status_code == 200
    assert log_in(client, local, second_factor=True).get(path).status_code == 404
    assert log_in(client, make_user()).get(path).status_code == 404


def test_the_front_page_says_how_the_books_stand(office):
    never = office.get("/van-phong/").content.decode()
    keep_audit(breaks={}, invariant_count=30, took_ms=9, now=clock.now())
    green = office.get("/van-phong/").content.decode()
    keep_audit(breaks={"a parcel is paid once": 2}, invariant_count=30, took_ms=9, now=clock.now())
    red = office.get("/van-phong/").content.decode()

    assert "chưa được kiểm tra lần nào" in never
    assert "Sổ sách khớp" in green
    assert "mọi khoản chi trả tự dừng" in red
    assert "a parcel is paid once: 2" in office.get(ROOM).content.decode()


def test_balances_stand_in_the_room(office):
    order = make_order((make_listing(price_vnd=185_000), 1))
    capture_order(order)

    page = office.get(f"/en{ROOM}").content.decode()

    total = f"{int(order.total_incl_tax):,}"
    assert f"{total}\u00a0₫" in page
    assert f"-{total}\u00a0₫" in page


def test_a_rule_is_set_written_down_and_frozen_into_the_next_order(office):
    answer = office.post(RULE_NEW, rule())
    order = make_order((make_listing(price_vnd=100_000), 1))

    assert (answer.status_code, answer.url) == (302, RULES)
    assert order.parcels.get().split.commission_vnd == 2_500
    entry = AuditEntry.objects.get(action="commission.rule_set")
    assert entry.detail["new"]["percent"] == "2.5"
    assert "2,5%" in office.get(RULES).content.decode()
    assert "2.5%" in office.get(f"/en{RULES}").content.decode()


def test_a_rule_finds_what_it_is_about(office):
    producer, listing = make_producer("HTX Chè La Bằng"), make_listing()
    group = Category.objects.add_root(instance=Category(name="Đồ uống", slug="do-uong-thu"))
    soon = (clock.today() + DAY).isoformat()
    for changes in (
        {"scope": "producer", "producer": "htx che la bang"},
        {"scope": "category", "category": group.pk},
        {"scope": "product", "product": listing.product.upc},
        {"scope": "programme", "name": "Tuần hàng", "ends_on": soon, "product": listing.product.pk},
    ):
        assert office.post(RULE_NEW, rule(**changes)).status_code == 302

    of_producer, of_category, of_product, of_programme = CommissionRule.objects.order_by("-pk")[:4][::-1]
    assert of_producer.producer == producer
    assert of_category.category == group
    assert of_product.product == of_programme.product == listing.product


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"percent": ""}, "Hãy ghi phần trăm"),
        ({"percent": "nhiều"}, "Phần trăm chưa đúng"),
        ({"percent": "-1"}, "Phần trăm không nhỏ hơn 0"),
        ({"percent": "51"}, "Phần trăm lớn quá"),
        ({"percent": "1,234"}, "Nhiều nhất hai chữ số"),
        ({"percent": "NaN"}, "Phần trăm chưa đúng"),
        ({"starts_on": "2020-01-01"}, "Ngày này đã qua"),
        ({"starts_on": "hôm qua"}, "Ngày chưa đúng"),
        ({"starts_on": "9999-12-31"}, "Năm xa quá"),
        ({"ends_on": "2020-01-01"}, "Ngày cuối phải sau ngày đầu"),
        ({"scope": "producer"}, "Cần điền mục này"),
        ({"scope": "category"}, "Cần điền mục này"),
        ({"scope": "programme", "name": " "}, "Cần điền mục này"),
        ({"scope": "programme", "name": "Tết"}, "Cần điền mục này"),
        ({"scope": "producer", "producer": "HTX không ai biết"}, "Không tìm thấy"),
        ({"scope": "producer", "producer": "999999999999999999"}, "Không tìm thấy"),
        ({"scope": "producer", "producer": "htx che tan cuong"}, "Có nhiều tên như vậy"),
        ({"scope": "product", "product": "9" * 60}, "Không tìm thấy"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_with_a_sentence(office, changes, sentence):
    make_producer(), make_producer()
    before = CommissionRule.objects.count()

    answer = office.post(RULE_NEW, rule(**changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert CommissionRule.objects.count() == before


def test_a_rule_ends_with_a_day_and_not_twice(office):
    made = make_rule(8)
    page = f"{RULES}{made.pk}/"
    today = clock.today().isoformat()

    assert office.get(page).status_code == 200
    assert "Ngày này đã qua" in office.post(page, {"last_day": "2020-01-01"}).content.decode()
    assert office.post(page, {"last_day": today}).status_code == 302
    assert office.post(page, {"last_day": today}).status_code == 409

    made.refresh_from_db()
    assert made.ends_on == clock.today()
    assert AuditEntry.objects.filter(action="commission.rule_ended").count() == 1


def test_a_rule_that_has_not_begun_is_taken_back_whole(office):
    made = make_rule(8, starts_on=clock.today() + 3 * DAY)
    assert "rút lại hoàn toàn" in office.get(f"{RULES}{made.pk}/").content.decode()

    office.post(f"{RULES}{made.pk}/", {"last_day": clock.today().isoformat()})

    made.refresh_from_db()
    assert made.ends_on < made.starts_on
    assert "đã rút lại" in office.get(RULES).content.decode()


def test_a_tax_rate_is_set_with_its_law_and_taken_back_until_it_begins(office):
    assert office.post(TAX_NEW, tax()).status_code == 302
    rate = TaxRate.objects.latest("pk")
    assert (rate.vat_percent, rate.income_tax_percent) == (Decimal(3), Decimal("1.5"))
    assert "sắp áp dụng" in office.get(TAXES).content.decode()

    office.post(f"{TAXES}{rate.pk}/rut-lai/")

    rate.refresh_from_db()
    assert rate.ends_on < rate.starts_on
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"tax.rate_set", "tax.rate_taken_back"}


def test_a_rate_in_force_is_not_taken_back(office):
    rate = TaxRate.objects.filter(legal_form="household").get()

    page = office.post(f"{TAXES}{rate.pk}/rut-lai/", follow=True).content.decode()

    rate.refresh_from_db()
    assert rate.ends_on is None
    assert "đã áp dụng nên không rút lại được" in page


def test_a_newer_rate_makes_the_older_one_over(office):
    make_rate(2, 1, starts_on=clock.today())

    page = office.get(TAXES).content.decode()

    assert "đã hết" in page
    assert "117/2025" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"source": " "}, "không có luật thì không khấu trừ"),
        ({"starts_on": "2020-01-01"}, "Ngày này đã qua"),
        ({"vat_percent": "21"}, "Phần trăm lớn quá"),
        ({"legal_form": "company"}, "company"),
    ],
)
def test_what_cannot_be_a_rate_is_refused(office, changes, sentence):
    before = TaxRate.objects.count()

    answer = office.post(TAX_NEW, tax(**changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert TaxRate.objects.count() == before


def vat(**changes):
    day = (clock.today() + DAY).isoformat()
    return {"product": "", "from_class": "5", "to_class": "10", "starts_on": day, "source": "Luật thử", **changes}


def test_the_room_says_which_class_each_product_is_in_and_leads_to_its_change(office):
    spirit = make_listing("Rượu nếp", vat_class="10", criteria_set=14).product
    index_products([spirit.pk])
    make_listing(vat_class="8")

    page = office.get(VAT, {"q": "ruou nep"}).content.decode()

    assert ("1 sản phẩm" in page, f"{VAT_NEW}?san-pham={spirit.upc}" in page) == (True, True)
    assert f'value="{spirit.upc}"' in office.get(VAT_NEW, {"san-pham": spirit.upc}).content.decode()
    assert "Không có sản phẩm nào tên như vậy" in office.get(VAT, {"q": "khong-co"}).content.decode()


def test_a_change_of_vat_is_planned_and_taken_back(office):
    assert office.post(VAT_NEW, vat()).status_code == 302
    change = VatChange.objects.latest("pk")
    page = office.get(VAT).content.decode()
    assert "Mọi hàng loại 5" in page
    assert "sắp áp dụng" in page

    office.post(f"{VAT}{change.pk}/rut-lai/")

    assert "đã rút lại" in office.get(VAT).content.decode()


def test_a_change_that_was_carried_out_stays(office):
    product = make_listing(vat_class="5").product
    office.post(VAT_NEW, vat(product=product.upc, from_class="", starts_on=clock.today().isoformat()))
    change = VatChange.objects.latest("pk")

    page = office.post(f"{VAT}{change.pk}/rut-lai/", follow=True).content.decode()

    product.refresh_from_db()
    assert product.vat_class == "10"
    assert "đã thực hiện: hãy ghi một thay đổi khác" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"from_class": ""}, "không chọn cả hai"),
        ({"from_class": "10"}, "không chọn cả hai"),
        ({"to_class": "7"}, "7"),
        ({"starts_on": "2020-01-01"}, "Ngày này đã qua"),
        ({"source": ""}, "Hãy ghi căn cứ pháp lý"),
        ({"product": "khong-co"}, "Không tìm thấy"),
    ],
)
def test_what_is_no_change_of_vat_is_refused(office, changes, sentence):
    before = VatChange.objects.count()

    answer = office.post(VAT_NEW, vat(**changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert VatChange.objects.count() == before
