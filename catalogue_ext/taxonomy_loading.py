"""The official taxonomy as Oscar's categories: group, sub-group, criteria set."""

from django.db import transaction
from oscar.apps.catalogue.models import ProductClass

from catalogue_ext.models import Category
from shop.domain.certificates.taxonomy import Group, official_groups

PRODUCT_CLASS = "OCOP"


@transaction.atomic
def load_taxonomy() -> int:
    """Make or refresh the categories and the product class; return how many categories there are."""
    ProductClass.objects.get_or_create(name=PRODUCT_CLASS, defaults={"requires_shipping": True, "track_stock": True})
    for group in official_groups():
        root = _place(None, group.slug, name=group.name, name_en=group.name_en, group=group.code)
        _load_subgroups(root, group)
    return Category.objects.count()


def _load_subgroups(root: Category, group: Group) -> None:
    for subgroup in group.subgroups:
        branch = _place(root, subgroup.slug, name=subgroup.name, name_en=subgroup.name_en, group=group.code)
        for leaf in subgroup.sets:
            _place(
                branch, leaf.slug, name=leaf.name, name_en=leaf.name_en, group=group.code, criteria_set=leaf.number
            )


def _place(parent: Category | None, slug: str, **fields) -> Category:
    siblings = parent.get_children() if parent else Category.get_root_nodes()
    found = siblings.filter(slug=slug).first()
    if found is None:
        return parent.add_child(slug=slug, **fields) if parent else Category.add_root(slug=slug, **fields)
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    # Treebeard keeps its own numbers of children; a stale copy would corrupt the tree.
    found.refresh_from_db()
    return found
