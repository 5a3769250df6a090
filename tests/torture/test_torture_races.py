"""Eight clients at once for every legal state change: exactly one moves it, and the log has one row about it."""

import time
from dataclasses import replace

import pytest
from django.db import OperationalError
from django.db.models import Max
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import Already, Workflow, perform, record
from people.banks.models import Candidate
from programs.completion.models import Completion
from programs.pairings.models import Pairing
from programs.program.models import Program
from reports.orders.models import Order
from roadmap.plan.models import Roadmap
from tests.factories import make_pairing, make_program
from tests.reports.orders.kit import make_mentor, make_order

pytestmark = [pytest.mark.torture, pytest.mark.point("25"), pytest.mark.django_db(transaction=True)]

# What the database asks of a state, given together with it
NUMBER = {"order_number": "1-од", "order_date": "2026-09-01"}
NEEDS = {
    "Candidate": {
        "appoint": NUMBER,
        "decline": {"reason": "нет"},
        "withdraw": {"reason": "нет"},
        "follow_consent": {"reason": "нет"},
        "leave": {"reason": "работа окончена"},
    },
    "Pairing": {
        "assign": NUMBER | {"assigned_on": "2026-09-01"},
        "decline": {"reason": "нет"},
        "refuse": {"reason": "нет"},
        "withdraw": {"reason": "нет"},
        "dissolve": {"ended_on": "2027-05-01", "reason": "конец"},
    },
    "Program": {
        "agree": {"agreed_at": "now", "agreed_by": "who"},
        "approve": NUMBER,
        "begin": {"started_on": "2026-09-01"},
        "complete": {"ended_on": "2027-05-01"},
        "terminate": {"ended_on": "2027-05-01"},
    },
    "Completion": {"register": NUMBER | {"ended_on": "2027-05-01"}},
    "Roadmap": {"approve": NUMBER},
    "Order": {
        "send_to_signature": {"facts": {}, "facts_sha256": "0" * 64, "frozen_at": "now"},
        "back_to_draft": {"facts": None, "facts_sha256": "", "frozen_at": None},
        "register": {
            "number": "7-од",
            "number_key": "7-од",
            "number_plain": 7,
            "date": "2026-09-01",
            "year": 2026,
            "effective_on": "2026-09-01",
            "registered_at": "now",
            "registered_by": "who",
        },
    },
}


def row_of(model, cast):
    """Return one row of a model, in whatever state its builder leaves it."""
    if model in (Program, Completion):
        program = make_program(cast, "running")
        if model is Program:
            return program
        mentee = program.pairing.participations.get(part="mentee")
        return Completion.objects.create(program=program, participation=mentee, reason="plan", created_by=cast.mentor)
    return {
        Candidate: lambda: make_mentor(cast),
        Pairing: lambda: make_pairing(cast, "recommended"),
        Roadmap: lambda: Roadmap.objects.create(school_year=2026, created_by=cast.curator),
        Order: lambda: make_order(cast, "appointment", "draft"),
    }[model]()


def walk(model, wanted: str) -> list:
    """Return the transitions that lead from the first state to a source of ``wanted``."""
    start = model._meta.get_field("state").default
    paths, queue = {start: []}, [start]
    while queue:
        state = queue.pop(0)
        for transition in model.WORKFLOW:
            if state in transition.sources and transition.target not in paths:
                paths[transition.target] = [*paths[state], transition]
                queue.append(transition.target)
    sources = [state for state in model.WORKFLOW[wanted].sources if state in paths]
    return paths[min(sources, key=lambda state: len(paths[state]))]


def columns(model, name: str, cast) -> dict:
    """Return the columns that go with a transition."""
    meant = {"now": timezone.now(), "who": cast.clerk.pk}
    values = NEEDS[model.__name__].get(name, {})
    return {
        (f"{key}_id" if value == "who" else key): meant[value] if isinstance(value, str) and value in meant else value
        for key, value in values.items()
    }


def blank(model, row):
    """Put a row back to its first state with none of the facts of later ones."""
    fields = {f.name: f for f in model._meta.concrete_fields}
    later = {c.removesuffix("_id") for needs in NEEDS[model.__name__].values() for c in needs}
    values = {}
    for name in later:
        values[name] = None if fields[name].null else ""
    start = fields["state"].default
    model.objects.filter(pk=row.pk).update(state=start, **values)


@pytest.fixture
def bare(monkeypatch):
    """The transitions without their requirements: a race is about the door, not about who is ready."""

    def strip(model):
        monkeypatch.setattr(model, "WORKFLOW", Workflow(*(replace(t, requirements=()) for t in model.WORKFLOW)))

    return strip


MODELS = (Candidate, Pairing, Program, Completion, Roadmap, Order)


def race(row, name, cast, rounds, clients, together, act=perform):
    """Let clients press one button at one moment, ``rounds`` times; return complaints."""
    model, wrong = type(row), []
    for turn in range(rounds):
        blank(model, row)
        for step in walk(model, name):
            perform(row, step.name, by=None, columns=columns(model, step.name, cast))
        before = Act.objects.about(row).filter(verb=name).count()
        instances = [model.objects.get(pk=row.pk) for _ in range(clients)]
        results = together(
            [lambda o=one: act(o, name, by=None, columns=columns(model, name, cast)) for one in instances]
        )
        moved = sum(isinstance(r, model) for r in results)
        late = sum(isinstance(r, Already) for r in results)
        logged = Act.objects.about(row).filter(verb=name).count() - before
        if (moved, late, logged) != (1, clients - 1, 1) or any(isinstance(r, OperationalError) for r in results):
            wrong.append(
                (name, turn, moved, late, logged, [repr(r) for r in results if not isinstance(r, model | Already)])
            )
        row.refresh_from_db()
    return wrong


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_state_change_is_made_once(model, shared_database, cast, figures, together, bare, told):
    bare(model)
    row, wrong, names = row_of(model, cast), [], [t.name for t in model.WORKFLOW]
    for name in names:
        wrong += race(row, name, cast, figures.rounds_each, figures.clients, together)
    told(changes=len(names), rounds=figures.rounds_each, clients=figures.clients, wrong=len(wrong))
    assert wrong == []


def test_five_rounds_of_the_busiest(shared_database, cast, figures, together, bare):
    bare(Pairing)
    assert race(row_of(Pairing, cast), "assign", cast, figures.rounds, figures.clients, together) == []


def careless(obj, name, *, by, columns=None, **facts):
    """The hole: look at the state, then write it without asking whether it is still the same."""
    transition = type(obj).WORKFLOW[name]
    if type(obj).objects.get(pk=obj.pk).state not in transition.sources:
        raise Already(name)
    time.sleep(0.05)
    type(obj).objects.filter(pk=obj.pk).update(state=transition.target, **(columns or {}))
    record(obj, name, by=by, words=transition.words, source=obj.state, target=transition.target)
    return obj


def test_without_compare_and_swap_the_race_is_lost(shared_database, cast, together, bare):
    """The switch: an engine that does not compare and swap is caught."""
    bare(Program)
    assert race(row_of(Program, cast), "agree", cast, 1, 8, together, act=careless) != []


def test_numbers_of_max_plus_one_are_caught(shared_database, cast, together):
    """The switch: a number taken as the largest plus one, outside the counter, is taken twice at one moment."""
    ready = [make_order(cast, "appointment", "at_signature", [make_mentor(cast)]) for _ in range(8)]

    def largest_plus_one():
        number = (Order.objects.aggregate(last=Max("number_plain"))["last"] or 0) + 1
        time.sleep(0.05)
        return number

    numbers = together([largest_plus_one for _ in ready])
    assert len(set(numbers)) < len(ready)  # what the counter of reports/orders prevents: test_torture_numbers.py
