"""О закреплении наставнических пар (групп) (п. 3.3, 6.2); the same order may appoint their mentors (п. 3.2)."""

from django.db.models import Prefetch, Q

from mentoring_site.pdf.tables import fits_upright
from mentoring_site.russian import joined, lower_first, period, rushort, school_year
from mentoring_site.workflow import reload
from people.consents.models import Consent
from people.language.declension import post_of
from programs.pairings import acts as pairing_acts
from programs.pairings.models import Pairing, present, required_people, with_consents
from reports.orders.order_kinds import agreements
from reports.orders.order_kinds.appendices import appendix
from reports.orders.order_kinds.appointment import appointments, duties_cited
from reports.orders.order_kinds.base import PAIRS, OrderKind, OrderSubject
from reports.orders.order_kinds.form_and_kind import FormAndKind
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.people import PAIRINGS, mentees, posts_line, side
from reports.orders.order_kinds.wording import (
    CONTROL,
    CURATOR,
    by_regulation,
    dative,
    executor,
    listed,
    minutes,
    point,
    term,
)


def paired(pairings, genitive: bool) -> str:
    """Return «наставническую пару», «наставнических пар и групп» for the point and for the heading."""
    count = {kind: sum(p.kind == kind for p in pairings) for kind in PAIRINGS}
    if all(n > 1 for n in count.values()):
        return "наставнических пар и групп" if genitive else "наставнические пары и группы"
    return joined([PAIRINGS[kind][2 * genitive + (n > 1)] for kind, n in count.items() if n])


def compose(order, context) -> tuple[str, str, list[dict]]:
    """May appoint the mentors too (п. 3.2)."""
    pairings = subjects(order, "pairing")
    appointed = appointments(order)
    clauses = ("3.2", "3.3", "6.2") if appointed else ("3.3", "6.2")
    council = minutes(pairings, "рекомендации", "рекомендаций")
    rows = agreements.led(pairings)
    rests = agreements.and_grounds("письменных согласий участников", council, *agreements.grounds(rows))
    preamble = f"{by_regulation(context.school, *clauses, labour=True)}{rests}"
    points = [listed(appointed, "Назначить наставником", "Назначить наставниками")] if appointed else []
    points += [
        point(f"Закрепить {paired(pairings, False)} {_when(pairings)} согласно приложению к настоящему приказу.")
    ]
    points += [_drafting(pairings, context), *_accompanying(pairings, context)]
    points += [*agreements.due(rows, context), point(CONTROL)]
    years = {p.school_year for p in pairings}
    heading = f"О закреплении {paired(pairings, True)}"
    if appointed:
        heading = f"О назначении {'наставника' if len(appointed) == 1 else 'наставников'} и{heading[1:]}"
    if len(years) == 1:
        heading += f" на {school_year(years.pop(), full=True)} учебный год"
    return heading, preamble, points


def _when(pairings) -> str:
    terms = {(p.planned_from, p.planned_to) for p in pairings}
    if len(terms) == 1 and all(dates := terms.pop()):
        return term(*dates)
    return "на сроки, указанные в приложении,"


def _drafting(pairings, context) -> dict:
    """The mentors draft programs together with their mentees by a date."""
    mentors = list(dict.fromkeys(m for pairing in pairings for m in side(pairing, "mentor")))
    who = f"{'Наставнику' if len(mentors) == 1 else 'Наставникам'} {joined([dative(m) for m in mentors])}"
    if len(pairings) == 1:
        with_whom = mentees(side(pairings[0], "mentee"), "instrumental")
        what = "персонализированную программу наставничества и представить её куратору"
    else:
        with_whom, what = "наставляемыми", "персонализированные программы наставничества и представить их куратору"
    return point(f"{who} {context.until(14)} совместно с {with_whom} разработать {what}.")


def _accompanying(pairings, context) -> list[dict]:
    """The curator brings the programs to the council."""
    return executor(
        context.curator,
        context.until(21),
        f"организовать рассмотрение {'программы' if len(pairings) == 1 else 'программ'} методическим советом",
        "внести сведения о закреплении в банк наставников и наставляемых",
        role=CURATOR,
    )


COLUMNS = (
    ("№", 4),
    ("Наставник", 23),
    ("Наставляемые", 23),
    ("Форма и вид; направление", 17),
    ("Срок", 15),
    ("Письменные согласия", 18),
)
NAMES = {
    "pair": ("Наставническая пара", "Наставнические пары"),
    "group": ("Наставническая группа", "Наставнические группы"),
}


def appendices(order):
    """The list of pairs and groups with their terms and the consents given."""
    pairings = subjects(order, "pairing")
    given = {
        (c.person_id, c.matter): c.given_on
        for c in Consent.objects.live().filter(purpose="duties", matter__in=[p.uuid for p in pairings])
    }
    years, kinds = sorted({p.school_year for p in pairings}), {p.kind for p in pairings}
    heading = NAMES[kinds.pop()][len(pairings) > 1] if len(kinds) == 1 else "Наставнические пары и группы"
    if len(years) == 1:
        heading += f" на {school_year(years[0], full=True)} учебный год"
    alone = len(pairings) == 1 and pairings[0].kind == "pair"
    columns = [
        ("Наставляемый", width) if alone and label == "Наставляемые" else (label, width) for label, width in COLUMNS
    ]
    form_and_kind = FormAndKind.read()
    rows = [_row(n, pairing, given, form_and_kind.of(pairing)) for n, pairing in enumerate(pairings, 1)]
    made = appendix(heading, columns, rows)
    return [made if fits_upright(made["columns"], made["rows"]) else made | {"wide": True}]


def _row(n, pairing, given, form: str) -> list[str]:
    """One pair or group: who, in what form, until when; ``given`` are days of consents by person and matter."""
    sides = {part: [p for p in pairing.people if p.part == part] for part in ("mentor", "mentee")}
    days = [(p.person.short_name, given.get((p.person_id, pairing.uuid))) for p in pairing.people]
    return [
        str(n),
        "; ".join(posts_line(p) for p in sides["mentor"]),
        "; ".join(posts_line(p) for p in sides["mentee"]),
        "; ".join(filter(None, [form, joined([lower_first(t.name) for t in pairing.topics.all()])])),
        " – ".join(rushort(day) for day in (pairing.planned_from, pairing.planned_to) if day),
        "; ".join(f"{name} от {rushort(day)}" for name, day in days if day),
    ]


def _mentors(pairings) -> list:
    """Return the candidates for mentors who are not appointed yet: the same order appoints them."""
    found = [
        p.candidate
        for pairing in pairings
        for p in pairing.participations.live().select_related("candidate__person")
        if p.part == "mentor" and p.candidate
    ]
    return list(dict.fromkeys(c for c in found if c.state == c.State.APPROVED))


def people_of(pairing) -> dict:
    """Return everybody in a pair or group with the post in which they take part."""
    return {p.person: post_of(p.person, p.employment) for p in pairing.people}


def council_cited(found) -> list:
    """Return the minutes by which the council recommended or agreed."""
    return [(f"протокол методического совета № {s.minutes_number}", s.minutes_date) for s in found if s.minutes_date]


def _cited(pairings):
    signed = agreements.cited(agreements.led(pairings))
    return [*duties_cited(matter__in=[p.uuid for p in pairings]), *council_cited(pairings), *signed]


def _enact(pairing, *, by, order):
    pairing_acts.assign(pairing, by=by, number=order.number, date=order.date, on=order.effective_on)


def listed_people(before: str) -> list:
    """Return the prefetch by which a pair or group is named in lists; ``before`` leads to it."""
    return [Prefetch(f"{before}participations", present().select_related("person"), to_attr="people")]


def title_of(pairing) -> str:
    """Return «Мельник О. Л. — Ким Д. Э.»."""
    return pairing_acts.pairing_title(pairing if hasattr(pairing, "people") else reload(pairing))


def _line(pairing):
    mentor = next((p.short_name for p in side(pairing, "mentor")), "без наставника")
    led = joined([p.short_name for p in side(pairing, "mentee")])
    return f"{mentor} — {led}: закрепляется {pairing.get_kind_display()}", period(
        pairing.planned_from, pairing.planned_to
    )


def _with_papers(rows):
    """Keep pairings whose people have all given their consents; those before an order are few."""
    people = with_consents(present().filter(pairing__state__in=PAIRING_SUBJECT.states))
    consents = people.order_by().values_list("pairing", "has_duties", "has_processing")
    return rows.exclude(pk__in={pairing for pairing, duties, processing in consents if not (duties and processing)})


PAIRING_SUBJECT = OrderSubject(
    name="pairing",
    position=20,
    model="programs.Pairing",
    transition="assign",
    states=frozenset({Pairing.State.RECOMMENDED}),
    enact=_enact,
    phrase=title_of,
    title=title_of,
    note=lambda p: f"{p.get_kind_display()} · {period(p.planned_from, p.planned_to)}",
    begins=lambda p: p.planned_from,
    item_text=_line,
    summary_forms={
        "pair": ("пара,пары,пар", ("Закреплена", "Закреплены"), "Будет закреплена", "Будут закреплены"),
        "group": ("группа,группы,групп", ("Закреплена", "Закреплены"), "Будет закреплена", "Будут закреплены"),
    },
    variant=lambda p: p.kind,
    counts_people=True,
    items_about=lambda pairing: Q(pairing=pairing),
    people_concerned=people_of,
    cited_papers=_cited,
    appointable_candidates=lambda p: [x.candidate_id for x in p.people],
    narrow_candidates=lambda found: found.prefetch_related(None).prefetch_related(required_people()),
    select_related=("pairing",),
    list_select_related=("pairing",),
    list_prefetches=listed_people,
    requirement_prefetches=lambda before: [required_people(before)],
    appendix_prefetches=lambda before: [f"{before}topics"],
    people_named=lambda p: [x.person for x in p.people],
    missing_for_order=lambda pairing, appointing: pairing_acts.missing_for_order(pairing, appointing=appointing),
)

ASSIGNMENT_ORDER = OrderKind(
    code="assignment",
    group=PAIRS,
    position=50,
    label="О закреплении наставнических пар (групп)",
    subject=PAIRING_SUBJECT,
    compose=compose,
    visa_roles=("curator", "clerk"),
    appendices=appendices,
    order_by=("minutes_date", "pk"),
    extra_subjects=_mentors,
    waiting_words=("пара готова,пары готовы,пар готовы", "к приказу о закреплении"),
    empty_state=(
        "Рекомендованных пар без приказа нет. Пара попадает сюда, когда её рекомендует методический совет.",
        "programs:pairings",
    ),
    hint="Наставники, ещё не назначенные приказом, будут назначены этим же приказом.",
    with_papers=_with_papers,
    undone_by={
        "completion": "Закрепление пары с программой заканчивает приказ о завершении программы",
        "dissolution": "Закрепление пары без программы заканчивает приказ о прекращении закрепления",
    },
)
