"""О назначении наставников (п. 3.2, 3.3)."""

from datetime import date
from uuid import uuid4

from django.db.models import Q

from mentoring_site.russian import joined, rushort
from people.banks import acts as bank_acts
from people.banks.models import Candidate
from people.consents.models import Consent
from people.language.declension import name_in, named_with_post, post_of
from people.register.models import Employment, Person
from programs.pairings.models import Pairing, Participation
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.agreements import before_mentoring
from reports.orders.order_kinds.base import PEOPLE, OrderKind, OrderSubject
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.people import named
from reports.orders.order_kinds.wording import CODE, CONTROL, CURATOR, by_regulation, executor, listed, point


def appointments(order) -> list[str]:
    """Return the mentors to be appointed, full names with posts; the post is the one they teach in."""
    posts = {
        p.candidate_id: p.employment
        for pairing in subjects(order, "pairing")
        for p in pairing.people
        if p.part == "mentor"
    }
    return [
        named_with_post(c.person, "accusative", posts.get(c.pk), teaching=True) for c in subjects(order, "candidate")
    ]


def compose(order, context) -> tuple[str, str, list[dict]]:
    """One mentor stands in the point itself, several in a list."""
    mentors = appointments(order)
    people = [c.person for c in subjects(order, "candidate")]
    one = len(mentors) == 1
    ground = consents_of(people, duties_of(person__in=[p.pk for p in people], part="mentor"))
    whose = "правами и обязанностями наставника (раздел 4 Положения)"
    return (
        "О назначении наставника" if one else "О назначении наставников",
        f"{by_regulation(context.school, '3.2', '3.3', labour=True)}, на основании {ground}",
        [
            listed(mentors, "Назначить наставником", "Назначить наставниками"),
            *executor(
                context.curator,
                context.until(7),
                f"ознакомить {named(people, 'accusative')} с настоящим приказом, {whose}",
                role=CURATOR,
            ),
            *_agreements(people, context),
            point(CONTROL),
        ],
    )


def _agreements(people, context) -> list[dict]:
    """The papers that fall due before mentors of this school are given a pair or group (ТК 351.8)."""
    own = set(
        Employment.objects.current()
        .filter(person__in=[p.pk for p in people], organisation=context.school.organisation_id)
        .values_list("person", flat=True)
    )
    people = [p for p in people if p.pk in own]
    return executor(context.clerk, before_mentoring(_first_days(people), context), _agreement(people)) if people else []


def _first_days(people: list[Person]) -> list[date]:
    """Return the first day of each pair or group that is on its way with one of the mentors."""
    led = Participation.objects.live().filter(part=Participation.Part.MENTOR, person__in=[p.pk for p in people])
    ahead = led.filter(pairing__state__in=Pairing.OPEN_STATES, pairing__planned_from__isnull=False)
    return [day for day in ahead.values_list("pairing__planned_from", flat=True) if day]


def _agreement(people) -> str:
    one = len(people) == 1
    paper = "дополнительное соглашение" if one else "дополнительные соглашения"
    contract = "трудовому договору" if one else "трудовым договорам"
    return f"оформить {paper} к {contract} с {named(people, 'instrumental')} (статья 351.8 {CODE})"


def _concerned(candidate):
    return {candidate.person: post_of(candidate.person, teaching=True)}


def _cited(mentors):
    return duties_cited(person__in=[c.person_id for c in mentors], part="mentor")


def duties_of(**chosen) -> list[Consent]:
    """Return the live consents to duties, the oldest first; two queries."""
    live = Consent.objects.live().filter(purpose="duties", **chosen)
    return list(live.select_related("person").prefetch_related("person__name_forms").order_by("given_on", "pk"))


def duties_cited(**chosen) -> list[tuple]:
    """Return the live consents to duties among the papers that an order rests on, with their dates; two queries."""
    return [(f"согласие {name_in(c.person, 'genitive', short=True)}", c.given_on) for c in duties_of(**chosen)]


def consents_of(people, given: list[Consent]) -> str:
    """Return «письменного согласия Очировой С. Д. от 20.11.2026»: of each person the latest one."""
    days = {c.person_id: c.given_on for c in given}
    names = [
        f"{name_in(p, 'genitive', short=True)}{f' от {rushort(days[p.pk])}' if p.pk in days else ''}"
        for p in dict.fromkeys(people)
    ]
    return f"{'письменного согласия' if len(names) == 1 else 'письменных согласий'} {joined(names)}"


def _enact(candidate, *, by, order):
    bank_acts.appoint(candidate, by=by, number=order.number, date=order.date)


CANDIDATE_SUBJECT = OrderSubject(
    name="candidate",
    position=10,
    model="people.Candidate",
    transition="appoint",
    states=frozenset({Candidate.State.APPROVED}),
    enact=_enact,
    phrase=lambda c: c.person.short_name,
    title=lambda c: c.person.full_name,
    note=lambda c: joined([t.name for t in c.topics.all()]),
    item_text=lambda c: (f"{c.person.full_name} — назначается наставником", ""),
    summary_forms={
        "": ("наставник,наставника,наставников", ("Назначен", "Назначены"), "Будет назначен", "Будут назначены")
    },
    items_about=lambda pairing: Q(candidate__in=[p.candidate_id for p in pairing.people if p.candidate_id]),
    people_concerned=_concerned,
    cited_papers=_cited,
    queryset=lambda: Candidate.objects.with_requirements().prefetch_related(None),
    narrow_candidates=lambda found: found.prefetch_related(None).prefetch_related("topics"),
    people_named=lambda c: [c.person],
    list_select_related=("candidate__person",),
    enact_first=True,
)


def _specimen(by):
    approved = list(Candidate.objects.filter(part="mentor", state=Candidate.State.APPROVED).order_by("pk")[:2])
    for candidate in approved:
        if not duties_of(person=candidate.person_id, part="mentor"):
            samples.consented(candidate.person, "mentor", uuid4(), by=by)
    return approved or None


APPOINTMENT_ORDER = OrderKind(
    code="appointment",
    group=PEOPLE,
    position=40,
    label="О назначении наставников",
    subject=CANDIDATE_SUBJECT,
    compose=compose,
    visa_roles=("curator", "clerk"),
    order_by=("decided_at", "pk"),
    subject_filter={"part": "mentor"},
    waiting_words=("наставник готов,наставника готовы,наставников готовы", "к назначению приказом"),
    empty_state=(
        "Утверждённых кандидатов без приказа нет. Кандидата утверждает директор в банке наставников.",
        "people:banks",
    ),
    with_papers=lambda rows: rows.with_consents().filter(has_duties=True, has_processing=True),
    undone_by={
        "relief": "Наставника освобождает приказ о снятии обязанностей по уведомлению",
    },
    specimen=_specimen,
)
