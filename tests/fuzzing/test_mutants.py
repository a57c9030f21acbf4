"""Two hundred spoilt lists: each is refused with a reason or imported whole. `make soak` brings ten thousand."""

import dataclasses

import pytest
from django.conf import settings

from shop.common import clock
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.models import Decision
from shop.domain.listings.importing import import_list
from tests.factories import make_certificate, make_decision
from tests.fuzzing import judging
from tests.fuzzing.judging import judge, state_of_database, try_mutants
from tests.fuzzing.lists import SHIPPED
from tests.fuzzing.mutants import KINDS, make_mutant

pytestmark = pytest.mark.django_db
BATCH = 50
WHOLE = SHIPPED / "lam-dong-3981-qd-ubnd.xlsx"
FAILURES = settings.BASE_DIR / "var" / "fuzz"


@pytest.mark.parametrize("first", range(0, 200, BATCH))
def test_every_mutant_is_refused_with_a_reason_or_imported_whole(first):
    assert try_mutants(range(first, first + BATCH), now=clock.now(), folder=FAILURES) == []


def test_a_day_three_years_before_the_end_of_the_calendar_is_refused_like_any_other():
    """What ten thousand lists found: a cell of 31/12/9999 as the day of issue."""
    assert try_mutants([2325], now=clock.now(), folder=FAILURES) == []


def test_a_seed_is_a_file():
    for seed in range(len(KINDS)):
        assert make_mutant(seed) == make_mutant(seed)


def whole_list(seed=1):
    """A list that nobody spoilt."""
    return dataclasses.replace(make_mutant(seed), content=WHOLE.read_bytes(), given=Given(), skip_bad_rows=False)


def verdict_of(mutant):
    return judge(mutant, now=clock.now(), before=state_of_database())


def test_a_whole_list_is_imported_and_taken_back():
    before = state_of_database()

    verdict = judge(whole_list(), now=clock.now(), before=before)

    assert (verdict.ending, verdict.faults) == ("applied", ())
    assert state_of_database() == before


def test_the_judge_sees_a_row_that_a_refused_import_left_behind(monkeypatch):
    def import_and_leave(**words):
        make_decision()
        return import_list(**words | {"dry_run": True})

    monkeypatch.setattr(judging, "import_list", import_and_leave)
    refused = dataclasses.replace(make_mutant(1), content=b"TT;x\n")

    assert verdict_of(refused).faults == ("something was written although nothing was imported",)
    assert not Decision.objects.exists()


def test_the_judge_sees_a_certificate_too_many(monkeypatch):
    def import_and_add(**words):
        outcome = import_list(**words)
        make_certificate(import_run_id=judging.Certificate.objects.latest("pk").import_run_id)
        return outcome

    monkeypatch.setattr(judging, "import_list", import_and_add)

    assert "new rows, but" in verdict_of(whole_list()).faults[0]


def test_the_judge_sees_a_crash_and_keeps_the_file(monkeypatch, tmp_path):
    def crash(**_words):
        raise ZeroDivisionError

    monkeypatch.setattr(judging, "import_list", crash)

    (fault,) = try_mutants([3], now=clock.now(), folder=tmp_path)

    assert fault.startswith("00003-shuffled_merges: ZeroDivisionError")
    assert (tmp_path / "00003-shuffled_merges").read_bytes() == make_mutant(3).content
