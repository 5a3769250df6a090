"""Writing a workbook of the past: one transaction, the plan made again inside it, everything named in the log.

No letter leaves and no council, visa or signature is made up: what is written stands as brought in from papers, with
who did it and when; its ground is the number and date of the order (п. 3.1–3.5, 7.1).
"""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring_site.hashing import sha256_of_json
from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, claim_version, record
from mentoring_site.xlsx.reader import open_upload
from people.accounts.models import User
from people.banks.models import Candidate
from people.consents import acts as consent_acts
from people.consents.models import DUTIES, Consent
from people.rights import Right
from programs.completion.models import Completion
from programs.pairings.models import Pairing, Participation
from programs.paper_entry import acts as paper_entry_acts
from programs.paper_entry.acts import Paper
from programs.program.models import Program
from reports.orders.drafting.acts import ALPHABET
from reports.orders.models import NumberCounter, Order, OrderItem
from reports.orders.order_kinds.registry import KINDS
from reports.orders.registration import numbers
from reports.orders.registration.models import SetAside
from reports.past.models import PastImport
from reports.past.plan import OrderRef, PairRow, Plan, PlanRow, ProgramRow
from reports.past.planning import make_plan
from reports.past.sheets import RawBook, read_book

SOURCE = "из прежних документов"
WRITTEN = (Order, OrderItem, Pairing, Participation, Program, Completion, Candidate, Consent, SetAside)
"""What an import creates, in words of models; the keys stand in ``PastImport.undo`` by the label."""
CHANGED = "Пока Вы смотрели, сведения изменились: строки станут не тем, что было показано. Посмотрите проверку ещё раз"


def raw_of(upload: PastImport) -> RawBook:
    """Read the workbook. Raises ``DamagedFile``."""
    with upload.file.file.open("rb") as stored:
        return read_book(open_upload(stored.read()))


def plan_of(upload: PastImport) -> Plan:
    """Return what the workbook would do now. Raises ``DamagedFile``."""
    return make_plan(raw_of(upload), upload.answers)


def write(upload: PastImport, *, by: User) -> PastImport:
    """Write the rows that are clear. Raises ``NotAllowed``, ``Already``, ``DamagedFile``; ``Refused`` when something
    else would be written than was shown.
    """
    return _write(upload, raw_of(upload), by=by)


@transaction.atomic
def _write(upload: PastImport, raw: RawBook, *, by: User) -> PastImport:
    require(by, Right.PAST_LOAD)
    upload = PastImport.objects.select_for_update().get(pk=upload.pk)
    if upload.committed_at:
        raise Already("Эта книга уже внесена. Ничего не изменено")
    plan = make_plan(raw, upload.answers)
    if plan.promise != upload.promised:
        raise Refused(CHANGED)
    if plan.needs_curator:
        require(by, Right.PAPER_ENTER)
    writer = _Writer(upload, by)
    writer.write(plan)
    now = timezone.now()
    upload.result = {"counts": plan.counts, "left_out": _left_out(plan), "written": writer.totals()}
    upload.undo, upload.committed_at, upload.committed_by, upload.problem = writer.undo(), now, by, ""
    upload.save(update_fields=["result", "undo", "committed_at", "committed_by", "problem"])
    record(upload, "import", by=by, words="внесены прежние документы", **plan.counts)
    return upload


def _left_out(plan: Plan) -> list[dict[str, Any]]:
    """Return the rows that were not written, with reasons."""
    return [
        {"sheet": row.raw.sheet.name, "row": row.raw.number, "name": row.name, "reasons": why_not(row)}
        for row in plan.rows
        if row.outcome in ("refused", "doubtful", "skipped")
    ]


def why_not(row: PlanRow) -> list[str]:
    """Return why a row does not come in."""
    if row.wrong:
        return row.wrong
    if row.outcome == "skipped":
        return ["Решено не вносить"]
    return [*([row.waits] if row.waits else []), *(question.text for question in row.open_questions)]


class _Writer:
    """Writes a plan and remembers what it wrote."""

    def __init__(self, upload: PastImport, by: User):
        self.upload, self.by, self.source = upload, by, SOURCE
        self.orders: dict[tuple[str, Paper], Order] = {}  # kind and paper of what was written here
        self.changed: list[dict[str, Any]] = []
        self.counters = {(row.series, row.year): row.last for row in NumberCounter.objects.all()}
        self.made: dict[str, list[int]] = {model._meta.label: [] for model in WRITTEN}

    def write(self, plan: Plan) -> None:
        """Write orders by number, so that the numbers between them are explained, then pairs and programs."""
        clear = [row for row in plan.orders if row.outcome == "new"]
        for row in sorted(clear, key=lambda row: (row.raw.values["date"], row.raw.number)):
            values = row.raw.values
            self._order(
                row.kind,
                row.paper,
                series=row.series,
                heading=values["heading"],
                effective_on=values["effective_on"],
                signer=row.signer,
            )
        for pair in plan.pairs:
            if pair.outcome == "new":
                self._pair(pair)
            elif pair.outcome == "changed":
                self._supplement_pair(pair)
        for program in plan.programs:
            if program.outcome == "new" and not self._came_with_pair(program):
                self._program(program)
            elif program.outcome == "changed":
                self._supplement_program(program)
        self._widen(plan.pairs)

    # orders

    def _order(
        self,
        kind: str,
        paper: Paper,
        *,
        series: str = "",
        heading: str = "",
        effective_on: date | None = None,
        signer: Any = None,
    ) -> Order:
        day, series, now = paper.day, series or KINDS[kind].series, timezone.now()
        assert day is not None
        known = set(SetAside.objects.filter(series=series, year=day.year).values_list("pk", flat=True))
        numbers.take(series, paper.number, day.year, numbers.BEFORE_US, by=self.by)
        fresh = SetAside.objects.filter(series=series, year=day.year).exclude(pk__in=known)
        self.made[SetAside._meta.label] += fresh.values_list("pk", flat=True)
        facts = {"past_import": self.upload.pk, "acquaintance": [], "cited": []}
        order = Order.objects.create(
            kind=kind,
            series=series,
            state=Order.State.REGISTERED,
            heading=heading or KINDS[kind].label,
            preamble="",
            points=[],
            signer=signer,
            created_by=self.by,
            facts=facts,
            facts_sha256=sha256_of_json(facts),
            frozen_at=now,
            number=paper.number,
            date=day,
            year=day.year,
            effective_on=effective_on or day,
            registered_at=now,
            registered_by=self.by,
            from_paper=True,
            code="".join(secrets.choice(ALPHABET) for _ in range(10)),
        )
        self._made(order)
        record(order, "paper", by=self.by, words=f"запись о приказе внесена {self.source}", target=order.state)
        self.orders[kind, paper] = order
        return order

    def _order_of(self, ref: OrderRef | None) -> Order | None:
        """Return the order of a reference, when it is one without a text of ours: another one is never added to."""
        if ref is None:
            return None
        if ref.row is not None and ref.row.outcome == "new":
            return self.orders.get((ref.row.kind, ref.row.paper))
        if ref.known is not None:
            return ref.known if ref.known.from_paper else None
        if ref.make:
            return self.orders.get((ref.make, ref.paper)) or self._order(ref.make, ref.paper)
        return None

    def _item(self, ref: OrderRef | None, kind: str, subject: Any) -> None:
        """Let the order name what it is about, when it is of that kind."""
        order = self._order_of(ref)
        if order is not None and order.kind == kind:
            self._made(OrderItem.objects.create(order=order, **{KINDS[kind].subject.name: subject}))

    # pairs and programs

    def _pair(self, row: PairRow) -> None:
        values = row.raw.values
        programs = [program for program in row.programs if program.outcome == "new"]
        candidates = self._candidates(row)
        assert row.mentor is not None
        pairing = paper_entry_acts.enter(
            by=self.by,
            mentor=row.mentor,
            mentees=row.mentees,
            order=Paper(values["order_number"], values["order_date"]),
            since=values["since"],
            topics=row.topics,
            minutes=row.minutes,
            programs=[program.paper for program in programs if program.paper],
            ended_on=row.ended_on,
            end_reason=values["end_reason"],
            source=self.source,
        )
        self._made(pairing, *pairing.participations.all())
        self._made(*Candidate.objects.filter(pk__in=self._candidates(row) - candidates))
        self._item(row.order, "assignment", pairing)
        by_title = {program.title: program for program in pairing.programs.all()}
        for program in programs:
            if program.paper:
                self._made_program(program, by_title[" ".join(program.paper.title.split())])
        self._consents(row, pairing)

    def _candidates(self, row: PairRow) -> set[int]:
        people = [person.pk for person in (row.mentor, *row.mentees) if person]
        return set(Candidate.objects.filter(person__in=people).values_list("pk", flat=True))

    def _made_program(self, row: ProgramRow, program: Program) -> None:
        """Remember a program with its completions and let the orders name them."""
        self._made(program)
        self._item(row.order, "programs", program)
        for completion in program.completions.all():
            self._made(completion)
            self._item(row.end_order, "completion", completion)

    def _came_with_pair(self, row: ProgramRow) -> bool:
        return row.pair is not None and row.pair.outcome == "new"

    def _program(self, row: ProgramRow) -> None:
        pairing = row.pair.known if row.pair else row.pairing
        assert pairing is not None and row.paper is not None
        program = paper_entry_acts.add_program(pairing, row.paper, by=self.by, source=self.source)
        self._made_program(row, program)

    def _consents(self, row: PairRow, pairing: Pairing) -> None:
        for paper in row.consents:
            duties = paper.purpose == DUTIES
            live = Consent.objects.filter(person=paper.person, purpose=paper.purpose, ended_on__isnull=True)
            if live.filter(matter=pairing.uuid if duties else None).exists():
                continue  # another row of this book has brought it
            consent = consent_acts.record(
                paper.person,
                paper.purpose,
                by=self.by,
                given_on=paper.given_on,
                part=paper.part,
                matter=pairing.uuid if duties else None,
            )
            self._made(consent)

    def _supplement_pair(self, row: PairRow) -> None:
        pairing = row.known
        assert pairing is not None
        if row.minutes.number and not pairing.minutes_number and pairing.from_paper:
            self._fill(pairing, minutes_number=row.minutes.number, minutes_date=row.minutes.day)
        self._consents(row, pairing)

    def _supplement_program(self, row: ProgramRow) -> None:
        program, paper = row.known, row.paper
        assert program is not None and paper is not None
        values: dict[str, Any] = {}
        if paper.goal and not program.goal:
            values["goal"] = paper.goal
        if paper.minutes.number and not program.minutes_number:
            values |= {"minutes_number": paper.minutes.number, "minutes_date": paper.minutes.day}
        self._fill(program, **values)

    def _fill(self, thing: Pairing | Program, **values: Any) -> None:
        """Fill what was empty in something that was brought in from paper."""
        claim_version(thing, thing.version)
        before = {name: getattr(thing, name) for name in values}
        for name, value in values.items():
            setattr(thing, name, value)
        thing.save()
        self.changed.append(
            {"model": thing._meta.label, "pk": thing.pk, "before": _plain(before), "after": _plain(values)}
        )
        record(thing, "paper_fill", by=self.by, words=f"дополнено {self.source}", fields=sorted(values))

    def _widen(self, pairs: Iterable[PairRow]) -> None:
        """A mentor who came into the bank with this book has room for all whom the book gives (п. 6.1)."""
        led: dict[int, set[int]] = {}
        for row in pairs:
            if row.outcome == "new" and row.mentor:
                led.setdefault(row.mentor.pk, set()).update(person.pk for person in row.mentees)
        fresh = Candidate.objects.filter(pk__in=self.made[Candidate._meta.label], part="mentor")
        for candidate in fresh:
            if (candidate.capacity_persons or 0) < len(led.get(candidate.person_id, ())):
                candidate.capacity_persons = len(led[candidate.person_id])
                candidate.save(update_fields=["capacity_persons"])

    # what was written

    def _made(self, *things: Any) -> None:
        for thing in things:
            self.made[thing._meta.label].append(thing.pk)

    def totals(self) -> dict[str, int]:
        """Return how many orders, pairs, programs and consents were written."""
        models = {"orders": Order, "pairings": Pairing, "programs": Program, "consents": Consent}
        return {name: len(self.made[model._meta.label]) for name, model in models.items()}

    def undo(self) -> dict[str, Any]:
        """Return what taking back needs: keys, values before and after, counters of numbers, the last act."""
        after = {(row.series, row.year): row.last for row in NumberCounter.objects.all()}
        moved = [
            {"series": series, "year": year, "before": self.counters.get((series, year), 0), "after": last}
            for (series, year), last in after.items()
            if last != self.counters.get((series, year), 0)
        ]
        last = Act.objects.order_by("-pk").values_list("pk", flat=True).first()
        return {"made": self.made, "changed": self.changed, "counters": moved, "act": last}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
