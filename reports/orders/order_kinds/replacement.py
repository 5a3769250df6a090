"""О замене наставника, for good or for a time (п. 4.1, 5.1); the same order may appoint the new mentor (п. 3.2)."""

from datetime import timedelta

from django.db.models import Q

from mentoring_site.russian import joined, rudate, ruday, rushort
from people.banks.models import Candidate
from people.language.declension import name_in, named_with_post, post_of
from programs.changes.replacement import acts as replacement_acts
from programs.changes.replacement.models import Replacement
from programs.program.models import Program
from reports.orders.order_kinds import agreements, samples
from reports.orders.order_kinds.agreements import Leading
from reports.orders.order_kinds.appointment import appointments, consents_of, duties_cited, duties_of
from reports.orders.order_kinds.assignment import people_of
from reports.orders.order_kinds.base import PAIRS, OrderKind, OrderSubject
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.people import aside, mentees, named, side
from reports.orders.order_kinds.wording import (
    CONTROL,
    CURATOR,
    because,
    by_regulation,
    dative,
    executor,
    listed,
    point,
    since,
    title,
)

CLAUSES = {"petition": "5.1", "refusal": "4.1", "leave": "3.3", "other": "3.3"}


def compose(order, context) -> tuple[str, str, list[dict]]:
    """Ends one attachment, makes the other, changes the order of assignment (docs/law.md#orders-kinds)."""
    items = subjects(order, "replacement")
    appointed = appointments(order)
    clauses = {CLAUSES[s.ground] for s in items} | ({"3.2"} if appointed else set())
    word = "наставника" if len(items) == 1 else "наставников"
    heading = f"О временной замене {word}" if all(s.is_temporary for s in items) else f"О замене {word}"
    if appointed:
        heading = f"О назначении и{heading[1:]}"
    points = [listed(appointed, "Назначить наставником", "Назначить наставниками")] if appointed else []
    for s in items:
        points += [_ends(s), _begins(s)]
    points += [*_changes(items), *_hand_over(items, context), *_accompany(items, context), point(CONTROL)]
    preamble = f"{by_regulation(context.school, *sorted(clauses), labour=True)}, на основании {_grounds(items)}"
    return heading, preamble, points


def _grounds(items) -> str:
    found = []
    for s in items:
        dated = f" от {rushort(s.paper_on)}" if s.paper_on else ""
        if s.ground == "petition":
            led = side(s.pairing, "mentee")
            who = [s.petition.participation.person] if s.petition else led if len(led) == 1 else []
            whose = f" {mentees(who, 'genitive')}" if who else " о замене наставника"
            found.append(f"ходатайства{whose}{dated}")
        elif s.ground == "refusal":
            found.append(
                f"заявления {name_in(s.former.person, 'genitive', short=True)} о сложении обязанностей"
                f" наставника{dated}"
            )
    new = [s.candidate.person for s in items]
    given = duties_of(person__in=[p.pk for p in new], part="mentor", matter__in=[s.pairing.uuid for s in items])
    return joined([*dict.fromkeys(found), consents_of(new, given), *agreements.grounds(_leading(items))])


def _leading(items) -> list[Leading]:
    """Return the new mentors with the day on which they begin."""
    return [Leading(s.pairing, s.candidate.person, s.employment, s.since) for s in items]


def _led(s) -> str:
    return mentees(side(s.pairing, "mentee"), "instrumental")


def _ends(s) -> dict:
    former = aside(s.former.person, "genitive", s.former.employment)
    paper = str(s.pairing.order_ref)
    when = f"{since(s.since)} по {rudate(s.until)}" if s.is_temporary else since(s.since)
    why = f", {because(s.circumstances)}" if s.circumstances.strip() else ""
    verb = "Приостановить" if s.is_temporary else "Прекратить"
    return point(f"{verb} {when} закрепление наставника {former} за {_led(s)}, установленное приказом {paper}{why}.")


def _begins(s) -> dict:
    new = named_with_post(s.candidate.person, "accusative", s.employment, teaching=True)
    if not s.is_temporary:
        return point(f"Закрепить {since(s.since)} за {_led(s)} наставника {new}.")
    former = name_in(s.former.person, "genitive", short=True)
    return point(
        f"Закрепить {since(s.since)} по {rudate(s.until)} за {_led(s)} на время отсутствия наставника {former} "
        f"наставника {new}. По окончании этого срока или со дня выхода {former} на работу, если он наступит раньше, "
        "прежнее закрепление действует без отдельного приказа."
    )


def _changes(items) -> list[dict]:
    """What the orders of assignment say from now on; a temporary replacement leaves them as they are."""
    lines = [
        f"{s.pairing.order_ref}: вместо наставника"
        f" {name_in(s.former.person, 'genitive', short=True)} считать наставником"
        f" {name_in(s.candidate.person, 'accusative', short=True)}"
        for s in items
        if not s.is_temporary
    ]
    return [listed(lines, "Внести изменение в приказ", "Внести изменения в приказы")] if lines else []


def _hand_over(items, context) -> list[dict]:
    """The program belongs to the pairing: it survives the replacement and is handed over a working day before the
    absence begins, never after. When that day has passed, the former mentor is away and the curator hands over.
    """
    found = []
    for s in items:
        titles = [title(p.title) for p in getattr(s.pairing, "live_programs", [])]
        what = (
            f"материалы персонализированной программы наставничества {titles[0]}"
            if titles
            else "материалы по работе с наставляемыми"
        )
        former, new, last = s.former.person, s.candidate.person, context.on_or_before(s.since - timedelta(days=1))
        if last >= context.day:
            gives = f"Наставнику {dative(former)} не позднее {rudate(last)} передать"
            found.append(point(f"{gives}, а наставнику {dative(new)} принять {what}.", charged=[former, new]))
        else:
            found += executor(
                context.curator, context.until(1), f"передать наставнику {dative(new)} {what}", role=CURATOR
            )
    return found


def _accompany(items, context) -> list[dict]:
    new = list(dict.fromkeys(s.candidate.person for s in items))
    former = named(list(dict.fromkeys(s.former.person for s in items)), "genitive")
    stops = agreements.stop_tasks([s.pairing for s in items], min(s.since for s in items))
    return [
        *executor(
            context.curator,
            context.until(7),
            f"ознакомить {named(new, 'accusative')} с правами и обязанностями наставника (раздел 4 Положения) и с ходом"
            " работы",
            "внести сведения о замене в банк наставников и наставляемых",
            role=CURATOR,
        ),
        *agreements.due(_leading(items), context, f"оформить изменение поручения в отношении {former}", *stops),
    ]


def _concerned(s):
    people = people_of(s.pairing)
    return people | {s.candidate.person: post_of(s.candidate.person, s.employment)}


def _cited(found):
    papers = [("ходатайство или заявление о замене", s.paper_on) for s in found]
    papers += [(f"приказ о закреплении № {s.pairing.order_number}", s.pairing.order_date) for s in found]
    papers += agreements.cited(_leading(found))
    new = {s.candidate.person_id for s in found}
    return papers + (
        duties_cited(person__in=new, part="mentor", matter__in=[s.pairing.uuid for s in found]) if found else []
    )


def _enact(s, *, by, order):
    replacement_acts.enact(s, by=by, number=order.number, date=order.date, on=order.effective_on)


def _more(items):
    """The new mentors who are not appointed yet: the same order appoints them."""
    return list(dict.fromkeys(s.candidate for s in items if s.candidate.state == Candidate.State.APPROVED))


def _words(s) -> str:
    return f"замена наставника: {s.former.person.short_name} — {s.candidate.person.short_name}"


def _note(s) -> str:
    return f"по {ruday(s.until)}, временно" if s.is_temporary else f"с {ruday(s.since)}"


REPLACEMENT_SUBJECT = OrderSubject(
    name="replacement",
    position=70,
    model="programs.Replacement",
    transition="register",
    states=frozenset({Replacement.State.READY}),
    enact=_enact,
    phrase=_words,
    short_name=lambda s: f"{s.former.person.short_name} → {s.candidate.person.short_name}",
    title=lambda s: f"{s.former.person.short_name} → {s.candidate.person.short_name}",
    note=_note,
    begins=lambda s: s.since,
    item_text=lambda s: (
        f"{s.former.person.short_name} → {s.candidate.person.short_name}: наставник заменяется",
        _note(s),
    ),
    summary_forms={
        "": ("наставник,наставника,наставников", ("Заменён", "Заменены"), "Будет заменён", "Будут заменены")
    },
    items_about=lambda pairing: Q(replacement__pairing=pairing),
    people_concerned=_concerned,
    cited_papers=_cited,
    is_pending=lambda s: s.opened_id is None,
    queryset=lambda: Replacement.objects.with_requirements(),
    list_select_related=("replacement__former__person", "replacement__candidate__person"),
    employments=lambda s: {s.candidate.person_id: s.employment} if s.employment else {},
    appointable_candidates=lambda s: [s.candidate_id],
    people_named=lambda s: [*_concerned(s), s.former.person],
    missing_for_order=lambda s, appointing: replacement_acts.missing_for_order(s, appointing=appointing),
)


def _specimen(by):
    program = samples.running_program(Program.objects.exclude(pairing__in=samples.open_changes(Replacement, "pairing")))
    lead = program and program.pairing.participations.live().filter(part="mentor").first()
    others = Candidate.objects.filter(part="mentor", state=Candidate.State.APPOINTED)
    other = lead and others.exclude(person__participations__pairing=program.pairing).order_by("-pk").first()
    if not program or not other:
        return None
    samples.consented(other.person, "mentor", program.pairing.uuid, by=by)
    made = Replacement.objects.create(
        pairing=program.pairing,
        former=lead,
        candidate=other,
        employment=other.person.employments.first(),
        state=Replacement.State.READY,
        ground="leave",
        circumstances="отпуском наставника",
        since=samples.day(7),
        until=samples.day(28),
        handover="План и журнал",
        created_by=by,
    )
    return [made]


REPLACEMENT_ORDER = OrderKind(
    code="replacement",
    group=PAIRS,
    position=80,
    label="О замене наставника",
    subject=REPLACEMENT_SUBJECT,
    compose=compose,
    visa_roles=("curator", "clerk"),
    order_by=("created_at", "pk"),
    extra_subjects=_more,
    waiting_words=("замена наставника готова,замены наставников готовы,замен наставников готово", "к приказу"),
    empty_state=("Замен, переданных на приказ, нет. Замену готовит куратор на странице пары.", "programs:pairings"),
    hint="Новый наставник, ещё не назначенный приказом, будет назначен этим же приказом.",
    undone_by={
        "replacement": "Прежнего наставника возвращает приказ о новой замене",
    },
    specimen=_specimen,
)
