"""Take a file in: kept as it is under a name nobody can guess, and handed to a worker that opens it."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import File
from django.db import transaction

from shop.common.vietnamese import normalise
from shop.domain.people.actor import Actor

from ..models import ImportRun
from ..scope import officer_of
from .runs import State, hand_to_worker, province_of, record_import

LONGEST_NAME = 200


@transaction.atomic
def take_in(*, file: File, file_name: str, actor: Actor, now: datetime) -> ImportRun:
    """Keep an uploaded file and let a worker read it; raises NotAnOfficer, NoImportsHere."""
    officer = officer_of(user_id=actor.user_id)
    run = ImportRun(
        file_name=harmless_name(file_name),
        sha256=fingerprint_of(file),
        province_id=province_of(officer),
        uploaded_at=now,
        uploaded_by_id=actor.user_id,
    )
    keep_file(run, file)
    hand_to_worker(run, State.READING)
    record_import(run, "uploaded", actor=actor, now=now, size=file.size)
    return run


def keep_file(run: ImportRun, file: File) -> None:
    """Put the file into the private storage, byte for byte."""
    file.seek(0)
    run.file.save(run.file_name, file, save=False)


def fingerprint_of(file: File) -> str:
    """Return the SHA-256 of the file."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def harmless_name(text: str) -> str:
    """Return a file name to show: no folders, no control characters, not too long."""
    name = "".join(letter for letter in text.replace("\\", "/").rsplit("/", 1)[-1] if letter.isprintable())
    return normalise(name)[-LONGEST_NAME:] or "danh-sach"


@contextmanager
def file_at_hand(run: ImportRun) -> Iterator[Path]:
    """Lend the kept file as a file of the local disk, for the process that opens it."""
    with run.file.open("rb") as kept, NamedTemporaryFile(prefix="import-") as copy:
        shutil.copyfileobj(kept, copy)
        copy.flush()
        yield Path(copy.name)
