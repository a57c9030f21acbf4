import ast
import re
from pathlib import Path

import pytest
from django.test import Client

from shop.domain.audit_log.models import AuditEntry
from shop.domain.cases.models import CaseEvent
from shop.domain.certificates import acts, superseding
from shop.domain.certificates.models import CertificateActRequest
from shop.domain.listings.models import ListingRevision
from shop.domain.payouts.models import Payout
from shop.domain.producers.models import ProducerEvent
from shop.web.office_desk.audit.words import ACTIONS, KINDS
from tests.factories import make_commune, make_member, make_officer, make_producer, make_province, make_staff, make_user
from tests.factories.logins import log_in
from tests.factories.office import make_act_request, make_entry

LOG = "/van-phong/nhat-ky/"
XSS = "<script>alert(1)</script>"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    """The desk of an officer who answers for the whole country."""
    return log_in(client, make_officer(), second_factor=True)


def test_a_line_says_who_when_what_old_new_and_why(office):
    lan = make_officer(first_name="Lan", last_name="Trần")
    entry = make_entry(user=lan, old={"status": "active"}, new={"status": "suspended"}, reason="Hồ sơ giả")

    for path in (LOG, f"{LOG}{entry.pk}/"):
        page = office.get(path).content.decode()
        for told in ("Tạm đình chỉ chủ thể", "Trần Lan", "đang hoạt động", "tạm đình chỉ", "Hồ sơ giả", "HTX Chè"):
            assert told in page


def test_what_else_was_written_down_is_told_in_words_and_names(office):
    lan = make_officer(first_name="Lan", last_name="Trần")
    more = {"counts": {"rows": 5, "errors": 2}, "approved_by": lan.pk, "needs": []}
    entry = make_entry("import.applied", kind="import", new={"handler": lan.pk, "state": "open"}, more=more)

    page = office.get(f"{LOG}{entry.pk}/").content.decode()

    for told in ("Kết quả", "Số dòng 5, lỗi 2", "Người ký duyệt", "Trần Lan", "Người xử lý", "mới"):
        assert told in page
    assert "approved_by" not in page
    assert "Vì sao cần hai người" not in page


def test_an_unknown_action_shows_as_it_was_written(office):
    entry = make_entry("brand.new_thing", kind="gadget")

    assert "brand.new_thing" in office.get(LOG).content.decode()
    assert office.get(f"{LOG}{entry.pk}/").status_code == 200


def test_filters_narrow_by_words_person_kind_and_days(office):
    lan = make_officer(first_name="Lan", last_name="Trần")
    make_entry(label="Chè Lan làm", user=lan)
    make_entry(label="Miến", kind="listing")

    def labels(query):
        return [row.entry.label for row in office.get(f"{LOG}?{query}").context["rows"]]

    assert labels("q=ch%C3%A8") == ["Chè Lan làm"]
    assert labels("nguoi=lan") == ["Chè Lan làm"]
    assert labels("nguoi=khong-ai") == []
    assert labels("loai=listing") == ["Miến"]
    assert labels("tu=2999-01-01") == []
    assert len(labels("tu=hom-qua&den=&loai=%00&q=%00&trang=abc")) == 2


def test_an_empty_result_offers_the_way_back(office):
    assert "Không có dòng nào như vậy" in office.get(f"{LOG}?q=khong-co").content.decode()


def test_buyers_are_numbers_and_people_of_the_shop_have_names(office):
    buyer, member = make_user(first_name="Người", last_name="Mua"), make_member(make_producer(), first_name="Hoa")
    make_entry("access.refused", kind="address", user=buyer)
    make_entry("listing.hidden", kind="listing", user=member)

    page = office.get(LOG).content.decode()

    assert "Mua Người" not in page
    assert f"Tài khoản số {buyer.pk}" in page
    assert str(member) in page


def test_each_scope_reads_its_own_and_what_is_about_buyers_is_staffs():
    commune = make_commune()
    local = make_entry(label="Ở xã", province_code=commune.province_id, commune_code=commune.code)
    wide = make_entry(label="Ở tỉnh", province_code=commune.province_id)
    nowhere = make_entry(label="Không nơi nào")
    buyer = make_entry("person.exported", kind="person", label="")
    desks = {
        "commune": make_officer(scope="commune", commune=commune, province=commune.province),
        "province": make_officer(scope="province", province=commune.province),
        "elsewhere": make_officer(scope="province", province=make_province("68")),
        "country": make_officer(),
        "staff": make_staff(),
    }

    seen = {}
    for name, user in desks.items():
        desk = log_in(Client(), user, second_factor=True)
        seen[name] = "".join(
            letter
            for letter, entry in zip("lwnb", (local, wide, nowhere, buyer), strict=True)
            if desk.get(f"{LOG}{entry.pk}/").status_code == 200
        )

    assert seen == {"commune": "l", "province": "lw", "elsewhere": "", "country": "lwn", "staff": "lwnb"}


def test_the_export_holds_what_was_found_and_writes_itself_down(office):
    make_entry(label="=1+1")
    make_entry(label="Miến", kind="listing")

    answer = office.post(f"{LOG}tai-ve/?loai=producer")

    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    text = answer.content.decode()
    assert ("'=1+1" in text, "Miến" in text) == (True, False)
    assert AuditEntry.objects.latest("pk").action == "audit.exported"
    assert office.get(f"{LOG}tai-ve/").status_code == 405


def test_an_officer_of_one_place_finds_their_own_export_in_the_log():
    province = make_province("19")
    desk = log_in(Client(), make_officer(scope="province", province=province), second_factor=True)
    make_entry(label="nơi khác", province_code="68")

    assert "nơi khác" not in desk.post(f"{LOG}tai-ve/").content.decode()
    assert "Tải nhật ký về máy" in desk.get(LOG).content.decode()


def test_producers_and_shoppers_find_no_log():
    for user in (make_user(), make_member(make_producer())):
        client = log_in(Client(), user, second_factor=True)
        assert client.get(LOG).status_code == 404
        assert client.post(f"{LOG}tai-ve/").status_code == 404


def test_texts_are_shown_and_never_run(office):
    entry = make_entry(label=XSS, reason=XSS, old={XSS: XSS}, new={XSS: XSS})

    for path in (LOG, f"{LOG}{entry.pk}/", f"{LOG}?q={XSS}&nguoi={XSS}"):
        assert XSS not in office.get(path).content.decode()


def test_the_log_takes_as_many_queries_for_one_as_for_three(office, django_assert_max_num_queries):
    taken = []
    for _ in range(2):
        make_entry(user=make_officer())
        with django_assert_max_num_queries(60) as queries:
            office.get(LOG)
        taken.append(len(queries))
        make_entry(user=make_officer())

    assert taken[0] == taken[1]


def test_the_english_log_is_english(office):
    make_act_request()

    assert "Asked for an act of two officers" in office.get(f"/en{LOG}").content.decode()


# What stands behind the one name that a recording call leaves open.
LEFT_OPEN = {
    "certificate.{}": {
        acts.SUSPENDED,
        acts.LIFTED,
        acts.REVOKED,
        acts.EXTENDED,
        acts.DOWNGRADED,
        acts.SUPERSEDED,
        superseding.RESTORED,
    },
    "certificate.act_{}": {CertificateActRequest.Outcome.REFUSED, CertificateActRequest.Outcome.WITHDRAWN},
    # Named where it is called, see `imports_recorded`.
    "import.{}": set(),
    "producer.{}": set(ProducerEvent.Action),
    "payout.{}": {Payout.Status.PAID, Payout.Status.FAILED},
    "listing.{}": {
        ListingRevision.State.APPROVED,
        ListingRevision.State.CHANGES_REQUESTED,
        ListingRevision.State.REJECTED,
    },
    "case.{}": set(CaseEvent.Action) - {CaseEvent.Action.OPENED, CaseEvent.Action.REPORTER_WROTE, CaseEvent.Action.BLANKED},
}
NAMED = re.compile(r"^[a-z]+\.[a-z_]*$")


def imports_recorded():
    """The second argument of every `record_import(run, "…", …)`."""
    for path in Path("shop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record_import":
                yield from (
                    f"import.{name.value}"
                    for name in ast.walk(node.args[1])
                    if isinstance(name, ast.Constant) and isinstance(name.value, str)
                )


def recorded_actions():
    """Every name of an action in the modules that write into the log, with open ends filled in."""
    found = set(imports_recorded())
    for path in Path("shop").rglob("*.py"):
        text = path.read_text()
        if not re.search(r"^from (shop\.domain\.audit_log)?\.recording import", text, re.MULTILINE):
            continue
        tree = ast.parse(text)
        # Whose object an address shows is written like an action and is none.
        owners = {id(word.value) for word in ast.walk(tree) if isinstance(word, ast.keyword) and word.arg == "owner"}
        for node in ast.walk(tree):
            if id(node) in owners:
                continue
            if isinstance(node, ast.JoinedStr) and len(node.values) == 2 and isinstance(node.values[0], ast.Constant):
                pattern = f"{node.values[0].value}{{}}"
                if NAMED.match(node.values[0].value):
                    found |= {pattern.format(end) for end in LEFT_OPEN[pattern]}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and NAMED.match(node.value):
                found.add(node.value)
    return {name for name in found if not name.endswith((".", "_"))}


def test_every_action_recorded_anywhere_has_its_words():
    assert sorted(recorded_actions() - set(ACTIONS)) == []


def test_no_words_are_kept_for_actions_nobody_records():
    assert sorted(set(ACTIONS) - recorded_actions()) == []


def test_kinds_cover_what_is_recorded():
    assert {"certificate", "producer", "listing", "import", "case", "page", "stock"} <= set(KINDS)
