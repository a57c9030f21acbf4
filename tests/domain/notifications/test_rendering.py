import pytest
from django.conf import settings as shop_settings
from django.template.loader import get_template

from shop.common import clock
from shop.domain.certificates.notices import REVOKED
from shop.domain.notifications import rendering
from shop.domain.notifications.kinds import UnknownKind, all_kinds, kind_named
from shop.domain.notifications.rendering import message_id_of, render_message
from tests.factories import make_certificate
from tests.factories.notifications import make_message

TEMPLATES = shop_settings.BASE_DIR / "templates" / "notifications"


def test_render_message_speaks_the_language_of_the_message(db):
    certificate = make_certificate(product_name="Chè Tân Cương")

    vietnamese = render_message(make_message(certificate=certificate, kind=REVOKED), today=clock.today())
    english = render_message(make_message(certificate=certificate, kind=REVOKED, language="en"), today=clock.today())

    assert vietnamese.subject == "Thu hồi giấy chứng nhận OCOP của Chè Tân Cương"
    assert english.subject == "The OCOP certificate of Chè Tân Cương was revoked"
    assert f"{shop_settings.BASE_URL}/xac-minh/{certificate.code}/" in vietnamese.body
    assert f"{shop_settings.BASE_URL}/en/xac-minh/{certificate.code}/" in english.body
    assert '<html lang="en">' in english.html


@pytest.mark.parametrize("words", ["{{ order.link_seed }}", "{% load i18n %}", "<script>alert(1)</script>"])
def test_words_of_people_are_never_compiled_or_run(db, words):
    certificate = make_certificate(stop_reason=f"Vì {words}\nhai dòng")

    text = render_message(make_message(certificate=certificate, kind=REVOKED), today=clock.today())

    assert f"Vì {words}\nhai dòng" in text.body
    assert "<script>" not in text.html
    assert words.replace("<", "&lt;").replace(">", "&gt;") in text.html


def test_a_subject_is_one_line(db):
    certificate = make_certificate(product_name="Chè\nBcc: all@example.vn")

    text = render_message(make_message(certificate=certificate, kind=REVOKED), today=clock.today())

    assert text.subject == "Thu hồi giấy chứng nhận OCOP của Chè Bcc: all@example.vn"


def test_an_sms_has_plain_letters_on_one_line(db):
    certificate = make_certificate(code="TN-2026-00001")

    text = render_message(make_message(certificate=certificate, kind=REVOKED, channel="sms"), today=clock.today())

    address = f"{shop_settings.BASE_URL}/xac-minh/TN-2026-00001/"
    assert (text.subject, text.html) == ("", "")
    assert text.body == f"Cho OCOP: giay chung nhan TN-2026-00001 bi thu hoi. {address}"


def test_render_message_of_an_unknown_kind_is_refused(db):
    with pytest.raises(UnknownKind):
        render_message(make_message(kind="birthday"), today=clock.today())


def test_message_id_of_a_key_is_always_the_same_and_of_another_another():
    assert message_id_of("order:1") == message_id_of("order:1") != message_id_of("order:2")
    assert message_id_of("order:1").startswith("<")
    assert "chau@example.vn" not in rendering.message_id_of("chau@example.vn")


def test_every_kind_has_its_four_templates_and_every_folder_a_kind():
    kinds = {kind.name for kind in all_kinds()}
    folders = {path.name for path in TEMPLATES.iterdir()} - {"parts"}

    assert kinds == folders
    files = {"subject.txt", "body.txt", "body.html", "sms.txt"}
    assert {name: {path.name for path in (TEMPLATES / name).iterdir()} for name in kinds} == dict.fromkeys(kinds, files)
    assert {str(kind_named(name).title) != "" for name in kinds} == {True}


@pytest.mark.parametrize("kind", sorted(path.name for path in TEMPLATES.iterdir() if path.name != "parts"))
def test_every_template_can_be_read(kind):
    """A filter that is not loaded is found when the letter is sent, and then by nobody but the log."""
    names = [f"notifications/{kind}/{path.name}" for path in sorted((TEMPLATES / kind).iterdir())]

    assert [get_template(name).template.name for name in names] == names
