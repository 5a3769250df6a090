"""Support of a mentee without a pair: opened by the curator, agreed by whoever supports (roadmap, stage 5)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.locks import locked
from mentoring_site.russian import full_stop, rudate
from mentoring_site.ui.elements import Action
from mentoring_site.workflow import Complaint, Refused, requirement
from people.promises import Promise
from people.rights import CURATOR, Right
from people.roles.letters import mail_person
from programs.pairings.pool import free_mentees
from programs.requests.kinds.base import ACCEPTED, PERSON, RequestKind, Route, Step, Term
from programs.requests.kinds.support import acts
from programs.requests.kinds.support.models import PairlessSupport

WEEK = timedelta(days=7)


@requirement("У наставляемого ещё нет пары")
def still_without_pair(request: Any) -> Complaint | None:
    if PairlessSupport.objects.filter(request=request).filter(acts.paired()).exists():
        return Complaint("У наставляемого уже есть пара: поддержка не нужна")
    return None


def _closed(subject: Any) -> str:
    if not free_mentees().filter(person=subject.thing).exists():
        return "Поддержку оформляют тому, кто стоит в банке наставляемых и не в паре"
    if acts.supported(subject.thing):
        return "Поддержка уже оформлена или ждёт согласия"
    return ""


def _save(request: Any, data: dict[str, Any]) -> None:
    mentee, until = data["mentee"], data["until"]
    acts.check_term(until)
    if request.person_id is None or request.person_id == mentee.pk:
        raise Refused("Выберите, кто поддержит наставляемого")
    locked(mentee)
    if acts.supported(mentee):
        raise Refused("Поддержка уже оформлена или ждёт согласия")
    PairlessSupport.objects.create(request=request, mentee=mentee, until=until)


def _begin(request: Any, *, by: Any, data: dict[str, Any]) -> None:
    support = request.support
    mail_person(support.mentee, "support_begun", person=support.mentee, pairless=support)


def _facts(request: Any) -> list[tuple[str, object]]:
    support = request.support
    return [("Кто поддерживает", request.person.full_name), ("До какого дня", rudate(support.until))]


def _actions(request: Any, user: Any) -> list[Action]:
    if request.state != ACCEPTED or not user.can(Right.REQUESTS_DECIDE):
        return []
    return [Action("prolong", "Продлить", reverse("programs:support_prolong", args=[request.pk]))]


def _asks(user: Any) -> Q:
    """Rows near their end, for whoever supports and whoever has opened the record."""
    mine = Q(person=user.person_id) | Q(author=user.person_id)
    return mine & Q(support__until__lte=timezone.localdate() + WEEK)


def _items(request: Any, user: Any) -> Iterator[InboxItem]:
    yield InboxItem(
        f"Поддержка заканчивается: {request.about}",
        f"Поддерживает {full_stop(request.person.short_name)} Пары пока нет: продлите или завершите",
        request.get_absolute_url(),
        "Открыть",
        since=request.decided_at,
        until=request.support.until,
        weight=55,
        group=Group.PAIRS,
        key=f"request:{request.pk}:support",
    )


SUPPORT = RequestKind(
    code="support",
    position=62,
    name="поддержка без пары",
    genitive="поддержки без пары",
    offer="Оформить поддержку, пока нет пары",
    submit="Попросить согласия",
    filed="Записано, ждёт согласия того, кто поддержит",
    lead="Кто поддержит, чем и до какого дня. Закончится сама, когда начнётся пара (дорожная карта, этап 5).",
    ask="Чем и как поддерживают",
    about="person",
    filers=(CURATOR,),
    routes=(Route("supporter", Promise.PAIRLESS_SUPPORT, ((PERSON,),), readers=(CURATOR,), parties=()),),
    terms=(Term("", lambda school: 5),),
    accept=Step(
        label="Согласиться",
        heading="Поддержать наставляемого, пока у него нет пары?",
        success="Согласие записано",
        words="согласие поддержать получено",
        state="идёт",
        ask="",
        effects=("Наставляемый узнает, кто его поддерживает, чем и до какого дня.",),
    ),
    decline=Step(
        label="Отказаться",
        heading="Отказаться?",
        success="Отказ записан",
        words="получен отказ",
        state="отказ",
        ask="",
        effects=("Причину называть не нужно. Куратор подберёт другого.",),
    ),
    close=Step(
        label="Завершить поддержку",
        heading="Завершить поддержку?",
        success="Поддержка завершена",
        words="поддержка завершена",
        state="завершена",
        ask="",
        effects=("Если пары всё ещё нет, человек снова встанет в список тех, кто без поддержки.",),
    ),
    by_word=True,
    lapses=False,
    requirements=(still_without_pair,),
    closed_for=_closed,
    form="programs.requests.kinds.support.forms.SupportForm",
    save=_save,
    enact=_begin,
    tick=acts.tick,
    reads=lambda user: Q(support__mentee=user.person_id) & Q(state__in=(ACCEPTED, "done")),
    concerns=lambda person: Q(support__mentee=person),
    related=("support__mentee",),
    facts=_facts,
    actions=_actions,
    asks=_asks,
    items=_items,
    state_words={"filed": "ждёт согласия"},
)
