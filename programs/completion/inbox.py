"""What waits in completions: conclusion, review, consent of a side, the public text, an order (п. 7.1, 8.1)."""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from mentoring_site.inbox import InboxItem
from mentoring_site.workflow import complaints
from people.consents.dissemination import HIDING
from people.consents.models import DISSEMINATION, Consent
from people.rights import Right
from programs.completion.models import Completion
from programs.completion.publication import ENDED
from programs.completion.rules import reviewed
from programs.pairings.models import present

AT_MOST = 30


def items(user) -> list[InboxItem]:
    """Return what waits for the user in completions: one query, two for who publishes results."""
    leads = present().filter(person=user.person_id, part="mentor", pairing=OuterRef("program__pairing"))
    curator = user.can(Right.PROGRAMS_ACT_FOR_OTHERS)
    mine = Q(participation__person=user.person_id) | Q(Exists(leads), state="proposed")
    if curator:
        mine |= Q(state="proposed", concluded_at__isnull=False, reviewed_at__isnull=False)
    rows = Completion.objects.filter(mine).exclude(state="withdrawn").annotate(leads=Exists(leads)).with_requirements()
    found = []
    for c in rows.order_by("pk")[:AT_MOST]:
        if c.participation.person_id == user.person_id:
            found += _mentee(c)
        elif c.leads and c.state == "proposed":
            found += _mentor(c)
        if curator and c.state == "proposed" and not complaints(c, "ready"):
            why = "Заключение и отзыв есть"
            found.append(_thing(c, "Передать завершение на приказ", why, "Передать на приказ", "ready", weight=50))
    return found + ([*_to_publish()] if user.can(Right.PROGRAMS_PUBLISH) else [])


def _to_publish():
    """Finished programmes whose results a mentee has approved and allows to disseminate, not published yet (п. 8.2)."""
    live = Consent.objects.live().filter(person=OuterRef("participation__person"), purpose=DISSEMINATION)
    rows = Completion.objects.annotate(allowed=Subquery(live.exclude(transfer__in=HIDING).values("fields")[:1])).filter(
        allowed__isnull=False,
        state="registered",
        public_approved_at__isnull=False,
        program__state__in=ENDED,
        program__results_published_at__isnull=True,
    )
    found = rows.select_related("program").order_by("-public_approved_at")[:AT_MOST]
    for c in {c.program_id: c for c in found if "results" in c.allowed}.values():
        yield InboxItem(
            f"Опубликовать результаты: «{c.program.title}»",
            "Наставляемый одобрил текст и разрешил распространение",
            reverse("reports:site_preview", args=[c.program_id]),
            "Посмотреть и опубликовать",
            since=c.public_approved_at,
            weight=25,
        )


def _mentor(c):
    if not c.concluded_at:
        why = f"{c.participation.person.short_name}: программа завершается"
        yield _thing(c, "Написать заключение", why, "Написать заключение", "conclude", weight=70)
    if c.reason == "mutual" and not c.mentor_agreed_at:
        yield _agree(c)


def _mentee(c):
    if c.state == "proposed" and (left := reviewed.complaints(c)):
        again = c.reviewed_at is not None
        why = (
            "Наставник записал итоги по затруднениям: их подтверждаете и Вы"
            if again
            else "Без отзыва программу не завершить"
        )
        title = "Прочитать итоги" if again else "Написать отзыв о программе"
        yield _thing(c, title, why, left[0].link, "review", weight=70)
    if c.state == "proposed" and c.reason == "mutual" and not c.mentee_agreed_at:
        yield _agree(c)
    if c.public_text and not c.public_approved_at:
        why = "Без Вашего одобрения он не появится"
        yield _thing(c, "Прочитать текст о результатах для сайта", why, "Прочитать и одобрить", "approve", weight=30)


def _agree(c) -> InboxItem:
    why = "По обоюдному решению: нужно согласие обеих сторон (п. 7.1)"
    return _thing(c, "Ответить о завершении", why, "Ответить", "of", weight=75)


def _thing(c, title, why, verb, name, *, weight) -> InboxItem:
    return InboxItem(
        f"{title}: «{c.program.title}»",
        why,
        reverse(f"programs:completion_{name}", args=[c.pk]),
        verb,
        since=c.created_at,
        weight=weight,
    )
