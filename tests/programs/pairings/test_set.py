"""Choosing for several mentees at once: the table, the suggested set, one press for all proposals (пункт 10.6)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring_site.models import OutboxMail
from people.banks.models import Candidate, Statement
from people.register.models import Person
from programs.pairings import choice_presenters, pool
from programs.pairings.models import Pairing
from programs.pairings.set_views import CHOSEN
from programs.pairings.variants import best
from tests.factories import make_candidate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.6")]
SET, NEW = "programs:pairing_set", "programs:pairing_new"


@pytest.fixture
def bank(cast):
    """Three mentees and two mentors of whom the first can take three, the second one."""
    mentors = [
        make_candidate(make_person(f"Мельник{n}", "Ольга", consent=True), "mentor", by=cast.director) for n in range(2)
    ]
    Candidate.objects.filter(pk=mentors[1].pk).update(capacity_persons=1)
    mentees = [
        make_candidate(make_person(f"Ким{n}", "Анна", consent=True), "mentee", by=cast.director) for n in range(3)
    ]
    return mentors, mentees


def address(pairs, group=()):
    chosen = [f"{CHOSEN}{mentee.pk}={mentor.pk}" for mentee, mentor in pairs]
    return f"{reverse(SET)}?{'&'.join([*chosen, *(f'group={mentor.pk}' for mentor in group)])}"


def typed(page, **changes):
    """What a browser sends of the page of a set when nothing is corrected; ``changes`` by the end of a field's name."""
    sent = {"fits": "on"}
    for proposal in page.context["proposals"]:
        form = proposal.form
        sent |= {form.add_prefix(name): form[name].value() for name in form.fields}
    for name, value in changes.items():
        sent |= {key: value for key in sent if key.endswith(f"-{name}")}
    return {key: value if isinstance(value, list) else str(value) for key, value in sent.items()}


def test_a_set_is_suggested_within_capacity_and_nobody_against_a_warning(cast, bank):
    mentors, mentees = bank
    Candidate.objects.filter(pk=mentors[0].pk).update(capacity_persons=1)
    chosen = best(pool.whole_school(cast.curator)).chosen
    assert len(chosen) == 2 and sorted(chosen.values()) == sorted(m.pk for m in mentors)

    head = mentors[0].person.employments.get()
    head.post = "директор"
    head.save()
    chosen = best(pool.whole_school(cast.curator)).chosen
    assert set(chosen.values()) == {mentors[1].pk}

    Statement.objects.filter(candidate__in=mentees).update(text="щёточка", topic=None)
    assert best(pool.whole_school(cast.curator)).chosen == {}


def test_the_suggested_set_is_marked_in_the_table_and_in_the_cards(cast, as_user, bank):
    mentors, _ = bank
    client = as_user(cast.curator)
    context = client.get(reverse(NEW)).context
    by_table = {row.pk: row.chosen for row in context["matrix"]}
    assert by_table == {choice.mentee.pk: choice.chosen for choice in context["choices"]}
    assert set(by_table.values()) <= {m.pk for m in mentors} and context["chosen"] == 3
    assert [column.pk for column in context["columns"]] == [m.pk for m in mentors]
    empty = client.get(f"{reverse(NEW)}?empty").context
    assert empty["chosen"] == 0 and all(row.chosen is None for row in empty["matrix"])


def test_a_full_mentor_cannot_be_chosen_in_the_table(cast, as_user, bank):
    mentors, _ = bank
    Candidate.objects.filter(pk=mentors[1].pk).update(capacity_persons=0)
    matrix = as_user(cast.curator).get(reverse(NEW)).context["matrix"]
    assert {(cell.pk, cell.open) for row in matrix for cell in row.cells} == {
        (mentors[0].pk, True),
        (mentors[1].pk, False),
    }


def test_an_empty_bank_is_not_called_a_bank_where_all_are_in_pairs(cast, as_user):
    page = as_user(cast.curator).get(reverse(NEW)).content.decode()
    assert "В банке наставляемых пока никого нет" in page and "уже в парах" not in page


def test_several_proposals_are_sent_by_one_press_and_a_second_press_makes_none(cast, as_user, bank):
    mentors, mentees = bank
    for candidate in [*mentors, *mentees]:
        Person.objects.filter(pk=candidate.person_id).update(email=f"p{candidate.pk}@dshi.test")
    client = as_user(cast.curator)
    where = address([(mentees[0], mentors[0]), (mentees[1], mentors[0]), (mentees[2], mentors[1])])
    page = client.get(where)
    data = typed(page)
    for _ in range(2):
        answer = client.post(where, data)
        assert answer.url == f"{reverse('programs:pairings')}?state=proposed"
        assert Pairing.objects.filter(kind="pair", state="proposed", profile_fits=True).count() == 3
    assert OutboxMail.objects.filter(template="pairing_proposed").count() == 6  # three mentees, the mentors by pair
    whole = client.get(answer.url).content.decode()
    assert "3\xa0предложения отправлены: " in whole


def test_two_mentees_of_one_mentor_make_two_pairs_or_one_group(cast, as_user, bank):
    mentors, mentees = bank
    client = as_user(cast.curator)
    pairs = [(mentee, mentors[0]) for mentee in mentees[:2]]
    page = client.get(address(pairs))
    assert [p.kind for p in page.context["proposals"]] == ["pair", "pair"]
    together = page.context["proposals"][0].other_url
    page = client.get(f"{reverse(SET)}{together}")
    assert [p.kind for p in page.context["proposals"]] == ["group"]
    client.post(f"{reverse(SET)}{together}", typed(page))
    assert Pairing.objects.get().kind == "group"
    assert sorted(Pairing.objects.get().participations.values_list("part", flat=True)) == ["mentee", "mentee", "mentor"]
    apart = page.context["proposals"][0].other_url
    assert "group=" not in apart


def test_what_is_wrong_with_one_sends_nothing_and_keeps_what_was_typed(cast, as_user, bank):
    mentors, mentees = bank
    client = as_user(cast.curator)
    where = address([(mentees[0], mentors[0]), (mentees[1], mentors[0])])
    data = typed(client.get(where))
    first = next(key for key in data if key.endswith("-why"))
    page = client.post(where, data | {first: ""}).content.decode()
    assert "Заполните это поле" in page and not Pairing.objects.exists()
    page = client.post(where, {k: v for k, v in data.items() if k != "fits"} | {first: "наши слова"}).content.decode()
    assert "Без этой отметки продолжить нельзя" in page and "наши слова" in page
    assert not Pairing.objects.exists()


def test_a_refused_proposal_stays_and_the_others_are_sent(cast, as_user, bank):
    """Two mentees for one place: the page warns before, the act refuses the second, the third goes its way."""
    mentors, mentees = bank
    client = as_user(cast.curator)
    where = address([(mentees[0], mentors[1]), (mentees[1], mentors[1]), (mentees[2], mentors[0])])
    page = client.get(where)
    assert "Свободно 1\xa0место, а в наборе у этого наставника 2" in page.content.decode()
    page = client.post(where, typed(page, why="наши слова"))
    assert page.status_code == 200 and Pairing.objects.count() == 2
    (left,) = page.context["proposals"]
    assert left.mentees[0].pk == mentees[1].pk and left.form.non_field_errors()
    assert left.form["why"].value() == "наши слова"
    assert "2\xa0предложения отправлены" in page.content.decode()
    Candidate.objects.filter(pk=mentors[1].pk).update(capacity_persons=2)
    again = client.post(where, typed(page))
    assert again.status_code == 302 and Pairing.objects.count() == 3


def test_strange_addresses_are_answered(cast, as_user, bank):
    mentors, mentees = bank
    client = as_user(cast.curator)
    for query in ("", "?m=5", "?mx=1", "?m99999999999999999999=1", f"?m{mentees[0].pk}=", f"?m{mentees[0].pk}=0"):
        assert client.get(reverse(SET) + query).url == reverse(NEW)
    swapped = f"?m{mentors[0].pk}={mentees[0].pk}"
    assert client.get(reverse(SET) + swapped).url == reverse(NEW)


def test_somebody_in_a_pair_meanwhile_is_named_and_left_out(cast, as_user, bank):
    mentors, mentees = bank
    client = as_user(cast.curator)
    one = address([(mentees[0], mentors[0])])
    client.post(one, typed(client.get(one)))
    page = client.get(address([(mentees[0], mentors[0]), (mentees[1], mentors[0])]))
    assert len(page.context["proposals"]) == 1
    assert f"{mentees[0].person.short_name}: пара уже есть" in page.content.decode()


def test_a_further_proposal_costs_no_query(cast, as_user, bank):
    mentors, mentees = bank
    client = as_user(cast.curator)
    counts = []
    for number in (1, 3):
        where = address([(mentee, mentors[0]) for mentee in mentees[:number]])
        client.get(where)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(where).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.fixture
def sixty(cast):
    for part in ("mentee", "mentor"):
        for _ in range(60):
            make_candidate(make_person("Санджи-Горяева", consent=True), part, by=cast.director)


def test_sixty_by_sixty_is_one_page_of_cards_and_a_bounded_table(cast, as_user, sixty):
    context = as_user(cast.curator).get(reverse(NEW)).context
    assert len(context["choices"]) == 20 and context["page_obj"].paginator.count == 60
    assert len(context["columns"]) == choice_presenters.MATRIX and context["others"] == 60 - choice_presenters.MATRIX
    chosen = {row.chosen for row in context["matrix"] if row.chosen}
    assert chosen and chosen <= {column.pk for column in context["columns"]}
    assert all(choice.chosen in {None, *(fit.pk for fit in choice.fits)} for choice in context["choices"])
