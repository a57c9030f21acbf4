"""The open data of the registry: files of the day, made by the scheduler, or by the first who asks.

A file is remade when a newer day has begun, when its bytes are gone, and within a minute of any change of the registry:
nobody should download a star that was taken away this morning. A dead scheduler therefore costs one visitor a second.
"""

from datetime import date, datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, cast

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Count, Max

from ..models import Certificate, CertificateEvent, ImportRun, UnprovenEntry
from .models import OpenDataFile
from .open_data_files import FORMATS, HashingWriter, write_rows
from .registry_rows import DATASETS, Dataset

FOLDER = "du-lieu-mo"
# A star is right within 60 seconds everywhere but in basket, checkout and check page, where it is right at once.
REMADE_AFTER = timedelta(seconds=30)
KEPT_FOR = timedelta(days=7)
# Any number that nothing else in this database locks.
MAKING = 7_130_461_522


class NoSuchFile(Exception):
    """The open data have no file of this name."""


def file_names() -> list[str]:
    """Return the names of all files, for example `so-dang-ky.csv`."""
    return [f"{name}.{kind}" for name in DATASETS for kind in FORMATS]


def file_of_today(*, name: str, now: datetime) -> OpenDataFile:
    """Return today's file, made now if it must be; raises NoSuchFile."""
    if name not in file_names():
        raise NoSuchFile(name)
    known = OpenDataFile.objects.filter(name=name).order_by("-as_of").first()
    if known is not None and _is_of_use(known, now=now):
        return known
    return _make_alone(name, known, now=now)


def make_files(*, now: datetime) -> int:
    """Make every file of the day that is missing and clear old ones away; returns how many files there are of today."""
    made = [file_of_today(name=name, now=now) for name in file_names()]
    for old in OpenDataFile.objects.filter(as_of__lt=now.date() - KEPT_FOR).exclude(stored_as=""):
        default_storage.delete(old.stored_as)
        old.stored_as = ""
        old.save(update_fields=["stored_as"])
    return len(made)


def open_file(known: OpenDataFile) -> IO[bytes]:
    """Open the stored bytes for reading; the caller closes them."""
    return cast("IO[bytes]", default_storage.open(known.stored_as, "rb"))


def registry_mark() -> str:
    """Return a text that changes with every act, import and entry: what a file made now would know."""
    acts = CertificateEvent.objects.aggregate(last=Max("pk"))["last"]
    runs = ImportRun.objects.aggregate(last=Max("pk"))["last"]
    rows = Certificate.objects.aggregate(last=Max("pk"), count=Count("pk"))
    unproven = UnprovenEntry.objects.aggregate(last=Max("pk"), count=Count("pk"))
    return f"{acts}:{runs}:{rows['last']}:{rows['count']}:{unproven['last']}:{unproven['count']}"


def _is_of_use(known: OpenDataFile, *, now: datetime) -> bool:
    if known.as_of != now.date() or not default_storage.exists(known.stored_as):
        return False
    return now - known.made_at < REMADE_AFTER or known.mark == registry_mark()


@transaction.atomic
def _make_alone(name: str, known: OpenDataFile | None, *, now: datetime) -> OpenDataFile:
    """Let one process make the files; others who ask meanwhile get the ones there are, if there are any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [MAKING])
        (is_alone,) = cursor.fetchone()
    if not is_alone and known is not None and default_storage.exists(known.stored_as):
        return known
    mark = registry_mark()
    for dataset in DATASETS.values():
        for kind in FORMATS:
            _make(dataset, kind, mark=mark, as_of=now.date(), now=now)
    return OpenDataFile.objects.get(name=name, as_of=now.date())


def _make(dataset: Dataset, kind: str, *, mark: str, as_of: date, now: datetime) -> None:
    name = f"{dataset.name}.{kind}"
    with TemporaryFile() as written:
        writer = HashingWriter(written)
        rows = write_rows(dataset, kind=kind, as_of=as_of, target=writer)
        written.seek(0)
        # Named after its bytes: whoever still reads the file before reads on, and making it twice gives the same.
        path = f"{FOLDER}/{as_of.isoformat()}/{writer.sha256[:16]}-{name}"
        stored_as = path if default_storage.exists(path) else default_storage.save(path, File(written))
    OpenDataFile.objects.update_or_create(
        name=name,
        as_of=as_of,
        defaults={
            "made_at": now,
            "mark": mark,
            "rows": rows,
            "size_bytes": writer.size_bytes,
            "sha256": writer.sha256,
            "stored_as": stored_as,
        },
    )
