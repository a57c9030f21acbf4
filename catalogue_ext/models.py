"""Oscar's catalogue with what an OCOP product must say of itself."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from oscar.apps.catalogue.abstract_models import AbstractCategory, AbstractProduct


class Category(AbstractCategory):
    """A group, sub-group or criteria set of the official taxonomy (Decision 26/2026/QĐ-TTg, annex I)."""

    name_en = models.CharField(max_length=255, blank=True)
    description_en = models.TextField(blank=True)
    # food, bev, herb, craft, plant, tour: picks colours and art; children repeat their group's.
    group = models.CharField(max_length=8, blank=True, default="", db_index=True)
    criteria_set = models.PositiveSmallIntegerField(null=True, blank=True, unique=True)

    class Meta(AbstractCategory.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(criteria_set__isnull=True) | Q(criteria_set__range=(1, 26)),
                name="a_criteria_set_is_one_of_twenty_six",
            ),
        )


class Product(AbstractProduct):
    """What is sold; `structure` child means one pack of its parent."""

    class VatClass(models.TextChoices):
        NOT_SUBJECT = "KCT"
        NOT_DECLARED = "KKKNT"
        ZERO = "0"
        FIVE = "5"
        EIGHT = "8"
        TEN = "10"

    class ContentUnit(models.TextChoices):
        GRAM = "g"
        MILLILITRE = "ml"
        PIECE = "piece"

    title_en = models.CharField(max_length=255, blank=True)
    description_en = models.TextField(blank=True)
    story = models.TextField(blank=True)
    story_en = models.TextField(blank=True)
    ingredients = models.TextField(blank=True)
    ingredients_en = models.TextField(blank=True)
    storage = models.CharField(max_length=255, blank=True)
    storage_en = models.CharField(max_length=255, blank=True)
    shelf_life = models.CharField(max_length=128, blank=True)
    shelf_life_en = models.CharField(max_length=128, blank=True)
    # «chai 500 ml»: what one unit is called after the price.
    unit = models.CharField(max_length=64, blank=True)
    unit_en = models.CharField(max_length=64, blank=True)
    net_content = models.PositiveIntegerField(null=True, blank=True)
    net_content_unit = models.CharField(max_length=8, choices=ContentUnit, blank=True)
    weight_grams = models.PositiveIntegerField(default=500)
    vat_class = models.CharField(max_length=8, choices=VatClass, default=VatClass.EIGHT)
    criteria_set = models.PositiveSmallIntegerField(null=True, blank=True, db_index=True)
    # The office's own word, where the criteria set says too little («rượu thuốc» is judged as medicine); none: by the set.
    alcohol_by_office = models.BooleanField(null=True, blank=True)
    origin_province = models.ForeignKey("places.Province", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    origin_commune = models.ForeignKey("places.Commune", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Written by `catalogue_ext.search.indexing` only.
    search_exact = SearchVectorField(null=True, editable=False)
    search_folded = SearchVectorField(null=True, editable=False)

    class Meta(AbstractProduct.Meta):
        indexes = (
            GinIndex(fields=["search_exact"], name="product_search_exact"),
            GinIndex(fields=["search_folded"], name="product_search_folded"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(criteria_set__isnull=True) | Q(criteria_set__range=(1, 26)),
                name="a_product_is_judged_by_one_of_twenty_six_sets",
            ),
            models.CheckConstraint(condition=Q(weight_grams__gte=1), name="a_product_weighs_something"),
        )

    @property
    def is_alcohol(self) -> bool:
        """Criteria sets 14 and 15, or what the office says: only adults find and buy it (Law 44/2019/QH14)."""
        if self.alcohol_by_office is not None:
            return self.alcohol_by_office
        return self.criteria_set in ALCOHOL_CRITERIA_SETS

    def get_absolute_url(self) -> str:
        """Return the path of the product's page: behind the question of age where that has to be asked."""
        name = "storefront:adult_product" if self.is_alcohol else "catalogue:detail"
        return reverse(name, kwargs={"product_slug": self.slug, "pk": self.pk})


ALCOHOL_CRITERIA_SETS = (14, 15)


def is_alcohol(prefix: str = "") -> Q:
    """Return the SQL condition of `Product.is_alcohol`."""
    by_set = {f"{prefix}alcohol_by_office__isnull": True, f"{prefix}criteria_set__in": ALCOHOL_CRITERIA_SETS}
    return Q(**{f"{prefix}alcohol_by_office": True}) | Q(**by_set)


def is_no_alcohol(prefix: str = "") -> Q:
    """Return the SQL condition of a product that anybody may see; of one without a criteria set too."""
    by_set = Q(**{f"{prefix}criteria_set__isnull": True}) | ~Q(**{f"{prefix}criteria_set__in": ALCOHOL_CRITERIA_SETS})
    return Q(**{f"{prefix}alcohol_by_office": False}) | (Q(**{f"{prefix}alcohol_by_office__isnull": True}) & by_set)


from oscar.apps.catalogue.models import *  # noqa: E402, F403
