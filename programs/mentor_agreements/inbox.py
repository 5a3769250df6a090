"""What agreements with mentors and notices wait for (ТК 351.8; п. 3.2, 4.1)."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import plural, rudate, upper_first
from people.accounts.models import User
from people.rights import Right
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.mentor_agreements.without_agreement import mentors

Stage = MentorAgreement.Stage
NEXT_STEPS = {
    Stage.ASSIGN: ("Записать поручение наставнику", "Согласие и соглашение отвечают на поручение работодателя"),
    Stage.TERMS: (
        "Записать условия соглашения",
        "Содержание, срок, форма и оплата: без них соглашение не напечатать",
    ),
    Stage.SIGN: ("Подписать соглашение с наставником", "Поручение и согласие есть; дайте подписать и запишите"),
    Stage.ORDER: (
        "Подготовить приказ об оплате наставничества",
        "Соглашение подписано, выплату устанавливает приказ по личному составу",
    ),
}
"""What is to be done and why, by the stage of an agreement."""
STOPS_AT_MOST = 30
NAMES = ("person__last_name", "person__first_name", "person__middle_name")


def items(user: User) -> list[InboxItem]:
    """Return what waits for the user: four queries for those who keep the agreements, one for everybody else."""
    if not user.can(Right.AGREEMENTS_RECORD):
        offered = Notice.objects.live().filter(
            person=user.person_id,
            giver=Notice.Giver.EMPLOYER,
            withdrawal_asked_at__isnull=False,
            took_effect_on__isnull=True,
        )
        return [_answer_withdrawal(notice) for notice in offered.select_related("person").defer("papers")]
    return [*_notices(user), *_agreements(user), *_pay_to_stop(user), *_not_started(user)]


def _notices(user: User) -> Iterator[InboxItem]:
    for notice in Notice.objects.awaiting_order().select_related("person").defer("papers"):
        yield from _own_notice(notice) if notice.person_id == user.person_id else _notice(notice)


def _own_notice(notice: Notice) -> Iterator[InboxItem]:
    if notice.giver == Notice.Giver.EMPLOYER and notice.withdrawal_asked_at and not notice.took_effect_on:
        yield _answer_withdrawal(notice)


def _notice(notice: Notice) -> Iterator[InboxItem]:
    name, url, verb = notice.person.short_name, notice.get_absolute_url(), "Открыть уведомление"
    yield InboxItem(
        f"Подготовить приказ по уведомлению: {name}",
        f"{upper_first(notice.get_giver_display())}: последний день обязанностей {rudate(notice.effective_on)},"
        " отклонить его нельзя",
        url,
        verb,
        since=notice.given_at,
        until=notice.effective_on,
        weight=3,
        group=Group.AGREEMENTS,
        key=f"notice:{notice.pk}:order",
        binding=True,
    )
    if notice.needs_paper and not notice.paper_on:
        why = "Наставник подал уведомление в системе, а кадровые документы в школе на бумаге"
        yield InboxItem(
            f"Записать подписанное уведомление: {name}",
            why,
            url,
            verb,
            since=notice.given_at,
            weight=2,
            group=Group.AGREEMENTS,
            key=f"notice:{notice.pk}:paper",
        )
    if notice.giver == Notice.Giver.WORKER and notice.withdrawal_asked_at and not notice.took_effect_on:
        yield _answer_withdrawal(notice)


def _answer_withdrawal(notice: Notice) -> InboxItem:
    return InboxItem(
        f"Ответить, отозвать ли уведомление: {notice.person.short_name}",
        "Другая сторона предлагает отозвать уведомление; без Вашего согласия оно остаётся в силе",
        notice.get_absolute_url(),
        "Открыть уведомление",
        since=notice.withdrawal_asked_at,
        until=notice.effective_on,
        weight=2,
        group=Group.AGREEMENTS,
        key=f"notice:{notice.pk}:answer",
        binding=True,
    )


def _agreements(user: User) -> Iterator[InboxItem]:
    """Yield one thing for each stage that the user can carry on: the agreement itself, or the list of several."""
    unfinished = MentorAgreement.objects.live().filter(Q(signed_on__isnull=True) | Q(order_number=""))
    rows = unfinished.exclude(person=user.person_id).with_stage().select_related("person").only("created_at", *NAMES)
    by_stage: dict[str, list[MentorAgreement]] = {}
    for agreement in rows.order_by("created_at"):
        if agreement.stage in NEXT_STEPS:
            by_stage.setdefault(agreement.stage, []).append(agreement)
    for stage, rows in by_stage.items():
        title, why = NEXT_STEPS[Stage(stage)]
        since = rows[0].created_at
        if len(rows) == 1:
            url = rows[0].get_absolute_url()
            yield InboxItem(
                f"{title}: {rows[0].person.short_name}",
                why,
                url,
                "Открыть",
                since=since,
                group=Group.AGREEMENTS,
                key=f"person:{rows[0].person_id}:agreement",
            )
        else:
            url = f"{reverse('programs:agreements')}?stage={stage}"
            count = plural(len(rows), "наставник,наставника,наставников")
            yield InboxItem(
                f"{title}: {count}",
                why,
                url,
                "Открыть список",
                since=since,
                group=Group.AGREEMENTS,
                key=f"agreements:{stage}:{rows[-1].pk}",
            )


def _pay_to_stop(user: User) -> Iterator[InboxItem]:
    ended = MentorAgreement.objects.with_pay_to_stop().exclude(person=user.person_id).select_related("person")
    for agreement in ended.order_by("closed_on", "pk")[:STOPS_AT_MOST]:
        yield InboxItem(
            f"Прекратить выплату приказом: {agreement.person.short_name}",
            f"Наставничество закончено, последний день {rudate(agreement.closed_on)}, а приказ № "
            f"{agreement.order_number} установил выплату по {rudate(agreement.pay_to)}",
            f"{reverse('reports:order_new')}?kind=pay",
            "Составить приказ",
            since=agreement.closed_on,
            weight=4,
            group=Group.AGREEMENTS,
            key=f"person:{agreement.person_id}:pay",
        )


def _not_started(user: User) -> Iterable[InboxItem]:
    """Return one thing about all mentors with whom no agreement is started."""
    rows = mentors().exclude(person=user.person_id).only("person", *NAMES)
    people = {part.person_id: part.person for part in rows}
    why = "Наставничество поручают письменно, с согласия наставника и с соглашением (ст.\N{NO-BREAK SPACE}351.8 ТК РФ)"
    if not people:
        return []
    if len(people) == 1:
        (one,) = people.values()
        url = reverse("programs:agreement_new", args=[one.pk])
        return [
            InboxItem(
                f"Оформить наставника: {one.short_name}",
                why,
                url,
                "Начать оформление",
                group=Group.AGREEMENTS,
                key=f"person:{one.pk}:agreement",
            )
        ]
    title = f"Оформить наставников: {plural(len(people), 'человек,человека,человек')}"
    return [
        InboxItem(
            title,
            why,
            reverse("programs:agreements"),
            "Открыть список",
            group=Group.AGREEMENTS,
            key=f"agreements:new:{max(people)}",
        )
    ]
