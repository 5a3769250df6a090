"""Who decides a petition and what becomes of it: curator, director, chair, the founder's letter, the end of the pair
(п. 4.1, 5.1).
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring_site.models import OutboxMail
from mentoring_site.workflow import NotAllowed, Refused
from people.roles.models import RoleGrant
from programs.changes import inbox as change_inbox
from programs.changes.petitions import acts
from programs.changes.petitions.models import Petition
from programs.completion import acts as completion_acts
from programs.pairings import acts as pairing_acts
from tests.factories import make_pairing, make_program
from tests.programs.changes.kit import a_successor, make_petition, make_replacement

pytestmark = [pytest.mark.django_db, pytest.mark.point("8.15")]


def waiting(user) -> list[str]:
    return [item.title for item in change_inbox.items(type(user).objects.get(pk=user.pk))]


def told() -> set[int]:
    return set(OutboxMail.objects.filter(template="petition_filed").values_list("person_id", flat=True))


@pytest.mark.clause("4.1-c", "5.1-e")
def test_the_director_decides_too_and_the_curator_carries_it_out(cast, as_user):
    petition = make_petition(cast)
    assert (len(waiting(cast.curator)), waiting(cast.director)) == (1, [])
    page = as_user(cast.director).get(petition.get_absolute_url())
    assert [a.verb for a in page.context["actions"]] == ["accept", "decline"]
    as_user(cast.director).post(f"{petition.get_absolute_url()}accept/", {"answer": "Замените наставника"})
    petition.refresh_from_db()
    assert (petition.state, petition.decided_by, petition.change_asked) == ("accepted", cast.director, True)
    assert OutboxMail.objects.filter(template="petition_granted", person_id=cast.curator.person_id).exists()
    (title,) = waiting(cast.curator)
    assert title.startswith("Исполнить решение: ")
    following = "Дальше куратор заменяет наставника"
    assert following in as_user(cast.curator).get(petition.get_absolute_url()).context["next"]
    make_it(cast, petition)
    assert waiting(cast.curator) == ["Передать на приказ: замена наставника"]
    assert as_user(cast.curator).get(petition.get_absolute_url()).context["next"] == ""
    pair = as_user(cast.curator).get(petition.pairing.get_absolute_url())
    begun = petition.pairing.replacements.get().get_absolute_url()
    assert begun in [action.url for action in pair.context["actions"]]


def make_it(cast, petition):
    from programs.changes.replacement import acts as replacement_acts

    replacement_acts.propose(
        petition.pairing,
        by=cast.curator,
        candidate=a_successor(cast, petition.pairing),
        ground="petition",
        paper_on=petition.filed_on,
        since=timezone.localdate(),
        petition=petition,
        handover="материалы переданы",
    )


@pytest.mark.clause("5.1-e")
def test_against_the_only_curator_the_director_decides(cast, as_user):
    pairing = make_pairing(cast, "assigned", mentor=cast.curator, mentee=cast.mentee)
    petition = acts.file(pairing.participations.get(part="mentee"), by=cast.mentee, reason="не сложилось")
    assert (waiting(cast.curator), len(waiting(cast.director)), told()) == ([], 1, {cast.director.person_id})
    assert as_user(cast.curator).get(petition.get_absolute_url()).status_code == 404
    with pytest.raises(NotAllowed):
        acts.decline(petition, by=cast.curator, answer="нет")
    with pytest.raises(NotAllowed):
        acts.withdraw(petition, by=cast.curator)
    assert acts.accept(petition, by=cast.director, answer="да").state == "accepted"


@pytest.mark.clause("4.1-c")
def test_where_curator_and_director_take_part_the_chair_records_the_letter_of_the_founder(cast, as_user):
    pairing = make_pairing(cast, "assigned", mentor=cast.director, mentee=cast.curator)
    petition = acts.file(pairing.participations.get(part="mentor"), by=cast.director, reason="нет времени")
    url = petition.get_absolute_url()
    assert (len(waiting(cast.chair)), told()) == (1, {cast.chair.person_id})
    assert as_user(cast.secretary).get(url).status_code == 404
    with pytest.raises(NotAllowed):
        acts.accept(petition, by=cast.director, answer="да")
    with pytest.raises(Refused, match="письма учредителя"):
        acts.accept(petition, by=cast.chair, answer="да")
    page = as_user(cast.chair).post(f"{url}accept/", {"answer": "да"})
    assert "founder_number" in page.context["form"].errors
    future = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="будущим днём"):
        acts.accept(petition, by=cast.chair, answer="да", founder_number="12", founder_date=future)
    as_user(cast.chair).post(
        f"{url}accept/", {"answer": "да", "founder_number": "12", "founder_date": timezone.localdate().isoformat()}
    )
    petition.refresh_from_db()
    assert (petition.state, petition.founder_number) == ("accepted", "12")
    assert "№\xa012" in as_user(cast.chair).get(url).content.decode()


def test_a_second_curator_decides_about_the_first(cast):
    RoleGrant.objects.create(person=cast.stranger.person, role="curator", since=timezone.localdate())
    pairing = make_pairing(cast, "assigned", mentor=cast.curator, mentee=cast.mentee)
    acts.file(pairing.participations.get(part="mentee"), by=cast.mentee, reason="не сложилось")
    assert (waiting(cast.director), len(waiting(cast.stranger)), waiting(cast.chair)) == ([], 1, [])


def test_a_petition_falls_with_its_pair(cast):
    petition = make_petition(cast)
    pairing_acts.dissolve(petition.pairing, by=cast.clerk, on=timezone.localdate(), reason="программа завершена")
    petition.refresh_from_db()
    assert (petition.state, waiting(cast.curator)) == ("lapsed", [])
    assert OutboxMail.objects.filter(template="petition_lapsed", person_id=cast.mentee.person_id).count() == 1


def test_a_replacement_answers_what_both_sides_asked(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    asked = [make_petition(cast, part=part, pairing=program.pairing) for part in ("mentor", "mentee")]
    make_replacement(cast, "registered", program, days=10)
    assert {Petition.objects.get(pk=p.pk).state for p in asked} == {"filed"}  # a leave answers nobody


def test_a_replacement_for_good_answers_what_both_sides_asked(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    asked = [make_petition(cast, part=part, pairing=program.pairing) for part in ("mentor", "mentee")]
    make_replacement(cast, "registered", program)
    assert {Petition.objects.get(pk=p.pk).state for p in asked} == {"lapsed"}


def test_who_leaves_a_group_asks_no_more(cast):
    program = make_program(cast, "running", mentees=2)
    side = program.pairing.participations.filter(part="mentee").first()
    petition = acts.file(side, by=cast.curator, reason="не сложилось", filed_on=timezone.localdate())
    completion = completion_acts.propose(
        program, side, by=cast.curator, reason="improper", circumstances="не выполняет"
    )
    outcomes = {d.pk: ("resolved", "") for d in completion_acts.difficulties_of(completion)}
    completion.refresh_from_db()
    completion_acts.conclude(
        completion, by=cast.curator, conclusion="хорошо", verdict="ready", discipline="", outcomes=outcomes
    )
    completion.refresh_from_db()
    completion_acts.review(completion, by=cast.curator, review="спасибо")
    completion.refresh_from_db()
    today = timezone.localdate()
    completion_acts.submit_for_order(completion, by=cast.curator)
    completion.refresh_from_db()
    completion_acts.enact(completion, by=cast.clerk, number="70-од", date=today, on=today)
    petition.refresh_from_db()
    program.pairing.refresh_from_db()
    assert (petition.state, program.pairing.state) == ("lapsed", "assigned")
