"""Acts of a programme: start, edit, confirm, submit, endorse, remark, agree, return, approve, begin (п. 1.2, 2.3, 3.5, 5.1)."""

import hashlib
import json
from datetime import date

from django.db import transaction
from django.utils import timezone

from mentoring_site.mail import send_template
from mentoring_site.russian import add_months, term
from mentoring_site.workflow import Already, NotAllowed, Refused, claim, perform, record
from programs.models import Activity, DraftConfirmation, Program, Remark
from programs.terms import bounds
from programs.workflows.program import drafts

LISTS = ("forms", "kinds", "difficulties", "strengths", "requests")
FIELDS = ("title", "goal", "justification", "directions", "starts_on", "ends_on", "curator")
FIELD_WORDS = {
    "title": "Название",
    "goal": "Цель",
    "forms": "Формы наставничества",
    "kinds": "Виды наставничества",
    "justification": "Обоснование форм и видов",
    "directions": "Направления",
    "term": "Срок",
    "activities": "План в целом",
}


@transaction.atomic
def start(pairing, *, by, title: str, curator, template=None, request_key=None) -> Program:
    """Open the draft of a programme for an assigned pair or group, from a template or empty (п. 3.4, 3.5).

    Difficulties, requests and strengths of the mentees are taken over. Returns the draft, or the one made by the same
    ``request_key``. Raises ``NotAllowed``, ``Refused`` when the pair is not assigned or has a live programme.
    """
    if request_key and (made := Program.objects.filter(request_key=request_key).first()):
        return made
    people = list(pairing.participations.live().select_related("person"))
    if not (by.can("programs.write") or by.can("programs.remark") or by.person_id in {p.person_id for p in people}):
        raise NotAllowed("Программу составляют участники пары, куратор и методический совет")
    if pairing.state != "assigned":
        raise Refused("Программу составляют для пары, закреплённой приказом. Приказ готовит куратор")
    if pairing.programs.live().exists():
        raise Refused("У этой пары уже есть программа")
    starts_on = max(pairing.assigned_on or timezone.localdate(), pairing.planned_from or date.min)
    program = Program(pairing=pairing, title=title, curator=curator, created_by=by, request_key=request_key)
    _set_term(program, starts_on, _planned_end(pairing, template, starts_on))
    if template:
        program.goal, program.directions = template.goal, template.directions
    program.save()
    _take_over(program, people)
    for row in template.activities.all() if template else ():
        Activity.objects.create(
            program=program,
            title=row.title,
            due_on=_in_term(program, row.week),
            responsible=row.responsible,
            expected_result=row.expected_result,
            evidence=row.evidence,
        )
    record(program, "start", by=by, words="проект заведён", target="draft")
    return program


def _planned_end(pairing, template, starts_on):
    earliest, latest = bounds(starts_on)
    wanted = add_months(starts_on, template.months) if template else pairing.planned_to or add_months(starts_on, 9)
    return min(max(wanted, earliest), latest)


def _in_term(program, week: int):
    day = program.starts_on + timezone.timedelta(weeks=week)
    return min(max(day, program.starts_on), program.ends_on)


def _take_over(program, people):
    """Difficulties, requests and strengths that the mentees stated in the bank (п. 1.2)."""
    from people.models import Statement

    candidates = [p.candidate_id for p in people if p.part == "mentee" and p.candidate_id]
    stated = Statement.objects.filter(candidate__in=candidates, resolved_on__isnull=True)
    for kind, related in (
        ("difficulty", program.difficulties),
        ("request", program.requests),
        ("strength", program.strengths),
    ):
        related.set(s for s in stated if s.kind == kind)


def _set_term(program, starts_on, ends_on):
    """Set the term and its bounds; a recorded decision keeps the bounds that it set."""
    program.starts_on, program.ends_on = starts_on, ends_on
    if not program.term_decision:
        program.earliest_end, program.latest_end = bounds(starts_on) if starts_on else (None, None)


def content(program) -> dict:
    """Return what a confirmation and an agreement are about, as plain ids and words; reads prefetched relations."""
    return {
        "title": program.title,
        "goal": program.goal,
        "justification": program.justification,
        "directions": program.directions,
        "term": [str(program.starts_on), str(program.ends_on)],
        "lists": {name: sorted(x.pk for x in getattr(program, name).all()) for name in LISTS},
        "activities": [
            [
                a.title,
                str(a.starts_on),
                str(a.due_on),
                a.responsible,
                a.expected_result,
                a.evidence,
                sorted(s.pk for s in a.statements.all()),
            ]
            for a in program.activities.all()
        ],
    }


def content_sha256(program) -> str:
    """Return the hash of the present content: a confirmation holds only for the content that was shown."""
    return hashlib.sha256(json.dumps(content(program), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def describe(program) -> dict:
    """Return the programme in words, to freeze the approved version and to print it."""
    return {
        "title": program.title,
        "goal": program.goal,
        "justification": program.justification,
        "directions": program.directions,
        "starts_on": str(program.starts_on),
        "ends_on": str(program.ends_on),
        "curator": program.curator.full_name,
        "people": [
            {"name": p.person.full_name, "part": p.part, "post": p.employment.post if p.employment else ""}
            for p in program.pairing.people
        ],
        **{name: [str(x) for x in getattr(program, name).all()] for name in LISTS},
        "activities": [
            {
                "title": a.title,
                "starts_on": str(a.starts_on or ""),
                "due_on": str(a.due_on),
                "responsible": a.get_responsible_display(),
                "expected_result": a.expected_result,
                "evidence": a.evidence,
                "why": [str(s) for s in a.statements.all()],
            }
            for a in program.activities.all()
        ],
    }


def _editable(program, by):
    if program.state != "draft":
        raise Refused(
            "Программа на согласовании или утверждена и закрыта для правки. Вернуть её на доработку может куратор или совет"
        )
    if not drafts(program, by):
        raise NotAllowed("Программу правят участники пары, куратор и методический совет")


def _fresh(program) -> Program:
    return Program.objects.with_requirements().get(pk=program.pk)


@transaction.atomic
def edit(program, *, by, version: int, **fields) -> Program:
    """Change fields and lists of a draft, if nobody else changed it since ``version``.

    Raises ``Stale``, ``NotAllowed``, ``Refused`` (locked; a term outside 3 months – 1 year, п. 1.2).
    """
    program = _fresh(program)
    _editable(program, by)
    claim(program, version)
    lists = {name: fields.pop(name) for name in LISTS if name in fields}
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"not fields of a draft: {unknown}")
    starts_on, ends_on = fields.pop("starts_on", program.starts_on), fields.pop("ends_on", program.ends_on)
    _set_term(program, starts_on, ends_on)
    check_term(program)
    for name, value in fields.items():
        setattr(program, name, value)
    program.endorsed_at = program.endorsed_by = None
    program.save()
    for name, values in lists.items():
        getattr(program, name).set(values)
    record(program, "edit", by=by, words="проект изменён", fields=sorted([*fields, *lists]))
    return program


def check_term(program):
    """Raise ``Refused`` when the term is outside its bounds (п. 1.2)."""
    if program.starts_on and program.ends_on and not program.earliest_end <= program.ends_on <= program.latest_end:
        if program.ends_on <= program.starts_on:
            raise Refused("Программа не может закончиться раньше, чем началась")
        raise Refused(
            f"Срок программы — от 3 месяцев до 1 года (п. 1.2 Положения). Указано: {term(program.starts_on, program.ends_on)}"
        )


@transaction.atomic
def save_activity(program, activity: Activity, statements, *, by, version: int) -> Activity:
    """Add or change a line of the plan of a draft. Raises as ``edit`` does."""
    program = _fresh(program)
    _editable(program, by)
    claim(program, version)
    new = activity.pk is None
    activity.program = program
    activity.save()
    activity.statements.set(statements)
    record(program, "activity", by=by, words=f"{'добавлено' if new else 'изменено'} мероприятие", activity=activity.pk)
    return activity


@transaction.atomic
def drop_activity(program, activity: Activity, *, by, version: int) -> None:
    """Take a line out of the plan of a draft. Raises as ``edit`` does."""
    program = _fresh(program)
    _editable(program, by)
    claim(program, version)
    record(program, "drop_activity", by=by, words="мероприятие убрано из плана", activity=activity.pk)
    activity.delete()


@transaction.atomic
def confirm_draft(program, participation, *, by) -> DraftConfirmation:
    """A mentee confirms the present content of the draft (п. 5.1); the curator may record it from paper.

    Raises ``NotAllowed``; ``Refused`` when the participation is not of a mentee of this programme.
    """
    program = _fresh(program)
    own = by.person_id == participation.person_id
    if not own and not by.can("programs.act_for_others"):
        raise NotAllowed("Проект подтверждает сам наставляемый, со слов — куратор")
    if participation.part != "mentee" or participation.pairing_id != program.pairing_id:
        raise Refused("Подтверждает проект только наставляемый этой программы")
    if program.state not in ("draft", "submitted"):
        raise Already("Проект уже согласован, подтверждать его больше не нужно")
    made, created = DraftConfirmation.objects.get_or_create(
        program=program, participation=participation, content_sha256=content_sha256(program), defaults={"by": by}
    )
    if created:
        record(
            program,
            "confirm_draft",
            by=by,
            words="наставляемый подтвердил проект" + ("" if own else " (записано с бумаги)"),
            participation=participation.pk,
        )
    return made


def submit(program, *, by) -> Program:
    """Hand the draft over to the curator. Raises what ``perform`` raises."""
    program = perform(
        program, "submit", by=by, columns={"submitted_at": timezone.now(), "endorsed_at": None, "endorsed_by": None}
    )
    _write(program.curator, "program_submitted", program)
    return program


@transaction.atomic
def endorse(program, *, by) -> Program:
    """The curator supports the submitted draft (п. 3.4) and passes it to the council.

    Raises ``NotAllowed``; ``Refused`` when the draft is not submitted; ``Already`` when supported.
    """
    if not by.can("programs.endorse"):
        raise NotAllowed("Поддержать проект может только куратор")
    if program.state != "submitted":
        raise Refused("Поддержать можно проект, переданный куратору")
    moved = Program.objects.filter(pk=program.pk, state="submitted", endorsed_at__isnull=True).update(
        endorsed_at=timezone.now(), endorsed_by=by, version=program.version + 1
    )
    if not moved:
        raise Already("Проект уже поддержан или возвращён")
    record(program, "endorse", by=by, words="поддержана куратором и передана совету")
    program.refresh_from_db()
    for person in council():
        _write(person, "program_for_council", program)
    return program


def council():
    """Return the persons who chair the council or keep its minutes today."""
    from people.models import Person, RoleGrant

    return Person.objects.filter(
        pk__in=RoleGrant.objects.live().filter(role__in=["chair", "secretary"]).values("person")
    )


@transaction.atomic
def remark(program, *, by, text: str, field: str = "", activity=None) -> Remark:
    """Write a remark bound to a field or to an activity (п. 3.5). Raises ``NotAllowed``, ``Refused`` without a text."""
    if not by.can("programs.remark"):
        raise NotAllowed("Замечания пишут куратор и члены методического совета")
    if not text.strip():
        raise Refused("Напишите замечание")
    about = f"мероприятие «{activity.title}»" if activity else FIELD_WORDS.get(field, "программа в целом")
    made = Remark.objects.create(program=program, by=by, text=text, field=field, activity=activity, about=about[:300])
    record(program, "remark", by=by, words="написано замечание", remark=made.pk)
    return made


@transaction.atomic
def resolve(remark: Remark, *, by) -> Remark:
    """Mark a remark as taken into account. Raises ``NotAllowed``, ``Already``."""
    program = _fresh(remark.program)
    if not drafts(program, by):
        raise NotAllowed("Отметить замечание могут участники пары, куратор и совет")
    if not Remark.objects.filter(pk=remark.pk, resolved_at__isnull=True).update(
        resolved_at=timezone.now(), resolved_by=by
    ):
        raise Already("Замечание уже отмечено как учтённое")
    record(program, "resolve", by=by, words="замечание учтено", remark=remark.pk)
    remark.refresh_from_db()
    return remark


def agree(program, *, by, minutes_number: str, minutes_date) -> Program:
    """Record the council's agreement with the number and date of its minutes (п. 3.5). Raises what ``perform`` raises."""
    if not minutes_number.strip() or not minutes_date:
        raise Refused("Укажите номер и дату протокола методического совета")
    if minutes_date > timezone.localdate():
        raise Refused("Протокол не может быть датирован будущим днём")
    return perform(
        program,
        "agree",
        by=by,
        columns={
            "minutes_number": minutes_number.strip(),
            "minutes_date": minutes_date,
            "agreed_at": timezone.now(),
            "agreed_by": by,
        },
    )


@transaction.atomic
def send_back(program, *, by, reason: str) -> Program:
    """Return a programme to drafting with a remark; its agreement is given anew. Raises what ``perform`` raises."""
    if not reason.strip():
        raise Refused("Напишите, что нужно доработать")
    if program.state == "agreed" and program.order_items.filter(order__state__in=["agreed", "at_signature"]).exists():
        raise Refused("Программа стоит в приказе, который уже на подписи. Сначала верните приказ в проекты")
    program = perform(
        program,
        "send_back",
        by=by,
        columns={
            "endorsed_at": None,
            "endorsed_by": None,
            "agreed_at": None,
            "agreed_by": None,
            "minutes_number": "",
            "minutes_date": None,
        },
    )
    Remark.objects.create(program=program, by=by, text=reason, about="возврат на доработку")
    for participation in program.pairing.participations.live().select_related("person"):
        _write(participation.person, "program_returned", program)
    return program


def approve(program, *, by, number: str, date, on=None) -> Program:
    """Enact the director's order of approval and lock the version (п. 3.3). Called by the registration of an order."""
    program = _fresh(program)
    program = perform(
        program,
        "approve",
        by=by,
        columns={"order_number": number, "order_date": date, "approved_text": describe(program)},
        number=number,
    )
    if program.starts_on <= timezone.localdate():
        begin(program, by=by)
    return program


def begin(program, *, by) -> Program:
    """Begin an approved programme on or after its first day; ``by`` is None for the clock. Raises what ``perform`` raises."""
    if program.starts_on > timezone.localdate():
        raise Refused("Первый день программы ещё не наступил")
    return perform(program, "begin", by=by, columns={"started_on": program.starts_on})


def begin_due(today=None) -> int:
    """Begin every approved programme whose first day has come; returns how many."""
    due = Program.objects.filter(state="approved", starts_on__lte=today or timezone.localdate())
    begun = 0
    for program in due:
        try:
            begin(program, by=None)
        except Refused:
            continue
        begun += 1
    return begun


@transaction.atomic
def decide_term(program, *, by, decision: str, earliest_end, latest_end) -> Program:
    """Record a decision on a special term (п. 7.2; speed mentoring, п. 2.3), which moves the bounds.

    Raises ``NotAllowed``; ``Refused`` without words or when the programme is not a draft.
    """
    if not by.can("programs.endorse"):
        raise NotAllowed("Решение об особом сроке записывает куратор")
    if program.state != "draft":
        raise Refused("Особый срок записывают, пока программа в черновике")
    if not decision.strip():
        raise Refused("Напишите, кто и почему решил об особом сроке")
    if not program.starts_on < earliest_end <= latest_end:
        raise Refused("Границы срока указаны неверно")
    Program.objects.filter(pk=program.pk).update(
        term_decision=decision,
        term_decided_at=timezone.now(),
        term_decided_by=by,
        earliest_end=earliest_end,
        latest_end=latest_end,
        ends_on=min(max(program.ends_on, earliest_end), latest_end),
        version=program.version + 1,
    )
    record(program, "decide_term", by=by, words="записано решение об особом сроке")
    program.refresh_from_db()
    return program


def _write(person, name: str, program):
    """Queue a letter about the programme to a person who has an address."""
    if person.email:
        send_template(name, to=person.email, context={"person": person, "program": program}, person_id=person.pk)
