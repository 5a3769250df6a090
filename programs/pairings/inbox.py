"""What waits in pairs and groups (п. 3.4, 3.5, 6): answers, topics, recommendations, consents, those without a pair."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import joined, plural, plural_word
from people.accounts.models import User
from people.banks.models import Candidate
from people.rights import ACTING, DIRECTOR, Right
from people.roles.instead import decides
from programs.pairings.acts import missing_for_order
from programs.pairings.models import Pairing, Participation
from programs.pairings.pool import free_mentees
from programs.pairings.rules import duties, pairing_title, parties, processing

PATIENCE = timedelta(days=3)
NAMED = 3
AT_MOST = 60  # the oldest open proposals: the home page lists what to do, it is no register


def items(user: User) -> list[InboxItem]:
    """Return what waits for the user in pairs and groups. At most seven queries, however many pairs there are."""
    council = user.can(Right.PAIRINGS_RECOMMEND) or bool(user.roles & {DIRECTOR, ACTING})  # who decides instead of it
    curator = user.can(Right.PAIRINGS_ANSWER_FOR_OTHERS)
    mine = Q(pk__in=user.person.participations.live().values("pairing"))
    open_pairs = Pairing.objects.filter(Q() if council or curator else mine, state__in=Pairing.OPEN_STATES)
    found: list[InboxItem] = []
    for pairing in open_pairs.with_requirements(topics=False).order_by(
        Case(When(mine, then=0), default=1), "proposed_at"
    )[:AT_MOST]:
        found += _mine(pairing, user)
        if council:
            found += _for_council(pairing, user)
        if curator:
            found += _for_curator(pairing)
    return found + (_without_pair() if curator else [])


def _mine(pairing: Pairing, user: User) -> Iterator[InboxItem]:
    for p in pairing.people:
        if p.person_id != user.person_id:
            continue
        if not p.wish:
            yield InboxItem(
                f"Ответить на предложение: {pairing_title(pairing)}",
                "Хотите ли Вы работать вместе? Ответ доверительный",
                reverse("programs:pairing_answer", args=[pairing.pk]),
                "Ответить",
                since=pairing.proposed_at,
                weight=90,
                group=Group.PAIRS,
                key=f"pairing:{pairing.pk}:wish",
            )
        elif pairing.state == Pairing.State.RECOMMENDED and not p.has_duties:
            own = next(c for c in duties.complaints(pairing) if c.remind == p.person_id)
            yield InboxItem(
                f"Дать письменное согласие на обязанности: {pairing_title(pairing)}",
                "Без него директор не может закрепить пару (п. 3.3 Положения)",
                own.url,
                "Дать согласие",
                since=pairing.proposed_at,
                weight=80,
                group=Group.CONSENTS,
                key=f"pairing:{pairing.pk}:duties",
            )


def _for_council(pairing: Pairing, user: User) -> Iterator[InboxItem]:
    if pairing.state != Pairing.State.PROPOSED or any(not p.wish for p in pairing.people):
        return
    last = max(p.wish_at for p in pairing.people)
    if not pairing.topics_confirmed_at and decides(user, Right.PAIRINGS_TOPICS, parties(pairing)):
        yield InboxItem(
            f"Подтвердить темы: {pairing_title(pairing)}",
            "Все участники ответили; темы закрепляет совет (п. 3.5)",
            reverse("programs:pairing_topics", args=[pairing.pk]),
            "Подтвердить темы",
            since=last,
            weight=60,
            group=Group.PAIRS,
            key=f"pairing:{pairing.pk}:topics",
        )
    elif pairing.topics_confirmed_at and Pairing.WORKFLOW["recommend"].allows(pairing, user):
        yield InboxItem(
            f"Записать рекомендацию: {pairing_title(pairing)}",
            "Нужны номер и дата протокола совета",
            reverse("programs:pairing_recommend", args=[pairing.pk]),
            "Записать рекомендацию",
            since=max(last, pairing.topics_confirmed_at),
            weight=60,
            group=Group.PAIRS,
            key=f"pairing:{pairing.pk}:recommend",
        )


def _for_curator(pairing: Pairing) -> Iterator[InboxItem]:
    if pairing.state == Pairing.State.PROPOSED:
        silent = [p.person.short_name for p in pairing.people if not p.wish]
        if silent and pairing.proposed_at < timezone.now() - PATIENCE:
            yield InboxItem(
                f"Не отвечают: {joined(silent)}",
                f"Предложение {pairing_title(pairing)}",
                pairing.get_absolute_url(),
                "Напомнить",
                since=pairing.proposed_at,
                weight=40,
                group=Group.PAIRS,
                key=f"pairing:{pairing.pk}:silent",
            )
        return
    lacking = [c for r in (processing, duties) for c in r.complaints(pairing)]
    names = list(
        dict.fromkeys(p.person.short_name for p in pairing.people if p.person_id in {c.remind for c in lacking})
    )
    if lacking:
        url = lacking[0].url if len(lacking) == 1 else pairing.get_absolute_url()
        yield InboxItem(
            f"Получить {plural_word(len(lacking), 'согласие,согласия,согласия')}: {joined(names)}",
            f"Без этого нельзя закрепить приказом: {pairing_title(pairing)}",
            url,
            "Записать согласие" if len(lacking) == 1 else "Открыть",
            since=pairing.proposed_at,
            weight=70,
            group=Group.CONSENTS,
            key=f"pairing:{pairing.pk}:consents",
            covers=frozenset(f"person:{c.remind}:processing" for c in processing.complaints(pairing)),
        )
    elif not missing_for_order(pairing, appointing=[p.candidate_id for p in pairing.people]):
        url = f"{reverse('reports:order_new')}?{urlencode({'kind': 'assignment', 'pairing': pairing.pk})}"
        yield InboxItem(
            f"Подготовить приказ о закреплении: {pairing_title(pairing)}",
            "Всё для приказа есть",
            url,
            "Подготовить приказ",
            since=pairing.proposed_at,
            weight=68,
            group=Group.ORDERS,
            key=f"pairing:{pairing.pk}:order",
        )


def _without_pair() -> list[InboxItem]:
    """Return those left without a pair (п. 5 of the roadmap); whose pair came to nothing needs another one."""
    declined = Participation.objects.filter(part=Participation.Part.MENTEE, pairing__state=Pairing.State.DECLINED)
    declined_at = dict(declined.order_by("pk").values_list("person", "pairing__proposed_at"))
    names = [f"person__{name}_name" for name in ("last", "first", "middle")]
    # in a large school hundreds, and only named
    free = free_mentees().select_related("person").only("decided_at", *names).order_by("decided_at")
    again = sorted((c for c in free if c.person_id in declined_at), key=lambda c: declined_at[c.person_id])[:AT_MOST]
    found = [
        InboxItem(
            f"Подобрать другую пару: {c.person.short_name}",
            "Прежняя пара не сложилась",
            f"{reverse('programs:pairing_mentor')}?mentee={c.pk}",
            "Подобрать",
            since=declined_at[c.person_id],
            weight=75,
            group=Group.PAIRS,
            key=f"candidate:{c.pk}:pair",
        )
        for c in again
    ]
    first_time = [c for c in free if c.person_id not in declined_at]
    return [*found, *([_first_pair(first_time)] if first_time else [])]


def _first_pair(candidates: Sequence[Candidate]) -> InboxItem:
    count = len(candidates)
    names = [c.person.short_name for c in candidates[:NAMED]] + ([f"ещё {count - NAMED}"] if count > NAMED else [])
    return InboxItem(
        f"Без пары — {plural(count, 'наставляемый,наставляемых,наставляемых')}",
        joined(names),
        reverse("programs:pairing_new"),
        "Подобрать наставников",
        since=candidates[0].decided_at,
        weight=50,
        group=Group.PAIRS,
        key=f"pairs:free:{max(c.pk for c in candidates)}",
    )
