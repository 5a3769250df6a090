"""What waits in completions: conclusion, review, consent of a side, the public text, an order (п. 7.1, 8.1)."""

from django.db.models import Q
from django.urls import reverse

from mentoring_site.waiting import Waiting
from mentoring_site.workflow import complaints
from programs.models import Completion

AT_MOST = 30


def waiting(user) -> list[Waiting]:
    """Return what waits for the user in completions; a fixed number of queries."""
    curator = user.can("programs.act_for_others")
    mentor = Q(
        program__pairing__participations__person=user.person_id,
        program__pairing__participations__part="mentor",
        program__pairing__participations__until__isnull=True,
    )
    mine = (
        Completion.objects.filter(mentor | Q(participation__person=user.person_id))
        .exclude(state="withdrawn")
        .distinct()
    )
    found = []
    for c in mine.select_related("program", "participation__person")[:AT_MOST]:
        found += _mine(c, own=c.participation.person_id == user.person_id)
    if curator:
        for c in Completion.objects.filter(state="proposed").with_requirements()[:AT_MOST]:
            if not complaints(c, "ready"):
                found.append(
                    _thing(
                        c,
                        "Передать завершение на приказ",
                        "Заключение и отзыв есть",
                        "Передать на приказ",
                        "completion_of",
                        since=c.reviewed_at,
                        weight=50,
                    )
                )
    return found


def _mine(c, *, own: bool):
    if c.state == "proposed" and not own and not c.concluded_at:
        yield _thing(
            c,
            "Написать заключение",
            f"Наставляемый: {c.participation.person.short_name}",
            "Написать заключение",
            "completion_conclude",
            since=c.created_at,
            weight=70,
        )
    if c.state == "proposed" and own and not c.reviewed_at:
        yield _thing(
            c,
            "Написать отзыв о программе",
            "Без отзыва программу не завершить",
            "Написать отзыв",
            "completion_review",
            since=c.created_at,
            weight=70,
        )
    if c.state == "proposed" and c.reason == "mutual" and not (c.mentee_agreed_at if own else c.mentor_agreed_at):
        yield _thing(
            c,
            "Ответить о завершении по обоюдному решению",
            "Нужно согласие обеих сторон (п. 7.1)",
            "Открыть",
            "completion_of",
            since=c.created_at,
            weight=75,
        )
    if own and c.public_text and not c.public_approved_at:
        yield _thing(
            c,
            "Прочитать текст о результатах для сайта",
            "Без Вашего одобрения он не появится",
            "Прочитать",
            "completion_approve",
            since=None,
            weight=30,
        )


def _thing(c, title, why, verb, name, *, since, weight) -> Waiting:
    return Waiting(
        f"{title}: «{c.program.title}»", why, reverse(f"programs:{name}", args=[c.pk]), verb, since=since, weight=weight
    )
