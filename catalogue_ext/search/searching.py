"""Which products match what was typed, and how closely."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, IntegerField, Q, Value, When

from .words import LONGEST_WORD, MOST_WORDS, exact_words, folded_words


@dataclass(frozen=True)
class TypedWords:
    """What was typed, with and without accents; both lists name the same words in the same order."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.folded)


def read_words(text: str) -> TypedWords:
    """Return the words of a search text in any spelling and any Unicode form."""
    return TypedWords(
        exact=tuple(word[:LONGEST_WORD] for word in exact_words(text)[:MOST_WORDS]),
        folded=tuple(word[:LONGEST_WORD] for word in folded_words(text)[:MOST_WORDS]),
    )


def matching(words: TypedWords, *, prefix: str = "") -> Q:
    """Return the condition that every word occurs, the last one at least begun; accents do not matter."""
    return Q(**{f"{prefix}search_folded": _all_of(words.folded, last_begun=True)})


def closeness(words: TypedWords, *, prefix: str = "") -> Case:
    """Return how closely a match fits, to sort by: exact accents first, then the name, then whole words."""
    exact, folded = f"{prefix}search_exact", f"{prefix}search_folded"
    steps = (
        (exact, _all_of(words.exact, weight="A")),
        (exact, _all_of(words.exact, weight="A", last_begun=True)),
        (exact, _all_of(words.exact)),
        (folded, _all_of(words.folded, weight="A")),
        (folded, _all_of(words.folded, weight="A", last_begun=True)),
        (folded, _all_of(words.folded)),
    )
    whens = [When(**{column: query}, then=Value(len(steps) - place)) for place, (column, query) in enumerate(steps)]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def nearness(words: TypedWords, *, prefix: str = "") -> SearchRank:
    """Return the rank among equally close matches: more words with the right accents, and nearer together."""
    any_exact = SearchQuery(" | ".join(_quoted(word) for word in words.exact), search_type="raw", config="simple")
    return SearchRank(F(f"{prefix}search_exact"), any_exact) + SearchRank(
        F(f"{prefix}search_folded"), _all_of(words.folded, last_begun=True), cover_density=True
    )


def _all_of(words: tuple[str, ...], *, weight: str = "", last_begun: bool = False) -> SearchQuery:
    parts = []
    for place, word in enumerate(words, start=1):
        marks = f"{'*' if last_begun and place == len(words) else ''}{weight}"
        parts.append(f"{_quoted(word)}:{marks}" if marks else _quoted(word))
    return SearchQuery(" & ".join(parts), search_type="raw", config="simple")


def _quoted(word: str) -> str:
    # Words are letters and digits only (see `words.WORD`), so nothing in them can end the quotation.
    return f"'{word}'"
