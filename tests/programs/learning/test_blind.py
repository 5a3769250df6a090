"""The last rating is blind: nobody reads the other's answer until both have answered, then both open together."""

import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from mentoring_site import undo
from mentoring_site.inbox import held_for, items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, Refused
from people.register.models import Person
from programs.attention.look import look
from programs.completion import acts as completion_acts
from programs.completion import ratings
from programs.completion.models import Completion
from programs.learning import acts, presenters
from programs.learning.models import SkillRating
from programs.pairings.models import Participation
from programs.program.models import Program
from tests.programs.journal.kit import conclude, make_completion, make_running, side
from tests.programs.learning.kit import at, choose, rate, skills_of

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.5", "11.4")]
SECRET = "канарейкавслепую"
OPEN = "Ответ откроется, когда ответите оба"
VALUES = {"mentor": 5, "mentee": 1}
EVERYBODY = ("mentor", "mentee", "director", "curator", "chair", "council", "clerk", "sysadmin")


@pytest.fixture
def program(cast):
    """A program in its last fortnight with a skill of a difficulty, rated in the middle by both."""
    program = at(make_running(cast)[0], began=110)
    acts.choose(program, side(program), by=cast.mentor, difficulties=program.difficulties.all())
    rate(program, cast.mentor, "mentor", 3)
    rate(program, cast.mentee, "mentee", 3)
    return at(program, began=190)


def read_by(user, program, as_user) -> str:
    """Return everything that a user reads of the program: its pages, lists and workbooks, the desk, the search."""
    client, me = as_user(user), side(program)
    c = Completion.objects.filter(program=program).first()
    pages = [
        f"/programs/{program.pk}/{part}" for part in ("", "learning/", "history/", "timeline/", "journal/", "people/")
    ]
    pages += [f"/programs/{program.pk}/learning/{me.pk}/rate/{part}/" for part in VALUES]
    pages += ["/home/", "/programs/attention/", f"/search/?q={SECRET[:9]}", "/programs/", me.person.get_absolute_url()]
    if c:
        pages += [f"/completions/{c.pk}/{part}" for part in ("", "conclusion/", "review/")]
    said = []
    for page in pages:
        answer = client.get(page)
        said.append(b"".join(answer) if answer.streaming else answer.content)
    for page in ("/programs/attention/?format=xlsx", "/programs/?format=xlsx"):
        answer = client.get(page)
        if answer.status_code == 200:
            book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
            said.append(str([[cell.value for cell in row] for row in book.active.iter_rows()]).encode())
    said.append(str([(i.title, i.why) for i in items_for(user)] + [i.title for i in held_for(user)]).encode())
    return b"\n".join(said).decode()


def shown_values(user, program) -> set[int]:
    """Return the last values that the picture or the comparison gives to a user."""
    head = Program.objects.for_head().get(pk=program.pk)
    found = set()
    for block in presenters.blocks(head, user):
        for panel in block.figure.chart.panels if block.figure else ():
            found |= {series.values[2] for series in panel.series} - {None}
    return {int(value) for value in found}


@pytest.mark.parametrize(("first", "closing"), [("mentor", False), ("mentee", True)], ids=["fortnight", "completion"])
def test_nobody_reads_the_first_answer_before_the_second(cast, program, as_user, first, closing):
    if closing:
        completion_acts.propose(program, side(program), by=cast.curator, reason="force", circumstances="переезд")
    second = "mentee" if first == "mentor" else "mentor"
    rate(program, getattr(cast, first), first, VALUES[first], word=SECRET)
    Person.objects.update(email="person@school.example")
    for name in EVERYBODY:
        user = getattr(cast, name)
        said = read_by(user, program, as_user)
        assert (SECRET in said) == (name == first), name
        assert shown_values(user, program) == ({VALUES[first]} if name == first else set()), name
    page = as_user(getattr(cast, second)).get(f"/programs/{program.pk}/learning/")
    assert OPEN in page.content.decode()
    assert (
        OPEN
        in as_user(getattr(cast, second))
        .get(f"/programs/{program.pk}/learning/{side(program).pk}/rate/{second}/")
        .content.decode()
    )
    log = str(list(Act.objects.values_list("words", "facts")))
    assert SECRET not in log and str(VALUES[first]) not in str([a.facts.get("value") for a in Act.objects.all()])
    assert SECRET not in "".join(OutboxMail.objects.values_list("text", flat=True))
    rate(program, getattr(cast, second), second, VALUES[second], word="видно")
    for name in ("mentor", "mentee", "curator"):
        assert SECRET in as_user(getattr(cast, name)).get(f"/programs/{program.pk}/learning/").content.decode()
        assert shown_values(getattr(cast, name), program) == set(VALUES.values())
    assert shown_values(cast.director, program) == shown_values(cast.council, program) == set()
    [letter] = OutboxMail.objects.filter(template="skills_open")
    assert letter.person_id == getattr(cast, first).person_id
    with pytest.raises(Already, match="остаются"):
        rate(program, getattr(cast, first), first, 2)


def test_what_is_recorded_from_paper_is_read_by_its_side_alone(cast, program, as_user):
    rate(program, cast.curator, "mentee", 2, word=SECRET)
    url = f"/programs/{program.pk}/learning/"
    seen = {name for name in EVERYBODY if SECRET in as_user(getattr(cast, name)).get(url).content.decode()}
    assert seen == {"mentee"}


def test_an_answer_is_corrected_while_it_is_alone(cast, program):
    rate(program, cast.mentor, "mentor", 5)
    rate(program, cast.mentor, "mentor", 4)
    assert SkillRating.objects.get(part="mentor", moment="end").value == 4
    with pytest.raises(Refused, match="больше не меняются"):  # both rate the same
        choose(program, cast.mentee, "ещё навык")


def test_the_desk_asks_the_other_and_says_nothing_of_the_first(cast, program):
    before = [(i.title, i.why) for i in items_for(cast.mentee) if i.key.startswith("learning:")]
    rate(program, cast.mentor, "mentor", 5)
    assert [(i.title, i.why) for i in items_for(cast.mentee) if i.key.startswith("learning:")] == before != []


@pytest.mark.parametrize("how", ["order", "left", "ended"])
def test_a_lonely_answer_opens_when_nobody_rates_any_more(cast, program, how):
    rate(program, cast.mentor, "mentor", 5)
    assert shown_values(cast.mentee, program) == set()
    if how == "order":
        make_completion(cast, program, "registered")
    if how == "left":
        Participation.objects.filter(pk=side(program).pk).update(until=timezone.localdate())
    if how == "ended":
        Program.objects.filter(pk=program.pk).update(state="terminated")
    assert SkillRating.objects.visible_to(cast.mentee).filter(moment="end").exists()


def test_a_decision_that_is_only_prepared_opens_nothing(cast, program):
    rate(program, cast.mentor, "mentor", 5)
    make_completion(cast, program, "ready")
    assert shown_values(cast.mentee, program) == set()


# --- the completion ------------------------------------------------------------------------------------------------


def test_who_closes_the_difficulties_has_both_answers_beside_them(cast, program, as_user):
    c = completion_acts.propose(program, side(program), by=cast.curator, reason="force", circumstances="переезд")
    url, field = f"/completions/{c.pk}/conclusion/", f"level_{program.difficulties.get().pk}"
    rate(program, cast.mentee, "mentee", 4)
    help_text = as_user(cast.mentor).get(url).context["form"].fields[field].help_text
    assert help_text == "Самооценка: откроется, когда ответят оба. Оценка наставника: ещё не дана"
    rate(program, cast.mentor, "mentor", 3, word="по урокам")
    help_text = as_user(cast.mentor).get(url).context["form"].fields[field].help_text
    assert help_text == "Самооценка: получается уверенно. Оценка наставника: получается, но не каждый раз (по урокам)"


def test_the_completion_says_whose_answer_is_missing_and_does_not_wait_for_it(cast, program, as_user):
    c = completion_acts.propose(program, side(program), by=cast.curator, reason="force", circumstances="переезд")
    rate(program, cast.mentor, "mentor", 3)
    for name, reads in (("curator", True), ("mentee", True), ("director", False)):
        page = as_user(getattr(cast, name)).get(f"/completions/{c.pk}/")
        check = page.context["checks"][-1]
        assert "Нет итоговой оценки навыков от наставляем" in check.text and bool(check.url) == reads
        assert bool(page.context["rated"].rows) == reads
    conclude(c, cast.mentor)
    completion_acts.review(c, by=cast.mentee, review="спасибо")
    assert completion_acts.submit_for_order(c, by=cast.curator).state == "ready"
    rate(program, cast.mentee, "mentee", 3)
    found = ratings.shown(Completion.objects.get(pk=c.pk), cast.director)
    assert (found.rows, found.check.met) == ((), True)


def test_a_completion_taken_back_gives_the_moment_back(cast, program):
    at(program, began=120)
    c = completion_acts.propose(program, side(program), by=cast.curator, reason="force", circumstances="переезд")
    rate(program, cast.mentor, "mentor", 3)
    completion_acts.withdraw(c, by=cast.curator)
    assert not [i for i in items_for(cast.mentee) if i.key.startswith("learning:")]
    assert shown_values(cast.mentee, program) == set()
    assert undo.kind_of(Act.objects.about(program).filter(verb="rate_skills").last()) is None
    assert skills_of(program) and look(Program.objects.all())
