"""Which messages our Python and our templates use, and which of them have no English."""

import ast
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

from shop.common.messages import message_files

CODE = ("shop", "catalogue_ext")
# Oscar's own pages, copied to be changed, keep Oscar's English messages and Oscar's translations.
FOREIGN = "oscar"
KEYWORDS = {
    name + lazy: positions
    for name, positions in {
        "gettext": None,
        "_": None,
        "gettext_noop": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for lazy in ("", "_lazy")
}


@dataclass(frozen=True)
class Use:
    """One message where it is used."""

    text: str
    path: Path
    line: int
    # A message in a context is another message: neither stands in for the other.
    context: str = ""


def messages_without_english() -> list[Use]:
    """Every use of a message that an English page would show in Vietnamese."""
    known = english_messages()
    return [use for use in used_messages() if (use.context, use.text) not in known]


def english_messages() -> set[tuple[str, str]]:
    """What has an English text, in all its plural forms, checked by a person: context (or nothing) and message."""
    known = set()
    for path in message_files():
        if path.parts[-3] != "en":
            continue
        with path.open("rb") as source:
            catalog = read_po(source, locale="en")
        for message in catalog:
            texts = message.string if isinstance(message.string, list | tuple) else [message.string]
            if message.id and all(texts) and not message.fuzzy:
                text = message.id[0] if isinstance(message.id, list | tuple) else message.id
                known.add((message.context or "", text))
    return known


def used_messages() -> Iterator[Use]:
    """Every message of our own code and templates."""
    for top in CODE:
        for path in sorted((settings.BASE_DIR / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _messages_in(path.read_text(), path, first_line=1)
    templates = settings.BASE_DIR / "templates"
    for path in sorted(file for file in templates.rglob("*.*") if file.suffix in {".html", ".txt"}):
        if path.relative_to(templates).parts[0] != FOREIGN:
            for number, line in enumerate(templatize(path.read_text()).splitlines(), start=1):
                yield from _messages_in(line.strip(), path, first_line=number)


def _messages_in(text: str, path: Path, *, first_line: int) -> Iterator[Use]:
    found = extract_python(BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    try:
        for line, function, arguments, _comments in found:
            texts = [arguments] if isinstance(arguments, str) else list(arguments or [""])
            # The context of a pgettext stands before its message.
            context = texts.pop(0) if "pgettext" in function and len(texts) > 1 else ""
            if texts[0]:
                yield Use(texts[0], path.relative_to(settings.BASE_DIR), first_line + line - 1, context)
    except (tokenize.TokenError, SyntaxError):
        # What is left of a template is no Python; a file of ours must be.
        if path.suffix == ".py":
            ast.parse(text)
            raise
