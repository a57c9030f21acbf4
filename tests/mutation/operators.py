"""Small mistakes that a programmer could make, one at a time, in the bodies of functions.

Whole functions are compiled anew and their code is put into the function that is there (see `plugin`), so decorated
functions take part: nearly all of ours that matter stand under `@transaction.atomic`, which mutmut 3 leaves out.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

PAIRS = (
    *((ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.In, ast.NotIn), (ast.Is, ast.IsNot)),
    *((ast.And, ast.Or), (ast.Add, ast.Sub), (ast.Mult, ast.FloorDiv), (ast.BitOr, ast.BitAnd)),
)
SWAPPED = dict(PAIRS) | {after: before for before, after in PAIRS} | {ast.Div: ast.Mult, ast.Mod: ast.FloorDiv}
# A condition of a query that is left out: that is how a guard is forgotten.
QUERIES = {"filter", "exclude", "get", "update", "create", "Q"}


@dataclass(frozen=True)
class Mutant:
    """One mistake; `function` is the outermost function it is in, `code` what that function would do."""

    path: Path
    function: str
    line: int
    mistake: str
    code: CodeType

    @property
    def name(self) -> str:
        return f"{self.path.stem}.{self.function}:{self.line} {self.mistake}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mistake in a file, in its order."""
    tree = ast.parse(path.read_text())
    for function, node in _functions(tree, ""):
        for line, mistake, make, undo in _mistakes_in(node):
            make()
            code = _find(compile(ast.fix_missing_locations(tree), str(path), "exec"), function)
            undo()
            yield Mutant(path, function, line, mistake, code)


def watched(path: Path) -> Iterator[tuple[str, CodeType]]:
    """Each function of a file and the code that tells `note_entered` of it before it does its work."""
    tree = ast.parse(path.read_text())
    functions = list(_functions(tree, ""))
    for function, node in functions:
        node.body[:0] = ast.parse(f"note_entered({(str(path), function)!r})").body
    code = compile(tree, str(path), "exec")
    yield from ((function, _find(code, function)) for function, _ in functions)


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + child.name, child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")


def _find(code: CodeType, function: str) -> CodeType:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_qualname == function:
                return constant
            if function.startswith(f"{constant.co_qualname}."):
                return _find(constant, function)
    raise LookupError(function)


Mistake = tuple[int, str, Callable[[], None], Callable[[], None]]


def _mistakes_in(function: ast.FunctionDef) -> Iterator[Mistake]:
    for parent, field, index, node in _slots(function):
        for mistake, instead in _instead_of(node, parent):
            yield (node.lineno, mistake, *_exchange(parent, field, index, node, instead))


def _slots(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Every place in a body where something stands that has a line."""
    for field, value in ast.iter_fields(node):
        if field in {"decorator_list", "annotation", "returns", "args"} and isinstance(node, ast.FunctionDef | ast.AnnAssign):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not _is_docstring(node, field, index, child):
                if hasattr(child, "lineno"):
                    yield node, field, index, child
                if not (isinstance(child, ast.JoinedStr | ast.Raise) or _is_said_to_people(child)):
                    yield from _slots(child)


def _is_docstring(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> bool:
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text and field == "body" and index == 0 and isinstance(parent, ast.FunctionDef)


def _is_said_to_people(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] in {"_", "pgettext", "ngettext", "logger"}


def _exchange(parent, field, index, old, new):
    def put(node):
        if index is None:
            setattr(parent, field, node)
        else:
            getattr(parent, field)[index] = node

    return (lambda: put(ast.copy_location(new, old))), (lambda: put(old))


def _instead_of(node: ast.AST, parent: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What could stand there by mistake."""
    makers = {
        ast.Compare: _compare,
        ast.BoolOp: _operator,
        ast.BinOp: _operator,
        ast.AugAssign: _operator,
        ast.UnaryOp: _unary,
        ast.Constant: _constant,
        ast.Return: _return,
        ast.Raise: _nothing,
        ast.Expr: _nothing,
        ast.Assign: _assign,
        ast.If: _condition,
        ast.IfExp: _condition,
        ast.Call: _query,
        ast.Break: lambda _: [("goes on", ast.Continue())],
        ast.Continue: lambda _: [("stops", ast.Break())],
    }
    if type(node) in makers and not (isinstance(node, ast.Constant) and isinstance(parent, ast.Expr)):
        yield from makers[type(node)](node)
    if isinstance(parent, ast.comprehension) and node in parent.ifs:
        yield f"takes all: {ast.unparse(node)}", ast.Constant(True)


def _compare(node):
    for place, operator in enumerate(node.ops):
        if type(operator) in SWAPPED:
            swapped = [*node.ops[:place], SWAPPED[type(operator)](), *node.ops[place + 1 :]]
            new = ast.Compare(node.left, swapped, node.comparators)
            yield f"{ast.unparse(node)} → {ast.unparse(new)}", new


def _operator(node):
    if type(node.op) in SWAPPED:
        new = type(node)(**{**dict(ast.iter_fields(node)), "op": SWAPPED[type(node.op)]()})
        yield f"{ast.unparse(node)} → {ast.unparse(ast.fix_missing_locations(new))}", new


def _unary(node):
    if isinstance(node.op, ast.Not | ast.USub):
        yield f"{ast.unparse(node)} → {ast.unparse(node.operand)}", node.operand


def _constant(node):
    if isinstance(node.value, bool):
        yield f"{node.value} → {not node.value}", ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield f"{node.value} → {node.value + 1}", ast.Constant(node.value + 1)
    elif isinstance(node.value, str) and node.value:
        yield f"{node.value!r} → another text", ast.Constant(f"x{node.value}")


def _return(node):
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield f"{ast.unparse(node)} → None", ast.Return(ast.Constant(None))


def _nothing(node):
    is_telling = isinstance(node, ast.Expr) and (not isinstance(node.value, ast.Call) or _is_said_to_people(node.value))
    if not is_telling:
        yield f"{ast.unparse(node)} → nothing", ast.Pass()


def _assign(node):
    if isinstance(node.targets[0], ast.Attribute):
        yield f"{ast.unparse(node)} → nothing", ast.Pass()


def _condition(node):
    new = type(node)(**{**dict(ast.iter_fields(node)), "test": ast.UnaryOp(ast.Not(), node.test)})
    if not isinstance(node.test, ast.Compare | ast.UnaryOp):
        yield f"if {ast.unparse(node.test)} → if not", new


def _query(node):
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in QUERIES:
        for place, keyword in enumerate(node.keywords):
            kept = [*node.keywords[:place], *node.keywords[place + 1 :]]
            yield f"{name}() without {ast.unparse(keyword)}", ast.Call(node.func, node.args, kept)
