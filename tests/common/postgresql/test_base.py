"""Statements are prepared by the server, and take more values than the protocol does."""

import pytest
from django.db import connection

from shop.common.postgresql.base import MOST_VALUES
from shop.oscar_forks.partner.models import Partner

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("more", [0, 1])
def test_a_statement_takes_as_many_values_as_somebody_has(more):
    partner = Partner.objects.create(name="HTX «%s»", code="htx")
    keys = [partner.pk, *range(10**7, 10**7 + MOST_VALUES - 1 + more)]

    assert list(Partner.objects.filter(pk__in=keys)) == [partner]


def test_what_is_asked_again_is_prepared():
    for _ in range(6):
        Partner.objects.filter(code="nobody").exists()

    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s", ['%"partner_partner"."code" = %'])
        assert len(cursor.fetchall()) == 1
