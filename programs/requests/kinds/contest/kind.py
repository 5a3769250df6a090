"""The mentor recommends a mentee for a contest, the mentee asks for it; the council prepares (п. 3.5, 4.2).

Nothing of it is published here: the public section shows results only with a live consent.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.evidence.presenters import shown, with_evidence
from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import ruday
from mentoring_site.ui.elements import Action
from mentoring_site.workflow import Complaint, Refused, requirement
from people.promises import Promise
from people.rights import CHAIR, CURATOR, DIRECTOR, Right
from programs.program.states import State
from programs.requests.kinds.base import (
    ACCEPTED,
    MENTEE,
    MENTOR,
    PERSON,
    RequestKind,
    Route,
    Step,
    Term,
)
from programs.requests.kinds.contest import acts
from programs.requests.kinds.contest.models import Contest


@requirement("Конкурс ещё впереди")
def still_ahead(request: Any) -> Complaint | None:
    if request.contest.is_over:
        return Complaint("Конкурс уже прошёл: одобрять участие поздно")
    return None


@requirement("В методическом совете есть кому готовить")
def council_prepares(request: Any) -> Complaint | None:
    """п. 3.5: the council prepares participants of programs for contests."""
    if not acts.members(request.contest.mentee.person_id).exists():
        return Complaint("В методическом совете никого нет, готовить некому", "Роли членов совета даёт раздел «Роли»")
    return None


def _closed(subject: Any) -> str:
    if subject.program.state != State.RUNNING:
        return "Конкурсы рекомендуют, пока программа реализуется"
    return ""


def _save(request: Any, data: dict[str, Any]) -> None:
    mentee = data["mentee"]
    if mentee.pairing_id != request.pairing_id or mentee.part != "mentee" or mentee.until is not None:
        raise Refused("Выберите наставляемого этой программы")
    if data["ends_on"] < data["starts_on"]:
        raise Refused("Последний день не может быть раньше первого")
    if data["ends_on"] < timezone.localdate():
        raise Refused("Рекомендуют то, что ещё впереди")
    plain = {name: data[name] for name in ("title", "level", "starts_on", "ends_on", "place")}
    Contest.objects.create(request=request, program=request.program, mentee=mentee, **plain)


def _enact(request: Any, *, by: Any, data: dict[str, Any]) -> None:
    if data.get("owner") is None:
        raise Refused("Выберите, кто из методического совета готовит (п. 3.5)")
    acts.assign(request, data["owner"], by=by)


def _take_back(request: Any, *, by: Any) -> None:
    if request.contest.plan or request.contest.result:
        raise Refused("К конкурсу уже готовятся")
    Contest.objects.filter(pk=request.contest.pk).update(owner=None)


def _erase(rows: Any) -> None:
    """Destroy how it was prepared and what for it was awarded; the result stays."""
    Contest.objects.filter(request__in=rows).update(plan="", award="")


def _facts(request: Any) -> list[tuple[str, object]]:
    contest = request.contest
    recorded = ""
    if contest.recorded_by and contest.recorded_at:
        recorded = f"{contest.recorded_by.person.short_name}, {ruday(contest.recorded_at)}"
    return [
        ("Кто участвует", contest.mentee.person.full_name),
        ("Уровень", contest.get_level_display()),
        ("Когда", contest.when),
        ("Где и кто проводит", contest.place),
        ("Готовит от методического совета", contest.owner.full_name if contest.owner else ""),
        ("Как готовятся", contest.plan),
        ("Результат", contest.result_words),
        ("Результат записан", recorded),
    ]


def _actions(request: Any, user: Any) -> list[Action]:
    contest, found = request.contest, []
    if request.state != ACCEPTED or contest.result:
        return []

    def at(name: str) -> str:
        return reverse(f"programs:contest_{name}", args=[request.pk])

    if acts.may_work(request, user):
        begun = contest.starts_on <= timezone.localdate()
        early = () if begun else (f"Конкурс начнётся {ruday(contest.starts_on)}",)
        label = "Изменить, как готовятся" if contest.plan else "Написать, как готовимся"
        found.append(Action("prepare", label, at("prepare"), primary=not begun))
        found.append(Action("result", "Записать результат", at("result"), primary=begun))
        if early:
            found[-1] = Action("result", "Записать, что не состоялось", at("result"))
    if acts.may_assign(request, user):
        found.append(Action("owner", "Поручить подготовку другому", at("owner")))
    return found


def _context(request: Any, user: Any) -> dict[str, Any]:
    contest = Contest.objects.prefetch_related(with_evidence()).get(pk=request.contest.pk)
    if not contest.result:
        return {"evidence": None}
    won = contest.result in Contest.WON
    return {"evidence": shown(contest, changes=acts.may_work(request, user), expected=won)}


def _waits(user: Any) -> Iterator[InboxItem]:
    """What a member of the council prepares; of others nothing is asked, and nothing is read."""
    if not set(acts.MEMBERS) & set(user.roles):
        return
    mine = Contest.objects.ahead().filter(owner=user.person_id).select_related("request", "mentee__person")
    for contest in mine.order_by("starts_on", "pk")[:10]:
        over = contest.is_over
        yield InboxItem(
            f"Записать результат: {contest}" if over else f"Подготовить к конкурсу: {contest}",
            f"{contest.mentee.person.short_name}, {contest.get_level_display()}, {contest.when}",
            contest.get_absolute_url(),
            "Открыть и записать" if over or contest.plan else "Написать, как готовимся",
            since=contest.request.decided_at,
            until=contest.starts_on,
            weight=55,
            group=Group.REQUESTS,
            key=f"contest:{contest.pk}",
        )


CONTEST = RequestKind(
    code="contest",
    position=70,
    name="рекомендация для участия в конкурсе",
    genitive="рекомендации для участия в конкурсе",
    offer="Рекомендовать для конкурса или события",
    submit="Рекомендовать",
    filed="Рекомендация отправлена. Решит куратор или председатель методического совета",
    lead="Конкурс, конференция, фестиваль любого уровня. Готовить будет член методического совета (п. 3.5, 4.2).",
    ask="Почему стоит участвовать",
    about="program",
    filers=(MENTOR, MENTEE),
    routes=(
        Route(
            "council",
            Promise.CONTEST,
            ((CURATOR, CHAIR), (DIRECTOR,)),
            readers=(MENTOR, PERSON),
        ),
    ),
    terms=(Term("", lambda school: 5),),
    accept=Step(
        label="Одобрить участие",
        heading="Одобрить участие?",
        success="Участие одобрено, подготовка поручена",
        words="участие одобрено",
        state="участие одобрено",
        ask="",
        effects=(
            "Конкурс встанет в задачи того, кто готовит; наставник и наставляемый узнают о решении.",
            "На сайте ничего не появится: для этого нужно согласие на распространение.",
        ),
    ),
    decline=Step(
        label="Отклонить",
        heading="Отклонить рекомендацию?",
        success="Рекомендация отклонена",
        words="рекомендация отклонена",
        state="отклонено",
        ask="Почему",
        effects=("Автор и наставляемый узнают причину.",),
    ),
    tells=(MENTOR, PERSON),
    requirements=(still_ahead, council_prepares),
    closed_for=_closed,
    closes_by=Right.CONTESTS_DECIDE,
    form="programs.requests.kinds.contest.forms.ContestForm",
    decision_form="programs.requests.kinds.contest.forms.ContestDecisionForm",
    reads=lambda user: Q(contest__owner=user.person_id),
    save=_save,
    erase=_erase,
    enact=_enact,
    take_back=_take_back,
    related=("contest", "contest__owner", "contest__mentee__person", "contest__recorded_by__person"),
    facts=_facts,
    actions=_actions,
    template="programs/requests/contest.html",
    context=_context,
    waits=_waits,
)
