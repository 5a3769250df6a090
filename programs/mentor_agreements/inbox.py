"""What agreements with mentors and notices wait for (ТК 351.8; п. 3.2, 4.1)."""

from django.db.models import Count, Exists, Subquery, Value
from django.urls import reverse

from mentoring_site.inbox import InboxItem
from mentoring_site.russian import plural, rudate
from people.inbox_counts import told_of
from people.rights import Right
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.mentor_agreements.without_agreement import mentors

MOVES = {
    "assign": ("Записать поручение наставнику", "Согласие и соглашение отвечают на поручение работодателя", "Открыть"),
    "terms": (
        "Записать условия соглашения",
        "Содержание, срок, форма и оплата: без них соглашение не напечатать",
        "Открыть",
    ),
    "sign": ("Подписать соглашение с наставником", "Поручение и согласие есть; дайте подписать и запишите", "Открыть"),
    "order": (
        "Подготовить приказ об оплате наставничества",
        "Соглашение подписано, выплату устанавливает приказ по личному составу",
        "Открыть",
    ),
}
STOPS_AT_MOST = 30
MANY = ("наставник", "наставника", "наставников")


def _open_notices():
    return Notice.objects.live().filter(order_number="")


def _moves(user):
    return MentorAgreement.objects.live().exclude(person=user.person_id).with_stage().filter(stage__in=MOVES)


def _bare(user):
    return mentors().exclude(person=user.person_id)


def _stops(user):
    return MentorAgreement.objects.with_pay_to_stop().exclude(person=user.person_id)


def asks(user) -> dict:
    """What there is for those who keep the agreements."""
    if not user.can(Right.AGREEMENTS_RECORD):
        return {}
    bare = _bare(user).order_by().annotate(one=Value(1)).values("one")
    counted = bare.annotate(n=Count("person", distinct=True)).values("n")
    return {
        "notices": Exists(_open_notices()),
        "moves": Exists(_moves(user)),
        "bare_mentors": Subquery(counted),
        "pay_to_stop": Exists(_stops(user)),
    }


def items(user, told=None) -> list[InboxItem]:
    """Return what waits for the user.

    One query tells those who keep the agreements what there is; what there is costs a query more. One for everybody
    else.
    """
    if not user.can(Right.AGREEMENTS_RECORD):
        live = Notice.objects.live().select_related("person").defer("papers")
        asked = live.filter(
            person=user.person_id, giver="employer", withdrawal_asked_at__isnull=False, took_effect_on__isnull=True
        )
        return [_agree(notice) for notice in asked]
    there = told or told_of(asks(user))
    if there is None:
        return []
    notices = _open_notices().select_related("person").defer("papers") if there.notices else []
    found = [thing for notice in notices for thing in _of_notice(notice, user)]
    if there.moves:
        by_stage = {}
        for agreement in _moves(user).select_related("person").defer("content", "papers").order_by("created_at"):
            by_stage.setdefault(agreement.stage, []).append(agreement)
        found += [_of_stage(stage, rows) for stage, rows in by_stage.items()]
    if there.pay_to_stop:
        found += [_stop(a) for a in _stops(user).select_related("person").order_by("closed_on", "pk")[:STOPS_AT_MOST]]
    return [*found, *_without(_bare(user), there.bare_mentors or 0)]


def _of_notice(notice, user) -> list[InboxItem]:
    name, url = notice.person.short_name, notice.get_absolute_url()
    if notice.person_id == user.person_id:
        return (
            [_agree(notice)]
            if notice.giver == "employer" and notice.withdrawal_asked_at and not notice.took_effect_on
            else []
        )
    found = [
        InboxItem(
            f"Подготовить приказ по уведомлению: {name}",
            f"{notice.get_giver_display().capitalize()}: последний день обязанностей {rudate(notice.effective_on)},"
            " отклонить его нельзя",
            url,
            "Открыть уведомление",
            since=notice.given_at,
            until=notice.effective_on,
            weight=3,
        )
    ]
    if notice.needs_paper and not notice.paper_on:
        why = "Наставник подал уведомление в системе, а кадровые документы в школе на бумаге"
        found.append(
            InboxItem(
                f"Записать подписанное уведомление: {name}",
                why,
                url,
                "Открыть уведомление",
                since=notice.given_at,
                weight=2,
            )
        )
    if notice.giver == "worker" and notice.withdrawal_asked_at and not notice.took_effect_on:
        found.append(_agree(notice))
    return found


def _agree(notice) -> InboxItem:
    return InboxItem(
        f"Ответить, отозвать ли уведомление: {notice.person.short_name}",
        "Другая сторона предлагает отозвать уведомление; без Вашего согласия оно остаётся в силе",
        notice.get_absolute_url(),
        "Открыть уведомление",
        since=notice.withdrawal_asked_at,
        until=notice.effective_on,
        weight=2,
    )


def _stop(agreement) -> InboxItem:
    return InboxItem(
        f"Прекратить выплату приказом: {agreement.person.short_name}",
        f"Наставничество закончено, последний день {rudate(agreement.closed_on)}, а приказ № {agreement.order_number}"
        f" установил выплату по {rudate(agreement.pay_to)}",
        f"{reverse('reports:order_new')}?kind=pay",
        "Составить приказ",
        since=agreement.closed_on,
        weight=4,
    )


def _of_stage(stage: str, rows) -> InboxItem:
    title, why, verb = MOVES[stage]
    if len(rows) == 1:
        return InboxItem(
            f"{title}: {rows[0].person.short_name}", why, rows[0].get_absolute_url(), verb, since=rows[0].created_at
        )
    url = f"{reverse('programs:agreements')}?stage={stage}"
    return InboxItem(f"{title}: {plural(len(rows), MANY)}", why, url, "Открыть список", since=rows[0].created_at)


def _without(bare, number: int) -> list[InboxItem]:
    why = "Наставничество поручают письменно, с согласия наставника и с соглашением (ст.\N{NO-BREAK SPACE}351.8 ТК РФ)"
    if number == 1:
        one = bare.first().person
        url = reverse("programs:agreement_new", args=[one.pk])
        return [InboxItem(f"Оформить наставника: {one.short_name}", why, url, "Начать оформление")]
    title = f"Оформить наставников: {plural(number, 'человек,человека,человек')}"
    return [InboxItem(title, why, reverse("programs:agreements"), "Открыть список")] if number else []
