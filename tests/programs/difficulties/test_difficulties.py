"""Difficulties: closed by both sides with evidence, opened again, flagged, named in mid-program, made a deed of."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.inbox import items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import NotAllowed, Refused, reload
from people.banks.models import Candidate, Statement
from people.register.models import Person
from programs.changes.amendment import acts as amendment_acts
from programs.changes.amendment.models import Amendment
from programs.completion.forms import ConclusionForm
from programs.difficulties import acts
from programs.difficulties.models import Difficulty, statements_of
from programs.difficulties.rules import DIFFICULTY
from programs.journal import agenda
from programs.pairings.models import Pairing
from programs.program.content_presenters import difficulties_gone
from programs.program.models import Program
from tests.matrix import ALL, attempt, expected
from tests.paper import pdf
from tests.programs.journal.kit import make_completion, make_running, meet, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.5")]
SIGN = "Читает с листа ансамблевую партию в темпе"
WORD = "На концерте через неделю двое не знают партию"


@pytest.fixture
def program(cast):
    """A running program of a pair, with an entry of the journal that may prove something."""
    found, _ = make_running(cast)
    meet(found, cast.mentor)
    return Program.objects.for_head().get(pk=found.pk)


@pytest.fixture
def difficulty(program) -> Statement:
    return statements_of(program).get()


def keys(user) -> list[str]:
    return [item.key for item in items_for(user)]


def said(program, difficulty, by, **values):
    """Say that the difficulty is gone, with a link."""
    return acts.propose(program, difficulty, by=by, **({"sign": SIGN, "url": "https://video.example/1"} | values))


# --- closed by both -----------------------------------------------------------------------------------------------


@pytest.mark.clause("5.2-g")
def test_a_difficulty_is_closed_by_both_sides_with_evidence(cast, program, difficulty, as_user):
    """The mentee says that it is gone and attaches what shows it; nothing is closed before the mentor has confirmed."""
    Person.objects.filter(pk__in=[cast.mentor.person_id, cast.mentee.person_id]).update(email="side@school.example")
    url = f"/programs/{program.pk}/difficulties/{difficulty.pk}/"
    mentee, mentor = as_user(cast.mentee), as_user(cast.mentor)
    bare = mentee.post(f"{url}propose/", {"sign": SIGN})
    assert "Отметьте запись, приложите файл или ссылку" in bare.content.decode()
    entry = next(iter(program.meetings.all()))
    proof = SimpleUploadedFile("урок.pdf", pdf())
    mentee.post(f"{url}propose/", {"sign": SIGN, "objects": [f"meeting-{entry.pk}"], "evidence": proof})
    row = Difficulty.objects.get()
    assert (row.state, row.proposed_part, row.evidence.count()) == ("proposed", "mentee", 2)
    assert f"difficulty:{row.pk}" in keys(cast.mentor) and f"difficulty:{row.pk}" not in keys(cast.mentee)
    assert OutboxMail.objects.filter(template="difficulty_proposed", person_id=cast.mentor.person_id).count() == 1
    assert mentee.get(f"{url}answer/").status_code == 403
    page = mentor.get(f"{url}answer/").content.decode()
    assert SIGN in page and "урок.pdf" in page
    silent = mentor.post(f"{url}answer/", {"decision": "not_yet", "version": row.version})
    assert "Напишите, что ещё не получается" in silent.content.decode()
    mentor.post(f"{url}answer/", {"decision": "not_yet", "word": "в темпе сбивается", "version": row.version})
    assert "в темпе сбивается" in mentee.get(url).content.decode()
    said(program, difficulty, cast.mentee)
    row = reload(row)
    mentor.post(f"{url}answer/", {"decision": "confirm", "version": row.version})
    row = reload(row)
    assert (row.state, row.answered_by) == ("closed", cast.mentor)
    assert OutboxMail.objects.filter(template="difficulty_answered", person_id=cast.mentee.person_id).count() == 2
    listing = mentee.get(f"/programs/{program.pk}/difficulties/").context["found"]
    assert listing.label == "снято 1 из 1"
    assert "Затруднения: снято 1 из 1" in mentor.get(f"/programs/{program.pk}/").content.decode()


def test_the_proof_stays_as_the_other_side_has_read_it(cast, program, difficulty, as_user):
    row = said(program, difficulty, cast.mentor)
    refused = as_user(cast.mentor).post(f"/evidence/add/difficulties/{row.pk}/", {"url": "https://late.example/"})
    assert "остаётся при нём" in refused.content.decode()
    assert "https://video.example/1" in as_user(cast.mentee).get(row.get_absolute_url()).content.decode()


def test_without_evidence_and_words_nothing_is_said(cast, program, difficulty):
    with pytest.raises(Refused, match="Приложите файл, ссылку или запись"):
        acts.propose(program, difficulty, by=cast.mentor, sign=SIGN)
    with pytest.raises(Refused, match="по чему видно"):
        said(program, difficulty, cast.mentor, sign=" ")
    with pytest.raises(NotAllowed):
        said(program, difficulty, cast.stranger)
    assert not Difficulty.objects.exists()


MAY = {
    "propose": {"curator", "mentor", "mentee"},
    "confirm": {"curator", "mentee"},
    "not_yet": {"curator", "mentee"},
    "reopen": {"curator", "mentor", "mentee"},
    "undo_propose": {"mentor"},
    "undo_answer": {"mentee"},
    "undo_reopen": {"mentee"},
}


@pytest.mark.parametrize("state", Difficulty.State.values)
def test_every_step_by_everybody_in_every_state(cast, program, difficulty, state):
    row = said(program, difficulty, cast.mentor)
    now = timezone.now()
    by = {"answered_by": cast.mentee, "answered_at": now, "reopened_by": cast.mentee, "reopened_at": now}
    Difficulty.objects.filter(pk=row.pk).update(state=state, **by)
    fresh, wrong = reload(row), []
    for step in DIFFICULTY:
        for name in ALL:
            got = attempt(fresh, step.name, getattr(cast, name))
            if got != expected(name, state, MAY[step.name], step.sources):
                wrong.append((step.name, name, got))
    assert wrong == []


def test_everything_is_taken_back_while_nobody_has_acted(cast, program, difficulty):
    row = said(program, difficulty, cast.mentor)
    undo.undo(Act.objects.about(row).get(verb="propose"), by=cast.mentor)
    assert (reload(row).state, reload(row).sign) == ("open", "")
    row = said(program, difficulty, cast.mentor)
    acts.confirm(row, by=cast.mentee)
    with pytest.raises(Refused, match="Отменить уже нельзя"):
        undo.undo(Act.objects.about(row).filter(verb="propose").last(), by=cast.mentor)
    undo.undo(Act.objects.about(row).get(verb="confirm"), by=cast.mentee)
    assert (reload(row).state, reload(row).answered_by) == ("proposed", None)
    acts.not_yet(row, by=cast.mentee, word="ещё нет")
    undo.undo(Act.objects.about(row).get(verb="not_yet"), by=cast.mentee)
    acts.confirm(reload(row), by=cast.mentee)
    acts.reopen(reload(row), by=cast.mentor, word="снова")
    assert (reload(row).state, reload(row).reopen_word) == ("open", "снова")
    undo.undo(Act.objects.about(row).get(verb="reopen"), by=cast.mentor)
    assert (reload(row).state, reload(row).reopen_word) == ("closed", "")


def test_nothing_is_agreed_after_the_end_of_the_program(cast, program, difficulty, as_user):
    row = acts.confirm(said(program, difficulty, cast.mentor), by=cast.mentee)
    Program.objects.filter(pk=program.pk).update(state="completed")
    with pytest.raises(Refused, match="реализуется"):
        acts.reopen(row, by=cast.mentor, word="снова")
    page = as_user(cast.mentor).get(row.get_absolute_url())
    assert page.status_code == 200 and page.context["actions"] == []


def test_from_paper_both_sides_are_recorded_by_the_curator(cast, program, difficulty, as_user):
    url = f"/programs/{program.pk}/difficulties/{difficulty.pk}/"
    curator = as_user(cast.curator)
    data = {"sign": SIGN, "url": "https://video.example/1"}
    assert "part" in curator.post(f"{url}propose/", data).context["form"].errors
    curator.post(f"{url}propose/", data | {"part": "mentee"})
    row = Difficulty.objects.get()
    curator.post(f"{url}answer/", {"decision": "confirm", "version": row.version})
    assert reload(row).state == "closed"
    mine = make_running(type(cast)(**vars(cast) | {"mentee": cast.curator, "mentor": cast.stranger}))[0]
    mine = Program.objects.for_head().get(pk=mine.pk)
    own = said(mine, statements_of(mine).get(), cast.curator)
    with pytest.raises(NotAllowed):
        acts.confirm(own, by=cast.curator)


def test_a_page_that_others_have_answered_meanwhile_is_refused(cast, program, difficulty):
    row = said(program, difficulty, cast.mentor)
    with pytest.raises(Refused, match="Прочитайте ещё раз"):
        acts.confirm(row, by=cast.mentee, version=row.version - 1)


def test_in_a_group_a_mentee_knows_nothing_of_the_difficulties_of_others(cast, as_user):
    made, _ = make_running(cast, mentees=2)
    program = Program.objects.for_head().get(pk=made.pk)
    theirs = side(program, n=1)
    other = statements_of(program).get(candidate=theirs.candidate_id)
    Statement.objects.filter(pk=other.pk).update(text="канарейка другого")
    row = said(program, other, cast.mentor, sign="канарейка знака")
    acts.flag(program, other, by=cast.mentor, word="канарейка отметки")
    mentee = as_user(cast.mentee)
    assert mentee.get(row.get_absolute_url()).status_code == 404
    for page in ("difficulties/", "", "history/", "journal/"):
        assert "канарейка" not in mentee.get(f"/programs/{program.pk}/{page}").content.decode()
    assert not Difficulty.objects.visible_to(cast.mentee).exists()
    assert difficulties_gone(Program.objects.for_page().get(pk=program.pk), cast.mentee) == (0, 1)
    assert acts.reason_for(reload(row)).endswith("нужно мероприятие") and "канарейка" not in acts.reason_for(
        reload(row)
    )
    assert reload(acts.confirm(row, by=cast.curator)).state == "closed"


def test_no_further_difficulty_costs_a_query(cast, program, difficulty, as_user, django_assert_max_num_queries):
    candidate = difficulty.candidate
    for n in range(3):
        acts.name_new(program, candidate, by=cast.mentor, text=f"новое {n}", word=WORD)
    client = as_user(cast.mentor)
    client.get(f"/programs/{program.pk}/difficulties/")
    with django_assert_max_num_queries(22):
        client.get(f"/programs/{program.pk}/difficulties/")


# --- the end of the program ---------------------------------------------------------------------------------------


def test_the_outcome_is_filled_in_from_what_both_have_closed(cast, program, difficulty):
    acts.confirm(said(program, difficulty, cast.mentee), by=cast.mentor)
    completion = make_completion(cast, Program.objects.get(pk=program.pk), reason="force", written=False)
    form = ConclusionForm(completion=completion, difficulties=[difficulty], rated={})
    assert form.fields[f"level_{difficulty.pk}"].initial == "resolved"
    assert form.fields[f"comment_{difficulty.pk}"].initial == SIGN


def test_what_is_open_comes_into_the_agenda_and_what_is_closed_does_not(cast, program, difficulty):
    def points():
        return [p for p in agenda.offered(Program.objects.for_page().get(pk=program.pk), cast.mentor) if "атрудн" in p]

    assert points() == [f"Затруднение: {difficulty.text}"]
    row = said(program, difficulty, cast.mentor)
    assert points() == [f"Договориться, снято ли затруднение: {difficulty.text}"]
    acts.confirm(row, by=cast.mentee)
    assert points() == []


# --- flagged ------------------------------------------------------------------------------------------------------


def test_a_flag_waits_at_the_curator_and_the_mentor(cast, program, difficulty, as_user):
    Person.objects.filter(pk__in=[cast.curator.person_id, cast.mentor.person_id]).update(email="all@school.example")
    url = f"/programs/{program.pk}/difficulties/{difficulty.pk}/"
    as_user(cast.mentee).post(f"{url}flag/", {"word": WORD})
    row = Difficulty.objects.get()
    assert row.is_flagged
    for user in (cast.curator, cast.mentor):
        assert f"difficulty:{row.pk}:help" in keys(user)
    assert f"difficulty:{row.pk}:help" not in keys(cast.mentee) + keys(cast.director)
    assert OutboxMail.objects.filter(template="difficulty_flagged").count() == 2
    assert not OutboxMail.objects.filter(text__contains=difficulty.text).exists()
    verbs = [action.verb for action in as_user(cast.curator).get(url).context["actions"]]
    assert verbs[:2] == ["activity", "situational"]
    again = as_user(cast.mentor).post(f"{url}flag/", {"word": "и ещё"}, follow=True)
    assert "уже отмечено" in again.content.decode()
    as_user(cast.mentor).post(f"{url}settle/")
    assert not reload(row).is_flagged and f"difficulty:{row.pk}:help" not in keys(cast.curator)


def test_a_new_difficulty_of_mid_program_stands_in_the_questionnaire(cast, program, difficulty, as_user):
    as_user(cast.mentee).post(f"/programs/{program.pk}/difficulties/new/", {"text": "игра в ансамбле", "word": WORD})
    row = Difficulty.objects.get()
    assert (row.statement.text, row.statement.candidate) == ("игра в ансамбле", difficulty.candidate)
    assert row.is_flagged and row.is_new
    assert not program.difficulties.filter(pk=row.statement_id).exists()  # the agreed text stays as it is
    undo.undo(Act.objects.about(row).get(verb="raise"), by=cast.mentee)
    assert not Difficulty.objects.exists() and not Statement.objects.filter(text="игра в ансамбле").exists()


def test_a_flag_becomes_an_activity_without_typing(cast, program, difficulty, as_user):
    """A new difficulty becomes an activity of an amendment; with the order the program names both (п. 7.2)."""
    row = acts.name_new(program, difficulty.candidate, by=cast.mentee, text="игра в ансамбле", word=WORD)
    url = f"{row.get_absolute_url()}activity/"
    mentor = as_user(cast.mentor)
    form = mentor.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    page = mentor.post(url, data, follow=True)
    assert page.redirect_chain, page.context["form"].errors
    amendment = Amendment.objects.get()
    [line] = [line for line in amendment.plan if line["pk"] is None]
    assert (line["statements"], "игра в ансамбле" in line["title"]) == ([row.statement_id], True)
    row = reload(row)
    assert row.amendment == amendment and not row.is_flagged
    number = amendment.plan.index(line)
    kept = mentor.get(f"/changes/amendment/{amendment.pk}/lines/{number}/").context["form"]
    assert row.statement in kept.fields["statements"].queryset
    other = acts.name_new(program, difficulty.candidate, by=cast.mentee, text="страх сцены", word=WORD)
    mentor.post(f"{other.get_absolute_url()}activity/", data | {"statements": [other.statement_id]})
    assert Amendment.objects.count() == 1 and len(Amendment.objects.get().plan) == len(amendment.plan) + 1
    for one in (cast.mentor, cast.mentee):
        who = side(program, "mentor" if one is cast.mentor else "mentee")
        if not Amendment.objects.get().consents.filter(participation=who).exists():
            amendment_acts.agree(Amendment.objects.get(), who, by=one)
    Amendment.objects.update(state="ready")
    today = timezone.localdate()
    amendment_acts.enact(Amendment.objects.get(), by=cast.clerk, number="9", date=today, on=today)
    assert program.difficulties.filter(pk__in=[row.statement_id, other.statement_id]).count() == 2


def test_a_flag_becomes_a_situational_program_of_the_same_people(cast, program, difficulty, as_user):
    """Proposed beside the pair that works, it goes its own way: answers, the council, the order (п. 2.3)."""
    row = acts.flag(program, difficulty, by=cast.mentee, word=WORD)
    Candidate.objects.filter(part="mentor").update(capacity_persons=1)  # the same person takes no new place
    url = f"{row.get_absolute_url()}situational/"
    assert as_user(cast.mentor).get(url).status_code == 403
    curator = as_user(cast.curator)
    form = curator.get(url).context["form"]
    assert difficulty.text in form["why"].value() and form["fits"].value() == [str(difficulty.candidate_id)]
    data = {name: form[name].value() for name in form.fields}
    page = curator.post(url, data, follow=True)
    assert page.redirect_chain, page.context["form"].errors
    row = reload(row)
    pairing = row.pairing
    assert {p.person_id for p in pairing.participations.all()} == {cast.mentor.person_id, cast.mentee.person_id}
    assert pairing.state == "proposed" and not row.is_flagged
    today = timezone.localdate()
    Pairing.objects.filter(pk=pairing.pk).update(
        state="assigned", assigned_on=today, order_date=today, order_number="7"
    )
    start = curator.get(f"{row.get_absolute_url()}program/").context["form"]
    curator.post(f"{row.get_absolute_url()}program/", {name: start[name].value() for name in start.fields})
    draft = Program.objects.get(pairing=pairing)
    assert [kind.code for kind in draft.kinds.all()] == ["situational"]
    assert list(draft.difficulties.all()) == [difficulty] and difficulty.text in draft.goal


def test_a_second_pair_is_proposed_only_beside_the_first(cast, program, difficulty):
    people = {p.part: p.candidate for p in program.pairing.participations.select_related("candidate")}
    from programs.pairings import acts as pairing_acts

    today = timezone.localdate()
    with pytest.raises(Refused, match="уже в паре"):
        pairing_acts.propose(
            by=cast.curator,
            kind="pair",
            mentor=people["mentor"],
            mentees=[people["mentee"]],
            topics=list(people["mentee"].topics.all()),
            why="ещё раз",
            profile_fits=True,
            planned_from=today,
            planned_to=today + timedelta(days=150),
        )
