"""Rules of architecture: direction of imports, folders that may not exist, what templates may not do."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import migrations
from django.test import override_settings

from mentoring_site.tables import every_step, seeds
from script.linting import model_access
from tests import ROOT

ORDER = ["mentoring_site", "people", "programs", "roadmap", "reports"]
FEATURES = {  # a feature imports only what stands before it, also inside functions (docs/architecture.md)
    "people": [
        "rights",
        "promises",
        "language",
        "school",
        "retention",
        "register",
        "roles",
        "accounts",
        "letters",
        "viewings",
        "access",
        "handover",
        "staff_list",
        "consents",
        "photos",
        "absences",
        "banks",
        "setup",
        "profile",
    ],
    "programs": [
        "pairings",
        "mentor_agreements",
        "catalogs",
        "program",
        "changes",
        "journal",
        "tasks",
        "observations",
        "learning",
        "difficulties",
        "completion",
        "attention",
        "support",
        "requests",
        "relationship",
        "paper_entry",
    ],
    "roadmap": [
        "legal_base",
        "regulation",
        "proofs",
        "plan",
        "duties",
        "bodies",
        "council",
        "events",
        "training",
        "partners",
        "library",
        "practices",
    ],
    "reports": [
        "orders",
        "past",
        "documents",
        "opinions",
        "surveys",
        "site",
        "indicators",
        "monitoring",
        "statistics",
        "compliance",
        "annual_report",
        "portfolio",
        "figures",
        "calendar",
        "inspection",
        "archive",
        "school_years",
        "help",
        "home",
        "demo",
    ],
}
# They know every feature of their app
COLLECTORS = {"models", "urls", "apps", "audit", "registrations", "management", "migrations", "templatetags"}
TOP = "mentoring_site.urls"
DRAWERS = {"core", "common", "utils", "util", "helpers", "helper", "services", "service", "misc", "lib", "tools"}
TREES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for room in ORDER
    for path in sorted((ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts
}
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
PRINTED = {"documents", "consents"}  # print HTML: never sent to a browser as a page
PRINT_BASES = {"base_document.html"}

pytestmark = pytest.mark.point("23")


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST, module: str, *, package: bool) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of everything a module imports, also inside functions and by a literal name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                here = module.split(".") if package else module.split(".")[:-1]
                here = here[: len(here) - node.level + 1]
                base = ".".join([*here, base] if base else here)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"import_module", "import_string", "find_spec", "__import__", "get_model"}:
                yield node.lineno, str(node.args[0].value)


def wrong_directions(path: Path, tree: ast.AST) -> list[str]:
    """Return the imports of one module that run against the order of the rooms."""
    module = module_name(path)
    if module == TOP:
        return []
    room = module.split(".")[0]
    above = set(ORDER[ORDER.index(room) + 1 :])
    return [
        f"{module}:{line} imports {name}"
        for line, name in imported(tree, module, package=path.name == "__init__.py")
        if name.split(".")[0] in above or name == TOP or name.split(".")[0] == "tests"
    ]


def rank(module: str) -> tuple[int, int]:
    """Return where a module stands: its app, and its feature within the app (collectors stand above all)."""
    app, _, rest = module.partition(".")
    feature, features = rest.partition(".")[0], FEATURES.get(app, [])
    return ORDER.index(app), features.index(feature) if feature in features else len(features)


def climbs(path: Path, tree: ast.AST) -> list[str]:
    """Return the imports of one module that run against the order of the features of its app."""
    module = module_name(path)
    names = [(line, home_of(name)) for line, name in imported(tree, module, package=path.name == "__init__.py")]
    return [
        f"{module}:{line} imports {name}"
        for line, name in names
        if name.split(".")[0] == module.split(".")[0] != "mentoring_site" and rank(name) > rank(module)
    ]


def home_of(name: str) -> str:
    """Return the module of a model that is named by its label («reports.Order»), another name as it is."""
    app, _, model = name.partition(".")
    return apps.get_model(name).__module__ if app in FEATURES and model.isidentifier() and model[:1].isupper() else name


def test_features_import_one_way():
    assert [wrong for path, tree in TREES.items() for wrong in climbs(path, tree)] == []
    sample = ROOT / "programs" / "pairings" / "sample.py"
    assert climbs(sample, ast.parse("def f():\n    from programs.changes.acts import propose")) != []
    assert climbs(sample, ast.parse("from people.consents.models import Consent")) == []


def test_every_folder_of_an_app_is_a_known_feature():
    folders = {
        f"{app}.{path.name.removesuffix('.py')}"
        for app in FEATURES
        for path in (ROOT / app).iterdir()
        if (path.is_dir() or path.suffix == ".py") and path.name not in {"__init__.py", "__pycache__", "data"}
    }
    known = {f"{app}.{name}" for app, features in FEATURES.items() for name in {*features, *COLLECTORS}}
    assert folders <= known


def circles(graph: dict[str, set[str]]) -> list[set[str]]:
    """Return the groups of modules that import each other, by way of one another."""
    reach = {}
    for start in graph:
        seen, waiting = set(), [start]
        while waiting:
            for following in graph.get(waiting.pop(), ()):
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        reach[start] = seen
    found = [{m for m in reach if start in reach[m] and m in reach[start]} for start in reach if start in reach[start]]
    return [group for n, group in enumerate(found) if group not in found[:n]]


def at_run_time(tree: ast.Module) -> ast.Module:
    """Return the module without what only a type checker imports (``if TYPE_CHECKING``)."""
    return ast.Module(
        [node for node in tree.body if "TYPE_CHECKING" not in ast.dump(getattr(node, "test", ast.Pass()))], []
    )


def test_no_imports_run_in_a_circle():
    modules = {module_name(path) for path in TREES}
    graph = {}
    for path, tree in TREES.items():
        package = path.name == "__init__.py"
        names = {name for _, name in imported(at_run_time(tree), module_name(path), package=package)}
        asked = {name if name in modules else name.rpartition(".")[0] for name in names}
        graph[module_name(path)] = (asked & modules) - {module_name(path)}
    assert circles(graph) == []
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [{"a", "b", "c"}]


DISGUISED = {"related_model", "related_manager"}
KNOWN_DISGUISES = {  # generic: they ask every relation and know none by name
    "people.consents.destruction.erasure",
    "mentoring_site.hanging",
    "mentoring_site.files",
    "reports.demo.scale",
}


def disguised(tree: ast.AST) -> list[int]:
    """Return lines that fetch the rows of a model found through a relation: an import upwards in disguise."""
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    by_name = [node.lineno for node in attributes if node.attr in DISGUISED]
    of_model = [
        node.lineno
        for node in attributes
        if node.attr in {"objects", "_meta"} and getattr(node.value, "attr", "") == "model"
        if isinstance(node.value, ast.Attribute) and isinstance(node.value.value, ast.Attribute)
    ]
    return by_name + of_model


def test_no_imports_in_disguise():
    found = {module_name(path): lines for path, tree in TREES.items() if (lines := disguised(tree))}
    assert {name: lines for name, lines in found.items() if name not in KNOWN_DISGUISES} == {}
    for bad in ("Person._meta.get_field('parts').related_model.objects", "person.participations.model.objects.all()"):
        assert disguised(ast.parse(bad))


def test_imports_run_one_way():
    assert [wrong for path, tree in TREES.items() for wrong in wrong_directions(path, tree)] == []


@pytest.mark.parametrize(
    "code",
    [
        "import programs.pairings",
        "def f():\n    from reports.orders import register",
        "from django.apps import apps\napps.get_model('programs', 'Pairing')",
        "import importlib\nimportlib.import_module('roadmap.plans')",
    ],
)
def test_an_import_upwards_is_found(code):
    """The switch: each way of looking upwards from ``people`` is caught."""
    assert len(wrong_directions(ROOT / "people" / "sample.py", ast.parse(code))) == 1


def test_only_the_addresses_import_every_app():
    apps = set(ORDER[1:])
    full = {
        module_name(path)
        for path, tree in TREES.items()
        if {name.split(".")[0] for _, name in imported(tree, module_name(path), package=False)} >= apps
    }
    assert {m for m in full if m.split(".")[0] == "mentoring_site"} <= {TOP}
    assert 'include("people.urls")' in (ROOT / "mentoring_site/urls.py").read_text()


def test_rooms_are_the_known_ones():
    rooms = {p.name for p in ROOT.iterdir() if p.is_dir() and list(p.glob("*.py")) and not p.name.startswith(".")}
    assert rooms - {"script"} == {*ORDER, "tests"}
    drawers = [module_name(path) for path in TREES if DRAWERS & set(module_name(path).split("."))]
    assert drawers == []


def test_every_module_says_what_it_is():
    silent = [module_name(path) for path, tree in TREES.items() if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def test_no_signals_of_our_own():
    ours = [
        module_name(path)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Signal"
    ]
    assert ours == []


UNESCAPED = {"mark_safe", "csrf_exempt", "SafeString", "SafeText", "RawSQL"}
SANITISED = {"mentoring_site.markdown"}  # nh3 has cleaned what it hands out as HTML


def unprotected(tree: ast.AST) -> list[int]:
    """Return lines that name a way around escaping, CSRF or bound parameters."""
    names = (
        (node.lineno, getattr(node, "id", getattr(node, "attr", getattr(node, "name", ""))))
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute | ast.alias)
    )
    return [line for line, name in names if name in UNESCAPED]


def test_nothing_goes_around_escaping_and_csrf():
    assert {module_name(path) for path, tree in TREES.items() if unprotected(tree)} <= SANITISED
    assert unprotected(ast.parse("from django.utils.safestring import mark_safe\nmark_safe(x)")) == [1, 2]
    assert unprotected(ast.parse("@decorators.csrf_exempt\ndef view(request): pass")) == [1]


def state_writers(tree: ast.AST) -> list[int]:
    """Return lines that set ``.state`` of an object or update it outside the engine."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            lines += [node.lineno for t in targets if isinstance(t, ast.Attribute) and t.attr == "state"]
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "update":
            lines += [node.lineno for keyword in node.keywords if keyword.arg == "state"]
    return lines


# Rows with a state without a workflow: the result of an activity is checked or returned by its mentor, a planned
# meeting is held or cancelled.
# Entering from paper and the first regulation write rows that are born in a later state, by create.
STATE_WRITERS = {
    "mentoring_site.workflow",
    "programs.journal.acts",
    "programs.journal.former_plan",
    "programs.journal.planning.acts",
}


def test_only_the_engine_moves_a_state():
    writers = {module_name(path) for path, tree in TREES.items() if state_writers(tree)}
    assert writers <= STATE_WRITERS
    assert state_writers(ast.parse("order.state = 'registered'")) == [1]
    assert state_writers(ast.parse("Order.objects.update(state='registered')")) == [1]


def test_views_fetch_what_their_user_may_see():
    """Past ``visible_to`` only what is written in the list, each place with its reason."""
    assert model_access.complaints(model_access.places(), model_access.read_known()) == []


# --- templates ---------------------------------------------------------------------------------------------------


def printed(path: Path) -> bool:
    return path.relative_to(ROOT / "templates").parts[0] in PRINTED | PRINT_BASES


COMPARES = re.compile(
    r"{%-?\s*(?:el)?if\b[^%]*\b(?:state|role|roles)\s*(?:==|!=|in\b|not in\b)[^%]*%}"
    r"|{%-?\s*(?:el)?if\b[^%]*(?:==|!=|\bin\b)\s*[^%]*\b(?:state|role|roles)\b[^%]*%}"
)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.I)
UNSAFE = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|{%\s*autoescape\s+off")
FOREIGN = re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//(?!www\.w3\.org)", re.I)


def offenders(pattern: re.Pattern, paths) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {match.group(0).strip()}"
        for path in paths
        if (match := pattern.search(path.read_text(encoding="utf-8")))
    ]


def test_templates_never_compare_a_state_or_a_role():
    assert offenders(COMPARES, [p for p in TEMPLATES if p.suffix == ".html"]) == []
    for bad in ('{% if program.state == "draft" %}', '{% if "curator" in user.roles %}', "{% elif order.state in x %}"):
        assert COMPARES.search(bad)


def test_templates_have_no_inline_style_or_script():
    """The content security policy allows none; papers are printed and never shown as pages."""
    assert offenders(INLINE, [p for p in TEMPLATES if p.suffix == ".html" and not printed(p)]) == []
    for bad in ("<script>alert(1)</script>", '<p style="color:red">', '<a onclick="x()">', '<a href="javascript:x()">'):
        assert INLINE.search(bad)
    assert not INLINE.search('<script src="/static/js/site.js" defer></script>')


def test_templates_escape_everything():
    """Mails are plain text and say so themselves; everything a browser or the printer reads is escaped."""
    assert offenders(UNSAFE, [p for p in TEMPLATES if p.suffix == ".html"]) == []
    assert UNSAFE.search("{{ text|safe }}") and UNSAFE.search("{% autoescape off %}")


def test_templates_fetch_nothing_from_elsewhere():
    pages = [p for p in TEMPLATES if p.suffix == ".html"]
    assert offenders(FOREIGN, pages) == []


def test_templates_are_small():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in TEMPLATES
        if not printed(path) and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 150
    }
    assert long == {}


@pytest.mark.django_db
def test_migrations_are_complete(settings):
    settings.MIGRATION_MODULES = {}  # the database of the tests is laid down without them
    out = io.StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert "No changes" in out.getvalue()


def test_rows_of_a_new_school_are_planted():
    """A new installation is laid down from the models: what SQL of a migration does, it would never see."""
    with override_settings(MIGRATION_MODULES={}):
        steps = every_step()
    strange = (migrations.RunSQL, migrations.SeparateDatabaseAndState)
    ours = [step for step in steps if Path(apps.get_app_config(step.app_label).path).parent == ROOT]
    assert not [step for step in ours if any(isinstance(operation, strange) for operation in step.operations)]
    assert len(seeds(steps)) >= 13
