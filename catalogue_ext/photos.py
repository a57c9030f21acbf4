"""The first photo of a product, read in the same statement as whatever shows it."""

from django.db.models import OuterRef, Subquery

from .models import ProductImage


def photo_name_of(product: str) -> Subquery:
    """Return, for a query's path to a product («listing__product»), the file name of its first photo; None without one."""
    photos = ProductImage.objects.filter(product=OuterRef(product)).order_by("display_order", "pk")
    return Subquery(photos.values("original")[:1])


def photo_url(name: str | None) -> str:
    """Return the address of a photo by its file name, or nothing: then a drawing stands in."""
    return ProductImage.original.field.storage.url(name) if name else ""
