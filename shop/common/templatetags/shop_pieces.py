"""`{% piece "name" what it shows %}…{% endpiece %}`: what is the same on many pages is rendered once for a while."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from shop.common.pieces import remembered

register = template.Library()


class PieceNode(template.Node):
    """Renders its content unless a process has it already, in this language and with these values."""

    def __init__(self, content: NodeList, name: str, values: list[FilterExpression]) -> None:
        self.content, self.name, self.values = content, name, values

    def render(self, context: Context) -> SafeString:
        key = (self.name, get_language(), *(value.resolve(context) for value in self.values))
        # What nodes rendered is safe already.
        return mark_safe(remembered(key, lambda: self.content.render(context)))  # noqa: S308


@register.tag
def piece(parser: Parser, token: Token) -> PieceNode:
    """The first word names the piece; the values after it are all that makes one such piece differ from another."""
    _, name, *values = token.split_contents()
    content = parser.parse(("endpiece",))
    parser.delete_first_token()
    return PieceNode(content, name.strip("\"'"), [parser.compile_filter(value) for value in values])
