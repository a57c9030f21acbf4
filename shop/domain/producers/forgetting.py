"""Producers that an import made and took back: removed where nobody has had to do with them meanwhile."""

from collections.abc import Collection, Iterator

from django.db.models import ForeignObjectRel, Model

from shop.oscar_forks.partner.models import Partner

from .models import ProducerProfile


def forget_unused_producers(*, producer_ids: Collection[int]) -> list[int]:
    """Remove those of these unclaimed producers that no other row points at; returns the ids that are gone."""
    unclaimed = ProducerProfile.objects.filter(pk__in=producer_ids, status=ProducerProfile.Status.UNCLAIMED)
    free = set(unclaimed.values_list("pk", flat=True))
    for model in (Partner, ProducerProfile):
        for relation in model._meta.related_objects:
            if free and relation.related_model is not ProducerProfile:
                free -= set(_pointed_at(relation, free))
    free -= set(Partner.users.through.objects.filter(partner__in=free).values_list("partner", flat=True))
    ProducerProfile.objects.filter(pk__in=free).delete()
    Partner.objects.filter(pk__in=free).delete()
    return sorted(free)


def _pointed_at(relation: ForeignObjectRel, producer_ids: Collection[int]) -> Iterator[int]:
    related: type[Model] = relation.related_model
    name = relation.field.name
    if relation.many_to_many:
        return iter(())
    everything = related._base_manager  # noqa: SLF001 -- no manager of theirs may hide a row
    return everything.filter(**{f"{name}__in": producer_ids}).values_list(name, flat=True).distinct().iterator()
