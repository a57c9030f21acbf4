"""Provinces and communes as they are today, and the provinces, districts and communes of before 01/07/2025.

Official codes are the primary keys: they are the same in every database, in forms and in files.
"""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.utils.translation import get_language

from shop.common.places.regions import HOME_REGION_OF, HomeRegion, Region


class LegacyLevel(StrEnum):
    """The three levels of before 01/07/2025."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


PROVINCE_KINDS = ("tỉnh", "thành phố")
# Since the reform there are no towns and no districts.
COMMUNE_KINDS = ("xã", "phường", "đặc khu")


def _choices(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


class Province(models.Model):
    """One of the 34 provinces and cities. Their codes run from north to south."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=40)
    full_name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=_choices(PROVINCE_KINDS))
    region = models.CharField(max_length=24, choices=_choices(Region))
    folded = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return str(self.name)

    @property
    def home_region(self) -> HomeRegion:
        """The column of the home page this province stands in."""
        return HOME_REGION_OF[Region(self.region)]

    @property
    def region_label(self) -> str:
        """The region's name in the language of the page."""
        return Region(self.region).label

    @property
    def local_name(self) -> str:
        """The name in the language of the page."""
        is_english = (get_language() or "").startswith("en")
        return str(self.name_en if is_english else self.name)


class Commune(models.Model):
    """One of the 3,321 communes, wards and special zones."""

    code = models.CharField(max_length=5, primary_key=True)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="communes")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=_choices(COMMUNE_KINDS))
    folded = models.CharField(max_length=60, db_index=True)
    slug = models.SlugField(max_length=80)

    class Meta:
        ordering = ("folded", "code")
        constraints = (models.UniqueConstraint(fields=("province", "slug"), name="one_commune_per_slug_of_a_province"),)

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name with its kind, as it stands in an address: Xã Bạch Mai, Đặc khu Phú Quốc."""
        return f"{self.kind[:1].upper()}{self.kind[1:]} {self.name}"


class LegacyUnit(models.Model):
    """A province, district or commune that ended on 30/06/2025; certificates and people still name it."""

    level = models.CharField(max_length=8, choices=_choices(LegacyLevel))
    code = models.CharField(max_length=5)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    province = models.ForeignKey(Province, on_delete=models.CASCADE, related_name="legacy_units")
    communes = models.ManyToManyField(Commune, related_name="legacy_units", blank=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    folded = models.CharField(max_length=60)

    class Meta:
        ordering = ("level", "code")
        indexes = (models.Index(fields=("folded", "level"), name="legacy_unit_by_folded_name"),)
        constraints = (
            models.UniqueConstraint(fields=("level", "code"), name="one_legacy_unit_per_level_and_code"),
            models.CheckConstraint(
                condition=models.Q(level="province", parent__isnull=True)
                | (~models.Q(level="province") & models.Q(parent__isnull=False)),
                name="only_a_legacy_province_has_no_parent",
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name with its kind, small first letter, as it is read in the middle of an address."""
        return f"{self.kind} {self.name}"
