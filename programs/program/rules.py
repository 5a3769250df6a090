"""The workflow of a personalized program, as a table (п. 1.2, 2.3, 3.1, 3.3–3.5, 5.1, 7.1)."""

from typing import Any

from django.urls import reverse

from mentoring_site.rights import require
from mentoring_site.russian import joined
from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.language.names import agree
from people.rights import Right
from people.roles.instead import decides
from people.setup.school_parts import part_url
from programs.pairings.rules import parties as pairing_parties
from programs.pairings.rules import past_work
from programs.pairings.terms import PLAIN_LIMITS
from programs.program.content import confirmed_by
from programs.program.kinds import registry as kinds
from programs.program.states import BEFORE_APPROVAL, State
from programs.program.terms import complaint_of

AUTHORS = "наставник, наставляемый"
"""Who writes a draft besides those who have the right, for refusals."""
ENDORSER_AGREES = (
    "Вы сами поддержали этот проект как куратор. Согласование совета записывает другой человек: "
    f"{Right.PROGRAMS_AGREE.who} (п.\u00a03.5)"
)


def _step(program: Any, step: str) -> str:
    return reverse("programs:program_step", args=[program.pk, step])


def _mentees(program: Any) -> list:
    return [p for p in program.pairing.people if p.part == "mentee"]


def is_author(program: Any, user: Any) -> bool:
    """Whether the user writes the draft: its mentor, or the mentee of a pair (п. 5.1).

    A mentee of a group confirms and discusses, but does not open forms that show the difficulties of the others.
    """
    mine = next((p for p in program.pairing.people if p.person_id == user.person_id), None)
    return mine is not None and (mine.part == "mentor" or program.pairing.kind == "pair")


def may_draft(program: Any, user: Any) -> bool:
    """Mentor and mentees draft together (п. 5.1); the curator and the council may (п. 3.4, 3.5)."""
    return user.can(Right.PROGRAMS_WRITE) or is_author(program, user)


def require_drafting(program: Any, user: Any) -> None:
    """Refuse a user who may not edit the draft. Raises ``NotAllowed``."""
    require(user, Right.PROGRAMS_WRITE, unless=is_author(program, user), also=AUTHORS)


def may_agree(program: Any, user: Any) -> bool:
    """The chair or the secretary records what the council has agreed (п. 3.5); not who supported the draft (п. 3.4)."""
    return decides(user, Right.PROGRAMS_AGREE, parties(program)) and program.endorsed_by_id != user.pk


def may_endorse(program: Any, user: Any) -> bool:
    """The curator, where the curator does not take part in the program; else who decides instead (п. 3.4)."""
    return decides(user, Right.PROGRAMS_ENDORSE, parties(program))


def parties(program: Any) -> set[int]:
    """Return the keys of the people of the program: none of them decides about it (``mentoring_site/interest.py``)."""
    return pairing_parties(program.pairing)


@requirement("Пара закреплена приказом")
def assigned(program: Any) -> list[Complaint] | Complaint | None:
    if program.pairing.state != program.pairing.State.ASSIGNED:
        return Complaint(
            "Пара ещё не закреплена приказом",
            "Приказ готовит куратор",
            program.pairing.get_absolute_url(),
            "Открыть пару",
        )
    return None


@requirement("Цель, формы и виды наставничества описаны и обоснованы")
def described(program: Any) -> list[Complaint] | Complaint | None:
    """п. 1.2, 2.3: forms follow from the goal, the difficulties and the request."""
    missing = [
        (word, step)
        for word, have, step in (
            ("цель", program.goal.strip(), "goal"),
            ("форма наставничества", program.forms.all(), "forms"),
            ("вид наставничества", program.kinds.all(), "forms"),
            ("обоснование форм и видов", program.justification.strip(), "forms"),
            ("направления", program.directions.strip(), "forms"),
        )
        if not have
    ]
    if missing:
        words = joined([word for word, _ in missing])
        url = _step(program, missing[0][1])
        return Complaint(f"Не заполнено: {words}", "Заполняют наставник и наставляемый", url, "Заполнить")
    return None


@requirement("Формы и виды подходят участникам (п. 2.3)")
def kinds_fit(program: Any) -> list[Complaint]:
    """п. 2.3: who takes part in which form; two or more mentees in a group; a single meeting is no program (п. 1.2)."""
    url = _step(program, "forms")
    return [Complaint(sentence, "Исправляет наставник", url, "Исправить") for sentence in kinds.unfit(program)]


@requirement("Сказано, как идёт работа в выбранных формах и видах (п. 2.3)")
def kinds_described(program: Any) -> list[Complaint]:
    """п. 2.3: goals and schedule of the short-term kind, criteria of the traditional form, conditions of the head…"""
    url = _step(program, "details")
    return [
        Complaint(f"{name}: {words}", "Заполняют наставник и наставляемый", url, "Заполнить")
        for name, words in kinds.missing(program)
    ]


@requirement("Указано, на какие запросы и затруднения отвечает программа")
def answers_requests(program: Any) -> list[Complaint]:
    """п. 3.5: the content answers the requests of teachers; п. 1.2, 1.3: each mentee's own
    difficulties, also in a group.
    """
    found = []
    group = program.pairing.kind == "group"
    for p in _mentees(program):
        missing = [
            word
            for word, have in (("запрос", program.requests.all()), ("затруднение", program.difficulties.all()))
            if not any(not group or s.candidate_id == p.candidate_id for s in have)
        ]
        if missing:
            whose = f" ({p.person.short_name})" if group else ""
            found.append(
                Complaint(
                    f"Не отмечено ни одного: {joined(missing)}{whose}",
                    "Отмечает наставник",
                    _step(program, "goal"),
                    "Отметить",
                )
            )
    return found


@requirement(f"Срок {PLAIN_LIMITS} (п. 1.2)")
def term(program: Any) -> list[Complaint] | Complaint | None:
    if not program.starts_on or not program.ends_on:
        return Complaint("Не указан срок программы", "Указывает наставник", _step(program, "term"), "Указать")
    if wrong := complaint_of(program):
        return Complaint(wrong, "Исправляет наставник", _step(program, "term"), "Исправить")
    return None


@requirement("План мероприятий есть, и все сроки внутри срока программы")
def plan(program: Any) -> list[Complaint] | Complaint | None:
    """п. 1.2: a list of activities."""
    activities = list(program.activities.all())
    if not activities:
        return Complaint(
            "В плане нет ни одного мероприятия",
            "Добавляет наставник",
            reverse("programs:activity_new", args=[program.pk]),
            "Добавить",
        )
    if program.starts_on and program.ends_on:
        return [
            Complaint(
                f"Мероприятие «{a.title}» выходит за срок программы",
                "Исправляет наставник",
                reverse("programs:activity_edit", args=[program.pk, a.pk]),
                "Исправить",
            )
            for a in activities
            if not program.starts_on <= (a.starts_on or a.due_on) <= a.due_on <= program.ends_on
        ]
    return None


@requirement("Каждое затруднение поддержано мероприятием, или сказано, почему нет")
def difficulties_covered(program: Any) -> list[Complaint]:
    """п. 1.2: activities remove difficulties and support strengths."""
    covered = {s.pk for a in program.activities.all() for s in a.statements.all()}
    covered |= {row.statement_id for row in program.left_out.all()}
    return [
        Complaint(
            f"Затруднение «{s.text}» не поддержано ни одним мероприятием, и не сказано почему",
            "Добавляет наставник",
            reverse("programs:activity_new", args=[program.pk]) + f"?why={s.pk}",
            "Добавить мероприятие",
        )
        for s in program.difficulties.all()
        if s.pk not in covered
    ]


@requirement("Наставляемые подтвердили проект (п. 5.1)")
def confirmed(program: Any) -> list[Complaint]:
    """A mentee takes part in drafting; an edit after the confirmation asks for a new one."""
    yes = confirmed_by(program)
    return [
        Complaint(
            f"{p.person.short_name} {agree(p.person.gender, 'не подтвердил')} проект в нынешней редакции",
            "Подтверждает сам наставляемый, со слов — куратор",
            program.get_absolute_url(),
            "Открыть проект",
            remind=p.person_id,
        )
        for p in _mentees(program)
        if p.pk not in yes
    ]


@requirement("Куратор поддержал проект (п. 3.4)")
def endorsed(program: Any) -> list[Complaint] | Complaint | None:
    if not program.endorsed_at:
        return Complaint(
            "Куратор ещё не поддержал проект",
            f"Решает {program.curator.short_name}",
            program.get_absolute_url(),
            "Открыть проект",
            remind=program.curator_id,
        )
    return None


@requirement("Все замечания учтены")
def remarks_resolved(program: Any) -> list[Complaint]:
    return [
        Complaint(f"Не учтено замечание: {r.about}", "Отвечает наставник", program.get_absolute_url(), "Прочитать")
        for r in program.remarks.all()
        if r.resolved_at is None
    ]


@requirement("Участники работают до конца программы")
def employed(program: Any) -> list[Complaint]:
    """Nobody is bound by a program past the own last day of work (ТК 351.8)."""
    return past_work(program.pairing.people, program.ends_on, "программа", "Наставник сокращает срок программы")


@requirement("Приказ об утверждении Положения записан (п. 3.1)")
def regulation(program: Any) -> list[Complaint] | Complaint | None:
    if not program.has_regulation:
        return Complaint(
            "Не записан приказ об утверждении Положения о наставничестве: без него программы не начинаются",
            f"Записывает {Right.SCHOOL_EDIT.who}",
            part_url("regulation", program.get_absolute_url()),
            "Записать",
        )
    return None


@requirement("Письменные согласия участников действуют (п. 3.2, 3.3)")
def consents(program: Any) -> list[Complaint]:
    """A pair from paper may lack its consents, and a consent may have been withdrawn since the pair was assigned."""
    return [
        Complaint(f"{p.person.short_name}: {what}", f"Получить его должен {Right.CONSENTS_RECORD.who}")
        for p in program.pairing.people
        for what, have in (
            ("нет согласия на обработку персональных данных", p.has_processing),
            ("нет согласия на дополнительные обязанности", p.has_duties),
        )
        if not have
    ]


PROGRAM = Workflow(
    Transition(
        "submit",
        "Передать куратору",
        (State.DRAFT,),
        State.SUBMITTED,
        "проект передан куратору",
        (
            assigned,
            described,
            kinds_fit,
            kinds_described,
            answers_requests,
            term,
            employed,
            plan,
            difficulties_covered,
            confirmed,
            remarks_resolved,
        ),
        right=Right.PROGRAMS_WRITE,
        may=is_author,
        who=AUTHORS,
    ),
    Transition(
        "send_back",
        "Вернуть на доработку",
        (State.SUBMITTED, State.AGREED),
        State.DRAFT,
        "возвращена на доработку",
        right=Right.PROGRAMS_RETURN,
        parties=parties,
    ),
    Transition(
        "agree",
        "Записать согласование совета",
        (State.SUBMITTED,),
        State.AGREED,
        "согласована методическим советом",
        (endorsed, confirmed, remarks_resolved),
        may=may_agree,
        who=f"{Right.PROGRAMS_AGREE.who}, но не тот, кто поддержал проект",
        parties=parties,
    ),
    Transition(
        "approve",
        "Утвердить приказом",
        (State.AGREED,),
        State.APPROVED,
        "утверждена приказом",
        (regulation, assigned, kinds_fit, term, employed, consents),
        right=Right.ORDERS_REGISTER,
    ),
    Transition(
        "begin",
        "Начать",
        (State.APPROVED,),
        State.RUNNING,
        "начата",
        (regulation,),
        right=Right.ORDERS_REGISTER,
    ),
    Transition(
        "complete",
        "Завершить",
        (State.RUNNING,),
        State.COMPLETED,
        "завершена",
        right=Right.ORDERS_REGISTER,
    ),
    Transition(
        "terminate",
        "Прекратить",
        (State.RUNNING,),
        State.TERMINATED,
        "прекращена",
        right=Right.ORDERS_REGISTER,
    ),
    Transition(
        "drop",
        "Снять проект",
        BEFORE_APPROVAL,
        State.DROPPED,
        "снята до утверждения: закрепление прекращено",
        right=Right.ORDERS_REGISTER,
    ),
)
