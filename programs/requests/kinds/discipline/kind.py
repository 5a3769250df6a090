"""A mentor proposes a disciplinary measure (п. 4.2): read by director, curator and author only (ТК 192, 193)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import rudate
from mentoring_site.ui.elements import Action
from mentoring_site.workflow import Refused
from people.promises import Promise
from people.rights import CURATOR, DIRECTOR, Right
from programs.pairings.models import Pairing
from programs.requests.deciding import interested
from programs.requests.kinds.base import ACCEPTED, MENTOR, RequestKind, Route, Step, Term
from programs.requests.kinds.discipline import acts, terms
from programs.requests.kinds.discipline.models import Discipline


def _closed(subject: Any) -> str:
    if subject.pairing.state != Pairing.State.ASSIGNED:
        return "О мерах воздействия говорят, пока пара закреплена приказом"
    return ""


def _save(request: Any, data: dict[str, Any]) -> None:
    deed_on = data.get("deed_on")
    if request.person is None or deed_on is None:
        raise Refused("Укажите, о ком речь и когда это было")
    if deed_on > request.filed_on:
        raise Refused("День проступка не может быть позже дня предложения")
    Discipline.objects.create(request=request, deed_on=deed_on, known_on=request.filed_on)


def _take_up(request: Any, *, by: Any, data: dict[str, Any]) -> None:
    acts.ask(request, by=by, demand=data.get("demand", ""), known_on=data.get("known_on") or request.filed_on)


def _take_back(request: Any, *, by: Any) -> None:
    acts.take_back(request)


def _ends(request: Any, user: Any) -> bool:
    return user.can(Right.DISCIPLINE_DECIDE) and user.person_id not in interested(request, user)


def _facts(request: Any) -> list[tuple[str, object]]:
    case = request.discipline
    rows: list[tuple[str, object]] = [("О ком", request.person.full_name), ("Когда это было", rudate(case.deed_on))]
    if case.asked_on:
        rows += [
            ("Объяснение запрошено", f"{rudate(case.asked_on)}, срок — до {rudate(case.explain_by)}"),
            ("Объяснение получено", rudate(case.explained_on) if case.explained_on else ""),
            (
                "Акт о непредставлении объяснения",
                PaperRef(case.refusal_number, case.refused_on).on_screen if case.refused_on else "",
            ),
        ]
    order = f" {PaperRef(case.order_number, case.order_date).on_screen}" if case.order_date else ""
    rows.append(("Чем закончилось", f"{case.get_outcome_display()}{order}" if case.outcome else ""))
    until = acts.kept_until(case)
    rows.append(("Слова хранятся", f"до {rudate(until)}, потом уничтожаются" if until else ""))
    return rows


def _actions(request: Any, user: Any) -> list[Action]:
    case = request.discipline
    if request.state != ACCEPTED or not acts.may_record(case, user):
        return []
    return [Action("explanation", "Объяснение работника", case.get_absolute_url(), primary=not case.is_answered)]


def _context(request: Any, user: Any) -> dict[str, Any]:
    """Terms of the law while the case is open."""
    case = request.discipline
    if not case.is_open:
        return {"terms": []}
    return {"terms": [terms.month_from_discovery(case), terms.half_year_from_deed(case)]}


def _asks(user: Any) -> Q:
    """The director's open cases; of the worker an explanation."""
    explain = Q(person=user.person_id, discipline__explained_on=None, discipline__refused_on=None)
    if not user.can(Right.DISCIPLINE_DECIDE):
        return explain
    return explain | (~Q(author=user.person_id) & ~Q(person=user.person_id))


def _items(request: Any, user: Any) -> Iterator[InboxItem]:
    case = request.discipline
    if request.person_id == user.person_id:
        yield InboxItem(
            "Дать письменное объяснение",
            "Его просит директор (ТК РФ, ст. 193)",
            case.get_absolute_url(),
            "Открыть",
            since=request.decided_at,
            until=case.explain_by,
            weight=85,
            group=Group.REQUESTS,
            key=f"discipline:{case.pk}:explain",
        )
    elif _ends(request, user):
        last = min(terms.month_from_discovery(case).last, terms.half_year_from_deed(case).last)
        waiting = "Ждём объяснения" if not case.is_answered else "Ответ есть: решите, чем закончить"
        if case.may_be_refused:
            waiting = "Срок объяснения прошёл: можно составить акт"
        yield InboxItem(
            f"Закончить дело: {request.about}",
            waiting,
            request.get_absolute_url(),
            "Открыть",
            since=request.decided_at,
            until=last if case.is_answered else case.explain_by,
            weight=70,
            group=Group.REQUESTS,
            key=f"discipline:{case.pk}:close",
        )


DISCIPLINE = RequestKind(
    code="discipline",
    position=56,
    name="предложение о дисциплинарном взыскании",
    genitive="предложения о дисциплинарном взыскании",
    offer="Предложить меру воздействия",
    submit="Отправить директору",
    filed="Отправлено директору. Это ещё не взыскание",
    lead="Само по себе это не взыскание: решает директор по статьям 192 и 193 ТК РФ. Наставляемый о предложении не"
    " узнает, пока директор не запросит объяснения.",
    ask="Что произошло",
    gender="n",
    about="pairing",
    filers=(MENTOR,),
    routes=(Route("director", Promise.DISCIPLINE, ((DIRECTOR,),), readers=(CURATOR,), in_office=True),),
    terms=(Term("", lambda school: 3),),
    accept=Step(
        label="Взять в работу и запросить объяснение",
        heading="Взять в работу и запросить письменное объяснение?",
        success="Объяснение запрошено",
        words="взято в работу, запрошено письменное объяснение",
        state="в работе",
        ask="",
        effects=(
            "Работник прочтёт только то, что Вы напишете здесь, и узнает, до какого дня объяснить:"
            " это два рабочих дня (ТК РФ, ст. 193).",
            "Предложения наставника он не увидит.",
            "Взыскания этот шаг не накладывает.",
        ),
    ),
    decline=Step(
        label="Отклонить",
        heading="Отклонить предложение?",
        success="Предложение отклонено",
        words="предложение отклонено",
        state="отклонено",
        ask="Почему",
        effects=("Причину прочтут те же, кто читает предложение. Работник о нём не узнает.",),
    ),
    close=Step(
        label="Закрыть дело",
        heading="Чем закончилось?",
        success="Дело закрыто",
        words="дело закрыто",
        state="закрыто",
        ask="Что решено",
        effects=("Приказа о взыскании система не составляет: здесь записывают только его номер и дату.",),
    ),
    nobody_left="Решать это предложение некому: директора нет, либо дело касается его самого, либо он заинтересован."
    " Сначала нужен исполняющий обязанности директора. Его назначают на странице «Роли»",
    lapses=False,
    private=True,
    closed_for=_closed,
    form="programs.requests.kinds.discipline.forms.DisciplineForm",
    decision_form="programs.requests.kinds.discipline.forms.DisciplineDecisionForm",
    save=_save,
    enact=_take_up,
    take_back=_take_back,
    finish=acts.finish,
    ends=_ends,
    ends_words="директор",
    tick=acts.tick,
    erase=acts.erase,
    untold=lambda person: Q(person=person, discipline__asked_on=None),
    stays=acts.stays,
    related=("discipline",),
    facts=_facts,
    actions=_actions,
    template="programs/requests/discipline.html",
    context=_context,
    asks=_asks,
    items=_items,
)
