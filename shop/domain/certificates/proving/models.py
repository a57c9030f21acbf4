"""What outsiders check the registry by: the keys it was signed with, and the files of each day."""

from django.db import models


class SigningKey(models.Model):
    """The public half of a key that certificates were signed with; it stays published when the key is changed."""

    key_id = models.CharField(max_length=16, unique=True)
    # 32 bytes in hexadecimal.
    public_key = models.CharField(max_length=64)
    first_used_on = models.DateField()
    # Another key took over; what this one signed stays true.
    retired_on = models.DateField(null=True, blank=True)
    # It fell into other hands: nothing signed with it proves anything any more.
    distrusted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("first_used_on", "pk")

    def __str__(self):
        return self.key_id


class OpenDataFile(models.Model):
    """One file of the open data as it was made on a day; remade when the registry changed on that day."""

    name = models.CharField(max_length=64)
    # The states in it are those of this day.
    as_of = models.DateField()
    made_at = models.DateTimeField()
    # Which changes of the registry it knows (see `open_data.registry_mark`).
    mark = models.CharField(max_length=128)
    rows = models.PositiveIntegerField()
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # Empty once the file was cleared away; the digest stays, so that a saved copy can still be checked.
    stored_as = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ("-as_of", "name")
        constraints = (models.UniqueConstraint(fields=["name", "as_of"], name="one_file_of_open_data_per_day"),)

    def __str__(self):
        return f"{self.name} {self.as_of}"
