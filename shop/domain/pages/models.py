"""Pages the law and people expect: what each said when, in both languages, and what the office is writing."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

TITLE_LENGTH = 120
NOTE_LENGTH = 300
# Ten times the longest page the shop ships with.
BODY_LENGTH = 60_000


class Page(models.Model):
    """A page at an address of its own; what it says are its versions."""

    class Kind(models.TextChoices):
        OPERATOR = "operator"
        RULES = "rules"
        DELIVERY = "delivery"
        RETURNS = "returns"
        PRIVACY = "privacy"
        FEES = "fees"
        COMPLAINTS = "complaints"
        COOKIES = "cookies"
        STARS = "stars"
        BUYING = "buying"
        SOURCES = "sources"

    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=16, choices=Kind, unique=True)
    position = models.PositiveSmallIntegerField()
    # Raised by every save, publishing and discarding of the draft: whoever read an older number saves over nothing.
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self):
        return self.slug


class PageText(models.Model):
    """Title and body in Vietnamese and, where somebody wrote it, in English."""

    title = models.CharField(max_length=TITLE_LENGTH)
    title_en = models.CharField(max_length=TITLE_LENGTH, blank=True)
    body = models.TextField()
    body_en = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def is_in_english(self) -> bool:
        return bool(self.title_en and self.body_en)


class PageVersion(PageText):
    """What a page says from a moment on; the database refuses to change or delete it.

    In force is the highest number among those whose moment has come, so a later version may also take the place of
    one that was announced and has not begun.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    valid_from = models.DateTimeField()
    published_at = models.DateTimeField()
    change_note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    # A person may be erased, a version may not be changed: no constraint ties them. None: the shop's own text.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    # The shop's numbers the text names, as they were: {"return_window_days": 7}.
    numbers = models.JSONField(default=dict)
    # The draft it was made of: pressing the button twice publishes once.
    revision = models.PositiveIntegerField()

    class Meta:
        ordering = ("page", "number")
        constraints = (
            models.UniqueConstraint(fields=["page", "number"], name="a_page_numbers_its_versions"),
            models.UniqueConstraint(fields=["page", "revision"], name="a_draft_is_published_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_of_a_page_count_from_one"),
            models.CheckConstraint(condition=Q(valid_from__gte=F("published_at")), name="a_version_never_changes_the_past"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="a_version_has_a_vietnamese_text"),
        )

    def __str__(self):
        return f"{self.page_id} v{self.number}"


class PageDraft(PageText):
    """What the office is writing for a page; nobody else sees it."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="draft")
    # The version it began from; 0 for a page without any.
    based_on = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self):
        return f"{self.page_id} draft"


class OperatorRecord(models.Model):
    """Who runs this shop, as declared at a moment; the newest one counts, and the database refuses to change any."""

    name = models.CharField(max_length=255, blank=True)
    address = models.CharField(max_length=255, blank=True)
    tax_code = models.CharField(max_length=14, blank=True)
    # The number under which the Ministry of Industry and Trade (MoIT) confirmed the procedure for e-commerce platforms.
    moit_number = models.CharField(max_length=64, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    declared_at = models.DateTimeField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self):
        return self.name
