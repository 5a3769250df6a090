"""The portfolio of a mentor fills itself, says what is missing and names no mentee."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from programs.requests.kinds.contest import acts as contest_acts
from programs.requests.kinds.contest.models import Contest
from reports.portfolio.presenters import matrix
from roadmap.training import acts as training_acts
from tests.factories import make_program
from tests.programs.requests.test_contest import approve, begin, recommend
from tests.roadmap.training.kit import entered

pytestmark = pytest.mark.django_db


def url(cast):
    return reverse("reports:portfolio", args=[cast.mentor.person_id])


def texts(cast, number, reader=None):
    found = matrix(cast.mentor.person, reader or cast.curator)
    return [proof.text for proof in found[number - 1].evidence]


def word(program):
    return f"Программа № {program.pk}"


def test_a_mentor_without_records_sees_what_is_missing_and_how_to_get_it(cast, as_user):
    page = as_user(cast.mentor).get(url(cast))
    assert page.status_code == 200
    for one in matrix(cast.mentor.person, cast.mentor):
        assert one.evidence == [] and one.way in page.content.decode()


def test_a_running_program_proves_work_with_teachers_and_opens_in_one_click(cast, as_user):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    assert word(program) in texts(cast, 2) and word(program) not in texts(cast, 1)
    for user in (cast.mentor, cast.curator):
        client = as_user(user)
        page = client.get(url(cast)).content.decode()
        assert reverse("programs:program", args=[program.pk]) in page
        for proof in matrix(cast.mentor.person, user)[1].evidence:
            assert client.get(proof.url).status_code == 200, proof


def test_a_draft_proves_nothing(cast):
    program = make_program(cast, "draft", mentor=cast.mentor, mentee=cast.mentee)
    assert word(program) not in texts(cast, 2)


def test_a_program_where_one_is_the_mentee_is_not_ones_own_evidence(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    found = matrix(cast.mentee.person, cast.curator)
    assert word(program) not in [proof.text for one in found for proof in one.evidence]


def test_no_mentee_is_named(cast, as_user):
    make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    proofs = [proof.text for one in matrix(cast.mentor.person, cast.curator) for proof in one.evidence]
    assert proofs and not any(cast.mentee.person.last_name in text for text in proofs)


def test_a_contest_with_its_result_proves_the_preparation_for_contests(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    made = recommend(cast, program)
    approve(cast, made)
    begin(made)
    assert texts(cast, 3) == []
    contest_acts.give_result(made, by=cast.council, result="second")
    (proof,) = matrix(cast.mentor.person, cast.curator)[2].evidence
    assert (proof.text, proof.sort) == ("«Степные голоса»", "республиканский конкурс, диплом II степени")
    assert proof.url == made.get_absolute_url()
    Contest.objects.update(result=Contest.Result.CANCELLED)
    assert texts(cast, 3) == []


def test_only_a_confirmed_training_about_mentoring_counts(cast):
    training = entered(cast.mentor.person, by=cast.mentor, about_mentoring=True)
    assert training.topic not in texts(cast, 5)
    training_acts.confirm(training, by=cast.curator)
    assert training.topic in texts(cast, 5)


def test_it_is_for_the_person_and_those_who_see_all_programs(cast, as_user):
    make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    for user, status in ((cast.director, 200), (cast.curator, 200), (cast.mentee, 403), (cast.clerk, 403)):
        assert as_user(user).get(url(cast)).status_code == status, user


def test_the_workbook_has_a_row_for_each_indicator_also_without_evidence(cast, as_user):
    answer = as_user(cast.mentor).get(url(cast), {"format": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(answer.getvalue())).active
    words = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {one.name for one in matrix(cast.mentor.person, cast.mentor)} <= words


def test_the_page_of_a_mentor_leads_to_it(cast, as_user):
    link = cast.mentor.person.get_absolute_url()
    assert url(cast) not in as_user(cast.mentor).get(link).content.decode()
    make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    assert url(cast) in as_user(cast.mentor).get(link).content.decode()
    assert url(cast) not in as_user(cast.mentee).get(link).content.decode()
