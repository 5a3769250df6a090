"""Copies of the demo school for measuring: written in bulk, every copied person is marked as such.

A copy repeats people, banks, pairs, programs with their journals, consents and orders; a program that ended
is repeated as earlier years, so that a copy holds about sixty people and twenty programs.
"""

import secrets
import uuid
from datetime import timedelta

from django.db import transaction

from mentoring_site.paper_numbers import number_columns
from people.banks.models import Candidate, Statement
from people.consents.models import Consent
from people.register.models import Employment, Person
from programs.completion.models import Completion, Outcome
from programs.journal.models import Meeting, MeetingAttendance
from programs.pairings.models import Pairing, Participation
from programs.program.models import Activity, ActivityResult, Program
from programs.program.states import ENDED
from reports.orders.models import Acquaintance, Order, OrderItem

BATCH = 20  # copies written at once: keeps memory flat
COPY = "копия для измерений"
EARLIER_YEARS = 2  # how many times more a finished program stands in a copy


class Copier:
    """Copies rows of several models, translating keys from the pattern to the copy."""

    def __init__(self, copies: range):
        self.copies = copies
        self.keys: dict[type, dict] = {}

    def copy(self, model, rows, change, *keys: str, times=lambda row: 1):
        """Write copies of ``rows``; ``keys`` are foreign keys to models copied before, ``change`` alters a copy.

        A row whose foreign key was not copied is left out. ``times`` says how often a row stands in one copy.
        """
        made, places = [], []
        for k in self.copies:
            for row in rows:
                for turn in range(times(row)):
                    new = self._copied(model, row, k, turn, keys)
                    if new is not None:
                        change(new, k, turn)
                        made.append(new)
                        places.append((k, turn, row.pk))
        model.objects.bulk_create(made, batch_size=500)
        self.keys[model] = dict(zip(places, [m.pk for m in made], strict=True))

    def _copied(self, model, row, k, turn, keys):
        values = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields if not f.primary_key}
        for name in keys:
            field = model._meta.get_field(name)
            old = values[field.attname]
            if old is None:
                continue
            known = self.keys[field.related_model]
            new = known.get((k, turn, old)) or known.get((k, 0, old))
            if new is None:
                return None
            values[field.attname] = new
        return model(**values)

    def links(self, through, source: str, target: str, owner, other=None):
        """Copy the rows of a many-to-many table of a copied model; the other side is copied too when
        ``other`` is given.
        """
        made = []
        rows = list(through.objects.values_list(f"{source}_id", f"{target}_id"))
        by_owner: dict[int, list[int]] = {}
        for owner_pk, target_pk in rows:
            by_owner.setdefault(owner_pk, []).append(target_pk)
        for (k, turn, old), new in self.keys[owner].items():
            for target_pk in by_owner.get(old, ()):
                there = (
                    target_pk
                    if other is None
                    else self.keys[other].get((k, turn, target_pk)) or self.keys[other].get((k, 0, target_pk))
                )
                if there:
                    made.append(through(**{f"{source}_id": new, f"{target}_id": there}))
        through.objects.bulk_create(made, batch_size=1000)


def add_copies(count: int) -> tuple[int, int]:
    """Add ``count`` copies of the demo school; returns how many people and programs were written."""
    first = 1 + Person.objects.filter(copied=True).values("note").distinct().count()
    pattern = _pattern()
    people = programs = 0
    for start in range(first, first + count, BATCH):
        with transaction.atomic():
            copier = Copier(range(start, min(start + BATCH, first + count)))
            _write(copier, pattern)
        people += len(copier.keys[Person])
        programs += len(copier.keys[Program])
    return people, programs


def _pattern() -> dict:
    """Read the demo school itself, without copies, once."""
    real = {"person__copied": False}
    pairings = Pairing.objects.exclude(participations__person__copied=True)
    programs = Program.objects.filter(pairing__in=pairings)
    return {
        Person: list(Person.objects.filter(copied=False)),
        Employment: list(Employment.objects.filter(**real)),
        Candidate: list(Candidate.objects.filter(**real)),
        Statement: list(Statement.objects.filter(candidate__person__copied=False)),
        Pairing: list(pairings),
        Participation: list(Participation.objects.filter(**real)),
        Consent: list(Consent.objects.filter(**real)),
        Program: list(programs),
        Activity: list(Activity.objects.filter(program__in=programs)),
        ActivityResult: list(ActivityResult.objects.filter(activity__program__in=programs)),
        Meeting: list(Meeting.objects.filter(program__in=programs)),
        MeetingAttendance: list(
            MeetingAttendance.objects.filter(meeting__in=Meeting.objects.filter(program__in=programs))
        ),
        Completion: list(Completion.objects.filter(program__in=programs)),
        Outcome: list(Outcome.objects.filter(completion__program__in=programs)),
        Order: list(Order.objects.exclude(gap_reason=COPY)),
        OrderItem: list(OrderItem.objects.all()),
        Acquaintance: list(Acquaintance.objects.filter(**real)),
    }


def _unchanged(new, k: int, turn: int) -> None:
    """Leave a copied row as it is."""


def _copied_person(new, k: int, turn: int) -> None:
    new.copied, new.note, new.email = True, f"копия {k}", ""
    new.birth_date = new.birth_date - timedelta(days=k) if new.birth_date else None


def _copied_pairing(new, k: int, turn: int) -> None:
    new.uuid = uuid.uuid4()
    new.request_key = None


def _without_key(new, k: int, turn: int) -> None:
    new.request_key = None


def _write(copier: Copier, rows: dict):
    ended = {p.pairing_id for p in rows[Program] if p.state in ENDED}

    def consent(new, k, turn):
        new.request_key = None
        if new.matter:
            new.matter = old_to_new.get((k, new.matter))

    copier.copy(Person, rows[Person], _copied_person)
    copier.copy(Employment, rows[Employment], _unchanged, "person")
    copier.copy(Candidate, rows[Candidate], _without_key, "person")
    copier.copy(Statement, rows[Statement], _unchanged, "candidate")
    copier.copy(
        Pairing, rows[Pairing], _copied_pairing, times=lambda row: 1 + (EARLIER_YEARS if row.pk in ended else 0)
    )
    was = {p.pk: p.uuid for p in rows[Pairing]}
    made = Pairing.objects.in_bulk(list(copier.keys[Pairing].values()))
    old_to_new = {(k, was[old]): made[new].uuid for (k, turn, old), new in copier.keys[Pairing].items() if turn == 0}
    in_years = {"times": lambda row: 1 + (EARLIER_YEARS if _pairing_of(row) in ended else 0)}
    copier.copy(
        Participation, rows[Participation], _unchanged, "pairing", "person", "candidate", "employment", **in_years
    )
    copier.copy(Consent, rows[Consent], consent, "person")
    copier.copy(Program, rows[Program], _without_key, "pairing", **in_years)
    copier.copy(Activity, rows[Activity], _unchanged, "program")
    copier.copy(ActivityResult, rows[ActivityResult], _unchanged, "activity", "participation")
    copier.copy(Meeting, rows[Meeting], _without_key, "program", "activity")
    copier.copy(MeetingAttendance, rows[MeetingAttendance], _unchanged, "meeting", "participation")
    copier.copy(Completion, rows[Completion], _without_key, "program", "participation")
    copier.copy(Outcome, rows[Outcome], _unchanged, "completion", "difficulty")
    _links(copier)
    _orders(copier, rows)


def _pairing_of(row) -> int:
    return row.pairing_id


def _links(copier: Copier):
    """Lists of candidates, pairs, programs and activities."""
    copier.links(Candidate.topics.through, "candidate", "topic", Candidate)
    copier.links(Candidate.categories.through, "candidate", "menteecategory", Candidate)
    copier.links(Pairing.topics.through, "pairing", "topic", Pairing)
    copier.links(Program.forms.through, "program", "mentoringform", Program)
    copier.links(Program.kinds.through, "program", "mentoringkind", Program)
    for name in ("difficulties", "strengths", "requests"):
        copier.links(getattr(Program, name).through, "program", "statement", Program, Statement)
    copier.links(Activity.statements.through, "activity", "statement", Activity, Statement)


def _orders(copier: Copier, rows: dict):
    """Orders with their items; numbers of copies begin with that of the copy."""

    def order(new, k, turn):
        new.code, new.request_key = secrets.token_hex(6), None
        for column, value in number_columns(f"{k}/{new.number}" if new.number else "").items():
            setattr(new, column, value)
        new.gap_reason = COPY

    copier.copy(Order, rows[Order], order)
    items = [i for i in rows[OrderItem] if not i.roadmap_id]
    copier.copy(OrderItem, items, lambda *_: None, "order", "candidate", "pairing", "program", "completion")
    copier.copy(Acquaintance, rows[Acquaintance], lambda *_: None, "order", "person")
