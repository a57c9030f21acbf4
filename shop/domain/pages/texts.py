"""What somebody typed for a page, cleaned and judged before it is kept."""

import re
import unicodedata
from dataclasses import dataclass

from shop.common.small_markdown import unsafe_links_in

from .models import BODY_LENGTH, TITLE_LENGTH, PageText
from .placeholders import unknown_placeholders

# Control characters, and the marks that turn the reading direction around: neither has business in a page.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class TextProblem:
    """What is wrong with one field.

    `code` is empty, too_long, unknown_placeholder or unsafe_link; `words` are what it is about.
    """

    field: str
    code: str
    words: tuple[str, ...] = ()


class TextRefused(Exception):
    """A text that cannot be kept; carries its problems."""

    def __init__(self, problems: list[TextProblem]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True)
class WrittenText:
    """Title and body in both languages as somebody typed them."""

    title: str
    body: str
    title_en: str = ""
    body_en: str = ""


def clean_text(text: WrittenText) -> WrittenText:
    """Return the text in composed Unicode without unseen signs; raises TextRefused with every problem at once."""
    cleaned = WrittenText(
        title=_clean_line(text.title),
        body=_clean_body(text.body),
        title_en=_clean_line(text.title_en),
        body_en=_clean_body(text.body_en),
    )
    problems = [*_problems("title", cleaned.title, TITLE_LENGTH), *_problems("title_en", cleaned.title_en, TITLE_LENGTH)]
    problems += [*_problems("body", cleaned.body, BODY_LENGTH), *_problems("body_en", cleaned.body_en, BODY_LENGTH)]
    if problems:
        raise TextRefused(problems)
    return cleaned


def text_of(page_text: PageText) -> WrittenText:
    """Return what a version or a draft says."""
    return WrittenText(page_text.title, page_text.body, page_text.title_en, page_text.body_en)


def _clean_line(text: str) -> str:
    return " ".join(_clean_body(text).split())


def _clean_body(text: str) -> str:
    one_kind_of_line = text.replace("\r\n", "\n").replace("\r", "\n")
    composed = unicodedata.normalize("NFC", UNSEEN.sub("", one_kind_of_line))
    lines = "\n".join(line.rstrip() for line in composed.split("\n"))
    return BLANK_LINES.sub("\n\n", lines).strip()


def _problems(field: str, text: str, longest: int) -> list[TextProblem]:
    problems = []
    if not text and not field.endswith("_en"):
        problems.append(TextProblem(field, "empty"))
    if len(text) > longest:
        problems.append(TextProblem(field, "too_long", (str(len(text)), str(longest))))
    if unknown := unknown_placeholders(text):
        problems.append(TextProblem(field, "unknown_placeholder", tuple(unknown)))
    if unsafe := unsafe_links_in(text):
        problems.append(TextProblem(field, "unsafe_link", tuple(unsafe)))
    return problems
