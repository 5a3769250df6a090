"""«Не согласна» with an amendment, and the consent that a proposal carries (п. 7.2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring_site.inbox import items_for
from mentoring_site.models import OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, complaints, reload
from people.banks.models import Topic
from people.register.models import Person
from programs.changes import acts as change_acts
from programs.changes.amendment import acts as amendment_acts
from programs.changes.amendment.models import AmendmentConsent, AmendmentObjection
from programs.pairings import acts as pairing_acts
from tests.factories import make_candidate, make_consent, make_person, make_program
from tests.programs.changes.kit import a_line, make_amendment

pytestmark = [pytest.mark.django_db, pytest.mark.point("8.19")]
WHY = "В мае отчётный концерт: канарейка"


def running(cast):
    return make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)


def proposed(cast, by):
    program = running(cast)
    end = program.ends_on + timedelta(days=30)
    return amendment_acts.propose(program, by=by, reason="нужен месяц", new_end=end)


def part(amendment, name):
    return amendment.program.pairing.participations.get(part=name)


def who_agreed(amendment):
    return {c.participation.part for c in AmendmentConsent.objects.filter(amendment=amendment)}


@pytest.mark.clause("7.2-a2")
@pytest.mark.parametrize("name", ["mentor", "mentee"])
def test_who_proposes_agrees_with_the_proposal(cast, name):
    amendment = proposed(cast, getattr(cast, name))
    assert who_agreed(amendment) == {name}
    consent = AmendmentConsent.objects.get()
    assert (consent.given_on, consent.on_paper, consent.by) == (timezone.localdate(), False, getattr(cast, name))
    assert not any("Согласиться" in item.title for item in items_for(getattr(cast, name)))
    amendment = amendment_acts.set_line(
        amendment, None, a_line(amendment.program), by=getattr(cast, name), version=amendment.version
    )
    assert who_agreed(amendment) == {name}
    amendment_acts.set_line(
        amendment, None, a_line(amendment.program, "Ещё"), by=cast.curator, version=amendment.version
    )
    assert who_agreed(amendment) == set()  # other words are the curator's


def test_nobody_agrees_to_nothing_and_the_curator_agrees_for_nobody(cast):
    program = running(cast)
    empty = amendment_acts.propose(program, by=cast.mentor, reason="план")
    assert who_agreed(empty) == set()
    amendment_acts.set_line(empty, None, a_line(program), by=cast.mentor, version=empty.version)
    assert who_agreed(empty) == {"mentor"}
    change_acts.withdraw(empty, by=cast.curator)
    assert (
        who_agreed(
            amendment_acts.propose(program, by=cast.curator, reason="да", new_end=program.ends_on + timedelta(9))
        )
        == set()
    )


def test_a_side_objects_and_the_proposer_and_the_curator_are_told(cast):
    for user in (cast.mentor, cast.curator):
        Person.objects.filter(pk=user.person_id).update(email=f"{user.username}@school.example")
    amendment = proposed(cast, cast.mentor)
    amendment_acts.object_to(amendment, part(amendment, "mentee"), by=cast.mentee, reason=f" {WHY} ")
    made = AmendmentObjection.objects.get()
    assert (made.reason, made.by) == (WHY, cast.mentee)
    letters = OutboxMail.objects.filter(template="change_objected")
    assert {x.person_id for x in letters} == {cast.mentor.person_id, amendment.program.curator_id}
    assert not any("канарейка" in x.text for x in letters)
    for user in (cast.mentor, cast.curator):
        asked = [i for i in items_for(user) if i.title.startswith("Ответить на возражение")]
        assert len(asked) == 1 and WHY in asked[0].why and asked[0].url == amendment.get_absolute_url()
    assert not any("возражение" in i.title or "Согласиться" in i.title for i in items_for(cast.mentee))
    missing = " ".join(str(c) for c in complaints(reload(amendment), "ready"))
    assert f"не согласна: «{WHY}»" in missing or f"не согласен: «{WHY}»" in missing
    with pytest.raises(Refused):
        change_acts.submit_for_order(amendment, by=cast.curator)


def test_an_edit_answers_an_objection_and_asks_again(cast):
    amendment = proposed(cast, cast.mentor)
    mentee = part(amendment, "mentee")
    amendment_acts.object_to(amendment, mentee, by=cast.mentee, reason=WHY)
    amendment = amendment_acts.edit(
        amendment, by=cast.mentor, version=amendment.version, reason="иначе", new_end=amendment.new_end
    )
    assert not AmendmentObjection.objects.exists() and who_agreed(amendment) == {"mentor"}
    assert any("Согласиться" in item.title for item in items_for(cast.mentee))


def test_a_mind_may_change_both_ways_while_it_is_prepared(cast):
    amendment = proposed(cast, cast.mentor)
    mentee = part(amendment, "mentee")
    amendment_acts.agree(amendment, mentee, by=cast.mentee)
    amendment_acts.object_to(amendment, mentee, by=cast.mentee, reason=WHY)
    assert who_agreed(amendment) == {"mentor"}
    with pytest.raises(Already):
        amendment_acts.object_to(amendment, mentee, by=cast.mentee, reason=WHY)
    amendment_acts.agree(amendment, mentee, by=cast.mentee)
    assert who_agreed(amendment) == {"mentor", "mentee"} and not AmendmentObjection.objects.exists()
    change_acts.submit_for_order(amendment, by=cast.curator)
    with pytest.raises(Already):
        amendment_acts.object_to(amendment, mentee, by=cast.mentee, reason=WHY)


def test_what_is_refused(cast):
    amendment = proposed(cast, cast.mentor)
    mentee = part(amendment, "mentee")
    for name in ("mentor", "director", "clerk", "stranger"):
        with pytest.raises(NotAllowed):
            amendment_acts.object_to(amendment, mentee, by=getattr(cast, name), reason=WHY)
    with pytest.raises(Refused, match="почему"):
        amendment_acts.object_to(amendment, mentee, by=cast.mentee, reason=" ")
    with pytest.raises(Stale):
        amendment_acts.object_to(amendment, mentee, by=cast.mentee, reason=WHY, version=amendment.version + 1)


def test_the_page_of_an_objection(cast, as_user):
    amendment = proposed(cast, cast.mentor)
    mentee = part(amendment, "mentee")
    client = as_user(cast.mentee)
    words = "Не согласна" if cast.mentee.person.gender == "f" else "Не согласен"
    labels = [a.label for a in client.get(amendment.get_absolute_url()).context["actions"]]
    assert labels[:2] == ["Прочитать и согласиться", words]
    url = f"/changes/amendment/{amendment.pk}/disagree/{mentee.pk}/"
    assert url in client.get("/home/").content.decode()
    page = client.get(url)
    assert page.context["heading"] == words and len(page.context["consequences"]) == 4
    assert client.post(url, {"reason": "", "version": amendment.version}).context["form"].errors
    done = client.post(url, {"reason": WHY, "version": amendment.version}, follow=True)
    assert "Возражение записано" in done.content.decode()
    assert [row.objection for row in done.context["consents"] if row.objection] == [f"{words.lower()}: «{WHY}»"]
    recorded = as_user(cast.curator).get(url)
    assert recorded.context["heading"].startswith(cast.mentee.person.short_name)


def test_who_proposes_a_pair_with_oneself_wants_it(cast):
    """The curator's own answer is given with the proposal; nobody writes it down for the others."""
    make_consent(cast.curator.person, by=cast.clerk)
    mentor = make_candidate(cast.curator.person, "mentor", by=cast.director)
    other = make_person()
    make_consent(other, by=cast.curator)
    mentee = make_candidate(other, "mentee", by=cast.director)
    today = timezone.localdate()
    pairing = pairing_acts.propose(
        by=cast.curator,
        kind="pair",
        mentor=mentor,
        mentees=[mentee],
        topics=list(Topic.objects.all()[:1]),
        why="опыт",
        profile_fits=True,
        planned_from=today,
        planned_to=today + timedelta(days=200),
    )
    wishes = {p.part: (p.wish, p.wish_by) for p in pairing.participations.all()}
    assert wishes == {"mentor": ("yes", cast.curator), "mentee": ("", None)}


def test_amendments_of_the_kit_still_need_everybody(cast):
    assert who_agreed(make_amendment(cast, agreed=False)) == set()
