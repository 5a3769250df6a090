"""The draft of an order of release from an accepted request: lessons and substitutes are carried over (п. 1.4)."""

from typing import Any

from mentoring_site.locks import locked
from mentoring_site.models import Act
from mentoring_site.workflow import Refused
from people.accounts.models import User
from programs.requests.kinds.release.kind import lessons_of
from programs.requests.kinds.release.orders import Maker
from reports.orders.drafting import acts, proposals
from reports.orders.models import Order
from reports.orders.order_kinds.release.draft import Lesson, ReleaseDraft, Substitution
from reports.orders.order_kinds.typed import Particulars

BEGUN = "Проект приказа уже правят или визируют: удалите его на его странице, если он не нужен"


def _particulars(request: Any) -> Particulars:
    release, rows = request.release, lessons_of(request)
    substitutes = list({row.substitute_id: row.substitute for row in rows if row.substitute}.values())
    draft = ReleaseDraft(
        activity=request.activity_id,
        event=request.activity.title,
        program=request.program.title,
        day=release.day,
        reason=request.text,
        starts=f"{release.starts:%H:%M}",
        ends=f"{release.ends:%H:%M}",
        lessons=tuple(
            Lesson(
                time=row.hours,
                what=row.what,
                substitute=row.substitute_id,
                day=row.day if row.day != release.day else None,
                place=row.place,
                moved_to=row.moved_to,
            )
            for row in rows
        ),
        substitutions=tuple(Substitution(person.pk) for person in substitutes),
        no_lessons=release.no_lessons,
        continuity_on=release.confirmed_on,
    )
    people = {"main": [request.author], "substitute": substitutes, "head": [release.confirmed_by]}
    return Particulars(draft, people)


def _draft(request: Any, *, by: User) -> Order:
    return proposals.propose("release", _particulars(request), by=by)


def _discard(order: Order, *, by: User) -> None:
    fresh = locked(order)
    if fresh.state != Order.State.DRAFT or Act.objects.about(fresh).exclude(verb="draft").exists():
        raise Refused(BEGUN)
    acts.discard(fresh, by=by, reason="решение об освобождении отменено")


RELEASES = Maker(_draft, _discard)
