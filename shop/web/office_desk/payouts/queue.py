"""What waits in the room of payouts."""

from django.http import HttpRequest

from shop.domain.payouts.models import PayoutBatch

from ..pages.country import answers_for_the_country


def count_to_sign(request: HttpRequest) -> int:
    """Batches that wait for somebody else than who prepared them."""
    if not answers_for_the_country(request):
        return 0
    waiting = PayoutBatch.objects.filter(status=PayoutBatch.Status.PREPARED)
    return waiting.exclude(prepared_by=request.user.pk).count()
