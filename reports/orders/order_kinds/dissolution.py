"""О прекращении закрепления наставнической пары (группы), which has no approved programme (п. 3.3, 7.1)."""

from mentoring_site.russian import ruday, rushort
from programs.changes.dissolution import acts as dissolution_acts
from programs.changes.dissolution.models import Dissolution
from reports.orders.order_kinds.assignment import paired, people_of, title_of
from reports.orders.order_kinds.base import Kind, Subject
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.people import PAIRINGS, mentees, named, side
from reports.orders.order_kinds.wording import CONTROL, CURATOR, by_regulation, executor, listed, point, since


def compose(order, setting) -> tuple[str, str, list[dict]]:
    """Names the order of assignment that ends, the day and the reason."""
    items = subjects(order, "dissolution")
    pairings = [d.pairing for d in items]
    return (
        f"О прекращении закрепления {paired(pairings, genitive=True)}",
        by_regulation(setting.school, "3.3", "7.1"),
        [
            listed([_ended(d) for d in items], "Прекратить закрепление", "Прекратить закрепление"),
            *executor(
                setting.curator,
                setting.until(7),
                "внести сведения о прекращении закрепления в банк наставников и наставляемых",
                "представить предложения о подборе других наставников",
                role=CURATOR,
            ),
            *_agreements(pairings, setting),
            point(CONTROL),
        ],
    )


def _ended(d) -> str:
    pairing = d.pairing
    people = (
        f"наставник {named(side(pairing, 'mentor'), 'nominative')}, {mentees(side(pairing, 'mentee'), 'nominative')}"
    )
    paper = f"от {rushort(pairing.order_date)} № {pairing.order_number}"
    return (
        f"{PAIRINGS[pairing.kind][2]} ({people}), установленное приказом {paper}, {since(d.on)} "
        f"в связи с {d.reason.rstrip('.')}"
    )


def _agreements(pairings, setting) -> list[dict]:
    own = [
        p.person
        for pairing in pairings
        for p in pairing.people
        if p.part == "mentor" and p.employment and p.employment.organisation_id == setting.school.organisation_id
    ]
    if not own:
        return []
    who = named(list(dict.fromkeys(own)), "genitive")
    return executor(
        setting.clerk, setting.until(7), f"оформить прекращение поручения о наставничестве в отношении {who}"
    )


def _enact(d, *, by, order):
    dissolution_acts.register(d, by=by, number=order.full_number, date=order.date, on=order.effective_on)


DISSOLVED = Subject(
    name="dissolution",
    model="programs.Dissolution",
    verb="register",
    moments=frozenset({"ready"}),
    enact=_enact,
    words=lambda d: f"прекращение закрепления: {title_of(d.pairing)}",
    short=lambda d: title_of(d.pairing),
    title=lambda d: title_of(d.pairing),
    note=lambda d: f"с {ruday(d.on)} · {d.reason}",
    line=lambda d: (f"{title_of(d.pairing)} — закрепление прекращается", f"с {ruday(d.on)}"),
    told={
        "pair": ("пара,пары,пар", ("Завершена", "Завершены"), "Будет завершена", "Будут завершены"),
        "group": ("группа,группы,групп", ("Завершена", "Завершены"), "Будет завершена", "Будут завершены"),
    },
    variant=lambda d: d.pairing.kind,
    counts_people=True,
    concerned=lambda d: people_of(d.pairing),
    cited=lambda found: [(f"приказ о закреплении № {d.pairing.order_number}", d.pairing.order_date) for d in found],
    ahead=lambda d: d.pairing.state == "assigned",
    prefetch=lambda: Dissolution.objects.with_requirements(),
)

DISSOLUTION = Kind(
    code="dissolution",
    label="О прекращении закрепления пары или группы",
    about=DISSOLVED,
    compose=compose,
    visas=("curator", "clerk"),
    order_by=("created_at", "pk"),
    waits=("прекращение закрепления готово,прекращения закрепления готовы,прекращений закрепления готово", "к приказу"),
    empty=("Прекращений, переданных на приказ, нет. Их готовит куратор на странице пары.", "programs:pairings"),
    ready=lambda rows: Dissolution.objects.filter(state__in=DISSOLVED.moments),
)
