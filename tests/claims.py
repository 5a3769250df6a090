"""Which functions write or delete rows without having claimed what they rest on, found in the source.

A claim is a row read under a lock, a lock on an idea, a version, a move of a state, or a write that compares and
swaps: ``filter(…).update(…)`` or ``delete()`` whose number of rows is looked at. Calls are followed into functions of
other modules, in the order in which they run, so a claim that a helper takes counts for whoever calls it.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests import ROOT

APPS = ("mentoring_site", "people", "programs", "roadmap", "reports")
LEFT_OUT = {"migrations", "demo", "management"}
CLAIMS = {"perform", "claim_version", "locked", "one_at_a_time", "select_for_update", "refuse_held"}


class Write(NamedTuple):
    """A write that nothing claimed before on the way to it: the function that has it, and who begins the way."""

    function: str
    begun_by: str
    code: str


class Source:
    """Every function of the product by its full name."""

    def __init__(self, root: Path = ROOT):
        self.functions: dict[str, tuple[str, ast.FunctionDef]] = {}
        self.imported: dict[str, dict[str, str]] = {}
        for app in APPS:
            for path in sorted((root / app).rglob("*.py")):
                if not LEFT_OUT & set(path.relative_to(root).parts):
                    self._read(path, root)

    def _read(self, path: Path, root: Path) -> None:
        module = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self.imported[module] = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                self.functions[f"{module}.{node.name}"] = (module, node)

    def unclaimed(self) -> Iterator[Write]:
        """Yield the first such write of every public function that is no view."""
        for name, (module, node) in self.functions.items():
            if node.name.startswith("_") or module.endswith("views"):
                continue
            event = next(self._events(name, ()), None)
            if event is not None:
                yield Write(event[0], name, event[1])

    def _events(self, name: str, above: tuple[str, ...]) -> Iterator[tuple[str, str] | None]:
        """Yield what a function does in order: None for a claim, else a write with the function that has it."""
        module, function = self.functions[name]
        for statement in function.body:
            yield from self._walk(statement, module, (*above, name), looked_at=not isinstance(statement, ast.Expr))

    def _walk(
        self, node: ast.AST, module: str, above: tuple[str, ...], *, looked_at: bool
    ) -> Iterator[tuple[str, str] | None]:
        for child in ast.iter_child_nodes(node):
            inside = isinstance(node, ast.Expr) and isinstance(child, ast.Call)
            yield from self._walk(child, module, above, looked_at=not inside)
        if isinstance(node, ast.Call):
            yield from self._call(node, module, above, looked_at=looked_at)

    def _call(
        self, node: ast.Call, module: str, above: tuple[str, ...], *, looked_at: bool
    ) -> Iterator[tuple[str, str] | None]:
        call = node.func
        if isinstance(call, ast.Name):
            name, on = call.id, None
            target = f"{module}.{name}" if f"{module}.{name}" in self.functions else self.imported[module].get(name)
        elif isinstance(call, ast.Attribute):
            name, on = call.attr, ast.unparse(call.value)
            target = f"{self.imported[module].get(on)}.{name}"
        else:
            return
        if name in CLAIMS:
            yield None
        elif target in self.functions:
            if target not in above:
                yield from self._events(target, above)
        elif on is not None and is_write(name, on, node):
            yield None if looked_at and name in ("update", "delete") else (above[-1], ast.unparse(node))


def is_write(name: str, on: str, node: ast.Call) -> bool:
    """Whether a call of the method ``name`` on the expression ``on`` changes or removes rows that may be others'."""
    if name == "update":
        return not node.args and bool(node.keywords) and on != "attrs"
    if name == "save":
        return not node.args and on != "super()"
    return (name == "delete" and not node.args) or (name == "set" and "." in on and len(node.args) == 1)
