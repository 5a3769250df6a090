"""An interested person decides nothing: every deciding step x everybody who holds its right and is a party
(п. 3.3–3.5, 4.1, 5.1).
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from mentoring_site.interest import OTHERS
from mentoring_site.models import Evidence, EvidenceRevision
from mentoring_site.workflow import NotAllowed, check, reload
from people.accounts.models import User
from people.banks.models import Candidate
from people.consents.destruction import acts as destruction_acts
from people.consents.destruction.models import Destruction
from people.rights import RIGHTS, Right
from people.roles.instead import INSTEAD, decides
from people.roles.models import RoleGrant
from programs.changes.amendment import acts as amendment_acts
from programs.changes.petitions.models import Petition
from programs.completion import acts as completion_acts
from programs.completion import publication
from programs.difficulties.models import Difficulty
from programs.journal import acts as journal_acts
from programs.pairings import acts as pairing_acts
from programs.pairings.models import Pairing
from programs.program.approval import acts as approval_acts
from programs.program.drafting import acts as drafting_acts
from programs.program.models import Program
from programs.relationship.models import RelationshipAnswer
from programs.requests.models import Request
from roadmap.library.models import Material
from roadmap.practices import acts as practice_acts
from roadmap.practices.models import Practice
from roadmap.training.models import Training
from tests.conftest import ROLES
from tests.factories import make_candidate, make_pairing, make_person, make_program, make_user
from tests.programs.changes.kit import a_successor, make_petition
from tests.programs.journal.kit import RESULTS, make_completion, make_published, make_running, meet, side
from tests.programs.requests.kit import ask
from tests.roadmap.training.kit import entered

pytestmark = [pytest.mark.django_db, pytest.mark.point("8.15")]

BY_ORDER = "the director's pen decides; the step records or carries out the signed order"
PREPARES = "prepares a paper that the director decides about by pen"
OWN = "the step is of the parties themselves"
NOBODY = "decides about no person"
NOT_DECISIONS = {
    ("Candidate", "withdraw"): OWN,
    ("Candidate", "follow_consent"): OWN,
    ("Candidate", "leave"): "the clock takes out of the bank who has left",
    ("Candidate", "appoint"): BY_ORDER,
    ("Candidate", "relieve"): BY_ORDER,
    ("Pairing", "refuse"): OWN,
    ("Pairing", "withdraw"): "the proposal is taken back by whoever made it",
    ("Pairing", "assign"): BY_ORDER,
    ("Pairing", "dissolve"): BY_ORDER,
    ("Program", "submit"): OWN,
    ("Program", "approve"): BY_ORDER,
    ("Program", "begin"): BY_ORDER,
    ("Program", "complete"): BY_ORDER,
    ("Program", "terminate"): BY_ORDER,
    ("Program", "drop"): BY_ORDER,
    ("Petition", "lapse"): BY_ORDER,
    ("Request", "withdraw"): OWN,
    ("Request", "lapse"): BY_ORDER,
    ("Request", "close"): "ends what was granted: whoever asked, or decided and was no party",
    ("Request", "reopen"): "taken back by whoever did it (mentoring_site/undo.py)",
    **{
        (model, step): BY_ORDER if step == "register" else PREPARES
        for model in ("Amendment", "Replacement", "Pause", "Resumption", "Dissolution", "Completion")
        for step in ("ready", "reopen", "withdraw", "register")
    },
    **{
        ("Order", step): BY_ORDER if step in ("register", "revoke") else PREPARES
        for step in ("agree", "send_to_signature", "back_to_draft", "register", "revoke")
    },
    ("Proposal", "enact"): BY_ORDER,
    **{("Pairing", step): OWN for step in ("reopen", "reopen_recommended")},
    **{("MentorTask", step): OWN for step in ("do", "accept", "send_back", "drop", "undo_do", "undo_answer")},
    **{("Difficulty", step.name): OWN for step in Difficulty.WORKFLOW},
    **{
        ("RelationshipAnswer", step.name): "its own rule leaves out everybody of the pair (programs/relationship)"
        for step in RelationshipAnswer.WORKFLOW
    },
    **{
        (
            "SupportTask",
            step,
        ): "its own rule leaves out who did the task and the participants (programs/support/rules.py)"
        for step in ("do", "accept", "send_back", "drop", "undo_do", "undo_answer")
    },
    **{("ActDraft", step): NOBODY for step in ("discuss", "agree", "rework", "approve", "drop")},
    **{("Practice", step): OWN for step in ("submit", "undo_submit", "rework", "drop")},
    ("Practice", "take_down"): "protects the people whom it names; an author may ask it of oneself",
    **{("Material", step): OWN for step in ("submit", "rework", "archive")},
    **{("Roadmap", step): NOBODY for step in ("submit", "send_back", "approve", "supersede")},
    **{("Regulation", step): NOBODY for step in ("approve", "supersede")},
    **{
        ("AccessRequest", step): "its own rule leaves out who asked and whose access it is (people/access/rules.py)"
        for step in ("release", "refuse", "lapse")
    },
    **{("Event", step): NOBODY for step in ("announce", "hold", "reopen", "cancel", "reinstate")},
    ("Monitoring", "complete"): NOBODY,
    **{("Survey", step): NOBODY for step in ("open", "close")},
    **{("AnnualReport", step): NOBODY for step in ("submit", "send_back", "sign")},
    **{("Minutes", step): NOBODY for step in ("hold", "cancel", "reinstate")},
    **{("Training", step): OWN for step in ("submit", "undo_answer")},
    **{("PartnerAgreement", step): NOBODY for step in ("sign", "end", "run_out", "undo_sign", "undo_end")},
    ("Minutes", "sign"): "records what was signed on paper; those whom a question is about have no vote on it",
}
MODELS = [m for m in apps.get_models() if hasattr(m, "WORKFLOW")]
STEPS = [(model, step) for model in MODELS for step in model.WORKFLOW]
DECISIONS = [(model, step) for model, step in STEPS if step.parties]


def names(pairs):
    return {(model.__name__, step.name) for model, step in pairs}


def test_every_step_is_a_decision_with_parties_or_says_why_not():
    models = {name for name, _ in NOT_DECISIONS}
    unknown = {pair for pair in names(STEPS) - names(DECISIONS) - set(NOT_DECISIONS) if pair[0] in models}
    unknown |= {pair for pair in names(STEPS) if pair[0] not in models | {m for m, _ in names(DECISIONS)}}
    assert not unknown
    assert not set(NOT_DECISIONS) & names(DECISIONS)


def make(cast, model, step, user, part):
    """Return an object in the state from which the step starts, with the user as one of its parties."""
    people = {part: user}
    if model is Candidate:
        return make_candidate(user.person, part, by=cast.curator, state="applied")
    if model is Pairing:
        return make_pairing(cast, "proposed", **people)
    if model is Program:
        return make_program(cast, "submitted", **people)
    if model is Practice:
        return a_practice(step, user, part)
    if model is Material:
        return a_material(user)
    if model is Request:
        return ask(cast, "improvement", by=user, program=make_program(cast, "running", **people))
    if model is Training:
        return entered(user.person, by=user)
    assert model is Petition
    pairing = make_pairing(cast, "assigned", **people)
    return make_petition(cast, part="mentee" if part == "mentor" else "mentor", pairing=pairing)


def a_practice(step, user, part):
    """A practice in the state from which the step starts, the user among its authors."""
    author = make_user(None, "curator")
    made = practice_acts.write(by=author, title="Чтение с листа", problem="Боялись", done="Играли", result="Играют")
    practice_acts.name_author(made, user.person, by=author, part=part, shown="post")
    made.authors.exclude(person=user.person).delete()
    Practice.objects.filter(pk=made.pk).update(state=step.sources[-1] if step.name == "bank" else step.sources[0])
    return made


def a_material(user):
    """A material of the user before the council."""
    values = {"kind": "memo", "annotation": "О первом уроке", "source": "Школа"}
    made = Material.objects.create(created_by=user, title="Памятка", state="review", **values)
    EvidenceRevision.objects.create(
        evidence=Evidence.objects.create(object=made, created_by=user), number=1, by=user, url="https://a.example/"
    )
    return made


@pytest.mark.parametrize("part", ["mentor", "mentee"])
@pytest.mark.parametrize(("model", "step"), DECISIONS, ids=lambda one: getattr(one, "__name__", None) or one.name)
def test_no_decider_decides_as_a_party(cast, model, step, part):
    tried = 0
    for role in ROLES:
        user = getattr(cast, role)
        outsider = reload(make(cast, model, step, make_user(make_person()), part))
        if not step.allows(outsider, user):
            continue
        tried += 1
        with pytest.raises(NotAllowed, match=OTHERS):
            check(reload(make(cast, model, step, user, part)), step.name, by=user)
    assert tried


def test_a_curator_does_not_accept_the_own_relief(cast):
    """What was found: the curator who is the mentor accepted the own petition."""
    pairing = make_pairing(cast, "assigned", mentor=cast.curator)
    petition = make_petition(cast, part="mentor", pairing=pairing)
    with pytest.raises(NotAllowed, match=OTHERS):
        check(reload(petition), "accept", by=cast.curator)
    check(reload(petition), "accept", by=cast.director)


def running(cast, **people):
    program = make_program(cast, "running", **people)
    return Program.objects.get(pk=program.pk)


ACTS = {
    "topics": lambda c: pairing_acts.confirm_topics(make_pairing(c, mentor=c.chair), by=c.chair),
    "endorse": lambda c: approval_acts.endorse(make_program(c, "submitted", mentor=c.curator), by=c.curator),
    "agree": lambda c: approval_acts.agree(
        make_program(c, "submitted", mentee=c.chair), by=c.chair, minutes_number="4", minutes_date=timezone.localdate()
    ),
    "term": lambda c: drafting_acts.decide_term(
        make_program(c, "draft", mentor=c.curator),
        by=c.curator,
        decision="совет разрешил",
        earliest_end=timezone.localdate() + timedelta(days=10),
        latest_end=timezone.localdate() + timedelta(days=500),
    ),
    "longer term": lambda c: amendment_acts.propose(
        running(c, mentor=c.curator), by=c.curator, reason="нужно", term_decision="совет разрешил"
    ),
    "improper execution": lambda c: completion_acts.propose(
        *(lambda p: (p, p.pairing.participations.get(part="mentee")))(running(c, mentor=c.curator)),
        by=c.curator,
        reason="improper",
        circumstances="не выполняет",
    ),
    "own result": lambda c: journal_acts.require_checking(running(c, mentee=c.curator), c.curator),
    "confirmation of the mentee": lambda c: drafting_acts.confirm_draft(
        *(lambda p: (p, p.pairing.participations.get(part="mentee")))(make_program(c, "draft", mentor=c.curator)),
        by=c.curator,
    ),
    "destruction": lambda c: destruction_acts.check_may_approve(
        Destruction(person=c.director.person, prepared_by=c.clerk), c.director
    ),
}
"""Decisions that move no state: by whoever holds the right and is a party."""


@pytest.mark.parametrize("name", ACTS)
def test_no_act_decides_for_a_party(cast, name):
    with pytest.raises(NotAllowed):
        ACTS[name](cast)


@pytest.mark.parametrize("right", INSTEAD)
def test_somebody_always_decides(cast, right):
    """Where all who hold the right are parties the next one decides, and nobody further."""
    holding = {role for role in RIGHTS if right in RIGHTS[role] and role in ROLES}
    parties = {getattr(cast, role).person_id for role in holding}
    for role in INSTEAD[right]:
        user = getattr(cast, role)
        if user.person_id in parties:
            continue
        assert [r for r in ROLES if decides(getattr(cast, r), right, parties)] == [role]
        parties.add(user.person_id)
    assert not [r for r in ROLES if decides(getattr(cast, r), right, parties)]


def test_nobody_decides_instead_while_one_who_holds_the_right_is_no_party(cast):
    RoleGrant.objects.create(person=make_person(), role="curator", since=timezone.localdate())
    assert not decides(cast.director, Right.PROGRAMS_ENDORSE, {cast.curator.person_id})


def test_the_director_as_a_candidate_is_decided_about_by_the_chair(cast, as_user):
    candidate = make_candidate(cast.director.person, "mentor", by=cast.curator, state="applied")
    assert as_user(cast.director).get(f"/banks/candidates/{candidate.pk}/approve/").status_code == 403
    assert as_user(cast.chair).get(f"/banks/candidates/{candidate.pk}/approve/").status_code == 200
    assert candidate.person.short_name in as_user(cast.chair).get("/home/").content.decode()


def test_a_replacement_is_not_begun_from_ones_own_petition(cast):
    from programs.changes.replacement import acts as replacement_acts

    petition = make_petition(cast, part="mentor", pairing=make_pairing(cast, "assigned", mentor=cast.curator))
    with pytest.raises(NotAllowed):
        replacement_acts.propose(
            petition.pairing,
            by=cast.curator,
            candidate=a_successor(cast, petition.pairing),
            ground="refusal",
            paper_on=petition.filed_on,
            since=timezone.localdate(),
            petition=petition,
        )


def became_curator(user):
    """The user, who takes or took part, runs the mentoring now as well."""
    RoleGrant.objects.create(person=user.person, role="curator", since=timezone.localdate())
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("part", ["mentor", "mentee"])
def test_results_are_published_by_somebody_who_took_no_part(cast, as_user, settings, part):
    """Also of an ended program, where nobody takes part any more."""
    settings.DEMO = True  # no second factor is asked for
    program, _, _ = make_published(cast)
    interested = became_curator(getattr(cast, part))
    with pytest.raises(NotAllowed):
        publication.unpublish(program, by=interested)
    publication.unpublish(program, by=cast.curator)
    with pytest.raises(NotAllowed):
        publication.publish(program, by=interested)
    for page in ("publish", "unpublish"):
        assert as_user(interested).get(f"/site/results/{program.pk}/{page}/").status_code == 403
    assert "Опубликовать результаты" not in as_user(interested).get("/home/").content.decode()
    assert "Опубликовать результаты" in as_user(cast.curator).get("/home/").content.decode()
    publication.publish(program, by=cast.curator)


def test_the_director_publishes_where_every_curator_took_part(cast, as_user):
    program, _, _ = make_published(cast)
    publication.unpublish(program, by=cast.curator)
    RoleGrant.objects.filter(role="curator").delete()
    became_curator(cast.mentor)
    assert "Опубликовать результаты" in as_user(cast.director).get("/home/").content.decode()
    answer = as_user(cast.director).post(f"/site/results/{program.pk}/publish/")
    assert answer.status_code == 302 and Program.objects.get(pk=program.pk).results_published_by == cast.director


def test_the_words_for_the_site_are_not_approved_for_the_mentee_by_who_was_the_mentor(cast):
    c = make_completion(cast, state="registered")
    c = publication.write_public(c, by=cast.mentor, public_text=RESULTS)
    with pytest.raises(NotAllowed):
        publication.approve_public(c, by=became_curator(cast.mentor))


def test_the_other_side_is_not_spoken_for_in_the_journal(cast):
    """An objection, a correction and a taking back by a curator who is the other side of the meeting."""
    program = make_running(cast)[0]
    meeting = meet(program, cast.mentee)
    interested = became_curator(cast.mentor)
    others = meeting.attendances.get(participation=side(program))
    with pytest.raises(NotAllowed):
        journal_acts.require_objecting(others, interested)
    for refuse in (journal_acts.require_correcting, journal_acts.require_dropping):
        with pytest.raises(NotAllowed):
            refuse(meeting, interested)
        refuse(meeting, cast.curator)
    assert not journal_acts.may_correct(meeting, program, interested)


def test_nobody_objects_to_an_amendment_for_the_other_side(cast):
    program = make_running(cast)[0]
    amendment = amendment_acts.propose(program, by=cast.curator, reason="нужно")
    with pytest.raises(NotAllowed):
        amendment_acts.object_to(amendment, side(program), by=became_curator(cast.mentor), reason="нет")
