"""The official taxonomy as Oscar's categories: group, sub-group, criteria set."""

from django.db import transaction
from oscar.apps.catalogue.models import ProductClass

from catalogue_ext.models import Category
from shop.common.vietnamese import slugify
from shop.domain.certificates.taxonomy import Group, SubGroup, groups

PRODUCT_CLASS = "OCOP"
# Official names are sentences; addresses want words.
GROUP_SLUGS = {
    "food": "thuc-pham",
    "bev": "do-uong",
    "herb": "duoc-lieu",
    "craft": "thu-cong-my-nghe",
    "plant": "sinh-vat-canh",
    "tour": "du-lich-cong-dong",
}


@transaction.atomic
def load_taxonomy() -> int:
    """Make or refresh the categories and the product class; return how many categories there are."""
    ProductClass.objects.get_or_create(
        slug="ocop", defaults={"name": PRODUCT_CLASS, "requires_shipping": True, "track_stock": True}
    )
    for group in groups():
        root = _place(None, GROUP_SLUGS[group.code], name=group.name, name_en=group.name_en, group=group.code)
        for subgroup in group.subgroups:
            _load_subgroup(root, group, subgroup)
    return Category.objects.count()


def _load_subgroup(root: Category, group: Group, subgroup: SubGroup) -> None:
    """A sub-group of one criteria set is one category: both bear the same name."""
    sets = subgroup.criteria_sets
    branch = _place(
        root,
        slugify(subgroup.name),
        name=subgroup.name,
        name_en=subgroup.name_en,
        group=group.code,
        criteria_set=sets[0].number if len(sets) == 1 else None,
    )
    for leaf in sets if len(sets) > 1 else ():
        _place(branch, slugify(leaf.name), name=leaf.name, name_en=leaf.name_en, group=group.code, criteria_set=leaf.number)


def _place(parent: Category | None, slug: str, **fields) -> Category:
    siblings = Category.objects.get_children(parent) if parent else Category.objects.get_root_nodes()
    found = siblings.filter(slug=slug).first()
    if found is None:
        created = Category(slug=slug, **fields)
        return Category.objects.add_child(parent, instance=created) if parent else Category.objects.add_root(instance=created)
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    # Treebeard keeps its own numbers of children; a stale copy would corrupt the tree.
    found.refresh_from_db()
    return found
