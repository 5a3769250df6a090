"""The mentor engages another teacher of the school for one activity, with that teacher's consent (п. 4.1)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import period
from mentoring_site.ui.elements import Action
from mentoring_site.workflow import Complaint, Refused, requirement
from people.promises import Promise
from people.rights import CURATOR, Right
from programs.journal.hours import hours_words
from programs.program.states import State
from programs.requests.kinds.base import ACCEPTED, AUTHOR, MENTEE, MENTOR, PERSON, RequestKind, Route, Step, Term
from programs.requests.kinds.engaging import acts
from programs.requests.kinds.engaging.models import EngagedWork
from programs.requests.models import Request


@requirement("Мероприятие есть в плане")
def activity_in_plan(request: Any) -> Complaint | None:
    """A reworded plan may have dropped the activity."""
    if request.activity is None:
        return Complaint("Этого мероприятия больше нет в плане программы")
    return None


@requirement("Преподаватель не участвует в этой паре")
def no_participant(request: Any) -> Complaint | None:
    """Who takes part helps as a participant; an engaged teacher is never in the mentor's place."""
    if request.person_id in {p.person_id for p in request.pairing.people}:
        return Complaint("Преподаватель сам участвует в этой паре")
    return None


def _closed(subject: Any) -> str:
    if subject.program.state != State.RUNNING:
        return "Преподавателя привлекают, когда программа началась"
    return ""


def _facts(request: Any) -> list[tuple[str, object]]:
    """The activity as the teacher sees it: nothing else of the program is shown."""
    activity = request.activity
    rows: list[tuple[str, object]] = [
        ("Кого просят", request.person.full_name),
        ("Наставляемые", ", ".join(p.person.short_name for p in request.pairing.people if p.part == MENTEE)),
    ]
    if activity:
        rows += [
            ("Когда", period(activity.starts_on or activity.due_on, activity.due_on)),
            ("Ожидаемый результат", activity.expected_result),
            ("Чем подтверждается", activity.evidence),
        ]
    return rows


def _actions(request: Any, user: Any) -> list[Action]:
    if not acts.may_log(request, user):
        return []
    return [Action("work", "Записать часы", reverse("programs:engaged_work_new", args=[request.pk]), primary=True)]


def _context(request: Any, user: Any) -> dict[str, Any]:
    rows = list(EngagedWork.objects.filter(request=request).select_related("logged_by__person"))
    counted = sum(row.minutes for row in rows if row.confirmed_at)
    return {
        "work": [
            {
                "row": row,
                "confirm": reverse("programs:engaged_work_confirm", args=[row.pk])
                if acts.may_confirm(row, request, user)
                else "",
                "drop": reverse("programs:engaged_work_drop", args=[row.pk])
                if not row.confirmed_at and (row.logged_by_id == user.pk or user.can(Right.PROGRAMS_ACT_FOR_OTHERS))
                else "",
            }
            for row in rows
        ],
        "counted": hours_words(counted),
    }


def _waits(user: Any) -> Iterator[InboxItem]:
    """The teacher's activity that is ahead; hours that the other side has written."""
    mine = Request.objects.filter(kind="engaging", state=ACCEPTED, person=user.person_id, engaged_work=None)
    for request in mine.select_related("activity", "author").order_by("pk")[:10]:
        yield InboxItem(
            f"Помочь: {request.about}",
            f"Вы дали согласие. Просит наставник {request.author.short_name}",
            request.get_absolute_url(),
            "Открыть и записать часы",
            since=request.decided_at,
            until=request.activity.due_on if request.activity else None,
            weight=45,
            group=Group.REQUESTS,
            key=f"request:{request.pk}:work",
        )
    if "mentor" in user.roles or EngagedWork.objects.filter(request__person=user.person_id).exists():
        yield from _to_confirm(user)


def _to_confirm(user: Any) -> Iterator[InboxItem]:
    waiting = EngagedWork.objects.visible_to(user).filter(confirmed_at__isnull=True).exclude(logged_by=user)
    requests = Request.objects.filter(pk__in=waiting.values("request")).with_requirements()
    known = {request.pk: request for request in requests}
    for work in waiting.select_related("logged_by__person").order_by("held_on", "pk")[:10]:
        request = known[work.request_id]
        if acts.is_side(request, user) and acts.may_confirm(work, request, user):
            yield InboxItem(
                f"Подтвердить часы: {request.about}",
                f"{work.logged_by.person.short_name}: {work.about}",
                request.get_absolute_url(),
                "Открыть и подтвердить",
                since=work.logged_at,
                weight=40,
                group=Group.REQUESTS,
                key=f"engaged_work:{work.pk}",
            )


def _take_back(request: Any, *, by: Any) -> None:
    if request.engaged_work.exists():
        raise Refused("Часы уже записаны: привлечение можно только завершить")


ENGAGING = RequestKind(
    code="engaging",
    position=30,
    name="просьба о помощи другого преподавателя",
    genitive="просьбы о помощи другого преподавателя",
    offer="Привлечь другого преподавателя",
    submit="Попросить",
    filed="Просьба отправлена преподавателю",
    lead="К одному мероприятию и только с его согласия; наставником остаётесь Вы (п. 4.1).",
    ask="О чём Вы его просите",
    about="program",
    filers=(MENTOR,),
    routes=(
        Route(
            "teacher",
            Promise.ENGAGEMENT,
            ((PERSON,),),
            readers=(MENTOR, MENTEE, CURATOR),
            parties=(AUTHOR,),
        ),
    ),
    terms=(Term("", lambda school: 5),),
    accept=Step(
        label="Согласиться",
        heading="Помочь с этим мероприятием?",
        success="Согласие записано",
        words="согласие преподавателя получено",
        state="согласие есть",
        ask="",
        effects=(
            "Преподаватель видит только это мероприятие и записывает свои часы.",
            "Наставник остаётся прежним, план и результаты ведёт он.",
        ),
    ),
    decline=Step(
        label="Отказаться",
        heading="Отказаться помочь?",
        success="Отказ записан",
        words="преподаватель отвечает отказом",
        state="отказ",
        ask="",
        effects=("Причину называть не нужно. Отказ увидит наставник.",),
    ),
    close=Step(
        label="Завершить помощь",
        heading="Завершить помощь преподавателя?",
        success="Помощь завершена",
        words="помощь завершена",
        state="помощь завершена",
        ask="",
        effects=("Новых часов записать будет нельзя; записанные остаются.",),
    ),
    by_word=True,
    tells=(MENTEE, CURATOR),
    requirements=(activity_in_plan, no_participant),
    closed_for=_closed,
    form="programs.requests.kinds.engaging.forms.EngagingForm",
    take_back=_take_back,
    facts=_facts,
    actions=_actions,
    template="programs/requests/engaging.html",
    context=_context,
    waits=_waits,
    state_words={"filed": "ждёт согласия"},
)
