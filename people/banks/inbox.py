"""What the banks wait for: questionnaires, the director's decisions, the yearly review, consents (п. 3.3, 3.4)."""

from datetime import timedelta

from django.db.models import Exists, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import plural
from people.banks.acts import TO_BANK
from people.banks.keeping import REVIEW_EVERY
from people.banks.models import BankCorrection, BankReview, Candidate
from people.consents.models import PROCESSING, Consent
from people.rights import Right

State = Candidate.State
PATIENCE = timedelta(days=7)
REVIEW_MEMORY = timedelta(days=30)
BANKS = {"mentee": "банк наставляемых", "mentor": "банк наставников"}
ADDRESSES = {"mentee": "people:bank_mentees", "mentor": "people:bank_mentors"}


def items(user) -> list[InboxItem]:
    """Return what waits for the user in the banks; three queries at most."""
    live = Consent.objects.live().filter(person=OuterRef("person"), purpose=PROCESSING).order_by()
    waiting = Q(state=State.APPLIED)
    if user.can(Right.CONSENTS_RECORD):  # who stands in a bank without a live consent is read in the same breath
        waiting |= Q(~Exists(live), state__in=Candidate.LIVE_STATES)
    read = Candidate.objects.filter(waiting).annotate(has_processing=Exists(live))
    rows = list(read.select_related("person").order_by("proposed_at"))
    applied = [c for c in rows if c.state == State.APPLIED]
    found = [_fill(c) for c in applied if c.filled_at is None and c.person_id == user.person_id]
    approve = Candidate.WORKFLOW["approve"]
    found += _to_decide([c for c in applied if c.filled_at is not None and approve.allows(c, user)])
    if user.can(Right.BANKS_FILL_FOR_OTHERS):
        long_ago = timezone.now() - PATIENCE
        late = [
            c for c in applied if c.filled_at is None and c.proposed_at < long_ago and c.person_id != user.person_id
        ]
        found += [_help(c) for c in late]
    if user.can(Right.BANKS_FILL_FOR_OTHERS) or user.can(Right.BANKS_APPROVE):
        found += _reviews(user)
    elif user.can(Right.BANKS_CORRECT):
        found += _second_names(user)
    if user.can(Right.CONSENTS_RECORD):
        found += _without_consent([c for c in rows if not c.has_processing])
    return found


def _without_consent(candidates: list[Candidate]) -> list[InboxItem]:
    """People in a bank without a live consent to processing; appointed ones stay until the curator decides."""
    found: dict[int, InboxItem] = {}
    for candidate in candidates:
        is_appointed = candidate.state == State.APPOINTED
        why = (
            f"Согласия на обработку персональных данных нет, а назначение приказом № {candidate.order_number}"
            " действует: получите новое согласие или подготовьте приказ об освобождении"
            if is_appointed
            else "Без согласия на обработку персональных данных нельзя стоять в банке"
        )
        url = reverse("people:person_consents", args=[candidate.person_id])
        item = InboxItem(
            f"Получить согласие: {candidate.person.full_name}",
            why,
            url,
            "Открыть согласия",
            weight=3 if is_appointed else 2,
            group=Group.CONSENTS,
            key=f"person:{candidate.person_id}:processing",
        )
        found.setdefault(candidate.person_id, item)
    return list(found.values())


def _fill(candidate) -> InboxItem:
    return InboxItem(
        "Заполнить анкету",
        f"Вас предложили {TO_BANK[candidate.part]}; без анкеты директор не может решить",
        reverse("people:candidate_fill", args=[candidate.pk]),
        "Заполнить",
        since=candidate.proposed_at,
        group=Group.BANKS,
        key=f"candidate:{candidate.pk}:fill",
    )


def _to_decide(ready) -> list[InboxItem]:
    if not ready:
        return []
    since = min(c.filled_at for c in ready)
    if len(ready) == 1:
        one = ready[0]
        title = f"Решить о кандидате {TO_BANK[one.part]}: {one.person.short_name}"
        return [
            InboxItem(
                title,
                "Анкета заполнена",
                one.get_absolute_url(),
                "Открыть кандидата",
                since=since,
                weight=2,
                group=Group.BANKS,
                key=f"candidate:{one.pk}:decide",
            )
        ]
    names = ", ".join(c.person.short_name for c in ready[:3]) + (" и другие" if len(ready) > 3 else "")
    title = f"Решить о кандидатах: {plural(len(ready), 'человек,человека,человек')}"
    return [
        InboxItem(
            title,
            names,
            reverse("people:bank_approve"),
            "Открыть список",
            since=since,
            weight=2,
            group=Group.BANKS,
            key=f"banks:decide:{max(c.pk for c in ready)}",
        )
    ]


def _help(candidate) -> InboxItem:
    return InboxItem(
        f"Помочь с анкетой: {candidate.person.short_name}",
        "Анкета не заполнена больше недели; её можно заполнить со слов",
        reverse("people:candidate_fill", args=[candidate.pk]),
        "Заполнить со слов",
        since=candidate.proposed_at,
        group=Group.BANKS,
        key=f"candidate:{candidate.pk}:fill",
    )


def _reviews(user) -> list[InboxItem]:
    """Banks that nobody has gone through for a year; what waits there for the curator's look."""
    reviews = (
        BankReview.objects.filter(part=OuterRef("part"), waits=False).order_by("-reviewed_on").values("reviewed_on")[:1]
    )
    recorded = BankReview.objects.filter(part=OuterRef("part"), waits=True).order_by("reviewed_on")
    corrected = BankCorrection.objects.unseen().filter(candidate__part=OuterRef("part")).order_by("-pk")
    banks = Candidate.objects.order_by().values("part")
    rows = list(
        banks.annotate(
            first=Min("proposed_at"),
            last=Subquery(reviews),
            recorded=Subquery(recorded.values("pk")[:1]),
            corrected=Subquery(corrected.values("pk")[:1]),
        )
    )
    last = {row["part"]: row["last"] for row in rows}
    first = {row["part"]: row["first"] for row in rows}
    found = []
    if user.can(Right.BANKS_FILL_FOR_OTHERS):
        found += [_to_confirm(row["recorded"], row["part"], WAITS) for row in rows if row["recorded"]]
        found += [_corrections(row["part"], row["corrected"]) for row in rows if row["corrected"]]
    for part, words in BANKS.items():
        counted = last.get(part) or (timezone.localtime(first[part]).date() if part in first else None)
        if counted is None or counted + REVIEW_EVERY >= timezone.localdate():
            continue
        reviewer = "" if user.can(Right.BANKS_FILL_FOR_OTHERS) else f"; проверяет {Right.BANKS_FILL_FOR_OTHERS.who}"
        found.append(
            InboxItem(
                f"Проверить {words}",
                f"Его проверяют не реже одного раза в год (п. 3.4){reviewer}",
                reverse(ADDRESSES[part]),
                "Открыть банк",
                since=counted,
                until=counted + REVIEW_EVERY,
                group=Group.BANKS,
                key=f"banks:{part}:review:{counted:%Y}",
            )
        )
    return found


def _second_names(user) -> list[InboxItem]:
    """Reviews of lately under which the system administrator's name is still to stand beside the curator's."""
    lately = timezone.now() - REVIEW_MEMORY
    reviews = BankReview.objects.filter(confirmed_by__isnull=True, waits=False, recorded_at__gte=lately)
    return [
        _to_confirm(found.pk, found.part, "Куратор записал проверку банка; под ней стоят два имени (п. 3.4)")
        for found in reviews.exclude(recorded_by__person=user.person_id)
    ]


WAITS = "Её записал системный администратор; она засчитается, когда её подтвердит куратор (п. 3.4)"


def _to_confirm(review: int, part: str, why: str) -> InboxItem:
    return InboxItem(
        f"Подтвердить проверку: {BANKS[part]}",
        why,
        reverse("people:bank_review_confirm", args=[review]),
        "Прочитать и подтвердить",
        group=Group.BANKS,
        key=f"bank-review:{review}",
    )


def _corrections(part: str, last: int) -> InboxItem:
    """Entries that the system administrator has put right and the curator has not looked at."""
    return InboxItem(
        f"Посмотреть исправления: {BANKS[part]}",
        "Системный администратор исправил сведения записей",
        reverse("people:bank_corrections", args=[ADDRESSES[part].removeprefix("people:bank_")]),
        "Посмотреть",
        group=Group.BANKS,
        key=f"bank-corrections:{part}:{last}",
    )
