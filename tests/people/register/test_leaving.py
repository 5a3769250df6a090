"""The end of the last employment: what is told, what ends by itself, what waits for somebody, what is refused
(п. 3.3–3.5; ТК 351.8).
"""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from mentoring_site.inbox import items_for
from mentoring_site.models import OutboxMail
from mentoring_site.workflow import Refused, complaints, reload
from people.accounts.models import User
from people.banks.models import Candidate
from people.register import acts
from people.register.models import Employment, Person
from people.roles import acts as role_acts
from people.roles.models import RoleGrant
from programs.changes.amendment import acts as amendment_acts
from programs.changes.replacement import acts as replacement_acts
from programs.changes.replacement.forms import ReplacementForm
from programs.mentor_agreements.models import MentorAgreement
from programs.pairings.acts import missing_for_order
from programs.pairings.models import Pairing
from programs.pairings.pool import free_mentees, mentors
from programs.program.forms import curators
from reports.orders.drafting.typed_form import staff
from roadmap.council.forms import members
from tests.factories import make_candidate, make_pairing, make_person, make_program, make_user
from tests.programs.changes.kit import a_successor, make_replacement

pytestmark = [pytest.mark.django_db, pytest.mark.point("8.14")]


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def leave(person, by, on=None):
    """End the only employment by hand."""
    job = person.employments.get()
    return acts.end_employment(job, by=by, version=job.version, on=on or today(-1))


def tasks(user) -> list[str]:
    fresh = User.objects.get(pk=user.pk)
    return [i.title for i in items_for(fresh) if i.url.endswith("/leaving/")]


def roles(person) -> set[str]:
    return set(RoleGrant.objects.live().filter(person=person).values_list("role", flat=True))


# --- what is told ----------------------------------------------------------------------------------------------------


def test_the_day_ahead_is_told_with_everything_that_hangs(cast, as_user):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    leave(cast.mentor.person, cast.clerk, today(10))
    name = cast.mentor.person.short_name
    assert tasks(cast.curator) == tasks(cast.clerk) == [f"Увольняется: {name}"]
    assert tasks(cast.director) == tasks(cast.chair) == tasks(cast.mentor) == []
    letter = OutboxMail.objects.get(template="leaving")
    assert letter.person_id == cast.curator.person_id  # the clerk has done it
    page = as_user(cast.curator).get(f"/people/{cast.mentor.person_id}/leaving/")
    assert [thing.url for thing in page.context["needed"]] == [pairing.get_absolute_url()]
    assert {thing.what for thing in page.context["by_itself"]} == {"учётная запись", "запись в банке наставников"}
    assert Candidate.objects.get(person=cast.mentor.person).state == "appointed"  # nothing has ended yet


def test_the_page_of_somebody_who_stays_tells_what_would_remain(cast, as_user):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    page = as_user(cast.clerk).get(f"/people/{cast.mentor.person_id}/leaving/").context
    assert page["last"] is None and pairing.get_absolute_url() in [thing.url for thing in page["needed"]]


def test_somebody_without_anything_is_no_task(cast):
    leave(make_person(), cast.clerk)
    assert tasks(cast.curator) == []
    assert not OutboxMail.objects.filter(template="leaving").exists()


def test_one_of_two_places_is_no_leaving(cast):
    person = make_pairing(cast, "assigned", mentor=cast.mentor).participations.get(part="mentor").person
    job = person.employments.get()
    Employment.objects.create(person=person, organisation=job.organisation, post="концертмейстер", kind="internal")
    acts.end_employment(job, by=cast.clerk, version=job.version, on=today(-1))
    assert tasks(cast.curator) == [] and Person.objects.at_work().filter(pk=person.pk).exists()


def test_the_same_day_is_told_once(cast):
    make_pairing(cast, "assigned", mentor=cast.mentor)
    leave(cast.mentor.person, cast.clerk, today(10))
    job = cast.mentor.person.employments.get()
    acts.edit_employment(job, by=cast.clerk, version=job.version, post="преподаватель")
    call_command("tick", verbosity=0)
    assert OutboxMail.objects.filter(template="leaving").count() == 1


@pytest.mark.parametrize("way", ["by hand", "by its date"])
def test_after_the_day_the_pair_waits_and_the_rest_has_ended(cast, way):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    agreement = MentorAgreement.objects.create(
        person=cast.mentor.person,
        employment=cast.mentor.person.employments.get(),
        kind="agreement",
        pairing=program.pairing,
        created_by=cast.clerk,
    )
    RoleGrant.objects.create(person=cast.mentor.person, role="council", since=today(-9))
    last = today(-1) if way == "by hand" else today()
    leave(cast.mentor.person, cast.clerk, last)
    with time_machine.travel(timezone.now() + timedelta(days=1 if way == "by its date" else 0)):
        call_command("tick", verbosity=0)
        call_command("tick", verbosity=0)
        assert tasks(cast.curator) == tasks(cast.clerk) == [f"Уволена: {cast.mentor.person.short_name}"]
        assert roles(cast.mentor.person) == set()
        assert not User.objects.get(pk=cast.mentor.pk).is_active
        assert Candidate.objects.get(person=cast.mentor.person).state == "withdrawn"
        agreement.refresh_from_db()
        assert agreement.closed_on == last
        assert program.pairing.participations.live().filter(person=cast.mentor.person).exists()  # an order ends it
        make_replacement(cast, "registered", program)
        assert tasks(cast.curator) == []


def test_a_proposal_falls_with_who_leaves(cast):
    pairing = make_pairing(cast, "recommended", mentor=cast.mentor, mentee=cast.mentee)
    leave(cast.mentee.person, cast.clerk)
    pairing.refresh_from_db()
    assert pairing.state == Pairing.State.WITHDRAWN and "работа окончена" in pairing.reason


def test_the_last_director_and_the_last_administrator_stay_with_a_task(cast, as_user):
    for user in (cast.director, cast.sysadmin):
        leave(user.person, cast.clerk)
    assert roles(cast.director.person) == {"director"} and roles(cast.sysadmin.person) == {"sysadmin"}
    assert User.objects.get(pk=cast.director.pk).is_active and User.objects.get(pk=cast.sysadmin.pk).is_active
    page = as_user(cast.curator).get(f"/people/{cast.director.person_id}/leaving/")
    assert "учредитель" in page.content.decode()
    second = make_user(None, "sysadmin")
    assert tasks(cast.curator) == [f"Уволена: {cast.director.person.short_name}"]  # somebody else administers now
    call_command("tick", verbosity=0)
    assert roles(cast.sysadmin.person) == set() and roles(second.person) == {"sysadmin"}


def test_where_the_curator_leaves_the_director_is_told(cast):
    leave(cast.curator.person, cast.clerk, today(5))
    assert tasks(cast.director) == [f"Увольняется: {cast.curator.person.short_name}"]
    assert cast.director.person_id in OutboxMail.objects.filter(template="leaving").values_list("person_id", flat=True)
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        call_command("tick", verbosity=0)
        assert roles(cast.curator.person) == set()


# --- nobody who has left is offered -----------------------------------------------------------------------------------


def successors(cast) -> list[Person]:
    pairing = Pairing.objects.with_people().first() or make_pairing(cast, "assigned")
    pairing = Pairing.objects.with_people().get(pk=pairing.pk)
    return [one.person for one in ReplacementForm(pairing=pairing).fields["candidate"].queryset]


PICKERS = {
    "a mentee without a pair": lambda c, p: [one.person for one in free_mentees()],
    "a mentor in matching": lambda c, p: [one.person for one in mentors()],
    "a successor": lambda c, p: successors(c),
    "a curator of a program": lambda c, p: list(curators()),
    "the quorum of the council": lambda c, p: list(members()),
    "an executor of an order": lambda c, p: list(staff()),
    "a role": lambda c, p: list(Person.objects.at_work()),
}


@pytest.mark.parametrize("name", PICKERS)
def test_who_has_left_is_offered_for_nothing(cast, name):
    """The roles and the candidacies stand as they are: only the employment has ended."""
    person = make_person()
    for role in ("curator", "council"):
        RoleGrant.objects.create(person=person, role=role, since=today(-9))
    for part in ("mentor", "mentee"):
        make_candidate(person, part, by=cast.director)
    assert person in PICKERS[name](cast, person)
    Employment.objects.filter(person=person).update(until=today(-1))
    assert person not in PICKERS[name](cast, person)


def test_a_role_past_the_end_is_not_given(cast):
    person = make_person()
    Employment.objects.filter(person=person).update(until=today(30))
    with pytest.raises(Refused, match="работает по"):
        role_acts.give(person, "council", by=cast.director, since=today(), until=today(31))
    assert role_acts.give(person, "council", by=cast.director, since=today(), until=today(30))
    Employment.objects.filter(person=person).update(until=today(-1))
    with pytest.raises(Refused, match="работа окончена"):
        role_acts.give(person, "clerk", by=cast.director, since=today())


# --- nothing reaches past the end of a contract ---------------------------------------------------------------------


def fixed_term(person, days):
    Employment.objects.filter(person=person).update(until=today(days))


def test_a_pair_past_the_end_of_a_contract_is_refused(cast):
    for side in (cast.mentor, cast.mentee):
        fixed_term(side.person, 199)
        with pytest.raises(Refused, match=f"{side.person.short_name} работает по .* срок закрепления"):
            make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee)
        Candidate.objects.all().delete()
        fixed_term(side.person, 200)
    assert make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee)


def test_a_contract_that_was_shortened_stops_the_order(cast):
    pairing = make_pairing(cast, "recommended", mentor=cast.mentor)
    fixed_term(cast.mentor.person, 100)
    from mentoring_site.workflow import reload

    assert "работает по" in " ".join(c.text for c in missing_for_order(reload(pairing)))


def test_a_program_past_the_end_is_not_handed_over(cast):
    program = make_program(cast, "draft", mentor=cast.mentor)
    fixed_term(cast.mentor.person, 100)
    assert "работает по" in " ".join(c.text for c in complaints(reload(program), "submit"))


def test_a_program_is_not_prolonged_past_the_end(cast):
    program = make_program(cast, "running", mentor=cast.mentor)
    fixed_term(cast.mentor.person, 200)
    with pytest.raises(Refused, match="новый срок программы"):
        amendment_acts.propose(program, by=cast.curator, reason="нужно", new_end=today(210))
    assert amendment_acts.propose(program, by=cast.curator, reason="нужно", new_end=today(199))


def test_a_successor_works_to_the_end(cast):
    program = make_program(cast, "running")
    successor = a_successor(cast, program.pairing)
    fixed_term(successor.person, 90)
    fields = {"by": cast.curator, "candidate": successor, "since": today(), "handover": "всё"}
    with pytest.raises(Refused, match="срок замены"):
        replacement_acts.propose(program.pairing, ground="other", **fields)
    assert replacement_acts.propose(
        program.pairing, ground="leave", until=today(60), circumstances="отпуском", **fields
    )
