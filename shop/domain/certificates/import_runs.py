"""Imports of lists as they are kept: the file, its rows as they were read, what people corrected, what was written."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q

# Whose hand it was outlives the account: rows of a history are never rewritten.
PERSON_OF_HISTORY = {"on_delete": models.DO_NOTHING, "db_constraint": False, "null": True, "blank": True, "related_name": "+"}


def private_files() -> Storage:
    """The storage that no address leads to."""
    return storages["private"]


def random_name(_run: "ImportRun", _file_name: str) -> str:
    """A name that says nothing of the file and that nobody can guess."""
    name = uuid4().hex
    return f"imports/{name[:2]}/{name}"


class ImportRun(models.Model):
    """One list on its way into the registry, with the file it came from; the file never changes and is never removed."""

    class State(models.TextChoices):
        # A worker has it.
        READING = "reading"
        APPLYING = "applying"
        UNDOING = "undoing"
        # A person has it.
        READ = "read"
        WAITING = "waiting"
        # It is over, but for an undoing within a day.
        APPLIED = "applied"
        UNDONE = "undone"
        FAILED = "failed"
        DISCARDED = "discarded"

    class Origin(models.TextChoices):
        SCREEN = "screen"
        COMMAND = "command"

    file_name = models.CharField(max_length=255)
    file = models.FileField(storage=private_files, upload_to=random_name, max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    origin = models.CharField(max_length=16, choices=Origin, default=Origin.SCREEN)
    state = models.CharField(max_length=16, choices=State, default=State.READING, db_index=True)
    # The province whose officer brought it, and whose rows alone it may write; empty for the whole country.
    province = models.ForeignKey("places.Province", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(db_index=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # What the person adds because the file does not say it: {"number": "12/QĐ-UBND", …}, as typed.
    options = models.JSONField(default=dict, blank=True)
    # Decisions, counts and the problems of the file as a whole; its rows are `rows`.
    report = models.JSONField(default=dict)
    # Raised by every check; a button made from an older preview is refused.
    version = models.PositiveIntegerField(default=0)
    # Why a second officer has to look: [{"code": "list_shrinks", …}]; empty when nobody has to.
    needs = models.JSONField(default=list, blank=True)
    needs_colleague = models.BooleanField(default=False)
    requested_at = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # A colleague sent it back.
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    return_reason = models.TextField(blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # The last event that this import wrote into the history of a certificate; what comes later was done by others.
    last_event = models.BigIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Why the last piece of work did not end as it should, as a code of `importing.failures`.
    failure = models.CharField(max_length=32, blank=True)
    # How often a worker began the present piece of work: one that kills its worker is given up.
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")),
                name="nobody_approves_an_import_they_asked_for",
            ),
            models.CheckConstraint(
                condition=~Q(needs_colleague=True, state__in=["applying", "applied", "undoing", "undone"])
                | Q(requested_by__isnull=False, approved_by__isnull=False, approved_at__isnull=False),
                name="an_import_that_needs_a_colleague_has_one",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(requested_by__isnull=False, needs_colleague=True),
                name="an_import_that_waits_was_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(returned_by__isnull=True) | ~Q(return_reason=""), name="an_import_sent_back_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["applied", "undoing", "undone"]) | Q(applied_at__isnull=False),
                name="an_applied_import_says_when",
            ),
            models.CheckConstraint(condition=~Q(state="undone") | Q(undone_at__isnull=False), name="an_undone_import_says_when"),
        )

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One product row as it was read and checked last; a new check writes it anew under the same id."""

    class Rank(models.IntegerChoices):
        """What people should see first comes first."""

        ERROR = 0
        WARNING = 1
        VALID = 2
        SKIPPED = 3

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    # In the file's order, from 1.
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=255, blank=True)
    # As a person sees it.
    row = models.PositiveIntegerField()
    rank = models.PositiveSmallIntegerField(choices=Rank)
    # A word of `importing.planning.Action`, or `skipped`.
    action = models.CharField(max_length=16)
    product_name = models.TextField(blank=True)
    producer_name = models.TextField(blank=True)
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    # {field: text of its cell} with corrections, else what other places of the file say.
    cells = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    # [[field, in the registry, in the file]]: what would change, or what contradicts.
    differences = models.JSONField(default=list)
    # The product's certificate of before, where the row renews one.
    stars_before = models.PositiveSmallIntegerField(null=True, blank=True)
    # The one the registry has, or the one that was written.
    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("run", "rank", "position")
        indexes: ClassVar = [models.Index(fields=["run", "rank", "position"], name="import_rows_worst_first")]
        constraints = (
            models.UniqueConstraint(fields=["run", "sheet", "row"], name="an_import_reads_a_row_once"),
            models.CheckConstraint(condition=Q(rank__range=(0, 3)), name="an_import_row_has_a_rank"),
        )

    def __str__(self) -> str:
        return f"{self.run_id}: {self.sheet} {self.row}"


class ImportCorrection(models.Model):
    """What a person changed of a file while it was checked: a cell, or whether a row is taken; rows are only ever added."""

    class Kind(models.TextChoices):
        CELL = "cell"
        SKIP = "skip"
        TAKE = "take"

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="corrections")
    sheet = models.CharField(max_length=255, blank=True)
    row = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    # The field whose cell it is; empty for a whole row.
    field = models.CharField(max_length=32, blank=True)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON_OF_HISTORY)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="cell") & ~Q(field="") | Q(kind__in=["skip", "take"], field=""),
                name="a_correction_names_its_cell",
            ),
        )

    def __str__(self) -> str:
        return f"{self.run_id}: {self.sheet} {self.row} {self.field}"


class ImportChange(models.Model):
    """One thing an import wrote, so that it can be taken back; rows are only ever added."""

    class Kind(models.TextChoices):
        CERTIFICATE_MADE = "certificate_made"
        CERTIFICATE_COMPLETED = "certificate_completed"
        PRODUCER_MADE = "producer_made"
        LISTING_MADE = "listing_made"

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=24, choices=Kind)
    object_id = models.BigIntegerField()
    # Of a completion: {field: value} before and after.
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["run", "kind", "object_id"], name="an_import_writes_a_thing_once"),)

    def __str__(self) -> str:
        return f"{self.run_id}: {self.kind} {self.object_id}"
