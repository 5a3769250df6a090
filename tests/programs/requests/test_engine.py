"""The engine of requests, tried on help and on a proposal: who files, reads, decides; terms, letters, undo, the end of
the pair (п. 2.3, 4.1, 5.1).
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.consents.destruction import retention
from people.rights import CHAIR, CURATOR, DIRECTOR
from people.roles.models import RoleGrant
from people.school.models import School
from people.school.workdays import add_workdays
from programs.attention.facts import facts_of
from programs.pairings import acts as pairing_acts
from programs.program.models import Program
from programs.requests import acts, inbox, registry
from programs.requests.deciding import deciders, decides
from programs.requests.interests import Interest
from programs.requests.kinds.base import ACCEPTED
from programs.requests.models import Request
from tests.factories import make_person, make_program, make_user
from tests.programs.requests.kit import TEXT, ask

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.1")]


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def waiting(user) -> list[str]:
    return [item.title for item in inbox.items(fresh(user))]


def knows(user, request) -> bool:
    return Request.objects.visible_to(fresh(user)).filter(pk=request.pk).exists()


def reads(user, request) -> bool:
    return Request.objects.readable_by(fresh(user)).filter(pk=request.pk).exists()


def told(name="request_filed") -> set[int]:
    return set(OutboxMail.objects.filter(template=name).values_list("person_id", flat=True))


def everybody(cast) -> dict:
    return vars(cast)


def test_help_is_private_to_the_pair_and_the_curator_sees_only_that_it_waits(cast):
    made = ask(cast, "help")
    assert {name for name, user in everybody(cast).items() if reads(user, made)} == {"mentor", "mentee"}
    assert {name for name, user in everybody(cast).items() if knows(user, made)} == {"mentor", "mentee", "curator"}
    assert (waiting(cast.mentor), waiting(cast.curator), told()) == (
        ["Ответить: просьба о помощи"],
        [],
        {cast.mentor.person_id},
    )


def test_help_from_the_curator_alone_is_hidden_from_the_mentor(cast):
    made = ask(cast, "help", route="curator")
    assert {name for name, user in everybody(cast).items() if knows(user, made)} == {"curator", "mentee"}
    assert (waiting(cast.curator), waiting(cast.mentor)) == (["Ответить: просьба о помощи"], [])


def between(cast, mentor, mentee):
    """Return a running program of these two; no council could have agreed it where both of them decide."""
    program = make_program(cast, "running", mentor=mentor, mentee=cast.mentee)
    program.pairing.participations.filter(part="mentee").update(person=mentee.person)
    return program


@pytest.mark.parametrize(
    ("inside", "role"), [((), CURATOR), ((CURATOR,), DIRECTOR), ((CURATOR, DIRECTOR), CHAIR)], ids=str
)
def test_the_route_goes_past_whoever_takes_part(cast, inside, role):
    mentor = getattr(cast, inside[0]) if inside else cast.mentor
    mentee = getattr(cast, inside[1]) if len(inside) > 1 else cast.mentee
    program = between(cast, mentor, mentee)
    made = ask(cast, "improvement", by=mentee, program=program)
    made = Request.objects.with_requirements().get(pk=made.pk)
    assert deciders(made)[1] == {getattr(cast, role).person_id}
    staff = ("director", "curator", "chair", "secretary", "council", "clerk", "sysadmin")
    assert [one for one in staff if decides(made, fresh(getattr(cast, one)))] == [role]
    mine = [one for one in staff if Request.objects.awaiting(fresh(getattr(cast, one))).filter(pk=made.pk).exists()]
    assert mine == [role]
    reading = {one for one in staff if reads(getattr(cast, one), made)}
    assert reading == {role, *inside}
    for one in staff:
        if one != role:
            with pytest.raises(NotAllowed):
                acts.decide(made, "decline", by=fresh(getattr(cast, one)), answer="нет")


def test_a_declared_relative_decides_nothing(cast):
    made = ask(cast, "improvement")
    with pytest.raises(NotAllowed):
        acts.declare_interest(made, by=cast.director, about=cast.mentee.person, reason="брат")
    with pytest.raises(Refused, match="кого касается"):
        acts.declare_interest(made, by=cast.curator, about=cast.stranger.person, reason="брат")
    acts.declare_interest(made, by=cast.curator, about=cast.mentee.person, reason="двоюродная сестра")
    with pytest.raises(NotAllowed, match="кого это касается"):
        acts.decide(made, "accept", by=fresh(cast.curator), answer="да")
    assert (waiting(cast.curator), len(waiting(cast.director))) == ([], 1)
    assert not reads(cast.curator, made) and reads(cast.director, made)
    assert acts.decide(made, "accept", by=fresh(cast.director), answer="да").state == ACCEPTED
    Interest.objects.update(ended_at=timezone.now())
    other = ask(cast, "improvement", program=made.program)
    assert decides(Request.objects.with_requirements().get(pk=other.pk), fresh(cast.curator))


def test_where_all_are_interested_nobody_of_the_school_decides(cast):
    program = between(cast, cast.curator, cast.director)
    RoleGrant.objects.filter(role=CHAIR).delete()
    made = ask(cast, "improvement", by=cast.director, program=program)
    assert deciders(Request.objects.with_requirements().get(pk=made.pk)) == ((), set())


@pytest.mark.parametrize(("term", "column"), [("urgent", "help_urgent_days"), ("week", "help_days")])
def test_the_term_is_the_schools_in_working_days(cast, term, column):
    School.objects.update(help_urgent_days=2, help_days=7)
    made = ask(cast, "help", term=term)
    assert made.due_on == add_workdays(timezone.localdate(), getattr(School.get(), column))


def age(request, days):
    """Make a request older, as if nobody had answered for days."""
    request.filed_on -= timedelta(days=days)
    request.due_on -= timedelta(days=days)
    Request.objects.filter(pk=request.pk).update(filed_on=request.filed_on, due_on=request.due_on)


@pytest.mark.clause("2.3-i2")
def test_what_nobody_answered_is_late_with_the_curator_who_does_not_read_it(cast, as_user):
    made = ask(cast, "help", term="urgent")
    assert waiting(cast.curator) == []
    age(made, 30)
    assert acts.remind_due() == 1 and acts.remind_due() == 0
    assert (told("request_reminder"), told("request_late")) == ({cast.mentor.person_id}, {cast.curator.person_id})
    assert waiting(cast.curator) == ["Без ответа: просьба о помощи"]
    (sign,) = facts_of(Program.objects.filter(pairing=made.pairing)).values()
    assert sign.asked == (timezone.localdate() - made.due_on).days
    page = as_user(cast.curator).get(made.get_absolute_url())
    assert TEXT not in page.content.decode() and "Текст и ответ читают только" in page.content.decode()
    assert page.context["badge"].word == "просрочено"
    listed = as_user(cast.curator).get("/requests/?move=late")
    assert [row.late for row in listed.context["listing"].rows] == [True]
    assert TEXT not in OutboxMail.objects.values_list("text", flat=True)
    acts.decide(made, "accept", by=cast.mentor, answer="Зайду сегодня")
    assert waiting(cast.curator) == []
    assert as_user(cast.curator).get("/requests/?move=late").context["listing"].rows == []
    assert "Зайду сегодня" not in as_user(cast.curator).get(made.get_absolute_url()).content.decode()


def test_reminded_before_the_term_and_once(cast):
    made = ask(cast, "help")
    Request.objects.filter(pk=made.pk).update(
        filed_on=timezone.localdate() - timedelta(days=9), due_on=add_workdays(timezone.localdate(), 1)
    )
    assert (acts.remind_due(), acts.remind_due(), told("request_late")) == (1, 0, set())
    assert told("request_reminder") == {cast.mentor.person_id}


def test_a_reminder_is_written_once_a_day_and_not_by_who_decides(cast):
    made = ask(cast, "help")
    with pytest.raises(NotAllowed):
        acts.remind(made, by=cast.mentor)
    acts.remind(made, by=cast.mentee)
    with pytest.raises(Already, match="завтра"):
        acts.remind(made, by=cast.curator)


def test_filing_and_deciding_are_taken_back_while_nobody_has_acted(cast):
    made = ask(cast, "help")
    act = Act.objects.about(made).get(verb="file")
    undo.undo(act, by=cast.mentee)
    assert Request.objects.get(pk=made.pk).state == "withdrawn"
    assert not OutboxMail.objects.filter(template="request_filed", failed_at=None).exists()
    made = ask(cast, "help", program=made.pairing.programs.get())
    acts.decide(made, "accept", by=cast.mentor, answer="да")
    with pytest.raises(Refused):
        undo.undo(Act.objects.about(made).get(verb="file"), by=cast.mentee)
    undo.undo(Act.objects.about(made).get(verb="accept"), by=cast.mentor)
    back = Request.objects.get(pk=made.pk)
    assert (back.state, back.answer, back.decided_by) == ("filed", "", None)


def test_a_request_falls_with_its_pair(cast):
    made = ask(cast, "help")
    pairing_acts.dissolve(made.pairing, by=cast.clerk, on=timezone.localdate(), reason="программа завершена")
    made.refresh_from_db()
    assert (made.state, waiting(cast.mentor), told("request_lapsed")) == ("lapsed", [], {cast.mentee.person_id})
    with pytest.raises(Already):
        acts.decide(made, "accept", by=cast.mentor, answer="поздно")


def test_the_curator_records_the_paper_of_somebody_who_never_logs_in(cast, as_user):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    url = f"/requests/new/improvement/{program.pk}/"
    on = timezone.localdate() - timedelta(days=2)
    form = as_user(cast.curator).get(url).context["form"]
    assert set(form.fields) == {"request_key", "text", "author", "filed_on"}
    values = {"text": TEXT, "author": cast.mentee.person_id, "filed_on": on.isoformat()}
    as_user(cast.curator).post(url, values)
    made = Request.objects.get()
    assert (made.author, made.on_paper, made.filed_on) == (cast.mentee.person, True, on)
    with pytest.raises(NotAllowed):
        ask(cast, "improvement", by=cast.clerk, program=program, author=cast.mentee.person)


def test_who_takes_part_records_no_paper_of_the_other_side(cast):
    program = make_program(cast, "running", mentor=cast.curator, mentee=cast.mentee)
    with pytest.raises(NotAllowed):
        ask(cast, "help", by=cast.curator, program=program, author=cast.mentee.person)


def test_strangers_neither_file_nor_find(cast, as_user):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    made = ask(cast, "help", program=program)
    for user, answer in ((cast.stranger, 404), (cast.council, 403), (cast.mentor, 403)):
        assert as_user(user).get(f"/requests/new/help/{program.pairing_id}/").status_code == answer
    assert as_user(cast.stranger).get(made.get_absolute_url()).status_code == 404
    with pytest.raises(NotAllowed):
        acts.withdraw(made, by=cast.mentor)
    assert as_user(cast.mentee).get(f"/requests/new/unheard/{program.pk}/").status_code == 404


def test_filed_twice_by_one_press_is_one(cast):
    key = "00000000-0000-4000-8000-000000000001"
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    assert ask(cast, "help", program=program, request_key=key) == ask(cast, "help", program=program, request_key=key)


def test_another_row_costs_no_query(cast, as_user):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)

    def cost(user, url):
        with CaptureQueriesContext(connection) as queries:
            assert as_user(user).get(url).status_code == 200
        return len(queries)

    ask(cast, "help", program=program)
    ask(cast, "improvement", program=program)
    urls = [(cast.curator, "/requests/"), (cast.mentor, "/home/"), (cast.mentee, f"/programs/{program.pk}/requests/")]
    before = [cost(*one) for one in urls * 2][len(urls) :]  # what a process reads once is read
    for _ in range(4):
        ask(cast, "help", program=program)
        ask(cast, "improvement", program=program)
    assert [cost(*one) for one in urls] == before


def test_kinds_are_found_and_whole():
    """What the registry promises to whoever adds a kind: words, letters, forms and a place of its own."""
    for kind in registry.kinds().values():
        assert len(kind.code) <= 20 and kind.offer and kind.submit and kind.filed and kind.genitive
        assert all(len(route.code) <= 12 for route in kind.routes) and all(len(t.code) <= 12 for t in kind.terms)
        assert kind.accept.success and kind.accept.state


def test_a_second_curator_decides_about_the_first(cast):
    program = make_program(cast, "running", mentor=cast.curator, mentee=cast.mentee)
    second = make_user(make_person(), "curator")
    made = ask(cast, "improvement", program=program)
    assert (len(waiting(second)), waiting(cast.director), waiting(cast.curator)) == (1, [], [])
    assert made.state == "filed"


def test_words_of_requests_are_destroyed_with_the_data_of_their_person(cast):
    mine = ask(cast, "help")
    category = retention.categories()["asked"]
    assert category.found(mine.author) == ["1\xa0просьба"] and category.found(make_person()) == []
    assert category.erase(mine.author) == 1
    mine.refresh_from_db()
    assert (TEXT in mine.text, mine.about, mine.answer) == (False, "", "")
    assert category.found(mine.author) == [] and category.erase(mine.author) == 0
