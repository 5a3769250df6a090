"""О прекращении закрепления наставнической пары (группы), which has no approved program (п. 3.3, 7.1)."""

from django.db.models import Q

from mentoring_site.russian import ruday
from programs.changes.dissolution import acts as dissolution_acts
from programs.changes.dissolution.models import Dissolution
from programs.pairings.models import Pairing
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.assignment import listed_people, paired, people_of, title_of
from reports.orders.order_kinds.base import OrderKind, OrderSubject
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.people import PAIRINGS, mentees, named, side
from reports.orders.order_kinds.wording import CONTROL, CURATOR, by_regulation, executor, listed, point, since


def compose(order, context) -> tuple[str, str, list[dict]]:
    """Names the order of assignment that ends, the day and the reason."""
    items = subjects(order, "dissolution")
    pairings = [d.pairing for d in items]
    return (
        f"О прекращении закрепления {paired(pairings, genitive=True)}",
        by_regulation(context.school, "3.3", "7.1"),
        [
            listed([_ended(d) for d in items], "Прекратить закрепление", "Прекратить закрепление"),
            *executor(
                context.curator,
                context.until(7),
                "внести сведения о прекращении закрепления в банк наставников и наставляемых",
                "представить предложения о подборе других наставников",
                role=CURATOR,
            ),
            *_agreements(pairings, context),
            point(CONTROL),
        ],
    )


def _ended(d) -> str:
    pairing = d.pairing
    people = (
        f"наставник {named(side(pairing, 'mentor'), 'nominative')}, {mentees(side(pairing, 'mentee'), 'nominative')}"
    )
    paper = str(pairing.order_ref)
    return (
        f"{PAIRINGS[pairing.kind][2]} ({people}), установленное приказом {paper}, {since(d.on)} "
        f"в связи с {d.reason.rstrip('.')}"
    )


def _agreements(pairings, context) -> list[dict]:
    own = [
        p.person
        for pairing in pairings
        for p in pairing.people
        if p.part == "mentor" and p.employment and p.employment.organisation_id == context.school.organisation_id
    ]
    if not own:
        return []
    who = named(list(dict.fromkeys(own)), "genitive")
    return executor(
        context.clerk, context.until(7), f"оформить прекращение поручения о наставничестве в отношении {who}"
    )


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
    note=lambda d: f"с {ruday(d.on)} · {d.reason}",
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
        (f"приказ о закреплении № {d.pairing.order_number}", d.pairing.order_date) for d in found
    ],
    is_pending=lambda d: d.pairing.state == Pairing.State.ASSIGNED,
    queryset=lambda: Dissolution.objects.with_requirements(),
    list_select_related=("dissolution__pairing",),
    list_prefetches=lambda before: listed_people(f"{before}pairing__"),
)


def _specimen(by):
    assigned = Pairing.objects.filter(state=Pairing.State.ASSIGNED, dissolutions__isnull=True)
    pairing = assigned.order_by("pk").first()
    if pairing is None:
        return None
    reason = "увольнением по собственному желанию"
    ready = Dissolution.State.READY
    return [Dissolution.objects.create(pairing=pairing, reason=reason, on=samples.day(), state=ready, created_by=by)]


DISSOLUTION_ORDER = OrderKind(
    code="dissolution",
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
