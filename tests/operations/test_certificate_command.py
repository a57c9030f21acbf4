from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from shop.common import clock
from shop.domain.certificates.models import CertificateActRequest, CertificateEvent
from tests.factories import make_certificate, make_listing, make_officer, make_order, make_user

pytestmark = pytest.mark.django_db
BY, SECOND = "lan@ocop.example", "hoa@ocop.example"


@pytest.fixture
def tea():
    make_officer(email=BY)
    make_officer(email=SECOND, phone="+84912345600")
    return make_certificate()


def run(act, certificate, *arguments, by=BY, second=SECOND):
    out = StringIO()
    words = ["--reason", "Nhãn sai", "--by", by, *(["--second", second] if second else []), *arguments]
    call_command("certificate", act, certificate.code, *words, stdout=out)
    certificate.refresh_from_db()
    return out.getvalue().strip()


def test_suspend_and_lift(tea):
    assert run("suspend", tea, "--decision", "7/QĐ-VP", "--safety") == f"{tea.code}: suspended"
    assert (tea.stored_state, tea.stop_decision, tea.is_safety_matter) == ("suspended", "7/QĐ-VP", True)

    assert run("lift", tea) == f"{tea.code}: valid"
    assert tea.stored_state == "active"


def test_suspend_needs_no_second_officer(tea):
    assert run("suspend", tea, second=None) == f"{tea.code}: suspended"


def test_doing_it_again_says_so(tea):
    run("suspend", tea)

    assert run("suspend", tea) == f"{tea.code}: suspended already, nothing changed"
    assert CertificateEvent.objects.count() == 1


def test_revoke_is_signed_by_two(tea):
    assert run("revoke", tea, second="0912 345 600") == f"{tea.code}: revoked"
    assert run("revoke", tea) == f"{tea.code}: revoked already, nothing changed"

    request = CertificateActRequest.objects.get()
    assert (request.requested_by.email, request.approved_by.email) == (BY, SECOND)


@pytest.mark.parametrize("second", [None, BY])
def test_revoke_by_one_officer_is_refused_and_leaves_no_request(tea, second):
    with pytest.raises(CommandError, match="two different officers"):
        run("revoke", tea, second=second)

    assert not CertificateActRequest.objects.exists()


def test_extend_and_downgrade(tea):
    until = tea.valid_until.replace(year=tea.valid_until.year + 1)

    assert run("extend", tea, "--until", until.isoformat()) == f"{tea.code}: valid"
    assert run("downgrade", tea, "--stars", "3") == f"{tea.code}: valid"

    assert (tea.extended_until, tea.stars) == (until, 3)


def test_refusals_are_sentences(tea):
    make_user(email="khach@example.vn")
    run("revoke", tea)
    other = make_certificate()

    for sentence, act, certificate, words in (
        ("is revoked: it cannot be lifted", "lift", tea, {}),
        ("not the login of an officer", "suspend", other, {"by": "khach@example.vn"}),
        ("not the login of an officer", "suspend", other, {"by": "nobody@example.vn"}),
    ):
        with pytest.raises(CommandError, match=sentence):
            run(act, certificate, **words)
    with pytest.raises(CommandError, match="no certificate TN-1999-00001"):
        call_command("certificate", "suspend", "TN-1999-00001", "--reason", "thử", "--by", BY)
    with pytest.raises(CommandError, match="has not come yet"):
        run("suspend", other, "--date", "2999-01-01")


def test_a_suspension_reaches_the_parcels(tea):
    order = make_order((make_listing(certificate=tea), 1))

    run("suspend", tea)

    assert order.parcels.get().status == "on_hold"


def test_supersede_replaces_a_certificate_by_a_newer_one():
    make_officer(email=BY)
    make_officer(email=SECOND)
    tea = make_listing("Chè Tân Cương")
    older = tea.certificate
    newer = make_certificate(producer=tea.producer, product_name="Chè Tân Cương", issued_on=clock.today(), product=tea.product)

    said = run("supersede", older, "--by-certificate", newer.code)
    again = run("supersede", older, "--by-certificate", newer.code)

    older.refresh_from_db()
    tea.refresh_from_db()
    assert (older.superseded_by, tea.certificate) == (newer, newer)
    assert said == f"{older.code}: expired"
    assert again == f"{older.code}: expired already, nothing changed"


def test_supersede_refuses_what_is_no_replacement():
    make_officer(email=BY)
    make_officer(email=SECOND)
    older, other = make_certificate(), make_certificate(product_name="Mật ong", issued_on=clock.today())

    with pytest.raises(CommandError, match="not of the same product"):
        run("supersede", older, "--by-certificate", other.code)
    with pytest.raises(CommandError, match="There is no certificate XX-2020-00000"):
        run("supersede", older, "--by-certificate", "XX-2020-00000")
