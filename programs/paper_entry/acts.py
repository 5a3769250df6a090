"""Pairs and programmes that already exist on paper: entered with their real dates and orders, without
replaying the steps.

No letters leave, nothing is backdated: who entered it and when stands in the log, and the papers that the school has
not recorded here are listed as missing (п. 3.1–3.5, 7.1).
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import rudate
from mentoring_site.workflow import NotAllowed, Refused, record
from people.banks.models import Candidate
from people.consents.models import Consent
from people.register.models import Employment, Person
from people.rights import Right
from people.school.models import School
from programs.pairings.acts import year_of
from programs.pairings.models import LIVE_PAIRINGS, Pairing, Participation
from programs.pairings.terms import bounds
from programs.program.content import LISTS
from programs.program.models import Program
from programs.program.terms import complaint


@dataclass(frozen=True)
class Paper:
    """Number and date of an order or of minutes."""

    number: str = ""
    day: date | None = None


@dataclass(frozen=True)
class PaperProgram:
    """A programme as it stands on paper; ``ended_on`` is given when it is finished."""

    title: str
    curator: object
    starts_on: date
    ends_on: date
    order: Paper
    goal: str = ""
    minutes: Paper = field(default_factory=Paper)
    ended_on: date | None = None
    term_decision: str = ""


def enter(*, by, request_key=None, **values) -> Pairing:
    """Enter a pair or group assigned on paper, and its programme if there is one.

    ``values`` are ``mentor`` and ``mentees`` (persons), ``order``, ``since``, and if known ``topics``, ``minutes`` and
    ``program``. Returns the pairing, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused``
    with every reason at once: people, dates, numbers, the term without a decision.
    """
    if not by.can(Right.PAPER_ENTER):
        raise NotAllowed("Внести пару с бумаги может куратор")
    try:
        return _enter(by=by, request_key=request_key, **values)
    except IntegrityError:  # the same form was sent twice at once, and names other people
        if request_key and (made := Pairing.objects.filter(request_key=request_key).first()):
            return made
        raise


@transaction.atomic
def _enter(
    *,
    by,
    mentor,
    mentees,
    order: Paper,
    since,
    topics=(),
    minutes: Paper | None = None,
    program: PaperProgram | None = None,
    request_key=None,
) -> Pairing:
    people = Person.objects.select_for_update().filter(pk__in=[mentor.pk, *(m.pk for m in mentees)]).order_by("pk")
    list(people.values_list("pk", flat=True))  # two papers about one person wait for each other here
    if request_key and (made := Pairing.objects.filter(request_key=request_key).first()):
        return made
    minutes = minutes or Paper()
    sentences = [
        *_people(mentor, mentees, program is not None and program.ended_on is not None),
        *_papers(order, minutes, since),
        *(_program(program, since) if program else ()),
    ]
    if sentences:
        raise Refused(sentences)
    ended_on = program.ended_on if program else None
    pairing = Pairing.objects.create(
        kind="group" if len(mentees) > 1 else "pair",
        state="dissolved" if ended_on else "assigned",
        why="Внесена с бумаги",
        profile_fits=True,
        proposed_by=by,
        school_year=year_of(since),
        minutes_number=minutes.number,
        minutes_date=minutes.day,
        planned_from=since,
        planned_to=program.ends_on if program and program.ends_on > since else None,
        order_number=order.number,
        order_date=order.day,
        assigned_on=since,
        ended_on=ended_on,
        from_paper=True,
        request_key=request_key,
    )
    pairing.topics.set(topics)
    for person, part in [(mentor, "mentor"), *((m, "mentee") for m in mentees)]:
        Participation.objects.create(
            pairing=pairing,
            person=person,
            candidate=_candidate(person, part, order, by, len(mentees)),
            employment=_main(Employment.objects.current(since).filter(person=person))
            or _main(Employment.objects.filter(person=person)),
            part=part,
            since=since,
            until=ended_on,
            end_reason="Программа завершена" if ended_on else "",
        )
    words = f"внесена с бумаги: приказ № {order.number} от {rudate(order.day)}"
    record(pairing, "paper", by=by, words=words, target=pairing.state, number=order.number)
    if program:
        _enter_program(pairing, program, by)
    return pairing


def _enter_program(pairing, paper: PaperProgram, by) -> Program:
    earliest, latest = bounds(paper.starts_on)
    decided = {}
    if paper.term_decision.strip():
        decided = {
            "term_decision": paper.term_decision.strip(),
            "term_decided_at": timezone.now(),
            "term_decided_by": by,
        }
        earliest, latest = min(earliest, paper.ends_on), max(latest, paper.ends_on)
    program = Program.objects.create(
        pairing=pairing,
        state="completed" if paper.ended_on else "running",
        title=" ".join(paper.title.split()),
        curator=paper.curator,
        goal=paper.goal.strip(),
        starts_on=paper.starts_on,
        ends_on=paper.ends_on,
        earliest_end=earliest,
        latest_end=latest,
        created_by=by,
        minutes_number=paper.minutes.number,
        minutes_date=paper.minutes.day,
        order_number=paper.order.number,
        order_date=paper.order.day,
        started_on=paper.starts_on,
        ended_on=paper.ended_on,
        from_paper=True,
        **decided,
    )
    words = f"внесена с бумаги: приказ № {paper.order.number} от {rudate(paper.order.day)}"
    record(program, "paper", by=by, words=words, target=program.state, number=paper.order.number)
    return program


def _people(mentor, mentees, finished):
    if not mentees:
        yield "Укажите хотя бы одного наставляемого"
    if len({m.pk for m in mentees}) != len(mentees):
        yield "Один наставляемый указан дважды"
    if mentor.pk in {m.pk for m in mentees}:
        yield f"{mentor.short_name}: нельзя быть наставником самому себе"
    engaged = Participation.objects.live().filter(
        part="mentee", person__in=[m.pk for m in mentees], pairing__state__in=LIVE_PAIRINGS
    )
    for p in engaged.select_related("person") if not finished else ():
        yield f"{p.person.short_name}: уже в паре или группе, закреплённой или предложенной"
    waiting = Candidate.objects.filter(
        state="applied", person__in=[mentor.pk, *(m.pk for m in mentees)]
    ).select_related("person")
    for candidate in waiting:
        yield f"{candidate.person.short_name}: предложение в банк ждёт решения директора. Сначала решите о нём"
    if not Employment.objects.filter(person=mentor, is_teaching=True).exists():
        yield f"{mentor.short_name}: наставником может быть только педагогический работник (п. 1.2 Положения)"


def _papers(order, minutes, since):
    today = timezone.localdate()
    if not order.number.strip() or not order.day:
        yield "Укажите номер и дату приказа о закреплении"
        return
    if order.day > today or since > today:
        yield "Приказ о закреплении и первый день работы не могут быть в будущем: такую пару заводят обычным порядком"
    if bool(minutes.number.strip()) != bool(minutes.day):
        yield "Укажите и номер, и дату протокола совета — или не указывайте ничего"
    elif minutes.day and minutes.day > order.day:
        yield (
            f"Приказ не может быть раньше протокола совета: протокол от {rudate(minutes.day)}, приказ от"
            f" {rudate(order.day)}"
        )


def _program(paper: PaperProgram, since):
    today = timezone.localdate()
    if not paper.title.strip():
        yield "Назовите программу"
    if not paper.order.number.strip() or not paper.order.day:
        yield "Укажите номер и дату приказа об утверждении программы"
    elif paper.order.day > today:
        yield "Приказ об утверждении программы не может быть датирован будущим днём"
    if bool(paper.minutes.number.strip()) != bool(paper.minutes.day):
        yield "Укажите и номер, и дату протокола о программе — или не указывайте ничего"
    elif paper.minutes.day and paper.order.day and paper.minutes.day > paper.order.day:
        yield (
            f"Приказ о программе не может быть раньше протокола совета о ней: протокол от {rudate(paper.minutes.day)}, "
            f"приказ от {rudate(paper.order.day)}"
        )
    if paper.starts_on > today:
        yield "Первый день программы ещё не наступил: такую программу заводят обычным порядком"
    if wrong := complaint(paper.starts_on, paper.ends_on):
        if paper.ends_on <= paper.starts_on:
            yield wrong
        elif not paper.term_decision.strip():
            yield f"{wrong}. Если так решено, запишите, кто и почему решил"
    if paper.ended_on and paper.ended_on > today:
        yield "Программа не может быть завершена будущим числом"
    elif paper.ended_on and paper.ended_on < max(paper.starts_on, since):
        yield "Программа не может завершиться раньше, чем началась"


def _candidate(person, part, order, by, mentees: int) -> Candidate:
    """The live candidate of the person, or a new one: a mentor appointed and a mentee approved by the paper order."""
    live = Candidate.objects.filter(person=person, part=part, state__in=["approved", "appointed"]).first()
    if live:
        return live
    mentor = part == "mentor"
    candidate = Candidate.objects.create(
        person=person,
        part=part,
        state="appointed" if mentor else "approved",
        proposed_by=by,
        why="Внесено с бумаги",
        capacity_persons=mentees if mentor else None,
        decided_at=timezone.now(),
        decided_by=by,
        on_paper=True,
        order_number=order.number,
        order_date=order.day,
    )
    words = f"внесён(а) в банк с бумаги: приказ № {order.number} от {rudate(order.day)}"
    record(candidate, "paper", by=by, words=words, target=candidate.state, number=order.number)
    return candidate


def _main(rows):
    """The main employment if there are several, or None."""
    return next(iter(sorted(rows, key=lambda e: e.kind != "main")), None)


def missing(pairing, program=None) -> list[dict]:
    """Return the papers that are not recorded here: what, who supplies it, and where. Two queries.

    Reads ``pairing.people``. For components/readiness.html.
    """
    ids = [p.person_id for p in pairing.people]
    have = {
        (c.person_id, c.purpose, c.part)
        for c in Consent.objects.live().filter(person__in=ids)
        if c.purpose == "processing" or c.matter == pairing.uuid
    }
    found = []
    recorded = getattr(program, "has_regulation", None)
    if not (School.objects.filter(regulation_date__isnull=False).exists() if recorded is None else recorded):
        found.append(
            _line(
                "Приказ об утверждении Положения",
                "Записывает куратор или директор",
                reverse("people:school"),
                "Записать",
            )
        )
    for p in pairing.people:
        url = reverse("people:consent_new", args=[p.person_id])
        name = p.person.short_name
        if (p.person_id, "processing", "") not in have:
            found.append(
                _line(
                    f"Согласие на обработку персональных данных: {name}",
                    CONSENT,
                    f"{url}?purpose=processing",
                    "Записать согласие",
                )
            )
        if (p.person_id, "duties", p.part) not in have:
            query = f"?purpose=duties&part={p.part}&matter={pairing.uuid}"
            found.append(
                _line(f"Письменное согласие на обязанности: {name}", CONSENT, url + query, "Записать согласие")
            )
    if not pairing.minutes_number:
        found.append(_line("Протокол методического совета о паре", "Ищет секретарь совета"))
    return found + (
        _missing_of(program)
        if program
        else [_line("Программа", "Вносит куратор или составляют наставник и наставляемый")]
    )


CONSENT = "Получает куратор или специалист по кадрам"


def _missing_of(program) -> list[dict]:
    found = []
    edit = reverse("programs:program_edit", args=[program.pk])
    if not program.minutes_number:
        found.append(_line("Протокол методического совета о программе", "Ищет секретарь совета"))
    if not (
        program.goal
        and program.justification
        and program.directions
        and all(getattr(program, n).all() for n in LISTS[:2])
    ):
        found.append(
            _line(
                "Текст программы: цель, формы и виды, обоснование, направления", "Переносит куратор", edit, "Дополнить"
            )
        )
    if not program.activities.all():
        plan = reverse("programs:program_plan", args=[program.pk])
        found.append(_line("План мероприятий", "Переносит куратор", plan, "Внести план"))
    if program.ended_on:
        found.append(_line("Приказ о завершении, заключение наставника и отзыв наставляемого", "Ищет куратор"))
    return found


def _line(text, who, url="", link="") -> dict:
    return {
        "met": False,
        "waiting": not url,
        "text": text,
        "who": who,
        "url": url,
        "link": link,
        "post_url": "",
        "post_link": "",
    }
