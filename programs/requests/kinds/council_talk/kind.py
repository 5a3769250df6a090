"""A mentor or a mentee asks the council for a consultation, or for a mediation with the other side (п. 3.5)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import ruday, rutime
from mentoring_site.ui.elements import Action
from mentoring_site.workflow import Refused
from people.promises import Promise
from people.rights import CHAIR, COUNCIL, SECRETARY
from programs.requests.kinds.base import ACCEPTED, DONE, MENTEE, MENTOR, RequestKind, Route, Step, Term
from programs.requests.kinds.council_talk import acts
from programs.requests.kinds.council_talk.models import CouncilCase

LADDER_OF_COUNCIL = ((CHAIR,), (SECRETARY,))


def _save(request: Any, data: dict[str, Any]) -> None:
    CouncilCase.objects.create(request=request)


def _save_of_two(request: Any, data: dict[str, Any]) -> None:
    if request.person is None or request.person_id == request.author_id:
        raise Refused("Выберите, с кем нужна беседа")
    _save(request, data)


def _invite(request: Any, *, by: Any, data: dict[str, Any]) -> None:
    acts.invite(request, mediator=data.get("mediator"), meets_at=data.get("meets_at"), place=data.get("place", ""))


def _take_back(request: Any, *, by: Any) -> None:
    acts.take_back(request)


def _when(case: CouncilCase) -> str:
    if case.meets_at is None:
        return ""
    return f"{ruday(timezone.localdate(case.meets_at))} в {rutime(timezone.localtime(case.meets_at))}, {case.place}"


def _facts(request: Any) -> list[tuple[str, object]]:
    case = request.council_case
    reached = {True: "договорились", False: "не договорились", None: ""}[case.reached]
    held = ruday(case.held_on) if case.held_on else ""
    return [
        ("С кем", request.person.full_name if request.person else ""),
        ("Ведёт беседу", case.mediator.full_name if case.mediator else ""),
        ("Когда и где", _when(case)),
        ("Беседа прошла", ", ".join(filter(None, [held, reached]))),
        ("Договорённость" if case.reached else "Чем закончилась", case.result),
        ("Подтверждено", _confirmed(request, case)),
    ]


def _confirmed(request: Any, case: CouncilCase) -> str:
    names = [request.author.short_name] if case.author_agreed_at else []
    names += [request.person.short_name] if case.other_agreed_at else []
    return ", ".join(names)


def _actions(request: Any, user: Any) -> list[Action]:
    case, found = request.council_case, []
    if request.state == ACCEPTED and acts.leads(request, user):
        label = "Исправить запись о беседе" if case.held_on else "Записать беседу"
        url = reverse("programs:talk_held", args=[request.pk])
        found.append(Action("held", label, url, primary=not case.held_on))
        if not case.held_on:
            found.append(Action("move", "Перенести", reverse("programs:talk_move", args=[request.pk])))
    return found


def _context(request: Any, user: Any) -> dict[str, Any]:
    """Whether the user confirms; for whoever leads the talk the sides whose signatures on paper may be recorded."""
    case, side = request.council_case, acts.side_of(request, user)
    if request.state != ACCEPTED or not case.waits_for_sides:
        return {"confirms": False, "on_paper": []}
    rows = [("author", request.author, case.author_agreed_at), ("other", request.person, case.other_agreed_at)]
    waiting = [(code, person) for code, person, at in rows if not at]
    leads = user.person_id == case.mediator_id
    return {"confirms": side in dict(waiting), "on_paper": waiting if leads else []}


def _reads(user: Any) -> Q:
    invited = Q(council_case__invited_at__isnull=False, state__in=(ACCEPTED, DONE))
    return invited & (Q(council_case__mediator=user.person_id) | Q(person=user.person_id))


def _asks(user: Any) -> Q:
    mine = Q(author=user.person_id) | Q(person=user.person_id)
    ahead = Q(council_case__held_on=None)
    agreed = Q(author=user.person_id, council_case__author_agreed_at=None)
    agreed |= Q(person=user.person_id, council_case__other_agreed_at=None)
    return Q(council_case__mediator=user.person_id) | (mine & ahead) | (Q(council_case__reached=True) & agreed)


def _items(request: Any, user: Any) -> Iterator[InboxItem]:
    case = request.council_case
    if not case.held_on:
        leader = user.person_id == case.mediator_id
        yield InboxItem(
            "Провести беседу" if leader else f"Прийти на беседу: {_when(case)}",
            _when(case) if leader else f"Ведёт {case.mediator.short_name}",
            request.get_absolute_url(),
            "Открыть",
            since=case.invited_at,
            until=timezone.localdate(case.meets_at),
            weight=70,
            group=Group.REQUESTS,
            key=f"talk:{case.pk}:{case.meets_at:%Y%m%d%H%M}",
        )
    elif case.waits_for_sides and acts.side_of(request, user):
        yield InboxItem(
            "Подтвердить договорённость",
            "Прочитайте её слова: дело закроется, когда подтвердят обе стороны",
            request.get_absolute_url(),
            "Открыть",
            since=case.held_on,
            weight=75,
            group=Group.REQUESTS,
            key=f"talk:{case.pk}:confirm",
        )


ACCEPT = Step(
    label="Назначить беседу",
    heading="Кого и куда пригласить?",
    success="Беседа назначена",
    words="беседа назначена",
    state="беседа назначена",
    ask="",
    effects=(
        "Приглашённые и тот, кто ведёт беседу, узнают день и место и увидят обращение. Больше его не видит никто.",
    ),
)
DECLINE = Step(
    label="Отклонить",
    heading="Отклонить обращение?",
    success="Обращение отклонено",
    words="обращение отклонено",
    state="отклонено",
    ask="Почему",
    effects=("Причину прочтёт только тот, кто обратился.",),
)
CLOSE = Step(
    label="Завершить без беседы",
    heading="Завершить без беседы?",
    success="Завершено",
    words="завершено",
    state="завершено",
    ask="Почему",
    effects=("Приглашения больше не действуют.",),
)
SHARED: dict[str, Any] = {
    "about": "pairing",
    "filers": (MENTOR, MENTEE),
    "terms": (Term("", lambda school: 5),),
    "accept": ACCEPT,
    "decline": DECLINE,
    "close": CLOSE,
    "private": True,
    "granted_outlives": True,
    "take_back": _take_back,
    "enact": _invite,
    "erase": acts.erase,
    "related": ("council_case__mediator",),
    "facts": _facts,
    "actions": _actions,
    "template": "programs/requests/council_talk.html",
    "context": _context,
    "reads": _reads,
    "asks": _asks,
    "items": _items,
    "decision_form": "programs.requests.kinds.council_talk.forms.TalkDecisionForm",
    "ends": acts.leads,
    "ends_words": "тот, кто ведёт беседу, или председатель методического совета",
}
CONSULTATION = RequestKind(
    code="consultation",
    position=64,
    name="просьба о консультации совета",
    genitive="просьбы о консультации совета",
    offer="Попросить консультацию совета",
    submit="Попросить",
    filed="Отправлено председателю методического совета",
    lead="Методический совет назначит того, кто посоветует, и пригласит Вас (п. 3.5). В документы программы это не"
    " входит.",
    ask="О чём посоветоваться",
    routes=(Route("council", Promise.CONSULTATION, LADDER_OF_COUNCIL, in_office=True),),
    notifies=(COUNCIL, SECRETARY),
    save=_save,
    **SHARED,
)
MEDIATION = RequestKind(
    code="mediation",
    position=66,
    name="просьба о посредничестве совета",
    genitive="просьбы о посредничестве совета",
    offer="Попросить совет помочь договориться",
    submit="Попросить",
    filed="Отправлено председателю методического совета",
    lead="Беседа с наставником или наставляемым при посреднике из методического совета (п. 3.5). Вторая сторона узнает,"
    " когда её пригласят. В документы программы это не входит.",
    ask="О чём нужно договориться",
    form="programs.requests.kinds.council_talk.forms.MediationForm",
    routes=(Route("council", Promise.MEDIATION, LADDER_OF_COUNCIL, in_office=True),),
    save=_save_of_two,
    untold=lambda person: Q(person=person, council_case__invited_at=None),
    **SHARED,
)
