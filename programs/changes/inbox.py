"""What waits in changes: consents of the sides, petitions to decide, changes to hand over to an order
(п. 4.1, 5.1, 7.2).
"""

from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse

from mentoring_site.inbox import InboxItem
from mentoring_site.russian import ruday
from people.inbox_counts import told_of
from people.rights import Right
from programs.changes.amendment.models import Amendment, AmendmentConsent
from programs.changes.dissolution.models import Dissolution
from programs.changes.pause.models import Pause, Resumption
from programs.changes.petitions.models import Petition
from programs.changes.replacement.models import Replacement
from programs.pairings.models import Participation, present

AT_MOST = 30
HANDED = (Amendment, Replacement, Pause, Resumption, Dissolution)


def asks(user) -> dict:
    """Whether replacements ask something of those who keep the agreements."""
    if not user.can(Right.AGREEMENTS_RECORD):
        return {}
    rows = Replacement.objects.all()
    return {"replaced_paid": Exists(rows.with_pay_going_on()), "replaced_bare": Exists(rows.with_bare_successor())}


def items(user, told=None) -> list[InboxItem]:
    """Return what waits for the user in changes: one query for a participant, two for the curator, one
    more for each need of the clerk.
    """
    found = [*_to_agree(user)] if user.roles & {"mentor", "mentee"} else []
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        found += [*_petitions(user), *_to_hand_over()]
    return [*found, *_papers(user, told or told_of(asks(user)))] if user.can(Right.AGREEMENTS_RECORD) else found


def _papers(user, told):
    """The agreement of who replaces a mentor and the pay of who is away (ТК 351.8)."""
    rows = Replacement.objects.select_related("candidate__person", "former__person").order_by("effective_on", "pk")
    if told and told.replaced_bare:
        for s in rows.with_bare_successor().exclude(candidate__person=user.person_id)[:AT_MOST]:
            yield InboxItem(
                f"Оформить наставника: {s.candidate.person.short_name}",
                f"Заменит наставника с {ruday(s.effective_on)}: поручение, согласие, соглашение и приказ о выплате",
                reverse("programs:agreement_new", args=[s.candidate.person_id]),
                "Начать оформление",
                since=s.created_at,
                until=s.effective_on,
                weight=60,
            )
    if told and told.replaced_paid:
        for s in rows.with_pay_going_on().exclude(former__person=user.person_id)[:AT_MOST]:
            yield InboxItem(
                f"Прекратить выплату на время замены: {s.former.person.short_name}",
                f"Наставника замещают с {ruday(s.effective_on)} по {ruday(s.until)}, а выплата продолжается: её"
                " прекращает приказ по личному составу",
                f"{reverse('reports:order_new')}?kind=pay",
                "Составить приказ",
                since=s.created_at,
                weight=60,
            )


def _to_agree(user):
    """Amendments that say something and lack the user's own consent (п. 7.2)."""
    mine = Participation.objects.live().filter(person=user.person_id, pairing=OuterRef("program__pairing"))
    given = AmendmentConsent.objects.filter(amendment=OuterRef("pk"), participation__person=user.person_id)
    says = Q(new_end__isnull=False) | Q(plan__isnull=False)
    rows = Amendment.objects.filter(says, Exists(mine), ~Exists(given), state="proposed").select_related("program")
    rows = rows.annotate(mine=mine.values("pk")[:1])
    for a in rows.order_by("created_at")[:AT_MOST]:
        yield InboxItem(
            f"Согласиться с изменением программы «{a.program.title}»",
            "Срок и план меняются только по обоюдному согласию (п. 7.2)",
            reverse("programs:amendment_agree", args=[a.pk, a.mine]),
            "Прочитать и ответить",
            since=a.created_at,
            weight=70,
        )


def _petitions(user):
    rows = Petition.objects.visible_to(user).filter(state="filed").exclude(participation__person=user.person_id)
    for p in rows.select_related("participation__person").order_by("filed_on", "pk")[:AT_MOST]:
        yield InboxItem(
            f"Решить: {p.get_kind_display()}",
            f"Просит {p.participation.person.short_name} Заменить наставника, завершить программу или отклонить с"
            " причиной",
            p.get_absolute_url(),
            "Прочитать и решить",
            since=p.created_at,
            weight=80,
        )


def _to_hand_over():
    """What waits for its order and for no consent of a side: its page tells what else is missing. One query."""
    given = AmendmentConsent.objects.filter(amendment=OuterRef(OuterRef("pk")), participation=OuterRef("pk"))
    silent = Exists(present().filter(~Exists(given), pairing=OuterRef("program__pairing")))
    mute = Q(new_end__isnull=True, plan__isnull=True, forms__isnull=True)
    rows = [model.objects.filter(~mute, ~silent) if model is Amendment else model.objects.all() for model in HANDED]
    rows = [
        found.filter(state="proposed")
        .order_by()
        .distinct()
        .annotate(which=Value(n))
        .values_list("created_at", "which", "pk")
        for n, found in enumerate(rows)
    ]
    for since, which, pk in rows[0].union(*rows[1:], all=True).order_by("created_at", "which", "pk")[:AT_MOST]:
        meta = HANDED[which]._meta
        yield InboxItem(
            f"Передать на приказ: {meta.verbose_name}",
            "Согласия сторон есть; на странице видно, чего ещё не хватает",
            reverse("programs:change", args=[meta.model_name, pk]),
            "Открыть",
            since=since,
            weight=55,
        )
