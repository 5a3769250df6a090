"""Steps of the first hour in pairs: the proposal, the answers, the council, the consents (п. 3.2, 3.5, 6.1)."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from mentoring_site.journeys import Step
from people.consents.models import DUTIES, Consent
from people.rights import Right
from programs.pairings.models import Pairing, Participation

State = Pairing.State
ON_THE_WAY = (State.PROPOSED, State.RECOMMENDED, State.ASSIGNED)


def _pairs(*states: str) -> QuerySet:
    return Pairing.objects.filter(state__in=states or ON_THE_WAY).order_by()


def _silent() -> Exists:
    return Exists(Participation.objects.live().filter(pairing=OuterRef("pk")).exclude(wish="yes"))


def _answered() -> QuerySet:
    return _pairs().filter(~_silent())


def _unsigned() -> Exists:
    """Whether somebody in the pairing of the outer row has not consented to the duties."""
    signed = Consent.objects.live().filter(
        purpose=DUTIES, matter=OuterRef("pairing__uuid"), person=OuterRef("person"), part=OuterRef("part")
    )
    return Exists(Participation.objects.live().filter(~Exists(signed), pairing=OuterRef("pk")))


def _first(found: QuerySet, name: str) -> str:
    pairing = found.order_by("proposed_at", "pk").only("pk").first()
    return reverse(f"programs:{name}", args=[pairing.pk]) if pairing else reverse("programs:pairings")


def _council() -> str:
    pairing = _answered().filter(state=State.PROPOSED).order_by("proposed_at", "pk").first()
    if pairing is None:
        return reverse("programs:pairings")
    name = "pairing_recommend" if pairing.topics_confirmed_at else "pairing_topics"
    return reverse(f"programs:{name}", args=[pairing.pk])


STEPS = (
    Step(
        "pair",
        200,
        "Предложите первую пару",
        "Система сопоставит анкеты и объяснит, кто кому может помочь; выбираете Вы",
        Right.PAIRINGS_PROPOSE,
        lambda: reverse("programs:pairing_new"),
        "Подобрать",
        lambda: Exists(_pairs()),
        5,
        5,
        after=("candidates",),
    ),
    Step(
        "answers",
        210,
        "Получите ответы обоих",
        "Каждый отвечает доверительно; кто не входит в систему, чей ответ запишете Вы",
        Right.PAIRINGS_ANSWER_FOR_OTHERS,
        lambda: _first(_pairs(State.PROPOSED).filter(_silent()), "pairing_answers"),
        "Записать ответы",
        lambda: Exists(_answered()),
        4,
        2,
        after=("pair",),
    ),
    Step(
        "council",
        220,
        "Получите рекомендацию методического совета",
        "Совет подтверждает темы и рекомендует пару протоколом (п.\u00a03.5)",
        Right.PAIRINGS_RECOMMEND,
        _council,
        "Записать решение",
        lambda: Exists(_pairs(State.RECOMMENDED, State.ASSIGNED)),
        4,
        5,
        after=("answers", "offices"),
    ),
    Step(
        "duties",
        230,
        "Возьмите согласия на обязанности",
        "Письменное согласие каждого: без него приказ не издают (п.\u00a03.2, 3.3)",
        Right.CONSENTS_RECORD,
        lambda: _first(_pairs(State.PROPOSED, State.RECOMMENDED).filter(_unsigned()), "pairing_duties"),
        "Записать согласия",
        lambda: Exists(_pairs().filter(~_unsigned())),
        5,
        5,
        after=("answers",),
    ),
)
