"""A participant asks to be released from duties for an activity of the plan (п. 1.4).

The head of the department proposes who gives each lesson and confirms that teaching goes on; without that nobody
decides. Acceptance composes a draft of the order with the same lessons and substitutes.
"""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import ruday
from mentoring_site.ui.elements import Action
from mentoring_site.workflow import Complaint, Refused, requirement
from people.promises import Promise
from people.rights import CURATOR, DIRECTOR, Right
from programs.program.states import State
from programs.requests.deciding import preparers, rung_words
from programs.requests.kinds.base import (
    DECLINED,
    FILED,
    HEAD,
    MENTEE,
    MENTOR,
    RequestKind,
    Route,
    Step,
    Term,
)
from programs.requests.kinds.release import acts, orders
from programs.requests.kinds.release.models import LessonTime, Release, ReleaseLesson

PREPARE = ((HEAD,), (CURATOR,), (DIRECTOR,))
"""Who proposes lessons and confirms: the head of the department, where there is none the curator, then the director."""


def _who(request: Any) -> str:
    rung, _ = preparers(request)
    if HEAD not in rung:
        return f"Заведующего отделением нет, подтверждает {rung_words(rung)}"
    return f"Подтверждает {rung_words(rung)}"


@requirement("Мероприятие есть в плане и ещё впереди")
def activity_ahead(request: Any) -> Complaint | None:
    if request.activity is None:
        return Complaint("Этого мероприятия больше нет в плане программы")
    if request.release.day < timezone.localdate():
        return Complaint("День, на который просили освободить, уже прошёл: приказ задним числом не издают")
    return None


@requirement("У каждого занятия есть замена или день переноса")
def lessons_go_on(request: Any) -> Complaint | None:
    """п. 1.4: their absence is replaced."""
    release = request.release
    rows = list(release.lessons.all())
    if not rows and not release.no_lessons:
        return Complaint("Не названы занятия и тот, кто их проведёт", _who(request).replace("Подтверждает", "Называет"))
    if any(row.substitute_id is None and row.moved_to is None for row in rows):
        return Complaint("Не у каждого занятия есть замена или день переноса", _who(request))
    return None


@requirement("Непрерывность образовательного процесса подтверждена")
def continuity_confirmed(request: Any) -> Complaint | None:
    """п. 1.4: without it nobody is released."""
    if request.release.confirmed_on is None:
        return Complaint("Непрерывность образовательного процесса никем не подтверждена (п. 1.4)", _who(request))
    return None


def _closed(subject: Any) -> str:
    if subject.program.state != State.RUNNING:
        return "Освобождают для мероприятий программы, которая уже реализуется"
    return ""


def _initial(subject: Any, user: Any, source: str) -> dict[str, Any]:
    """Fill the form from what was marked as falling on lessons: nothing is typed twice."""
    if not source.isdigit() or subject.program is None:
        return {}
    marked = LessonTime.objects.visible_to(user).filter(program=subject.program, pk=source).select_related("meeting")
    found = marked.first()
    if found is None:
        return {}
    activity = found.activity_id or (found.meeting.activity_id if found.meeting else None)
    return {
        "activity": activity,
        "day": found.day,
        "starts": found.starts,
        "ends": found.ends,
        "lesson_time": found.pk,
        "author": found.person_id,
    }


def _save(request: Any, data: dict[str, Any]) -> None:
    day, starts, ends = data["day"], data["starts"], data["ends"]
    if day < timezone.localdate():
        raise Refused("Этот день уже прошёл")
    if ends <= starts:
        raise Refused("Конец должен быть позже начала")
    marked = data.get("lesson_time")
    if marked and marked.person_id != request.author_id:
        raise Refused("Отметка о чужих уроках: подайте просьбу от имени того, чьи это уроки")
    Release.objects.create(request=request, day=day, starts=starts, ends=ends, lesson_time=marked)


def lessons_of(request: Any) -> list[ReleaseLesson]:
    """Return the lessons with their substitutes."""
    return list(ReleaseLesson.objects.filter(release=request.release).select_related("substitute"))


def _facts(request: Any) -> list[tuple[str, object]]:
    release = request.release
    confirmed = ""
    if release.confirmed_by:
        confirmed = f"{release.confirmed_by.full_name}, {ruday(release.confirmed_on)}"
    rung, _ = preparers(request) if request.state == FILED and not confirmed else ((), set())
    return [
        ("Когда", release.when),
        ("Занятия", "в это время их нет, замещать некого" if release.no_lessons else ""),
        ("Непрерывность подтверждает", rung_words(rung) if rung else ""),
        ("Непрерывность подтверждена", confirmed),
    ]


def _actions(request: Any, user: Any) -> list[Action]:
    if not acts.may_propose(request, user):
        return []
    done = request.release.confirmed_on is not None
    label = "Изменить занятия и замены" if done else "Занятия, замены и непрерывность"
    return [Action("lessons", label, reverse("programs:release_lessons", args=[request.pk]), primary=not done)]


def _context(request: Any, user: Any) -> dict[str, Any]:
    return {"lessons": lessons_of(request)}


def _waits(user: Any) -> Any:
    """What one has marked as falling on lessons and nobody has asked a release for."""
    if not {"mentor", "mentee"} & set(user.roles):
        return
    mine = LessonTime.objects.filter(person=user.person_id, program__state=State.RUNNING).ahead().unasked()
    for found in mine.select_related("activity", "meeting").order_by("day", "pk")[:10]:
        yield InboxItem(
            f"Приходится на уроки: {found.what}",
            f"{found.when}. Договоритесь о другом времени или попросите освободить Вас от уроков",
            release_url(found),
            "Попросить об освобождении",
            since=found.flagged_at,
            until=found.day,
            weight=50,
            group=Group.REQUESTS,
            key=f"lesson_time:{found.pk}",
        )


def release_url(found: LessonTime) -> str:
    """Return where a release is asked for by a mark, with everything filled in."""
    return f"{reverse('programs:request_new', args=['release', found.program_id])}?from={found.pk}"


def _enact(request: Any, *, by: Any, data: dict[str, Any]) -> Any:
    return orders.maker().draft(request, by=by)


def _take_back(request: Any, *, by: Any) -> None:
    if request.led_to is not None:
        orders.maker().discard(request.led_to, by=by)


RELEASE = RequestKind(
    code="release",
    position=60,
    name="просьба об освобождении от обязанностей",
    genitive="просьбы об освобождении от обязанностей",
    offer="Попросить освободить от уроков на время мероприятия",
    submit="Отправить просьбу",
    filed="Просьба отправлена заведующему отделением, потом её решит куратор или директор",
    lead=(
        "Только в исключительных случаях и для мероприятий плана: занятия должны состояться (п. 1.4). Замены предложит"
        " заведующий отделением."
    ),
    ask="Почему это исключительный случай",
    about="program",
    filers=(MENTOR, MENTEE),
    routes=(
        Route(
            "head",
            Promise.RELEASE,
            ((CURATOR, DIRECTOR),),
            readers=(HEAD, MENTOR),
            prepare=PREPARE,
        ),
    ),
    terms=(Term("", lambda school: 3),),
    accept=Step(
        label="Разрешить и подготовить приказ",
        heading="Разрешить освобождение?",
        success="Освобождение разрешено, проект приказа готов",
        words="освобождение разрешено",
        state="разрешено",
        ask="",
        effects=(
            "Появится проект приказа об освобождении: занятия и замены перейдут в него.",
            "До подписанного приказа уроки остаются за преподавателем (п. 1.4).",
            "Тот, кто просил, и заведующий отделением узнают о решении.",
        ),
    ),
    decline=Step(
        label="Отказать",
        heading="Отказать в освобождении?",
        success="В освобождении отказано",
        words="в освобождении отказано",
        state="отказано",
        ask="Почему",
        effects=("Тот, кто просил, узнает причину. Мероприятие можно перенести на другое время.",),
    ),
    founder=True,
    tells=(HEAD, MENTOR),
    requirements=(activity_ahead, lessons_go_on, continuity_confirmed),
    closed_for=_closed,
    closes_by=Right.RELEASES_DECIDE,
    form="programs.requests.kinds.release.forms.ReleaseForm",
    prepared=Q(release__confirmed_on__isnull=False),
    is_prepared=lambda request: request.release.confirmed_on is not None,
    preparing="Замены и непрерывность занятий",
    initial=_initial,
    save=_save,
    enact=_enact,
    take_back=_take_back,
    related=("release", "release__confirmed_by"),
    facts=_facts,
    actions=_actions,
    template="programs/requests/release.html",
    context=_context,
    waits=_waits,
    state_words={FILED: "ждёт решения", DECLINED: "отказано"},
)
