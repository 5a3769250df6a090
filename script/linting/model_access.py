"""A view fetches only what its user may see: ``Model.objects`` in a module of views goes through ``visible_to``.

Usage: ``python -m script.linting.model_access [--update]``. Older places are listed in ``model_access.tsv``, each with
a reason from `REASONS`; a new place is refused, and so is a line of the list whose place is gone. Lines are found by
function and expression, not by file: they survive a move. ``--update`` writes the present places; a new one gets the
reason «?», which is refused until somebody has written a true one (or, better, has made the view use ``visible_to``).
"""

import ast
import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("mentoring_site", "people", "programs", "roadmap", "reports")
KNOWN = Path(__file__).with_suffix(".tsv")

MANAGERS = {"objects", "_default_manager", "_base_manager"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
VISIBLE = {"visible_to", "papers_visible_to", "proposable_by", "awaiting", "for_visitors", "none"}
"""Methods of querysets that leave what the user may see (or nothing)."""
OPEN = {
    *("Department", "Organisation", "Topic", "MenteeCategory", "MentoringForm", "MentoringKind"),
    *("DayOff", "School"),
}
"""Models without personal data that every user of the school may read: its name, its lists and its calendar."""
REASONS = {
    "again": "a row that this request has fetched visibly is read once more: fresh after a refusal, or with more of it",
    "narrowed": "the rows belong to rows that this request has fetched visibly",
    "condition": (
        "part of a query that is fetched visibly: a subquery, a prefetch, a queryset that gets visible_to later"
    ),
    "right": "the page is only for holders of a right who see every row of the model",
    "own": "only rows of the user",
    "public": "published rows, shown to everybody",
    "facts": "numbers or years for a filter or a check; no row is shown",
}
UNKNOWN = "?"


class Place(NamedTuple):
    """One use of a manager outside ``visible_to``."""

    path: str
    line: int
    function: str
    expression: str

    @property
    def key(self) -> tuple[str, str]:
        return self.function, self.expression


class Known(NamedTuple):
    """One line of the list: a place that was there before, and why it may stay."""

    reason: str
    path: str
    function: str
    expression: str

    @property
    def key(self) -> tuple[str, str]:
        return self.function, self.expression


def is_views(path: Path) -> bool:
    """Whether a module holds views: ``views.py``, ``…_views.py`` or any module of a package ``views``."""
    return path.stem == "views" or path.stem.endswith("_views") or "views" in path.parts[:-1]


def modules(root: Path = ROOT) -> Iterator[Path]:
    for app in APPS:
        yield from (p for p in sorted((root / app).rglob("*.py")) if is_views(p.relative_to(root)))


def is_class(node: ast.expr) -> bool:
    """Whether an expression must be a model itself, not a queryset: a capitalised name or an entry of a table."""
    if isinstance(node, ast.Subscript):
        return True
    name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
    return name[:1].isupper() and not name.isupper()


def has_visible_call(nodes: Iterable[ast.AST]) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in VISIBLE
        for start in nodes
        for node in ast.walk(start)
    )


def places_in(tree: ast.Module, path: str) -> list[Place]:
    """Return the uses of managers in a module that go through no method of `VISIBLE`, neither they nor
    their filters.
    """
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            chain, arguments = climb(node, parents)
            shown = VISIBLE & set(chain) or has_visible_call(arguments)
            expression = ".".join([ast.unparse(node), *chain])
        elif isinstance(node, ast.Call) and called(node) in SHORTCUTS and node.args and is_class(node.args[0]):
            shown = False
            expression = f"{called(node)}({ast.unparse(node.args[0])})"
        else:
            continue
        model = node.value if isinstance(node, ast.Attribute) else node.args[0]
        if not shown and getattr(model, "id", getattr(model, "attr", "")) not in OPEN:
            found.append(Place(path, node.lineno, function_of(node, parents), expression))
    return sorted(found)


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def climb(node: ast.expr, parents: dict[ast.AST, ast.AST]) -> tuple[list[str], list[ast.AST]]:
    """Return the names of the methods called on an expression, in their order, and all their arguments."""
    chain: list[str] = []
    arguments: list[ast.AST] = []
    here: ast.AST = node
    while True:
        above = parents[here]
        if isinstance(above, ast.Attribute):
            chain.append(above.attr)
        elif isinstance(above, ast.Call) and above.func is here:
            arguments += [*above.args, *above.keywords]
        elif not (isinstance(above, ast.Subscript) and above.value is here):
            return chain, arguments
        here = above


def function_of(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    """Return the name of the function or class that holds a node, with those around it."""
    names: list[str] = []
    here = node
    while here in parents:
        here = parents[here]
        if isinstance(here, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.insert(0, here.name)
    return ".".join(names) or "(module)"


def places(root: Path = ROOT) -> list[Place]:
    return [
        place
        for path in modules(root)
        for place in places_in(ast.parse(path.read_text(encoding="utf-8")), path.relative_to(root).as_posix())
    ]


def read_known(path: Path = KNOWN) -> list[Known]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    return [Known(*row) for row in rows[1:]]


def write_known(lines: Iterable[Known], path: Path = KNOWN) -> None:
    ordered = sorted(lines, key=lambda line: (line.path, line.function, line.expression))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(Known._fields)
        writer.writerows(ordered)


def pair_up(found: list[Place], known: list[Known]) -> tuple[list[tuple[Place, Known]], list[Place], list[Known]]:
    """Match places with lines of the list by function and expression; return the pairs, the new and the gone."""
    waiting: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
    for line in known:
        waiting[line.key].append(line)
    pairs, new = [], []
    for place in found:
        lines = waiting[place.key]
        if not lines:
            new.append(place)
            continue
        # of several equal lines the one of the same file is meant
        line = next((line for line in lines if line.path == place.path), lines[0])
        lines.remove(line)
        pairs.append((place, line))
    return pairs, new, [line for lines in waiting.values() for line in lines]


def complaints(found: list[Place], known: list[Known]) -> list[str]:
    """Return the sentences that refuse new places, lines without a place and lines without a reason."""
    _, new, gone = pair_up(found, known)
    return [
        *(
            f"{p.path}:{p.line}: {p.function}: {p.expression} — в представлении выбирают через visible_to(user)"
            for p in new
        ),
        *(
            f"{k.path}: {k.function}: {k.expression} — этого места больше нет, выполните script/lint --update"
            for k in gone
        ),
        *(f"{k.path}: {k.function}: {k.expression} — причина «{k.reason}»?" for k in known if k.reason not in REASONS),
    ]


def updated(found: list[Place], known: list[Known]) -> list[Known]:
    """Return the list for the present places; a renamed function or model keeps the reason if no doubt is left."""
    pairs, new, gone = pair_up(found, known)
    lines = [Known(line.reason, place.path, place.function, place.expression) for place, line in pairs]
    for place in new:
        alike = [line for line in gone if line.function == place.function or line.expression == place.expression]
        reason = alike[0].reason if len(alike) == 1 else UNKNOWN
        if len(alike) == 1:
            gone.remove(alike[0])
        lines.append(Known(reason, place.path, place.function, place.expression))
    return lines


def main(arguments: list[str]) -> int:
    if arguments == ["--update"]:
        write_known(updated(places(), read_known()))
    elif arguments:
        print(__doc__, file=sys.stderr)
        return 2
    known = read_known()
    wrong = complaints(places(), known)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"Выборок мимо visible_to, известных раньше: {len(known)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
