"""The legal life of a pair or group, as a table (п. 2.3, 3.3, 3.5, 6.1, 6.2).

Requirements read only what ``Pairing.objects.with_requirements()`` prefetched. A wish is said in confidence: a
requirement tells only who has not answered yet, never what somebody answered.
"""

from urllib.parse import urlencode

from django.urls import reverse

from mentoring_site.russian import plural
from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right
from programs.pairings.terms import term_complaint

CONSENT, TOPICS, MINUTES, BANK, REGULATION = (
    "Записать согласие",
    "Подтвердить темы",
    "Записать рекомендацию",
    "Открыть банк",
    "Записать приказ",
)
RIGHT_OF_LINK = {
    CONSENT: Right.CONSENTS_RECORD,
    TOPICS: Right.PAIRINGS_TOPICS,
    MINUTES: Right.PAIRINGS_RECOMMEND,
    BANK: Right.BANKS_SEE,
    REGULATION: Right.SCHOOL_EDIT,
}
"""Which right opens the page behind a link of the readiness light."""
TAKES_CONSENT = f"Получить его должен {Right.CONSENTS_RECORD.who}"


def mentor_of(pairing):
    """Return the live mentor's participation, or None."""
    return next((p for p in pairing.people if p.part == "mentor"), None)


def mentees_of(pairing):
    """Return the live mentees' participations."""
    return [p for p in pairing.people if p.part == "mentee"]


@requirement("Состав правильный: один наставник и столько наставляемых, сколько нужно")
def composition(pairing):
    """п. 2.3: one mentor; exactly one mentee in a pair, two or more in a group."""
    count = len({p.person_id for p in mentees_of(pairing)})
    if mentor_of(pairing) is None:
        return Complaint("Нет наставника", "Подбирает куратор")
    if pairing.kind == "pair" and count != 1:
        return Complaint(
            f"В паре один наставляемый, а сейчас — {count}",
            "Исправляет куратор: снимает предложение и предлагает заново",
        )
    if pairing.kind == "group" and count < 2:
        return Complaint(
            f"В группе от двух наставляемых (п. 2.3), а сейчас — {count}",
            "Исправляет куратор: снимает предложение и предлагает заново",
        )


@requirement("Профиль наставника отвечает запросам каждого наставляемого (п. 6.1)")
def profile(pairing):
    if not pairing.profile_fits:
        return Complaint(
            "Не подтверждено, что профиль наставника отвечает запросам (п. 6.1)", "Подтверждает тот, кто предложил пару"
        )


@requirement("Срок закрепления — от 3 месяцев до 1 года")
def term(pairing):
    wrong = term_complaint(pairing.planned_from, pairing.planned_to)
    return wrong and Complaint(wrong, "Указывает куратор")


@requirement("Все стоят в банках наставников и наставляемых")
def standing(pairing):
    """п. 3.3: candidates are approved by the director."""
    return [
        Complaint(
            f"{p.person.short_name} не стоит в банке ({p.get_part_display()})",
            "Кандидата утверждает директор",
            reverse("people:banks"),
            BANK,
        )
        for p in pairing.people
        if p.candidate is None or p.candidate.state not in {"approved", "appointed"}
    ]


@requirement("Все участники ответили, что хотят этой пары")
def wishes(pairing):
    """п. 6.1, 6.2: mutual interest and free will; the answers themselves stay in confidence."""
    return [
        Complaint(
            f"{p.person.short_name} ещё не ответил{'а' if p.person.gender == 'f' else ''}, хочет ли этой пары",
            "Отвечает только сам человек, ответ записывает и куратор",
            remind=p.person_id,
        )
        for p in pairing.people
        if p.wish != "yes"
    ]


@requirement("Темы подтверждены методическим советом")
def topics(pairing):
    """п. 3.5: the council attaches pairs on certain questions."""
    if not pairing.topics_confirmed_at:
        return Complaint(
            "Темы ещё не подтверждены",
            "Подтверждает председатель или секретарь методического совета",
            reverse("programs:pairing_topics", args=[pairing.pk]),
            TOPICS,
        )


@requirement("Методический совет рекомендовал")
def recommended(pairing):
    if not pairing.minutes_date:
        return Complaint(
            "Нет рекомендации методического совета",
            "Записывает председатель или секретарь совета",
            reverse("programs:pairing_recommend", args=[pairing.pk]),
            MINUTES,
        )


@requirement("У наставника есть место")
def capacity(pairing):
    """Counted with all proposed pairs, so that two proposals never share one place."""
    mentor = mentor_of(pairing)
    limit = mentor.candidate.capacity_persons if mentor and mentor.candidate else None
    if limit is not None and mentor.load > limit:
        return Complaint(
            f"{mentor.person.short_name} может взять не больше"
            f" {plural(limit, 'наставляемого,наставляемых,наставляемых')}, а с этим предложением их {mentor.load}",
            "Решает куратор: снять одно из предложений или изменить анкету",
        )


@requirement("Согласия на обработку персональных данных есть")
def processing(pairing):
    return [
        _consent(p, "Нет согласия на обработку персональных данных", purpose="processing")
        for p in pairing.people
        if not p.has_processing
    ]


@requirement("Письменные согласия на дополнительные обязанности есть у всех")
def duties(pairing):
    """п. 3.2, 3.3: no order without the written consent of every participant."""
    words = {"mentor": "наставника", "mentee": "наставляемого"}
    return [
        _consent(
            p,
            f"Нет письменного согласия на обязанности {words[p.part]}",
            purpose="duties",
            part=p.part,
            matter=pairing.uuid,
        )
        for p in pairing.people
        if not p.has_duties
    ]


def _consent(participation, words, **query):
    url = reverse("people:consent_new", args=[participation.person_id])
    return Complaint(
        f"{words}: {participation.person.short_name}",
        TAKES_CONSENT,
        f"{url}?{urlencode(query)}",
        CONSENT,
        remind=participation.person_id,
    )


@requirement("Наставник назначен приказом")
def appointed(pairing):
    """п. 3.2: appointed before, or by an earlier item of the same order."""
    mentor = mentor_of(pairing)
    if mentor and mentor.candidate and mentor.candidate.state != "appointed":
        return Complaint(
            f"{mentor.person.short_name} ещё не назначен{'а' if mentor.person.gender == 'f' else ''} наставником",
            "Назначение можно внести в тот же приказ: его готовит куратор",
        )


@requirement("Приказ об утверждении Положения записан (п. 3.1)")
def regulation(pairing):
    if not pairing.has_regulation:
        return Complaint(
            "Не записан приказ об утверждении Положения о наставничестве",
            "Записывает куратор или директор",
            reverse("people:school"),
            REGULATION,
        )


def _takes_part(pairing, user):
    return any(p.person_id == user.person_id for p in pairing.people)


def _registers(pairing, user):
    return user.can(Right.ORDERS_REGISTER)


PAIRING = Workflow(
    Transition(
        "recommend",
        "Записать рекомендацию совета",
        ("proposed",),
        "recommended",
        "рекомендована методическим советом",
        (composition, profile, term, standing, capacity, wishes, topics),
        may=lambda p, u: u.can(Right.PAIRINGS_RECOMMEND),
        who="председатель или секретарь методического совета",
    ),
    Transition(
        "refuse",
        "Отказаться от пары",
        ("proposed", "recommended"),
        "declined",
        "пара не сложилась",
        may=lambda p, u: _takes_part(p, u) or u.can(Right.PAIRINGS_ANSWER_FOR_OTHERS),
        who="участник пары, со слов участника — куратор",
    ),
    Transition(
        "decline",
        "Отклонить",
        ("proposed", "recommended"),
        "declined",
        "отклонена",
        may=lambda p, u: u.can(Right.PAIRINGS_RECOMMEND) or u.can(Right.BANKS_APPROVE),
        who="методический совет или директор",
    ),
    Transition(
        "withdraw",
        "Снять предложение",
        ("proposed", "recommended"),
        "withdrawn",
        "предложение снято",
        may=lambda p, u: (
            u.can(Right.PAIRINGS_ANSWER_FOR_OTHERS) or (u.can(Right.PAIRINGS_PROPOSE) and p.proposed_by_id == u.pk)
        ),
        who="куратор или тот, кто предложил пару",
    ),
    Transition(
        "assign",
        "Закрепить приказом",
        ("recommended",),
        "assigned",
        "закреплена приказом",
        (
            composition,
            profile,
            term,
            standing,
            wishes,
            topics,
            recommended,
            capacity,
            processing,
            duties,
            appointed,
            regulation,
        ),
        may=_registers,
        who="тот, кто регистрирует приказ",
    ),
    Transition(
        "dissolve",
        "Завершить",
        ("assigned",),
        "dissolved",
        "завершена",
        may=_registers,
        who="тот, кто регистрирует приказ",
    ),
)
