"""What waits of planned meetings: those whose day has come are to be logged, those that do not suit to be moved."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from people.accounts.models import User
from people.rights import MENTEE, MENTOR
from programs.changes.pause.models import Pause
from programs.journal.models import Meeting
from programs.journal.planning.acts import when_words
from programs.journal.planning.presenters import answers, with_invited
from programs.pairings.models import Participation

AT_MOST = 30


def items(user: User) -> Iterator[InboxItem]:
    """Return what the user's own planned meetings ask for: the mentor and whoever planned it log a meeting."""
    if not user.roles & {MENTOR, MENTEE}:
        return
    led = Participation.objects.live().filter(person=user.person_id, part=Participation.Part.MENTOR)
    own = Q(logged_by=user) | Q(program__pairing__in=led.values("pairing"))
    asked = Q(held_on__lte=timezone.localdate()) | Q(attendances__objected_at__isnull=False, logged_by=user)
    paused = Pause.objects.going_on(timezone.localdate()).values("program")
    rows = Meeting.every.visible_to(user).planned().filter(own, asked).exclude(program__in=paused).distinct()
    for meeting in with_invited(rows).order_by("held_on", "starts_at", "pk")[:AT_MOST]:
        said = answers(meeting)
        due = meeting.held_on <= timezone.localdate()
        name = "held" if due else "move"
        yield InboxItem(
            f"{'Записать встречу' if due else 'Перенести встречу'} {when_words(meeting)}",
            " ".join([f"«{meeting.program.title}».", *said]),
            reverse(f"programs:meeting_{name}", args=[meeting.pk]),
            "Встреча состоялась" if due else "Перенести",
            until=meeting.held_on,
            weight=55,
            other_verb="Перенести или отменить" if due else "Отменить",
            other_url=reverse("programs:meeting_planned", args=[meeting.pk]),
            group=Group.MEETINGS,
            key=f"meeting:{meeting.pk}:planned",
        )
