"""A Vietnamese address: house and street, commune, province; neither district nor postcode."""

from typing import ClassVar

from django.db import models


class CommuneAddress(models.Model):
    commune = models.ForeignKey("places.Commune", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    # Oscar joins these names when it prints or hashes an address.
    base_fields: ClassVar = ["salutation", "line1", "line4", "state", "country"]
    hash_fields: ClassVar = base_fields

    class Meta:
        abstract = True

    @property
    def province(self):
        return self.commune.province if self.commune else None
