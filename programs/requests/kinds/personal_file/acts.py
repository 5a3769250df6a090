"""Every look at a personal file is written down and told to the mentee (п. 4.1; 152-ФЗ, ст. 19)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.workflow import Refused, record, reload
from people.accounts.models import User
from people.rights import Right
from people.roles.letters import mail_person
from programs.requests.deciding import related
from programs.requests.kinds.base import ACCEPTED, MENTOR
from programs.requests.kinds.personal_file.models import FileLook
from programs.requests.models import Request


def refusal(request: Any, on: dt.date) -> str:
    """Say why nothing may be looked at on a day; empty when it may."""
    access = request.file_access
    if request.state != ACCEPTED or access.until is None or request.decided_at is None:
        return "Разрешения директора нет или доступ завершён"
    if request.author_id not in related(request, MENTOR):
        return "Тот, кто просил доступ, больше не наставник в этой паре"
    if on > access.until:
        return f"Доступ был до {rudate(access.until)}"
    if on < timezone.localdate(request.decided_at):
        return f"Доступ разрешён с {rudate(request.decided_at)}"
    return ""


@transaction.atomic
def look(
    request: Request,
    *,
    by: User,
    looked_on: dt.date,
    parts: Iterable[str],
    note: str = "",
    request_key: UUID | None = None,
) -> FileLook:
    """Write down a look at the paper. Raises ``NotAllowed``; ``Refused`` outside the days or the parts granted."""
    require(by, Right.PERSONAL_FILES_RECORD, act="записать ознакомление с личным делом")
    if request_key and (made := FileLook.objects.filter(request_key=request_key).first()):
        return made
    locked(request)
    fresh = reload(request)
    if looked_on > timezone.localdate():
        raise Refused("Запишите то, что уже было: день ещё не наступил")
    if why := refusal(fresh, looked_on):
        raise Refused(why)
    seen = [part for part in parts if part in fresh.file_access.parts]
    if not seen:
        raise Refused("Отметьте хотя бы одну часть из разрешённых")
    made = FileLook.objects.create(
        access=fresh.file_access,
        looked_on=looked_on,
        parts=seen,
        note=note.strip(),
        recorded_by=by,
        request_key=request_key,
    )
    words = f"ознакомление с личным делом {rudate(looked_on)}: {made.parts_words}"
    act = record(fresh, "look", by=by, words=words[:300], look=made.pk)
    with letters_of(act):
        mail_person(fresh.person, "personal_file_look", person=fresh.person, asked=fresh)
    return made
