"""No column may hold words about people that nobody answers for."""

import pytest
from django.db import connection

from shop.domain.personal_data.harmless import HARMLESS, harmless_columns
from shop.domain.personal_data.registry import PLACES, personal_columns

pytestmark = pytest.mark.django_db

# Whatever can hold a word: texts, JSON, files, addresses of the network, search vectors.
WORDS = """
    SELECT columns.table_name, columns.column_name FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
      AND (data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'bytea', 'inet', 'ARRAY', 'tsvector')
           OR data_type = 'USER-DEFINED')
"""


def columns_with_words():
    with connection.cursor() as cursor:
        cursor.execute(WORDS)
        return set(cursor.fetchall())


def test_every_column_with_words_is_declared_personal_or_harmless():
    declared = set(personal_columns()) | set(harmless_columns())

    assert sorted(columns_with_words() - declared) == []


def test_nothing_is_declared_that_is_not_there():
    declared = set(personal_columns()) | set(harmless_columns())

    assert sorted(declared - columns_with_words()) == []


def test_no_column_is_both():
    assert set(personal_columns()) & set(harmless_columns()) == set()


def test_every_place_has_a_name_of_its_own_and_says_what_becomes_of_it():
    assert len({place.name for place in PLACES}) == len(PLACES)
    assert all(callable(place.erase) for place in PLACES)
    assert all(HARMLESS.values())
