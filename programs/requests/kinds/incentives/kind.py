"""A mentor proposes to honor a mentee or a colleague (п. 4.2), the methodical council a mentor (п. 3.5)."""

from typing import Any

from mentoring_site.evidence import acts as evidence_acts
from mentoring_site.evidence.presenters import shown, with_evidence
from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import NBSP, rushort
from mentoring_site.workflow import Refused
from people.language.declension import name_in
from people.promises import Promise
from people.rights import CHAIR, COUNCIL, CURATOR, DIRECTOR, SECRETARY, Right
from programs.pairings.models import Pairing
from programs.requests import incentives
from programs.requests.kinds.base import DIRECTORS, LADDER, MENTOR, RequestKind, Route, Step, Term
from programs.requests.kinds.incentives.forms import works_here
from programs.requests.kinds.incentives.models import IncentiveWish, measures_of

GONE = "Проект приказа уже согласован или подписан: решение отменить нельзя"


def _save(request: Any, data: dict[str, Any]) -> None:
    measures = [one.code for one in measures_of(data.get("measures", ()))]
    if not measures:
        raise Refused("Отметьте хотя бы одну меру поощрения")
    if request.person is None:
        raise Refused("Выберите, кого поощрить")
    IncentiveWish.objects.create(request=request, measures=measures)


def _save_of_council(request: Any, data: dict[str, Any]) -> None:
    """With the number and date of the minutes; minutes that are kept here are attached."""
    number, day = data.get("minutes_number", "").strip(), data.get("minutes_date")
    if not number or not day:
        raise Refused("Нет протокола методического совета: поощрение наставника предлагает совет (п. 3.5)")
    _save(request, data)
    wish = IncentiveWish.objects.get(request=request)
    IncentiveWish.objects.filter(pk=wish.pk).update(minutes_number=number, minutes_date=day)
    if data.get("minutes"):
        evidence_acts.add(wish, by=request.created_by, objects=[data["minutes"]])


def _draft(request: Any, *, by: Any, data: dict[str, Any]) -> Any:
    """Keep what was decided and draft the order with its measures."""
    wish = request.incentive
    chosen = measures_of(data.get("measures") or wish.measures)
    merit, amount = data.get("merit", "").strip(), data.get("amount", "").strip()
    kept = {"measures": [one.code for one in chosen], "merit": merit, "amount": amount}
    IncentiveWish.objects.filter(pk=wish.pk).update(**kept)
    if not data.get("order"):
        return None
    if not works_here(request.person):
        raise Refused("Приказ издают о работнике школы: этот человек в ней не работает")
    if any(one.is_material for one in chosen) and not amount:
        raise Refused("Напишите размер премии: он войдёт в приказ")
    if not merit:
        raise Refused("Напишите, за что поощряют: эти слова войдут в приказ")
    proposal = ""
    if not wish.minutes_date:
        author = name_in(request.author, "genitive", short=True)
        proposal = f"предложения наставника {author} от{NBSP}{rushort(request.filed_on)}"
    wanted = incentives.Incentive(
        people=[request.person],
        merit=merit,
        measures=chosen,
        amount=amount,
        minutes_number=wish.minutes_number,
        minutes_date=wish.minutes_date,
        proposal=proposal,
    )
    return incentives.draft(wanted, by=by)


def _take_back(request: Any, *, by: Any) -> None:
    """Delete the draft that acceptance has prepared."""
    if request.led_to is not None:
        if request.led_to.state != "draft":
            raise Refused(GONE)
        incentives.discard(request.led_to, by=by, reason="Решение о поощрении отменено")


def _facts(request: Any) -> list[tuple[str, object]]:
    wish = request.incentive
    minutes = PaperRef(wish.minutes_number, wish.minutes_date).on_screen if wish.minutes_date else ""
    return [
        ("Кого поощрить", request.person.full_name),
        ("Как", ", ".join(one.name for one in measures_of(wish.measures))),
        ("Размер премии", wish.amount),
        ("Протокол методического совета", minutes),
        ("Словами приказа", wish.merit),
    ]


def _context(request: Any, user: Any) -> dict[str, Any]:
    wish = IncentiveWish.objects.filter(request=request).prefetch_related(with_evidence()).get()
    return {"evidence": shown(wish, changes=False)}


def _closed(subject: Any) -> str:
    if subject.pairing.state not in (Pairing.State.ASSIGNED, Pairing.State.DISSOLVED):
        return "О поощрении говорят, когда пара закреплена приказом"
    return ""


def _erase(rows: Any) -> None:
    IncentiveWish.objects.filter(request__in=rows).update(merit="", amount="")


DECLINE = Step(
    label="Отклонить",
    heading="Отклонить предложение?",
    success="Предложение отклонено",
    words="предложение о поощрении отклонено",
    state="отклонено",
    ask="Почему",
    effects=("Автор узнает причину.",),
)
ENCOURAGEMENT = RequestKind(
    code="encouragement",
    position=52,
    name="предложение о поощрении",
    genitive="предложения о поощрении",
    offer="Предложить поощрение",
    submit="Предложить",
    filed="Предложение отправлено куратору",
    lead="Наставляемого или коллегу: за что и как. Куратор готовит проект приказа, решает директор (п. 4.2).",
    ask="За что",
    gender="n",
    about="pairing",
    filers=(MENTOR,),
    routes=(Route("curator", Promise.ENCOURAGEMENT, LADDER, readers=(CURATOR, DIRECTOR)),),
    terms=(Term("", lambda school: 5),),
    accept=Step(
        label="Поддержать",
        heading="Поддержать предложение о поощрении?",
        success="Предложение поддержано",
        words="предложение о поощрении поддержано",
        state="поддержано",
        ask="Ответ",
        effects=(
            "Автор узнает ответ. Тому, кого поощряют, скажет приказ.",
            "С отметкой ниже будет составлен проект приказа; поощрение состоится, когда его подпишет директор"
            " (ТК РФ, ст. 191).",
        ),
    ),
    decline=DECLINE,
    founder=True,
    lapses=False,
    closed_for=_closed,
    form="programs.requests.kinds.incentives.forms.EncouragementForm",
    decision_form="programs.requests.kinds.incentives.forms.IncentiveDecisionForm",
    save=_save,
    enact=_draft,
    take_back=_take_back,
    erase=_erase,
    related=("incentive",),
    facts=_facts,
    template="programs/requests/incentive.html",
    context=_context,
    closes_by=Right.INCENTIVES_DECIDE,
)
MENTOR_INCENTIVE = RequestKind(
    code="mentor_incentive",
    position=54,
    name="предложение совета о поощрении наставника",
    genitive="предложения совета о поощрении наставника",
    offer="Предложить поощрить наставника",
    submit="Предложить директору",
    filed="Предложение отправлено директору",
    lead="По протоколу методического совета; решает директор (п. 3.5).",
    ask="За что: что сделал наставник",
    gender="n",
    about="pairing",
    filers=(CHAIR, SECRETARY),
    routes=(Route("director", Promise.MENTOR_INCENTIVE, DIRECTORS, readers=(CURATOR, CHAIR, SECRETARY, COUNCIL)),),
    terms=(Term("", lambda school: 10),),
    accept=Step(
        label="Поощрить",
        heading="Поощрить наставника?",
        success="Решение принято",
        words="решено поощрить наставника",
        state="решено поощрить",
        ask="Решение",
        effects=(
            "Совет узнает решение. Наставнику скажет приказ.",
            "С отметкой ниже будет составлен проект приказа с этими мерами и протоколом совета.",
        ),
    ),
    decline=DECLINE,
    founder=True,
    lapses=False,
    closed_for=_closed,
    form="programs.requests.kinds.incentives.forms.MentorIncentiveForm",
    decision_form="programs.requests.kinds.incentives.forms.IncentiveDecisionForm",
    save=_save_of_council,
    enact=_draft,
    take_back=_take_back,
    erase=_erase,
    related=("incentive",),
    facts=_facts,
    template="programs/requests/incentive.html",
    context=_context,
    closes_by=Right.INCENTIVES_DECIDE,
)
