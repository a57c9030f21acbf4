"""Who has an account: a person known by e-mail, by phone, or by both."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac


class PersonManager(BaseUserManager["User"]):
    def create_user(self, email=None, password=None, *, phone=None, **fields):
        user = self.model(email=self.normalize_email(email) if email else None, phone=phone, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email=None, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, login):
        return self.get(Q(email__iexact=login) | Q(phone=login))


class User(AbstractBaseUser, PermissionsMixin):
    """Oscar's own user wants an e-mail; in the countryside many have only a phone."""

    email = models.EmailField(unique=True, null=True, blank=True)
    # E.164, for example +84912345678.
    phone = models.CharField(max_length=20, unique=True, null=True, blank=True)
    phone_verified = models.BooleanField(default=False)
    first_name = models.CharField(max_length=255, blank=True)
    last_name = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="vi")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    # Raised by `people.sessions`: every session opened before is over at its next request.
    session_stamp = models.PositiveIntegerField(default=0)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False), name="a_person_has_an_email_or_a_phone"
            ),
        )

    def __str__(self):
        return self.get_full_name() or self.email or self.phone or ""

    def get_full_name(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.get_full_name()

    def _get_session_auth_hash(self, secret=None):
        """Django's own, which a new password changes; a raised stamp changes it too."""
        if not self.session_stamp:
            return super()._get_session_auth_hash(secret=secret)
        text = f"{self.password}:{self.session_stamp}"
        return salted_hmac("shop.domain.people.models.User.session", text, secret=secret, algorithm="sha256").hexdigest()


class Device(models.Model):
    """A browser in which a person is logged in: its session, and nothing about where it is."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    # As the browser calls itself.
    browser = models.CharField(max_length=300, blank=True)
    signed_in_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    def __str__(self):
        return f"{self.user_id}: {self.browser}"


class Officer(models.Model):
    """A person of the OCOP office, and the part of the country that person answers for."""

    class Scope(models.TextChoices):
        ALL = "all"
        PROVINCE = "province"
        COMMUNE = "commune"

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="officer")
    scope = models.CharField(max_length=16, choices=Scope)
    province = models.ForeignKey("places.Province", on_delete=models.PROTECT, null=True, blank=True)
    commune = models.ForeignKey("places.Commune", on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(scope="all", province__isnull=True, commune__isnull=True)
                | Q(scope="province", province__isnull=False, commune__isnull=True)
                | Q(scope="commune", commune__isnull=False),
                name="an_officer_names_the_place_of_the_scope",
            ),
        )

    def __str__(self):
        return f"{self.user} ({self.scope})"
