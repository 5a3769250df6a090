"""What waits in completions: conclusion, review, consent of a side, the public text, an order (п. 7.1, 8.1)."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from mentoring_site.waiting import Waiting
from mentoring_site.workflow import complaints
from programs.access import present
from programs.models import Completion, Program
from programs.workflows.completion import reviewed

AT_MOST = 30
SOON = timedelta(days=14)


def waiting(user) -> list[Waiting]:
    """Return what waits for the user in completions; a fixed number of queries."""
    leads = Exists(present().filter(person=user.person_id, part="mentor", pairing=OuterRef("program__pairing")))
    open_ones = Completion.objects.exclude(state="withdrawn").select_related("program", "participation__person")
    found = []
    for c in open_ones.filter(participation__person=user.person_id).prefetch_related("outcomes")[:AT_MOST]:
        found += _mentee(c)
    for c in open_ones.filter(leads, state="proposed")[:AT_MOST]:
        found += _mentor(c)
    if user.can("programs.act_for_others"):
        found += [*_to_hand_over(), *_to_begin()]
    return found


def _mentor(c):
    if not c.concluded_at:
        why = f"{c.participation.person.short_name}: программа завершается"
        yield _thing(c, "Написать заключение", why, "Написать заключение", "conclude", weight=70)
    if c.reason == "mutual" and not c.mentor_agreed_at:
        yield _agree(c)


def _mentee(c):
    if c.state == "proposed" and (left := reviewed.look(c)):
        again = c.reviewed_at is not None
        why = "Наставник записал итоги по затруднениям: их подтверждаете и Вы" if again else "Без отзыва программу не завершить"
        title = "Прочитать итоги" if again else "Написать отзыв о программе"
        yield _thing(c, title, why, left[0].link, "review", weight=70)
    if c.state == "proposed" and c.reason == "mutual" and not c.mentee_agreed_at:
        yield _agree(c)
    if c.public_text and not c.public_approved_at:
        why = "Без Вашего одобрения он не появится"
        yield _thing(c, "Прочитать текст о результатах для сайта", why, "Прочитать и одобрить", "approve", weight=30)


def _agree(c) -> Waiting:
    why = "По обоюдному решению: нужно согласие обеих сторон (п. 7.1)"
    return _thing(c, "Ответить о завершении", why, "Ответить", "of", weight=75)


def _to_hand_over():
    """Completions that have everything and only wait for the curator's word."""
    for c in Completion.objects.filter(state="proposed").with_requirements()[:AT_MOST]:
        if not complaints(c, "ready"):
            yield _thing(c, "Передать завершение на приказ", "Заключение и отзыв есть", "Передать на приказ", "ready", weight=50)


def _to_begin():
    """Programmes whose term ends within two weeks or has ended, and nobody has begun to complete them."""
    begun = Completion.objects.filter(program=OuterRef("pk")).exclude(state="withdrawn")
    ending = Program.objects.filter(
        ~Exists(begun), state="running", ends_on__lte=timezone.localdate() + SOON
    )
    for p in ending.order_by("ends_on", "pk")[:AT_MOST]:
        yield Waiting(
            f"Завершить программу «{p.title}»",
            "Срок программы подходит к концу: нужны заключение, отзыв и приказ (п. 7.1)",
            reverse("programs:completion_new", args=[p.pk]),
            "Начать завершение",
            until=p.ends_on,
            weight=45,
        )


def _thing(c, title, why, verb, name, *, weight) -> Waiting:
    return Waiting(
        f"{title}: «{c.program.title}»",
        why,
        reverse(f"programs:completion_{name}", args=[c.pk]),
        verb,
        since=c.created_at,
        weight=weight,
    )
