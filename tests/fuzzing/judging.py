"""What must be true of every import, whatever the file: an answer with reasons, soon, and all of it or nothing."""

import json
import logging
import resource
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from shop.domain.certificates.models import Certificate
from shop.domain.listings.importing import ImportOutcome, import_list
from tests.fuzzing.mutants import Mutant, make_mutant

logger = logging.getLogger(__name__)
SECONDS_MAX = 30
MEGABYTES_MAX = 512
# Nobody reads more of a traceback's last line.
FAULT_LENGTH = 300


@dataclass(frozen=True)
class Verdict:
    """How an import ended: `applied`, `nothing new` or `refused`, and what was wrong with that, if anything was."""

    ending: str
    faults: tuple[str, ...]
    seconds: float


def judge(mutant: Mutant, *, now: datetime, before: str) -> Verdict:
    """Import it, look, and take everything back; `before` is the state of the database without it."""
    faults: list[str] = []
    ending, began, peak_before = "crashed", _seconds_worked(), _peak_megabytes(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        path = Path(folder) / "list"
        path.write_bytes(mutant.content)
        try:
            ending = _import_and_look(mutant, path, now, before, faults)
        except Exception as error:
            logger.exception("mutant %s", mutant.file_name)
            faults.append(f"{type(error).__name__}: {error}"[:FAULT_LENGTH])
        transaction.set_rollback(True)
    for path in kept_copies(mutant):
        path.unlink()
    faults += _out_of_bounds(peak_before)
    return Verdict(ending, tuple(faults), _seconds_worked() - began)


def _import_and_look(mutant: Mutant, path: Path, now: datetime, before: str, faults: list[str]) -> str:
    began = _seconds_worked()
    outcome = _import(mutant, path, now)
    if (seconds := _seconds_worked() - began) > SECONDS_MAX:
        faults.append(f"took {seconds:.0f} seconds")
    counts = json.loads(json.dumps(outcome.report))["counts"]
    if not all(problem["message"] for problem in outcome.report["problems"]):
        faults.append("a problem without words")
    changes = 0 if outcome.is_refused else counts["new"] + counts["changed"]
    if not changes:
        if state_of_database() != before:
            faults.append("something was written although nothing was imported")
        if kept_copies(mutant):
            faults.append("a file was kept although nothing was imported")
        if outcome.is_refused and not outcome.report["problems"]:
            faults.append("refused without a reason")
        return "refused" if outcome.is_refused else "nothing new"
    return _look_at_applied(mutant, path, now, counts, faults)


def _look_at_applied(mutant: Mutant, path: Path, now: datetime, counts: dict, faults: list[str]) -> str:
    """As many certificates as the report says, each with what a certificate must have; the second time nothing is new."""
    written = Certificate.objects.filter(import_run__isnull=False)
    if written.count() != counts["new"]:
        faults.append(f"{counts['new']} new rows, but {written.count()} certificates")
    odd = [one.code for one in written if not (3 <= one.stars <= 5 and one.issued_on <= now.date() and one.product_name.strip())]
    if odd:
        faults.append(f"certificates that cannot be: {odd[:3]}")
    again = _import(mutant, path, now)
    if again.report["counts"]["new"] or written.count() != counts["new"]:
        faults.append(f"imported twice, {again.report['counts']['new']} rows are new again")
    return "applied"


def _import(mutant: Mutant, path: Path, now: datetime) -> ImportOutcome:
    return import_list(path=path, given=mutant.given, now=now, file_name="danh-sach", skip_bad_rows=mutant.skip_bad_rows)


def state_of_database() -> str:
    """Which rows there are in every table and which transaction wrote them, as one short text: no write escapes it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        sums = " || ' ' || ".join(
            f"""(SELECT count(*) || '/' || coalesce(sum(xmin::text::bigint), 0) FROM "{table}")"""  # noqa: S608
            for (table,) in cursor.fetchall()
        )
        cursor.execute(f"SELECT md5({sums})")
        return cursor.fetchone()[0]


def kept_copies(mutant: Mutant) -> list[Path]:
    """Where the private storage, in which imported lists are kept, holds this file; others use that storage as well."""
    size = len(mutant.content)
    files = [path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file() and path.stat().st_size == size]
    return [path for path in files if path.read_bytes() == mutant.content]


def _seconds_worked() -> float:
    """Of the processor, here and in the children: on a busy machine the clock on the wall says nothing."""
    return sum(
        used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _out_of_bounds(peak_before: int) -> list[str]:
    """Too much memory, if this file took it.

    The peak is that of all children so far, browsers of other tests included, and a child is born as large as its parent.
    """
    peak = _peak_megabytes(resource.RUSAGE_CHILDREN)
    bound = max(MEGABYTES_MAX, peak_before, _peak_megabytes(resource.RUSAGE_SELF))
    return [f"a process took {peak} MB"] if peak > bound else []


def _peak_megabytes(whose: int) -> int:
    return resource.getrusage(whose).ru_maxrss // 1024


def try_mutants(seeds: Iterable[int], *, now: datetime, folder: Path, say: Callable[[Verdict], object] = str) -> list[str]:
    """Judge each of them; a mutant that is let through wrongly is written to `folder`, named by its seed. Returns the faults."""
    before = state_of_database()
    found = []
    for seed in seeds:
        mutant = make_mutant(seed)
        verdict = judge(mutant, now=now, before=before)
        if verdict.faults:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / mutant.file_name).write_bytes(mutant.content)
            found.append(f"{mutant.file_name}: {'; '.join(verdict.faults)}")
        say(verdict)
    return found
