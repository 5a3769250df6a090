"""О прекращении закрепления наставнической пары (группы), which has no approved program (п. 3.3, 7.1)."""

from django.db.models import Q

from mentoring_site.russian import ruday
from programs.changes.dissolution import acts as dissolution_acts
from programs.changes.dissolution.models import Dissolution
from programs.pairings.models import Pairing
from reports.orders.order_kinds import agreements, samples
from reports.orders.order_kinds.assignment import listed_people, paired, people_of, title_of
from reports.orders.order_kinds.base import PAIRS, OrderKind, OrderSubject
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.people import PAIRINGS, mentees, named, side
from reports.orders.order_kinds.wording import (
    CONTROL,
    CURATOR,
    because_of,
    by_regulation,
    executor,
    grounded,
    listed,
    point,
    since,
)


def compose(order, context) -> tuple[str, str, list[dict]]:
    """Names the order of assignment that ends, the day and the reason."""
    items = subjects(order, "dissolution")
    pairings = [d.pairing for d in items]
    return (
        f"О прекращении закрепления {paired(pairings, genitive=True)}",
        f"{_by(items, context)}{grounded(items)}",
        [
            listed([_ended(d) for d in items], "Прекратить закрепление", "Прекратить закрепление"),
            *executor(
                context.curator,
                context.until(7),
                "внести сведения о прекращении закрепления в банк наставников и наставляемых",
                *_others(items),
                role=CURATOR,
            ),
            *_agreements(items, context),
            point(CONTROL),
        ],
    )


def _by(items, context) -> str:
    """A refusal of the mentor rests on the law alone, every other end on п. 7.1 by analogy."""
    refusals = [d for d in items if d.paper == Dissolution.Paper.NOTICE]
    clauses = ("3.3",) if len(refusals) == len(items) else ("3.3", "7.1")
    return by_regulation(context.school, *clauses, labour=bool(refusals))


def _others(items) -> list[str]:
    """Whom the curator looks for: another mentor, unless it is the mentees who leave."""
    left = [d for d in items if not d.about or d.about.part == "mentor"]
    if not left:
        return []
    return [f"представить предложения о подборе {'другого наставника' if len(left) == 1 else 'других наставников'}"]


def _ended(d) -> str:
    pairing = d.pairing
    people = (
        f"наставник {named(side(pairing, 'mentor'), 'nominative')}, {mentees(side(pairing, 'mentee'), 'nominative')}"
    )
    paper = str(pairing.order_ref)
    return f"{PAIRINGS[pairing.kind][2]} ({people}), установленное приказом {paper}, {since(d.on)} {because_of(d)}"


def _agreements(items, context) -> list[dict]:
    """The clerk ends the assignments, and prepares the orders that stop a pay (ТК 351.8)."""
    pairings = [d.pairing for d in items]
    own = [
        p.person
        for pairing in pairings
        for p in pairing.people
        if p.part == "mentor" and p.employment and p.employment.organisation_id == context.school.organisation_id
    ]
    if not own:
        return []
    who = named(list(dict.fromkeys(own)), "genitive")
    ends = min(d.on for d in items)
    until = context.by_end(ends) if ends >= context.day else context.until(7)
    task = f"оформить прекращение поручения о наставничестве в отношении {who}"
    return executor(context.clerk, until, task, *agreements.stop_tasks(pairings, ends))


def _enact(d, *, by, order):
    dissolution_acts.enact(d, by=by, number=order.number, date=order.date, on=order.effective_on)


DISSOLUTION_SUBJECT = OrderSubject(
    name="dissolution",
    position=100,
    model="programs.Dissolution",
    transition="register",
    states=frozenset({Dissolution.State.READY}),
    enact=_enact,
    phrase=lambda d: f"прекращение закрепления: {title_of(d.pairing)}",
    short_name=lambda d: title_of(d.pairing),
    title=lambda d: title_of(d.pairing),
    note=lambda d: " · ".join(filter(None, [f"с {ruday(d.on)}", d.reason])),
    begins=lambda d: d.on,
    item_text=lambda d: (f"{title_of(d.pairing)} — закрепление прекращается", f"с {ruday(d.on)}"),
    summary_forms={
        "pair": ("пара,пары,пар", ("Завершена", "Завершены"), "Будет завершена", "Будут завершены"),
        "group": ("группа,группы,групп", ("Завершена", "Завершены"), "Будет завершена", "Будут завершены"),
    },
    variant=lambda d: d.pairing.kind,
    counts_people=True,
    items_about=lambda pairing: Q(dissolution__pairing=pairing),
    people_concerned=lambda d: people_of(d.pairing),
    cited_papers=lambda found: [
        *[(f"приказ о закреплении № {d.pairing.order_number}", d.pairing.order_date) for d in found],
        *[(d.get_paper_display(), d.paper_on) for d in found if d.paper],
    ],
    is_pending=lambda d: d.pairing.state == Pairing.State.ASSIGNED,
    queryset=lambda: Dissolution.objects.with_requirements(),
    list_select_related=("dissolution__pairing",),
    list_prefetches=lambda before: listed_people(f"{before}pairing__"),
)


def _specimen(by):
    assigned = Pairing.objects.filter(state=Pairing.State.ASSIGNED, dissolutions__isnull=True)
    without = assigned.exclude(programs__state__in=["running", "paused"])  # a pair with a program has it completed
    pairing = without.order_by("pk").first() or assigned.order_by("pk").first()
    if pairing is None:
        return None
    made = Dissolution.objects.create(
        pairing=pairing,
        reason="увольнением по собственному желанию",
        on=samples.day(7),
        paper=Dissolution.Paper.STATEMENT,
        paper_on=samples.day(-3),
        about=pairing.participations.filter(part="mentor").first(),
        state=Dissolution.State.READY,
        created_by=by,
    )
    return [made]


DISSOLUTION_ORDER = OrderKind(
    code="dissolution",
    group=PAIRS,
    position=120,
    label="О прекращении закрепления пары или группы",
    subject=DISSOLUTION_SUBJECT,
    compose=compose,
    visa_roles=("curator", "clerk"),
    order_by=("created_at", "pk"),
    waiting_words=(
        "прекращение закрепления готово,прекращения закрепления готовы,прекращений закрепления готово",
        "к приказу",
    ),
    empty_state=("Прекращений, переданных на приказ, нет. Их готовит куратор на странице пары.", "programs:pairings"),
    undone_by={
        "assignment": "Пару закрепляет заново новый приказ о закреплении",
    },
    specimen=_specimen,
)
