"""The whole school at once: variants, seconds, bottlenecks, moving one person; wishes that nobody else can guess."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import NotAllowed, Refused
from people.banks.models import Candidate, Statement, Topic
from people.consents.destruction import erasure
from people.register.models import Employment
from programs.pairings import acts as pairing_acts
from programs.pairings import pool
from programs.pairings.choosing import acts
from programs.pairings.choosing.models import ColleagueWish
from programs.pairings.matching import (
    MUST,
    USUAL_WEIGHTS,
    Bar,
    Criterion,
    Pool,
    Post,
    Profile,
    Rules,
    Said,
    Wish,
)
from programs.pairings.models import Pairing, Participation
from programs.pairings.successors import successors
from programs.pairings.variants import best, bottlenecks, changes, variants
from tests.factories import make_candidate, make_consent, make_pairing, make_person, make_user

pytestmark = [pytest.mark.point("11.8")]
SCHOOL = "programs:pairing_school"
LESSON = 1


def person(key, *, craft="домры", part="mentee", topic=LESSON, text="открытый урок", **values):
    kinds = {"mentee": "request", "mentor": "competence"}
    usual = {
        "said": [Said(kinds[part], text, topic, "Урок")],
        "posts": [Post(f"преподаватель по классу {craft}", 1, "Народное", 1)],
    }
    more = {"capacity_persons": 1, "years": 10} if part == "mentor" else {}
    return Profile(key, key, f"Человек{key}\u00a0А.", **(usual | more | values))


def mentor(key, **values):
    return person(key, part="mentor", **values)


def pool_for(mentees, mentors, rules=None, **known):
    return Pool(mentees, mentors, rules, **known)


# --- the pure part -----------------------------------------------------------------------------------------------


@pytest.mark.clause("6.1-a")
def test_everybody_gets_a_mentor_where_the_greedy_choice_would_leave_one_without():
    """The first mentee suits both, the second only the first mentor: the best pair of all is not made."""
    only = person(1, craft="баяна")
    bayan, domra = mentor(11, craft="домры"), mentor(12, craft="баяна", topic=2, text="сцена")
    both = person(2, said=(Said("request", "урок", LESSON), Said("request", "сцена", 2)))
    found = best(pool_for([both, only], [bayan, domra]))
    assert found.chosen == {2: 12, 1: 11}


@pytest.mark.parametrize(
    ("bar", "mentee", "lead", "known"),
    [
        (Bar.ONESELF, {}, {"person": 1}, {}),
        (Bar.CONSENT, {"consent": False}, {}, {}),
        (Bar.LEAVING, {}, {"last_day": timezone.localdate()}, {"until": timezone.localdate() + timedelta(days=1)}),
        (Bar.HEAD, {}, {"posts": [Post("заведующая отделением", 1)]}, {}),
        (Bar.AVOID, {}, {}, {"wishes": {(11, 1): Wish.AVOID}}),
        (Bar.AVOID, {}, {}, {"wishes": {(1, 11): Wish.AVOID}}),
        (Bar.DECLINED, {}, {}, {"declined": frozenset({(11, 1)})}),
        (Bar.FORM, {}, {"posts": [Post("доцент", None, "", 2, "university")]}, {}),
        (Bar.SILENT, {"said": ()}, {}, {}),
        (Bar.REQUEST, {}, {"said": ()}, {}),
    ],
)
def test_what_forbids_a_pair(bar, mentee, lead, known):
    one, other = person(1), mentor(11)
    one = Profile(**(vars(one) | mentee))
    other = Profile(**({k: v for k, v in vars(other).items() if k in Profile.__dataclass_fields__} | lead))
    found = pool_for([one], [other], **known)
    assert list(found.bars(one, other)) == [bar] and found.score(one, other) is None
    assert pool_for([person(1)], [mentor(11)]).score(person(1), mentor(11)) is not None


def test_a_head_may_lead_where_the_school_says_so_and_the_form_is_named():
    head = mentor(11, posts=[Post("заведующая отделением по классу домры", 1, "Народное", 1)])
    found = pool_for([person(1)], [head], Rules(heads=True))
    fit = found.fit(found.mentees, head)
    assert found.score(found.mentees[0], head) is not None
    assert "Форма «руководитель – педагог»" in [reason.text for reason in fit.reasons]


def test_hours_of_a_month_close_a_place_that_persons_leave_open():
    busy = mentor(11, capacity_persons=5, capacity_hours=4, load=1)
    assert (busy.places(Rules(hours_each=4)), busy.places(Rules(hours_each=2)), busy.places(Rules(hours_each=0))) == (
        0,
        1,
        4,
    )


def test_reasons_are_sentences_and_the_curator_weighs_them():
    near, far = mentor(11), mentor(12, craft="баяна", years=30, category="высшая")
    school = pool_for([person(1)], [near, far])
    assert best(school).chosen == {1: 11}
    said = [reason.text for reason in school.fit(school.mentees, near).reasons]
    assert {"Отвечает на запрос", "Тот же класс: домры", "Стаж 10\u00a0лет"} <= set(said)
    only = dict.fromkeys(Criterion, 0) | {Criterion.EXPERIENCE: 2}
    assert best(pool_for([person(1)], [near, far], Rules(only))).chosen == {1: 12}


def crowd(mentees, mentors, places):
    """A school in which everybody suits everybody, more or less."""
    led = [person(n, craft="домры" if n % 2 else "баяна") for n in range(1, mentees + 1)]
    lead = [
        mentor(100 + n, craft="домры" if n % 3 else "баяна", capacity_persons=places, years=2 * n)
        for n in range(mentors)
    ]
    return pool_for(led, lead)


def test_three_different_variants_each_with_its_sums():
    school = crowd(6, 6, 3)
    found = variants(school)
    assert len(found) == 3 and len({tuple(one.columns) for one in found}) == 3
    first = found[0]
    assert {one.placed for one in found} == {6} and first.total == max(one.total for one in found)
    by_code = {one.code: one for one in found}
    assert by_code["even"].most < first.most
    for one in found:
        assert one.total == sum(one.points) and one.lowest == min(one.points)
        for loss in one.losses:
            row = next(k for k, m in enumerate(school.mentees) if m.name == loss.name)
            assert loss.points == max(s for s in one.scores[row] if s is not None) - one.points[row] > 0


def test_the_fair_variant_has_the_best_weakest_pair():
    """Two pairs: 100 + 30 is the larger sum, 60 + 60 leaves nobody with 30."""
    school = pool_for([person(1), person(2)], [mentor(11), mentor(12)])
    found = variants(school, scores=[[100, 60], [60, 30]])
    assert [(one.code, one.total, one.lowest) for one in found][:2] == [("best", 130, 30), ("fair", 120, 60)]


def test_seconds_of_one_mentor_fit_together():
    school = crowd(6, 4, 3)
    one = best(school)
    places = school.places()
    assert all(second != own for second, own in zip(one.seconds, one.columns, strict=True))
    for lost in one.loads:
        rows = [row for row, column in enumerate(one.columns) if column == lost]
        taken = [one.seconds[row] for row in rows]
        assert all(one.loads[k] + taken.count(k) <= places[k] for k in taken if k >= 0)
        assert -1 not in taken  # twelve places for six: there is room for everybody


def test_the_bottleneck_is_named_and_the_easiest_way_comes_first():
    rules = Rules(USUAL_WEIGHTS | {Criterion.CRAFT: MUST})
    school = pool_for([person(1), person(2, craft="баяна")], [mentor(11, craft="баяна")], rules)
    (narrow,) = bottlenecks(best(school), [mentor(0, years=12), mentor(0, craft="баяна", years=30)])
    assert narrow.text == "По классу домры нет наставника: Человек1\u00a0А."
    assert [way.effort for way in narrow.ways] == [5, 6]
    assert "Человек0\u00a0А. (12\u00a0лет стажа)" in narrow.ways[0].text

    free = pool_for(school.mentees, [*school.mentors, mentor(12, craft="скрипки")], rules)
    (narrow,) = bottlenecks(best(free))
    assert narrow.ways[0].text.startswith("Не считать «Инструмент, класс» обязательным: Человек1\u00a0А. и Человек12")


def test_more_mentees_than_places_names_the_mentors_and_who_could_take_one_more():
    school = pool_for([person(n) for n in (1, 2, 3)], [mentor(11, capacity_hours=8), mentor(12, capacity_hours=2)])
    (narrow,) = bottlenecks(best(school))
    assert narrow.text.startswith("По классу домры наставников меньше, чем нужно: 3\u00a0наставляемых на 2\u00a0места")
    assert narrow.ways[0].text.startswith("Человек11\u00a0А. берёт ещё одного (будет 2, часов хватает")
    more = pool_for(
        school.mentees, [Profile(**(_fields(school.mentors[0]) | {"capacity_persons": 2})), school.mentors[1]]
    )
    assert best(more).placed == 3  # the way out is one


def _fields(profile):
    return {name: getattr(profile, name) for name in Profile.__dataclass_fields__}


def test_moving_one_person_holds_that_pair_and_tells_what_changes():
    school = crowd(4, 4, 1)
    before = best(school)
    mentee, other = school.mentees[0], next(m for m in school.mentors if m.pk != before.chosen[1])
    after = best(school, {mentee.pk: other.pk})
    assert after.chosen[mentee.pk] == other.pk and after.placed == before.placed and after.total <= before.total
    told = changes(before, after)
    assert sum(one.points for one in told) == after.total - before.total
    assert {one.mentee for one in told} >= {mentee.name}


# --- wishes: what is said in confidence ---------------------------------------------------------------------------


@pytest.fixture
def bank(cast):
    """Two mentees and two mentors, users among them, who all suit each other."""
    people = {"mentor": cast.mentor.person, "mentee": cast.mentee.person}
    people |= {name: make_person(consent=True) for name in ("mentor2", "mentee2")}
    for one in (cast.mentor.person, cast.mentee.person):
        make_consent(one, by=cast.curator)
    for one in people.values():
        Employment.objects.filter(person=one).update(post="преподаватель по классу домры")
    return {name: make_candidate(one, name[:6], by=cast.director, capacity=2) for name, one in people.items()}


CANARY = "канарейкапросьба"


@pytest.mark.clause("6.1-b")
def test_a_wish_moves_the_pairs_and_is_read_by_the_curator_alone(cast, as_user, bank):
    before = best(pool.whole_school(cast.curator)).chosen
    lead = bank["mentor"] if before[bank["mentee"].pk] == bank["mentor"].pk else bank["mentor2"]
    acts.wish(bank["mentee"].person, lead.person, "avoid", by=cast.mentee, reason=CANARY)
    assert best(pool.whole_school(cast.curator)).chosen[bank["mentee"].pk] != lead.pk

    read = {}
    for name, user in vars(cast).items():
        client = as_user(user)
        pages = [client.get(reverse("programs:colleague_wishes")).content.decode()]
        for address in (SCHOOL, "programs:pairing_new"):
            answer = client.get(reverse(address))
            pages.append(answer.content.decode() if answer.status_code == 200 else "")
        read[name] = any(CANARY in page for page in pages)
    assert {name for name, met in read.items() if met} == {"curator", "mentee"}
    assert not Act.objects.filter(words__contains=CANARY).exists()
    assert all(str(lead.person.pk) not in str(act.facts) for act in Act.objects.filter(verb="wish"))


@pytest.mark.parametrize("kind", ["prefer", "doubt", "avoid"])
def test_nothing_can_be_guessed_by_those_who_choose_besides_the_curator(cast, as_user, bank, kind):
    """Pages of the council are the same letter for letter with the wish and without it; so is the curator's own."""

    def pages(user):
        client = as_user(user)
        urls = [reverse(SCHOOL), reverse("programs:pairing_new")]
        urls += [f"{reverse('programs:pairing_compare')}?mentee={bank['mentee'].pk}"]
        urls += [f"{reverse('programs:pairing_mentor')}?mentee={bank['mentee'].pk}"]
        urls += [f"{reverse('programs:pairing_set')}?m{bank['mentee'].pk}={bank['mentor'].pk}"]
        return [re.sub(r'value="[^"]{30,}"|nonce-[^"\']+', "", client.get(url).content.decode()) for url in urls]

    readers = (cast.council, cast.chair)
    before = {user.pk: pages(user) for user in readers}
    told = pages(cast.curator)
    acts.wish(bank["mentee"].person, bank["mentor"].person, kind, by=cast.mentee, reason="так вышло")
    acts.wish(bank["mentor2"].person, bank["mentee2"].person, kind, by=cast.curator, reason="так вышло")
    for user in readers:
        assert pages(user) == before[user.pk]
    assert pages(cast.curator) != told

    own = make_candidate(cast.curator.person, "mentor", by=cast.director)
    about = pages(cast.curator)
    acts.wish(bank["mentee2"].person, own.person, kind, by=make_user(bank["mentee2"].person), reason="о кураторе")
    assert pages(cast.curator) == about
    assert "о кураторе" not in as_user(cast.curator).get(reverse("programs:colleague_wishes")).content.decode()


@pytest.mark.parametrize("kind", ["doubt", "avoid"])
def test_a_wish_reaches_neither_the_proposal_nor_the_other_side(cast, as_user, bank, kind):
    """Somebody is proposed all the same: what the other side, the council and the letters see knows nothing of it."""
    acts.wish(bank["mentor"].person, bank["mentee"].person, kind, by=cast.mentor, reason=CANARY)
    client = as_user(cast.curator)
    where = f"{reverse('programs:pairing_propose')}?mentee={bank['mentee'].pk}&mentor={bank['mentor'].pk}"
    form = client.get(where).context["form"]
    sent = {name: form[name].value() for name in form.fields} | {"fits": [str(bank["mentee"].pk)]}
    client.post(where, {k: v if isinstance(v, list) else str(v) for k, v in sent.items()})
    made = Pairing.objects.get()
    words = (made.why, *Act.objects.about(made).values_list("words", flat=True))
    assert not any(word in text for text in words for word in (CANARY, "сомн", "просит", "пожелан"))
    for user in (cast.mentee, cast.chair, cast.director):
        page = as_user(user).get(made.get_absolute_url()).content.decode()
        assert CANARY not in page and "сомнение" not in page and "просит" not in page
    own = as_user(cast.mentee).get(made.get_absolute_url()).content.decode()
    assert "В запасе" not in own  # the second mentor is not theirs to know


def test_who_may_write_a_wish_and_what_is_asked_of_it(cast, bank):
    about = bank["mentor"].person
    with pytest.raises(NotAllowed):
        acts.wish(cast.mentee.person, about, "prefer", by=cast.stranger)
    with pytest.raises(NotAllowed):
        acts.wish(cast.mentee.person, cast.curator.person, "avoid", by=cast.curator, reason="о себе со слов")
    with pytest.raises(Refused):
        acts.wish(cast.mentee.person, about, "avoid", by=cast.mentee)
    with pytest.raises(Refused):
        acts.wish(cast.mentee.person, cast.mentee.person, "prefer", by=cast.mentee)
    for kind in ("prefer", "doubt"):
        made = acts.wish(cast.mentee.person, about, kind, by=cast.mentee, reason="подумаю")
    assert ColleagueWish.objects.get().kind == "doubt"
    with pytest.raises(NotAllowed):
        acts.take_back(made, by=cast.mentor)
    acts.take_back(made, by=cast.mentee)
    assert not ColleagueWish.objects.exists()


def test_wishes_are_destroyed_with_the_data_of_either_side(cast, bank):
    acts.wish(bank["mentee"].person, bank["mentor"].person, "prefer", by=cast.mentee)
    assert erasure.found(bank["mentor"].person)["colleague_wishes"] == ["1\u00a0пожелание"]
    assert erasure.erase(bank["mentor"].person, "colleague_wishes") == 1
    assert not ColleagueWish.objects.exists()


def test_a_wish_is_written_and_taken_back_on_the_page(cast, as_user, bank):
    client, url = as_user(cast.mentee), reverse("programs:colleague_wishes")
    page = client.get(url)
    assert "author" not in page.context["form"].fields
    bad = client.post(url, {"about": cast.mentor.person_id, "kind": "avoid", "reason": ""}).content.decode()
    assert "апишите в двух словах" in bad and not ColleagueWish.objects.exists()
    client.post(url, {"about": cast.mentor.person_id, "kind": "prefer"})
    made = ColleagueWish.objects.get(author=cast.mentee.person, about=cast.mentor.person, kind="prefer")
    assert as_user(cast.mentor).post(reverse("programs:colleague_wish_forget", args=[made.pk])).status_code == 404
    client.post(reverse("programs:colleague_wish_forget", args=[made.pk]))
    assert not ColleagueWish.objects.exists()


# --- the pages ---------------------------------------------------------------------------------------------------


def test_the_page_shows_three_variants_and_proposes_one_by_one_press(cast, as_user, bank):
    client = as_user(cast.curator)
    page = client.get(reverse(SCHOOL))
    text = page.content.decode()
    assert "Программа предлагает, решает человек" in text
    assert len(page.context["tabs"]) == 3 and page.context["variant"].placed == 2
    assert not Pairing.objects.exists()
    whole = client.get(page.context["set_url"])
    sent = {"fits": "on"}
    for proposal in whole.context["proposals"]:
        sent |= {proposal.form.add_prefix(name): proposal.form[name].value() for name in proposal.form.fields}
    client.post(page.context["set_url"], {k: v if isinstance(v, list) else str(v) for k, v in sent.items()})
    chosen = dict(
        Participation.objects.filter(part="mentee").values_list("candidate", "pairing__participations__candidate")
    )
    assert Pairing.objects.filter(state="proposed").count() == 2 and len(chosen) == 2
    kept = Participation.objects.filter(part="mentee", second__isnull=False)
    assert kept.count() == 2 and all(p.second_id != page.context["variant"].chosen[p.candidate_id] for p in kept)


def test_moving_one_person_on_the_page(cast, as_user, bank):
    client = as_user(cast.curator)
    before = client.get(reverse(SCHOOL)).context["variant"]
    mentee = bank["mentee"].pk
    other = next(m.pk for m in before.pool.mentors if m.pk != before.chosen[mentee])
    page = client.get(f"{reverse(SCHOOL)}?m{mentee}={other}&m{bank['mentee2'].pk}=")
    assert page.context["variant"].chosen[mentee] == other and page.context["changes"]
    assert "переставлен вручную" in page.content.decode() and not Pairing.objects.exists()
    for strange in ("?v=x", "?m=1", "?mx=2", "?m99999999999999999999=1", f"?m{mentee}=0", f"?m{mentee}=999999"):
        assert client.get(reverse(SCHOOL) + strange).status_code == 200


def test_the_bottleneck_stands_on_the_page(cast, as_user, bank):
    Candidate.objects.filter(part="mentor").update(capacity_persons=1, capacity_hours=8)
    third = make_candidate(make_person(consent=True, post="преподаватель по классу домры"), "mentee", by=cast.director)
    page = as_user(cast.curator).get(reverse(SCHOOL))
    assert page.context["unplaced"] == 1 and page.context["narrow"][0].ways[0].effort == 1
    assert "Проще всего: </strong>" in page.content.decode()
    assert third.pk in {m.pk for m in page.context["narrow"][0].mentees}


def test_rules_are_kept_and_hold_for_everybody(cast, as_user, bank):
    client, url = as_user(cast.curator), reverse("programs:pairing_rules")
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields} | {"heads": ""}
    assert client.post(url, sent | {"craft": MUST, "hours_each": 3}).status_code == 302
    assert acts.rules().must(Criterion.CRAFT) and acts.rules().hours_each == 3
    assert pool.whole_school(cast.council).rules == acts.rules()
    assert client.post(url, sent | {"load": MUST}).status_code == 200  # nobody can be made to have time
    assert client.post(url, sent | dict.fromkeys((c.value for c in Criterion), 0)).status_code == 200
    with pytest.raises(NotAllowed):
        acts.change_rules(by=cast.council, weights=dict(USUAL_WEIGHTS), hours_each=2, heads=False)


def test_two_mentors_side_by_side(cast, as_user, bank):
    url = f"{reverse('programs:pairing_compare')}?mentee={bank['mentee'].pk}"
    client = as_user(cast.curator)
    page = client.get(f"{url}&mentor={bank['mentor2'].pk}&mentor={bank['mentor'].pk}")
    assert [side.card.pk for side in page.context["sides"]] == [bank["mentor2"].pk, bank["mentor"].pk]
    assert {line.label for line in page.context["lines"]} >= {"Запросы и компетенции", "Инструмент, класс"}
    assert all(len(line.cells) == 2 for line in page.context["lines"])
    for strange in ("&mentor=x", "&mentor=999999", ""):
        assert len(client.get(url + strange).context["sides"]) == 2
    assert client.get(reverse("programs:pairing_compare")).status_code == 404


# --- the second mentor ---------------------------------------------------------------------------------------------


def propose(cast, lead, led, seconds):
    today = timezone.localdate()
    return pairing_acts.propose(
        by=cast.curator,
        kind="pair",
        mentor=lead,
        mentees=[led],
        topics=[Topic.objects.first()],
        why="да",
        profile_fits=True,
        planned_from=today,
        planned_to=today + timedelta(days=120),
        seconds=seconds,
    )


def test_a_refused_pair_offers_the_second_mentor_on_its_page(cast, as_user, bank):
    made = propose(cast, bank["mentor"], bank["mentee"], {bank["mentee"].pk: bank["mentor2"].pk})
    opened = as_user(cast.curator).get(made.get_absolute_url())
    assert opened.context["seconds"] == bank["mentor2"].person.short_name and not opened.context["instead"]
    mine = made.participations.get(person=cast.mentor.person)
    pairing_acts.answer(mine, "no", by=cast.mentor, reason="нет времени")
    page = as_user(cast.curator).get(made.get_absolute_url())
    (card, kept), *_ = page.context["instead"]
    assert (card.pk, kept) == (bank["mentor2"].pk, True) and "в запасе с подбора" in page.content.decode()
    assert as_user(cast.curator).get(card.propose_url).status_code == 200
    for user in (cast.mentee, cast.mentor):
        own = as_user(user).get(made.get_absolute_url()).content.decode()
        assert bank["mentor2"].person.short_name not in own


def test_a_replacement_begins_with_the_second_mentor_chosen(cast, as_user):
    pairing = make_pairing(cast, "assigned")
    kept = make_candidate(make_person(consent=True), "mentor", by=cast.director)
    make_candidate(make_person(consent=True), "mentor", by=cast.director)
    pairing.participations.filter(part="mentee").update(second=kept)
    page = as_user(cast.curator).get(reverse("programs:replacement_new", args=[pairing.pk]))
    (card, is_kept), *_ = page.context["ready"]
    assert (card.pk, is_kept) == (kept.pk, True) and page.context["form"]["candidate"].value() == kept.pk
    Candidate.objects.filter(pk=kept.pk).update(capacity_persons=0)  # full meanwhile: another is offered
    page = as_user(cast.curator).get(reverse("programs:replacement_new", args=[pairing.pk]))
    assert page.context["ready"] and all(card.pk != kept.pk for card, _ in page.context["ready"])
    whole = Pairing.objects.with_requirements().get(pk=pairing.pk)
    assert all(
        one.fit.mentor.person not in {p.person_id for p in whole.people} for one in successors(cast.curator, whole)
    )


def test_a_further_mentee_costs_the_page_no_query(cast, as_user, bank):
    client, counts = as_user(cast.curator), []
    for _ in range(2):
        for _ in range(4):
            one = make_candidate(make_person(consent=True), "mentee", by=cast.director)
            Statement.objects.filter(candidate=one).update(text="открытый урок")
        client.get(reverse(SCHOOL))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(SCHOOL)).context["unplaced"]
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 30
