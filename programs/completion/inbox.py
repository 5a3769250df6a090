"""What waits in completions: to begin one, its texts and consents, an order, publication (п. 7.1, 8.1)."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.workflow import complaints
from people.accounts.models import User
from people.consents.dissemination import HIDING
from people.consents.models import DISSEMINATION, Consent
from people.rights import ACTING, CHAIR, DIRECTOR, MENTOR, Right
from people.roles.instead import decides
from programs.changes.pause.models import Pause
from programs.completion.models import Completion
from programs.completion.publication import persons_of
from programs.completion.rules import reviewed
from programs.pairings.models import Participation, present
from programs.program.models import Program
from programs.program.states import ENDED

AT_MOST = 30
AHEAD = timedelta(days=14)
"""How long before the end of a program its completion is asked for."""


def items(user: User) -> list[InboxItem]:
    """Return what waits for the user in completions."""
    found = _in_work(user)
    if user.can(Right.PROGRAMS_CHANGE):
        found += _to_begin()
    if user.can(Right.PROGRAMS_PUBLISH) or user.roles & {DIRECTOR, ACTING, CHAIR}:
        found += _to_publish(user)
    return found


def _in_work(user: User) -> list[InboxItem]:
    """Completions that have begun: what the mentee, the mentor and the curator do next.

    All that their requirements read is asked for only when there are any: two queries, or a few.
    """
    leads = present().filter(person=user.person_id, part=Participation.Part.MENTOR)
    led = set(leads.order_by().values_list("pairing", flat=True)) if MENTOR in user.roles else set()
    curator, proposed = user.can(Right.PROGRAMS_CHANGE), Completion.State.PROPOSED
    mine = Q(participation__person=user.person_id)
    if led:
        mine |= Q(program__pairing__in=led, state=proposed)
    if curator:
        mine |= Q(state=proposed, concluded_at__isnull=False, reviewed_at__isnull=False)
    waiting = Completion.objects.filter(mine).exclude(state=Completion.State.WITHDRAWN)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_MOST])
    found: list[InboxItem] = []
    if not keys:
        return found
    for c in Completion.objects.filter(pk__in=keys).with_requirements().order_by("pk"):
        if c.participation.person_id == user.person_id:
            found += _mentee(c)
        elif c.program.pairing_id in led and c.state == proposed:
            found += _mentor(c)
        if curator and c.state == proposed and not complaints(c, "ready"):
            why = "Заключение и отзыв есть"
            found.append(_item(c, "Передать завершение на приказ", why, "Передать на приказ", "ready", weight=50))
    return found


def _to_begin() -> Iterator[InboxItem]:
    """Programs whose term ends soon without a completion (п. 7.1)."""
    today = timezone.localdate()
    begun = Completion.objects.filter(program=OuterRef("pk")).exclude(state=Completion.State.WITHDRAWN)
    rows = Program.objects.filter(~Exists(begun), state=Program.State.RUNNING, ends_on__lte=today + AHEAD)
    rows = rows.exclude(pk__in=Pause.objects.going_on(today).values("program"))
    for program in rows.order_by("started_on", "pk")[:AT_MOST]:
        yield InboxItem(
            f"Завершить программу «{program.title}»",
            f"{'Срок программы истёк' if program.is_expired else 'Срок программы подходит к концу'}: нужны заключение,"
            " отзыв и приказ (п. 7.1)",
            reverse("programs:completion_new", args=[program.pk]),
            "Начать завершение",
            until=program.ends_on,
            weight=45,
            group=Group.COMPLETIONS,
            key=f"program:{program.pk}:end",
        )


def _to_publish(user: User) -> Iterator[InboxItem]:
    """Finished programs whose results a mentee has approved and allows to disseminate, not published yet (п. 8.2).

    Nobody is asked to publish what one has an interest in: then it falls to somebody else.
    """
    rows = Completion.objects.filter(
        state=Completion.State.REGISTERED,
        public_approved_at__isnull=False,
        program__state__in=ENDED,
        program__results_published_at__isnull=True,
    )
    live = Consent.objects.live().filter(purpose=DISSEMINATION).exclude(transfer__in=HIDING)
    consents = live.filter(person__in=rows.values("participation__person")).values_list("person", "fields")
    allow = {person for person, fields in consents if "results" in fields}
    if not allow:
        return
    found = rows.filter(participation__person__in=allow).select_related("program__pairing")
    found = found.prefetch_related("program__pairing__participations")
    for c in {c.program_id: c for c in found.order_by("-public_approved_at")[:AT_MOST]}.values():
        if not decides(user, Right.PROGRAMS_PUBLISH, persons_of([c.program])):
            continue
        yield InboxItem(
            f"Опубликовать результаты: «{c.program.title}»",
            "Наставляемый одобрил текст и разрешил распространение",
            reverse("reports:site_preview", args=[c.program_id]),
            "Посмотреть и опубликовать",
            since=c.public_approved_at,
            weight=25,
            group=Group.SITE,
            key=f"program:{c.program_id}:publish",
        )


def _mentor(c: Completion) -> Iterator[InboxItem]:
    if not c.concluded_at:
        why = f"{c.participation.person.short_name}: программа завершается"
        yield _item(c, "Написать заключение", why, "Написать заключение", "conclude", weight=70)
    if c.reason == Completion.Reason.MUTUAL and not c.mentor_agreed_at:
        yield _agree(c)


def _mentee(c: Completion) -> Iterator[InboxItem]:
    if c.state == Completion.State.PROPOSED and (left := reviewed.complaints(c)):
        again = c.reviewed_at is not None
        why = (
            "Наставник записал итоги по затруднениям: их подтверждаете и Вы"
            if again
            else "Без отзыва программу не завершить"
        )
        title = "Прочитать итоги" if again else "Написать отзыв о программе"
        yield _item(c, title, why, left[0].link, "review", weight=70)
    if c.state == Completion.State.PROPOSED and c.reason == Completion.Reason.MUTUAL and not c.mentee_agreed_at:
        yield _agree(c)
    if c.public_text and not c.public_approved_at:
        why = "Без Вашего одобрения он не появится"
        yield _item(c, "Прочитать текст о результатах для сайта", why, "Прочитать и одобрить", "approve", weight=30)


def _agree(c: Completion) -> InboxItem:
    why = "По обоюдному решению: нужно согласие обеих сторон (п. 7.1)"
    return _item(c, "Ответить о завершении", why, "Ответить", "of", weight=75)


def _item(c: Completion, title: str, why: str, verb: str, name: str, *, weight: int) -> InboxItem:
    return InboxItem(
        f"{title}: «{c.program.title}»",
        why,
        reverse(f"programs:completion_{name}", args=[c.pk]),
        verb,
        since=c.created_at,
        weight=weight,
        group=Group.COMPLETIONS,
        key=f"completion:{c.pk}:{name}",
    )
