"""What was probably meant when nothing was found: the nearest words that the shelf does know."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product as every_combination

from django.db import connection
from django.db.models import Count, Max, QuerySet
from rapidfuzz import process
from rapidfuzz.distance import OSA

from shop.common.vietnamese import fold

from .searching import TypedWords, matching, read_words

MOST_CANDIDATES_PER_WORD = 8
MOST_CHOICES = 400
MOST_COMBINATIONS = 40
# Two slips are forgiven only where enough letters are left to tell words apart.
LONG_WORD = 7
SHORTEST_SPLIT = 2


@dataclass(frozen=True)
class Vocabulary:
    """Folded words with the spelling most products use, and in how many products they stand."""

    spellings: dict[str, str]
    counts: dict[str, int]


def correct_words(words: TypedWords, *, found_in: QuerySet, prefix: str = "") -> TypedWords | None:
    """Return the nearest words with which `found_in` has matches, or None.

    Nearest = fewest slips (a letter missing, added, changed, or two swapped), then the commonest words.
    """
    vocabulary = _vocabulary_of(found_in, prefix)
    candidates = _combinations(words, vocabulary)
    if not candidates:
        return None
    conditions = {
        f"tried_{place}": Count("pk", filter=matching(candidate, prefix=prefix)) for place, candidate in enumerate(candidates)
    }
    counts = found_in.order_by().aggregate(**conditions)
    return next((candidate for place, candidate in enumerate(candidates) if counts[f"tried_{place}"]), None)


def _combinations(words: TypedWords, vocabulary: Vocabulary) -> list[TypedWords]:
    # The more words, the fewer guesses at each, so that a long line costs no more than a short one.
    most = max(2, min(MOST_CANDIDATES_PER_WORD, int(MOST_CHOICES ** (1 / len(words.folded)))))
    nearby = [_nearby(word, vocabulary, most) for word in words.folded]
    ranked = sorted(
        (sum(slips for slips, _, _ in choice), sum(rarity for _, rarity, _ in choice), [word for _, _, word in choice])
        for choice in every_combination(*nearby)
    )
    texts = (_spelled(words, chosen, vocabulary) for _, _, chosen in ranked if tuple(chosen) != words.folded)
    return [read_words(text) for text in texts][:MOST_COMBINATIONS]


def _nearby(word: str, vocabulary: Vocabulary, most: int) -> list[tuple[int, int, str]]:
    slips_forgiven = 2 if len(word) >= LONG_WORD else 1
    found = process.extract(word, list(vocabulary.counts), scorer=OSA.distance, score_cutoff=slips_forgiven, limit=None)
    nearest = [(int(slips), -vocabulary.counts[near], near) for near, slips, _ in found if slips]
    split = [(1, -count, pair) for pair, count in _splits(word, vocabulary)]
    unchanged = (0, -vocabulary.counts.get(word, 0), word)
    return [unchanged, *sorted(nearest + split)[: most - 1]]


def _splits(word: str, vocabulary: Vocabulary) -> Iterable[tuple[str, int]]:
    """A forgotten space is a slip as well: «nuocmam»."""
    for at in range(SHORTEST_SPLIT, len(word) - SHORTEST_SPLIT + 1):
        first, second = vocabulary.counts.get(word[:at]), vocabulary.counts.get(word[at:])
        if first and second:
            yield f"{word[:at]} {word[at:]}", min(first, second)


def _spelled(words: TypedWords, chosen: list[str], vocabulary: Vocabulary) -> str:
    """A word that stays keeps the accents it was typed with; a corrected one gets its usual ones."""
    typed = words.exact if len(words.exact) == len(words.folded) else words.folded
    return " ".join(
        typed[place] if part == words.folded[place] else " ".join(vocabulary.spellings.get(p, p) for p in part.split())
        for place, part in enumerate(chosen)
    )


def _vocabulary_of(found_in: QuerySet, prefix: str) -> Vocabulary:
    """Every process keeps the vocabulary it read until a listing or a product comes, goes or changes."""
    stamp = found_in.order_by().aggregate(
        count=Count("pk"), last=Max("pk"), changed=Max("updated_at"), edited=Max(f"{prefix}date_updated")
    )
    key = tuple(stamp.values())
    if key not in _kept:
        vocabulary = _read_vocabulary(found_in.order_by().values(f"{prefix}search_exact"))
        _kept.clear()
        _kept[key] = vocabulary
    return _kept[key]


_kept: dict[tuple, Vocabulary] = {}


def _read_vocabulary(vectors: QuerySet) -> Vocabulary:
    spellings: dict[str, str] = {}
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, ndoc FROM ts_stat(%s) ORDER BY ndoc DESC, word", [_literal_sql(vectors)])
        for word, products in cursor.fetchall():
            folded = fold(word)
            spellings.setdefault(folded, word)
            counts[folded] = counts.get(folded, 0) + products
    return Vocabulary(spellings=spellings, counts=counts)


def _literal_sql(queryset: QuerySet) -> str:
    """`ts_stat` takes a statement as text, so its parameters are written into it by the driver."""
    sql, parameters = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        return cursor.mogrify(sql, parameters)
