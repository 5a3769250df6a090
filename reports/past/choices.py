"""Allowed values of the columns: the lists of the sample and the words that are understood."""

from difflib import get_close_matches

from mentoring_site.russian import joined, quoted
from people.banks.models import Topic
from people.language.name_text import search_key
from programs.catalogs.models import MentoringForm, MentoringKind
from programs.completion.models import Completion
from reports.orders.models import Order
from reports.orders.order_kinds.registry import KINDS
from reports.past.plan import PlanRow

RUNNING, ENDED = "running", "ended"
SHOWN = 3
REASONS = {code: label for code, label in Completion.Reason.choices if code != Completion.Reason.CONSENT}
"""A withdrawn consent ends a program by the withdrawal itself, here and not from a workbook."""
STATES = {RUNNING: "идёт", ENDED: "завершена"}
SYNONYMS = {
    "закрепление": "assignment",
    "о закреплении": "assignment",
    "утверждение программ": "programs",
    "об утверждении программ": "programs",
    "завершение": "completion",
    "о завершении": "completion",
    "назначение наставников": "appointment",
    "о назначении наставников": "appointment",
    "реализуется": RUNNING,
    "выполняется": RUNNING,
    "действует": RUNNING,
    "закончена": ENDED,
    "завершено": ENDED,
    "выполнена": ENDED,
    "прекращена": ENDED,
}


def kinds() -> dict[str, str]:
    """Return the kinds of orders."""
    return {code: kind.label for code, kind in KINDS.items()}


def series_labels() -> dict[str, str]:
    """Return the two series."""
    return dict(Order.Series.choices)


def lists() -> dict[str, list[str]]:
    """Return every list of allowed values by the name that columns give it."""
    return {
        "kinds": list(kinds().values()),
        "series": list(series_labels().values()),
        "states": list(STATES.values()),
        "reasons": list(REASONS.values()),
        "forms": [form.name for form in MentoringForm.objects.filter(is_open=True)],
        "mentoring_kinds": [kind.name for kind in MentoringKind.objects.filter(is_open=True)],
        "topics": [topic.name for topic in Topic.objects.filter(is_open=True)],
    }


def chosen_from(row: PlanRow, column: str, options: dict[str, str], what: str) -> str | None:
    """Return the code of what a cell names, whole or by its beginning; what is not known is refused with advice."""
    text = row.raw.values[column]
    if not text:
        return None
    if found := code_of(text, options):
        return found
    words = get_close_matches(text, options.values(), n=SHOWN, cutoff=0.4) or list(options.values())[:SHOWN]
    row.wrong.append(f"{what}: {quoted(text)} нет в списке. Подходит, например, {joined(map(quoted, words), 'или')}")
    return None


def code_of(text: str, options: dict[str, str]) -> str | None:
    """Return the code whose label is the text, or the only one that begins with it."""
    key = search_key(text)
    known = SYNONYMS.get(" ".join(key.split()))
    if known in options:
        return known
    labels = {code: search_key(label) for code, label in options.items()}
    exact = [code for code, label in labels.items() if label == key]
    found = exact or [code for code, label in labels.items() if label.startswith(key)]
    return found[0] if len(found) == 1 else None
