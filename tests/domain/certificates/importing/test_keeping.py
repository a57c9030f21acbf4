"""A file is kept byte for byte, under a name that nobody can guess and one that hurts nobody."""

import hashlib

import pytest
from django.core.files.base import ContentFile

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.importing.keeping import file_at_hand, fingerprint_of, harmless_name, take_in
from shop.domain.certificates.importing.runs import NoImportsHere
from shop.domain.certificates.models import ImportRun
from shop.domain.certificates.scope import NotAnOfficer
from shop.domain.people.actor import Actor
from tests.factories import make_commune, make_officer, make_province

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("danh-sach.xlsx", "danh-sach.xlsx"),
        (r"C:\Tài liệu\danh sách.xlsx", "danh sách.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\n.xls", "ab.xls"),
        ("x" * 300 + ".xlsx", "x" * 195 + ".xlsx"),
        ("/", "danh-sach"),
        ("", "danh-sach"),
    ],
)
def test_harmless_name_is_what_people_called_it(name, shown):
    assert harmless_name(name) == shown


def bring(user, content=b"tea" * 30_000, name="a/danh-sach.xlsx"):
    file = ContentFile(content, name=name)
    file.read(5)
    return take_in(file=file, file_name=name, actor=Actor(user_id=user.pk), now=clock.now())


def test_take_in_keeps_the_bytes_and_says_who_brought_them():
    officer = make_officer(scope="province", province=make_province("68"))

    run = ImportRun.objects.get(pk=bring(officer).pk)

    assert (run.state, run.file_name, run.province_id, run.uploaded_by_id) == ("reading", "danh-sach.xlsx", "68", officer.pk)
    assert run.sha256 == hashlib.sha256(b"tea" * 30_000).hexdigest() == fingerprint_of(ContentFile(b"tea" * 30_000))
    assert run.file.name.startswith("imports/")
    assert "danh-sach" not in run.file.name
    with file_at_hand(run) as path:
        assert path.read_bytes() == b"tea" * 30_000
    assert not path.exists()
    told = AuditEntry.objects.get(action="import.uploaded")
    assert (told.actor_id, told.detail["size"], told.province_code, told.label) == (officer.pk, 90_000, "68", "danh-sach.xlsx")


def test_take_in_is_for_officers_of_a_province_or_the_country():
    assert bring(make_officer()).province_id is None
    with pytest.raises(NoImportsHere):
        bring(make_officer(scope="commune", commune=make_commune()))
    with pytest.raises(NotAnOfficer):
        take_in(file=ContentFile(b"x"), file_name="x", actor=Actor(user_id=None), now=clock.now())
