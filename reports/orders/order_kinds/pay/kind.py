"""Об установлении и о прекращении выплаты за наставничество (ТК 351.8); goes by личный состав, with
from and to for the bookkeeper.
"""

import re
from datetime import date

from django.db.models import Exists, OuterRef, Q

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import MONTHS, joined, lower_first, rudate
from mentoring_site.workflow import Complaint, Refused
from people.language.declension import name_in, named_with_post
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.documents import act_words, pay_words
from programs.mentor_agreements.models import MentorAgreement
from reports.orders.order_kinds.base import PEOPLE, STAFF, OrderKind
from reports.orders.order_kinds.pay.draft import PayDraft
from reports.orders.order_kinds.people import named
from reports.orders.order_kinds.proposal import PROPOSAL_SUBJECT, proposal_of
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import CONTROL, PAY, accounting, executor, labour_code, listed, point, since

PAST_DAYS = "За дни до издания настоящего приказа"
_DATED = re.compile(rf"\b\d{{1,2}}[.\s\xa0](?:\d{{2}}|{'|'.join(MONTHS)})[.\s\xa0]\d{{4}}")


def agreements_of(proposal) -> list[MentorAgreement]:
    """Return the signed agreements that the order is about, the oldest first."""
    found = MentorAgreement.objects.filter(pk__in=proposal.draft.agreements).select_related("employment", "person")
    return list(found.prefetch_related("person__name_forms").order_by("signed_on", "pk"))


def compose(order, context):
    """Each mentor with the employment, the size and the term, by the agreement that sets it."""
    proposal = proposal_of(order)
    found, stops = agreements_of(proposal), proposal.draft.stop
    papers = joined([str(PaperRef(a.number, a.signed_on)) for a in found])
    ground = f"{'дополнительного соглашения' if len(found) == 1 else 'дополнительных соглашений'} {papers}"
    if stops:
        last = proposal.draft.last_days
        lines = [
            f"{named_with_post(a.person, 'dative', a.employment)} ({a.employment.get_kind_display()}), "
            f"последний день выплаты — {rudate(last[a.pk])}"
            for a in found
        ]
        points = [listed(lines, f"Прекратить {PAY}", f"Прекратить {PAY}")]
    else:
        lines = [
            f"{named_with_post(a.person, 'dative', a.employment)} ({a.employment.get_kind_display()}), {pay_words(a)}"
            for a in found
        ]
        points = [listed(lines, f"Установить {PAY}", f"Установить {PAY}"), *_past_days(found, context)]
        points += _acts(found, proposal.draft)
    people = list(dict.fromkeys(a.person for a in found))
    books = "прекратить выплату в срок, указанный" if stops else "производить выплату в размере и в срок, указанные"
    points += executor(
        context.clerk, context.until(3), f"ознакомить {named(people, 'accusative')} с настоящим приказом"
    )
    points += accounting(context, f"{books} в пункте 1 настоящего приказа", until="")
    return (
        f"О{' прекращении' if stops else 'б установлении'} выплаты за наставничество",
        f"В соответствии со {labour_code()}, на основании {ground}",
        [*points, point(CONTROL)],
    )


def _past_days(found, context) -> list[dict]:
    """Say that days before the order are paid, where the agreement begins earlier: never in silence."""
    early = [a for a in found if a.pay_from and a.pay_from < context.day]
    if not early:
        return []
    whose = "дополнительного соглашения" if len(found) == 1 else "дополнительных соглашений"
    days = joined([f"{since(day)}" for day in sorted({a.pay_from for a in early})])
    return [point(f"{PAST_DAYS} выплату произвести {days} на основании {whose}.")]


def _acts(found, draft) -> list[dict]:
    """Say which acts set the sizes: in the genitive where every act can be declined, after a colon otherwise."""
    said = list(dict.fromkeys(filter(None, (_act(a, draft) for a in found))))
    if not said:
        return []
    declined = {_act(a, draft): act_words(a, genitive=True) for a in found if is_dated(act_words(a))}
    if all(declined.get(act) for act in said):
        return [point(f"Размер выплаты определён на основании {lower_first(joined([declined[act] for act in said]))}.")]
    word = "Акт, которым определён" if len(said) == 1 else "Акты, которыми определён"
    return [point(f"{word} размер выплаты: {lower_first(joined(said))}.")]


def _act(agreement, draft) -> str:
    """Return the act that sets the size: as the agreement names it, or as the order does with date and number."""
    said = act_words(agreement)
    return said if is_dated(said) else draft.act or said


def is_dated(act: str) -> bool:
    """Whether the words of an act name its date and its number."""
    return bool(_DATED.search(act) and "№" in act)


def _paid_less(agreement, last: date | None) -> bool:
    """Whether the pay by the agreement ends now before the last day that the order names."""
    return bool(agreement.paid_through and last and agreement.paid_through < last)


def _check(proposal):
    found, stops = agreements_of(proposal), proposal.draft.stop
    complaints = [] if found else [Complaint("Не выбрано ни одного соглашения", "Указывает тот, кто составил приказ")]
    for a in found:
        who = name_in(a.person, "nominative", short=True)
        if a.kind != MentorAgreement.Kind.AGREEMENT:
            text = f"{who}: выплату по этому соглашению приказ по школе не устанавливает"
        elif not a.signed_on or not a.is_paid:
            text = f"{who}: соглашение об оплате ещё не подписано"
        elif not stops and a.pay_act and not is_dated(_act(a, proposal.draft)):
            text = f"{who}: у акта об оплате нет даты и номера («{act_words(a)}»), впишите их в сведения приказа"
        elif not stops and (a.closed_on or a.pay_ends_on):
            text = f"{who}: соглашение уже закончено, выплата по нему прекращена"
        elif stops and _paid_less(a, proposal.draft.last_days[a.pk]):
            text = f"{who}: последний день выплаты изменился, составьте сведения приказа заново"
        elif stops and not a.order_number:
            text = f"{who}: выплата приказом не устанавливалась"
        elif (stops and a.stop_number) or (not stops and a.order_number):
            text = f"{who}: такой приказ уже есть"
        else:
            continue
        complaints.append(Complaint(text, "Решает специалист по кадрам", a.get_absolute_url(), "Открыть"))
    return complaints


def _apply(proposal, *, by, order):
    paper = {"by": by, "number": order.number, "date": order.date}
    found = agreements_of(proposal)
    early = [a for a in found if a.pay_from and a.pay_from < order.date]
    if early and not proposal.draft.stop and not any(row["text"].startswith(PAST_DAYS) for row in order.points):
        raise Refused(
            f"Выплата начинается {rudate(early[0].pay_from)}, раньше даты приказа, а в тексте этого не сказано: верните"
            " приказ в проекты и составьте текст заново"
        )
    for a in found:
        if proposal.draft.stop:
            agreement_acts.stop_pay(a, on=proposal.draft.last_days[a.pk], **paper)
        else:
            agreement_acts.paid_by_order(a, **paper)


def _line(p):
    people = joined([person.short_name for person in p.people_as("main")])
    return f"{people} — выплата за наставничество {'прекращается' if p.draft.stop else 'устанавливается'}", ""


def _specimen(by):
    signed = MentorAgreement.objects.filter(kind=MentorAgreement.Kind.AGREEMENT, signed_on__isnull=False)
    unset = signed.filter(pay_kind__in=MentorAgreement.PAID, order_number="")
    agreement = unset.select_related("person").order_by("pk").first()
    if agreement is None:
        return None
    draft = PayDraft((agreement.pk,), stop=False, last_days={agreement.pk: agreement.paid_through})
    return Particulars(draft, {"main": [agreement.person]})


def _registered_about(pairing) -> Exists:
    full, day = OuterRef("number"), OuterRef("date")
    paper = Q(order_number=full, order_date=day) | Q(stop_number=full, stop_date=day)
    return Exists(MentorAgreement.objects.filter(paper, pairing=pairing))


PAY_ORDER = OrderKind(
    code="pay",
    group=PEOPLE,
    position=130,
    label="О выплате за наставничество",
    subject=PROPOSAL_SUBJECT,
    compose=compose,
    visa_roles=("curator", "clerk"),
    series=STAFF,
    subject_filter={"kind": "pay"},
    single_subject=True,
    form="reports.orders.order_kinds.pay.form.PayForm",
    draft=PayDraft,
    check=_check,
    cited=lambda p: [(f"соглашение № {a.number}", a.signed_on) for a in agreements_of(p) if a.signed_on],
    apply=_apply,
    registered_about=_registered_about,
    item_text=_line,
    hint="По подписанным соглашениям: кому, в каком размере, с какого и по какой день.",
    undone_by={
        "pay": "Выплату прекращает приказ о прекращении выплаты",
    },
    specimen=_specimen,
)
