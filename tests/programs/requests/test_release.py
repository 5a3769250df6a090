"""A release from duties: marked, asked in one press, prepared by the head of the department, enacted as a draft of an
order that nobody retypes (п. 1.4).
"""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.register.models import Employment
from people.roles import department_heads
from people.roles.models import DepartmentHead
from programs.journal.planning import acts as planning_acts
from programs.requests import acts, inbox
from programs.requests.deciding import deciders, movers
from programs.requests.kinds.release import acts as release_acts
from programs.requests.kinds.release.acts import LessonRow
from programs.requests.kinds.release.models import LessonTime, Release
from programs.requests.models import Request
from reports.orders.drafting import acts as drafting_acts
from reports.orders.models import Order
from reports.orders.order_kinds.registry import KINDS
from tests.factories import make_person, make_program, make_user
from tests.programs.requests.kit import ask

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.2")]
WHY = "мастер-класс проводят только в этот день"


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def waiting(user) -> list[str]:
    return [item.title for item in inbox.items(fresh(user))]


def told(name="request_filed") -> set[int]:
    return set(OutboxMail.objects.filter(template=name).values_list("person_id", flat=True))


def again(request) -> Request:
    return Request.objects.with_requirements().get(pk=request.pk)


@pytest.fixture
def program(cast):
    return make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)


@pytest.fixture
def head(cast):
    """The stranger heads the department of the mentor and the mentee."""
    place = Employment.objects.get(person=cast.mentor.person).department
    department_heads.appoint(place, cast.stranger.person, by=cast.clerk, since=timezone.localdate())
    return cast.stranger


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def release(cast, program, by=None, **values):
    activity = program.activities.get()
    data = {"day": tomorrow(), "starts": time(10), "ends": time(12), "lesson_time": None}
    return ask(
        cast,
        "release",
        by=by or cast.mentor,
        program=program,
        text=WHY,
        columns={"activity": activity, "about": f"мероприятие «{activity.title}»"},
        data=data | values,
    )


def lesson(substitute=None, **values) -> LessonRow:
    plain = {"day": tomorrow(), "starts": time(10), "ends": time(10, 45), "what": "3 класс, хор", "place": "зал"}
    return LessonRow(**(plain | values), substitute=substitute)


def propose(request, by, lessons, **values):
    plain = {"version": Release.objects.get(request=request).version, "confirmed": True}
    return release_acts.propose(request, by=by, lessons=lessons, **(plain | values))


@pytest.mark.clause("1.4-a")
def test_an_activity_in_lesson_time_is_marked_and_a_release_is_asked_in_one_press(cast, as_user, program, head):
    activity, client = program.activities.get(), as_user(cast.mentee)
    url = f"/activities/{activity.pk}/"
    assert [a.verb for a in client.get(url).context["mark_actions"]] == ["lesson_time"]
    values = {"day": tomorrow().isoformat(), "starts": "10:00", "ends": "11:30"}
    wrong = client.post(f"{url}lesson-time/", values | {"ends": "09:00"})
    assert "ends" in wrong.context["form"].errors
    assert client.post(f"{url}lesson-time/", values).status_code == 302
    marked = LessonTime.objects.get()
    assert (marked.minutes, marked.person, marked.flagged_by) == (90, cast.mentee.person, cast.mentee)
    assert waiting(cast.mentee) == [f"Приходится на уроки: мероприятие «{activity.title}»"]
    (mark,) = client.get(url).context["marks"]
    form = client.get(mark.actions[0].url).context["form"]
    typed = [name for name, field in form.fields.items() if not field.widget.is_hidden and not form.initial.get(name)]
    assert typed == ["text"]
    sent = {name: form[name].value() for name in ("activity", "day", "starts", "ends", "lesson_time")}
    assert client.post(mark.actions[0].url, sent | {"text": WHY}).status_code == 302
    made = Request.objects.get()
    assert (made.release.lesson_time, made.author, waiting(cast.mentee)) == (marked, cast.mentee.person, [])
    (mark,) = client.get(url).context["marks"]
    assert mark.words.endswith("ждёт решения") and [a.verb for a in mark.actions] == ["asked"]
    with pytest.raises(Refused, match="сначала отзовите"):
        release_acts.unflag(marked, by=cast.mentee)
    acts.withdraw(made, by=cast.mentee)
    release_acts.unflag(marked, by=cast.mentee)
    assert not LessonTime.objects.exists()


@pytest.mark.clause("1.4-a")
def test_a_planned_meeting_carries_its_hours_into_the_mark(cast, as_user, program):
    sides = list(program.pairing.participations.live())
    (meeting,) = planning_acts.plan(
        program,
        by=cast.mentor,
        first_on=tomorrow(),
        starts_at=time(9, 30),
        minutes=45,
        format="together",
        about="",
        activity=None,
        participants=sides,
        weeks=0,
        until=None,
        request_key="00000000-0000-4000-8000-000000000009",
    )
    url = f"/planned-meetings/{meeting.pk}/"
    form = as_user(cast.mentor).get(f"{url}lesson-time/").context["form"]
    assert [str(form[name].value())[:5] for name in ("starts", "ends")] == ["09:30", "10:15"]
    as_user(cast.curator).post(
        f"{url}lesson-time/", {"person": cast.mentor.person_id, "day": tomorrow(), "starts": "09:30", "ends": "10:15"}
    )
    assert waiting(cast.mentor)[0].startswith("Приходится на уроки: встреча")
    assert [m.actions[0].verb for m in as_user(cast.mentor).get(url).context["marks"]] == ["release"]
    assert as_user(cast.mentee).get(url).context["marks"] == []
    with pytest.raises(Already):
        release_acts.flag(meeting, cast.mentor.person, by=cast.mentor, day=tomorrow(), starts=time(9), ends=time(10))


def test_nobody_marks_the_lessons_of_another_nor_a_day_that_has_passed(cast, program):
    activity, plain = program.activities.get(), {"starts": time(9), "ends": time(10)}
    with pytest.raises(NotAllowed):
        release_acts.flag(activity, cast.mentor.person, by=cast.mentee, day=tomorrow(), **plain)
    with pytest.raises(Refused, match="прошёл"):
        release_acts.flag(
            activity, cast.mentor.person, by=cast.mentor, day=timezone.localdate() - timedelta(days=1), **plain
        )
    with pytest.raises(Refused, match="не участвует"):
        release_acts.flag(activity, cast.stranger.person, by=cast.curator, day=tomorrow(), **plain)


@pytest.mark.clause("1.4-d")
def test_the_head_of_the_department_confirms_before_anybody_decides(cast, as_user, program, head):
    made = release(cast, program)
    assert told() == {head.person_id}
    assert waiting(head) == ["Замены и непрерывность занятий: просьба об освобождении от обязанностей"]
    assert (waiting(cast.curator), waiting(cast.director)) == ([], [])
    with pytest.raises(Refused, match="Подтверждает заведующий отделением"):
        acts.decide(made, "accept", by=cast.curator)
    page = as_user(head).get(made.get_absolute_url())
    assert page.context["badge"].tone == "you" and WHY in page.content.decode()
    assert as_user(head).get(program.get_absolute_url()).status_code == 404
    other = make_person("Ким", "Дмитрий", "Эдуардович", "m")
    with pytest.raises(NotAllowed):
        propose(made, cast.mentor, [lesson(other)])
    propose(made, head, [lesson(other)], confirmed=False)
    assert movers(again(made))[1] == {head.person_id}
    propose(made, head, [lesson(other)])
    made = again(made)
    assert (made.release.confirmed_by, made.release.confirmed_on) == (head.person, timezone.localdate())
    assert waiting(head) == [] and len(waiting(cast.curator)) == len(waiting(cast.director)) == 1
    assert told() == {head.person_id, cast.curator.person_id, cast.director.person_id}
    undo.undo(Act.objects.about(made).get(verb="continuity"), by=head)
    assert again(made).release.confirmed_on is None and len(waiting(head)) == 1
    assert again(made).release.lessons.count() == 1


@pytest.mark.clause("1.4-d", "1.4-e")
def test_the_page_of_the_head_asks_an_explicit_tick_and_a_way_for_each_lesson(cast, as_user, program, head):
    made, other = release(cast, program), make_person("Ким", "Дмитрий", "Эдуардович", "m")
    client, url = as_user(head), f"{made.get_absolute_url()}lessons/"
    page = client.get(url)
    rows, form = page.context["lines"], page.context["form"]
    assert "Непрерывность образовательного процесса обеспечена" in form.fields["confirmed"].label
    assert not form["confirmed"].value()
    values = {
        f"{rows.prefix}-TOTAL_FORMS": "2",
        f"{rows.prefix}-INITIAL_FORMS": "0",
        "lessons-0-starts": "10:00",
        "lessons-0-ends": "10:45",
        "lessons-0-what": "3 класс, хор",
        "lessons-0-place": "зал",
        "lessons-1-starts": "11:00",
        "lessons-1-ends": "11:45",
        "lessons-1-what": "4 класс, хор",
        "version": form["version"].value(),
        "confirmed": "on",
    }
    refused = client.post(url, values | {"lessons-0-substitute": other.pk})
    assert "4 класс, хор" in str(refused.context["form"].non_field_errors())
    moved = {"lessons-0-substitute": other.pk, "lessons-1-moved_to": (tomorrow() + timedelta(days=3)).isoformat()}
    assert client.post(url, values | moved).status_code == 302
    made = again(made)
    assert [row.way[:9] for row in made.release.lessons.all()] == ["проведёт ", "перенесен"]
    shown = as_user(cast.mentor).get(made.get_absolute_url())
    assert [row.what for row in shown.context["lessons"]] == ["3 класс, хор", "4 класс, хор"]
    assert client.get(url).context["lines"].initial_form_count() == 2
    assert as_user(cast.mentor).get(url).status_code == 403 and as_user(cast.chair).get(url).status_code == 404


@pytest.mark.clause("1.4-e")
@pytest.mark.parametrize(
    ("lessons", "values", "sentence"),
    [
        ([], {}, "Назовите занятия"),
        ([lesson], {}, "выберите, кто его проведёт"),
        ([lesson], {"no_lessons": True}, "снимите отметку"),
    ],
)
def test_no_confirmation_while_a_lesson_has_nobody(cast, program, head, lessons, values, sentence):
    made = release(cast, program)
    with pytest.raises(Refused, match=sentence):
        propose(made, head, [make() for make in lessons], **values)
    with pytest.raises(Refused, match="в это время на мероприятии"):
        propose(made, head, [lesson(cast.mentor.person)])


@pytest.mark.clause("1.4-d", "1.4-e")
def test_acceptance_composes_the_order_and_nothing_is_retyped(cast, program, head):
    made, other = release(cast, program), make_person("Ким", "Дмитрий", "Эдуардович", "m")
    later = tomorrow() + timedelta(days=3)
    propose(made, head, [lesson(other), lesson(moved_to=later, starts=time(11), ends=time(11, 45), what="4 класс")])
    acts.decide(made, "accept", by=cast.curator)
    made = again(made)
    order = Order.objects.with_papers().get()
    proposal = order.items.get().proposal
    draft = proposal.draft
    assert (made.led_to, order.kind, order.state) == (order, "release", "draft")
    assert [(row.time, row.what, row.substitute, row.moved_to) for row in draft.lessons] == [
        ("10:00–10:45", "3 класс, хор", other.pk, None),
        ("11:00–11:45", "4 класс", None, later),
    ]
    assert (proposal.one_as("main"), proposal.one_as("head")) == (cast.mentor.person, head.person)
    assert (draft.continuity_on, draft.reason) == (timezone.localdate(), WHY)
    assert "о непрерывности образовательного процесса" in order.preamble
    assert "о замене и переносе занятий" in order.heading
    assert not [c for c in KINDS["release"].check(proposal) if "занят" in str(c).lower() or "1.4" in str(c)]
    assert told("request_decided") >= {cast.mentor.person_id, head.person_id}
    undo.undo(Act.objects.about(made).get(verb="accept"), by=cast.curator)
    assert (again(made).state, Order.objects.exists()) == ("filed", False)


def test_a_draft_that_others_have_touched_is_not_taken_back(cast, program, head):
    made = release(cast, program)
    propose(made, head, [], no_lessons=True)
    acts.decide(made, "accept", by=cast.curator)
    visa = again(made).led_to.visas.first()
    drafting_acts.give_visa(visa, by=fresh(visa.person.user))
    with pytest.raises(Refused, match="уже правят или визируют"):
        undo.undo(Act.objects.about(made).get(verb="accept"), by=cast.curator)


def test_where_there_is_no_head_the_curator_confirms_and_the_head_never_for_oneself(cast, program):
    made = again(release(cast, program))
    assert movers(made)[1] == {cast.curator.person_id}
    assert waiting(cast.curator) == ["Замены и непрерывность занятий: просьба об освобождении от обязанностей"]
    place = Employment.objects.get(person=cast.mentor.person).department
    department_heads.appoint(place, cast.mentor.person, by=cast.clerk, since=timezone.localdate())
    assert movers(again(made))[1] == {cast.curator.person_id}
    assert len(waiting(cast.curator)) == 1 and waiting(cast.mentor) == []
    with pytest.raises(NotAllowed):
        propose(made, fresh(cast.mentor), [], no_lessons=True)


def test_a_head_who_is_a_relative_steps_aside(cast, as_user, program, head):
    made = release(cast, program)
    assert (
        as_user(head)
        .post(f"{made.get_absolute_url()}interest/", {"about": cast.mentor.person_id, "reason": "сестра"})
        .status_code
        == 302
    )
    assert movers(again(made))[1] == {cast.curator.person_id}
    assert waiting(head) == [] and len(waiting(cast.curator)) == 1
    with pytest.raises(NotAllowed):
        propose(made, fresh(head), [], no_lessons=True)


def test_the_paper_of_a_head_is_recorded_by_the_curator(cast, as_user, program, head):
    made = release(cast, program)
    with pytest.raises(Refused, match="кто из заведующих"):
        propose(made, cast.curator, [], no_lessons=True)
    propose(made, cast.curator, [], no_lessons=True, head=head.person, on=timezone.localdate())
    made = again(made)
    assert (made.release.confirmed_by, made.release.recorded_by) == (head.person, cast.curator)


def test_an_interested_curator_leaves_it_to_the_director(cast):
    program = make_program(cast, "running", mentor=cast.curator, mentee=cast.mentee)
    made = again(release(cast, program, by=cast.curator))
    assert movers(made)[1] == {cast.director.person_id}
    propose(made, cast.director, [], no_lessons=True)
    assert deciders(again(made))[1] == {cast.director.person_id}
    acts.decide(made, "accept", by=cast.director)
    assert Order.objects.get().kind == "release"


def test_words_stay_with_those_named_under_the_field(cast, as_user, program, head):
    canary = "канарейка-об-освобождении"
    made = release(cast, program)
    Request.objects.filter(pk=made.pk).update(text=canary)
    reading = {
        name
        for name, user in vars(cast).items()
        if canary in as_user(user).get(made.get_absolute_url()).content.decode()
    }
    assert reading == {"mentor", "curator", "director", "stranger"}
    assert canary not in " ".join(OutboxMail.objects.values_list("text", flat=True))
    outsider = make_user(make_person())
    assert as_user(outsider).get(made.get_absolute_url()).status_code == 404


def test_heads_of_departments_are_dated(cast, as_user):
    place = Employment.objects.get(person=cast.mentor.person).department
    client, today = as_user(cast.clerk), timezone.localdate()
    url = f"/people/departments/{place.pk}/head/"
    client.post(url, {"person": cast.mentor.person_id, "since": today - timedelta(days=30)})
    client.post(url, {"person": cast.mentee.person_id, "since": today})
    first, second = DepartmentHead.objects.order_by("since")
    assert (first.until, second.until) == (today - timedelta(days=1), None)
    assert list(DepartmentHead.objects.live()) == [second]
    page = client.get("/people/organisations/").content.decode().replace("\xa0", " ")
    assert f"Заведует {cast.mentee.person.short_name}".replace("\xa0", " ") in page
    with pytest.raises(Already):
        department_heads.appoint(place, cast.mentee.person, by=cast.clerk, since=today + timedelta(days=1))
    with pytest.raises(NotAllowed):
        department_heads.appoint(place, cast.mentor.person, by=cast.mentor, since=today)
    client.post(f"/people/department-heads/{second.pk}/end/", {"until": today})
    second.refresh_from_db()
    assert second.until == today


def test_in_a_group_nobody_reads_whose_lessons_an_activity_falls_on(cast, as_user):
    group = make_program(cast, "running", mentor=cast.mentor, mentees=2)
    one, other = [side.person for side in group.pairing.participations.filter(part="mentee").order_by("pk")]
    mentee, companion = make_user(one, username="one"), make_user(other, username="other")
    hours = {"day": tomorrow(), "starts": time(10), "ends": time(11)}
    marked = release_acts.flag(group.activities.first(), one, by=mentee, **hours)
    name = one.short_name

    def told(user) -> list[str]:
        page = as_user(user).get(f"/programs/{group.pk}/history/")
        return [one["text"] for one in page.context["entries"] if "приходится на уроки" in one["text"]]

    assert name in told(mentee)[0] and name in told(cast.curator)[0] and told(companion) == []
    release_acts.unflag(marked, by=mentee)
    assert len(told(mentee)) == 2 and told(companion) == []
