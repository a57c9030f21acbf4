"""What nothing proves is shown as unproven, with its source, and is no certificate."""

import pytest

from shop.demo.unproven import is_proven, load_unproven, read_source
from shop.domain.certificates.models import Certificate, UnprovenEntry

pytestmark = pytest.mark.django_db


def test_every_row_without_a_proof_is_kept_with_its_source():
    wanted = [number for number, row in read_source() if not is_proven(number, row)]

    count = load_unproven()

    assert count == len(wanted) == 503
    assert list(UnprovenEntry.objects.values_list("source_row", flat=True)) == wanted
    assert UnprovenEntry.objects.filter(source="").count() == 0
    assert Certificate.objects.count() == 0


def test_unproven_entries_are_loaded_once():
    load_unproven()

    assert load_unproven() == 503
