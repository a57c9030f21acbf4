"""What people bring before the office: a star they doubt, a question, a complaint; and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Case(models.Model):
    """One report or question with its clock.

    Who reported it is private, seen by whoever handles the case, and forgotten some time after it is closed.
    """

    class Kind(models.TextChoices):
        FALSE_STAR = "false_star"
        QUESTION = "question"
        ORDER = "order"
        PRODUCER = "producer"
        PERSONAL_DATA = "personal_data"
        OTHER = "other"

    class State(models.TextChoices):
        OPEN = "open"
        IN_PROGRESS = "in_progress"
        # The office has asked something and waits for the answer of others.
        WAITING = "waiting"
        CLOSED = "closed"

    class Outcome(models.TextChoices):
        SOLVED = "solved"
        CONFIRMED = "confirmed"
        UNFOUNDED = "unfounded"
        DUPLICATE = "duplicate"
        NO_ANSWER = "no_answer"
        SPAM = "spam"

    # By chance, so that it tells nobody how many there are.
    number = models.CharField(max_length=16, unique=True)
    # The form it came with: posted twice, it is one case.
    form_key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=16, choices=Kind)
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)

    body = models.TextField(blank=True)
    # Where the star was seen: a shop, a market, an address of the web.
    seen_at = models.CharField(max_length=255, blank=True)
    link = models.CharField(max_length=500, blank=True)
    product_name = models.CharField(max_length=255, blank=True)
    code_as_typed = models.CharField(max_length=64, blank=True)
    order_number = models.CharField(max_length=32, blank=True)
    certificate = models.ForeignKey("certificates.Certificate", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    producer = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Whose officers see it; a case without a place is for officers of the whole country.
    province = models.ForeignKey("places.Province", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    commune = models.ForeignKey("places.Commune", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    reporter_name = models.CharField(max_length=255, blank=True)
    reporter_email = models.EmailField(blank=True)
    reporter_phone = models.CharField(max_length=20, blank=True)
    # When and to which sentence the reporter said yes; without it there is nothing to contact.
    consented_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="vi")
    link_seed = models.CharField(max_length=32)

    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    receipt_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    blanked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["state", "due_at"], name="cases_by_clock"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(reporter_email="", reporter_phone="") | Q(consented_at__isnull=False),
                name="a_contact_was_given_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state="closed") & Q(closed_at__isnull=True, outcome=""),
                name="a_closed_case_says_when_and_how_it_ended",
            ),
            models.CheckConstraint(
                condition=Q(blanked_at__isnull=True) | Q(reporter_name="", reporter_email="", reporter_phone=""),
                name="a_forgotten_reporter_is_forgotten",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "in_progress", "waiting", "closed"]), name="a_case_state_is_on_the_closed_list"
            ),
        )

    def __str__(self):
        return self.number

    @property
    def has_contact(self) -> bool:
        """Whether an answer would reach somebody."""
        return bool(self.reporter_email or self.reporter_phone)


class CaseMessage(models.Model):
    """One thing that was said in a case: by the office, by the reporter, or a note for colleagues only.

    Kept apart from the events, because words name people and must be able to go.
    """

    class Author(models.TextChoices):
        OFFICE = "office"
        REPORTER = "reporter"
        NOTE = "note"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField()
    author = models.CharField(max_length=16, choices=Author)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    body = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self):
        return f"{self.case_id} {self.author}"


class CaseEvent(models.Model):
    """What was done to a case and when; rows are only ever added, and hold no words of anybody."""

    class Action(models.TextChoices):
        OPENED = "opened"
        TAKEN = "taken"
        HANDED_OVER = "handed_over"
        ANSWERED = "answered"
        ASKED = "asked"
        NOTED = "noted"
        REPORTER_WROTE = "reporter_wrote"
        CLOSED = "closed"
        REOPENED = "reopened"
        BLANKED = "blanked"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    # No constraint: the row must outlive the account.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    action = models.CharField(max_length=16, choices=Action)
    old_state = models.CharField(max_length=16, blank=True)
    new_state = models.CharField(max_length=16)

    class Meta:
        ordering = ("pk",)

    def __str__(self):
        return f"{self.case_id} {self.action}"
