"""What the program promises under a field («Прочтут: …») is compared with who can open the words.

Every promised text of the school holds a word of its own. Every page and workbook (with ``ACCESS=full`` every form and
paper too) is opened by every role, and whoever meets the word must be one of the readers of ``people/promises.py``. All
promised readers must meet it somewhere, or the promise is idle.
"""

import io
import os
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from people.banks.models import Candidate, Statement
from people.promises import Promise
from people.register.models import Person
from people.rights import ROLES, Right
from programs.completion.models import Completion
from programs.journal.models import Message
from programs.pairings.models import Participation
from programs.program.models import Remark
from roadmap.council.models import AgendaItem
from tests.access_table import ROWS
from tests.test_access import address, strict, world  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.point("23", "8.21")]
FULL = os.environ.get("ACCESS") == "full"
ROOT = Path(__file__).parent.parent
PAPER = re.compile(r"pdf|docx|zip|file|blank|document|preview|paper$|sheet|extract|protocol|print|progress")
WORKBOOKS = {
    *("people:register", "people:bank_mentees", "people:bank_mentors"),
    *(f"programs:{name}" for name in ("programs", "pairings", "attention", "relationships", "activities")),
}


@dataclass(frozen=True)
class Words:
    """Promised words: ``canary`` stands in them; ``related`` take part in the object ``key`` of the world."""

    promise: Promise
    canary: str
    key: str
    related: tuple[str, ...] = ()


PLANTED = (
    Words(Promise.CONTACTS, "канарейкаадрес", "person", ("mentee",)),
    Words(Promise.CONTACTS, "канарейкапримечание", "person", ("mentee",)),
    Words(Promise.QUESTIONNAIRE, "канарейкапочему", "candidate", ("mentee",)),
    Words(Promise.QUESTIONNAIRE, "канарейкапожелания", "candidate", ("mentee",)),
    Words(Promise.QUESTIONNAIRE, "канарейказамечание", "candidate", ("mentee",)),
    Words(Promise.QUESTIONNAIRE, "канарейкатрудно", "candidate", ("mentee",)),
    Words(Promise.PAIRING_REASONS, "канарейкаподходят", "proposed"),
    Words(Promise.ANSWER, "канарейкаответ", "proposed", ("mentee",)),
    Words(Promise.COLLEAGUE_WISH, "канарейкапросьба", "running", ("mentee",)),
    Words(Promise.PROGRAM, "канарейказатруднение", "running", ("mentor", "mentee")),
    Words(Promise.ENTRY, "канарейкавстреча", "running", ("mentor", "mentee")),
    Words(Promise.TASK, "канарейказадание", "running", ("mentor", "mentee")),
    Words(Promise.SKILL, "канарейканавык", "running", ("mentor", "mentee")),
    Words(Promise.SKILL, "канарейкаоценка", "running", ("mentor", "mentee")),
    Words(Promise.SKILL_BLIND, "канарейкавслепую", "completion", ("mentor",)),
    Words(Promise.LEARNT, "канарейканеделя", "running", ("mentor", "mentee")),
    Words(Promise.SUPPORT, "канарейкаэтюды", "running", ("mentor", "mentee")),
    Words(Promise.COUNCIL_MARK, "канарейказаключение", "running", ("mentor", "mentee")),
    Words(Promise.TALK, "канарейкаразговор", "running", ("mentor", "mentee")),
    Words(Promise.TALK, "канарейкадоработать", "draft", ("mentor", "mentee")),
    Words(Promise.REVIEW, "канарейкаспасибо", "completion", ("mentor", "mentee")),
    Words(Promise.PETITION, "канарейкапрошу", "petition", ("mentee",)),
    Words(Promise.HELP, "канарейкапомогите", "help_asked", ("mentor", "mentee")),
    Words(Promise.HELP_APART, "канарейканаедине", "help_apart", ("mentee",)),
    Words(Promise.ENGAGEMENT, "канарейкапокажите", "engaging", ("mentor", "mentee")),
    Words(Promise.PERSONAL_FILE, "канарейкаузнать", "personal_file", ("mentor", "mentee")),
    Words(Promise.RELEASE, "канарейкатолько", "release", ("mentor",)),
    Words(Promise.CONTEST, "канарейкадостоин", "contest", ("mentor", "mentee")),
    Words(Promise.PROPOSAL, "канарейкачаще", "proposal", ("mentor", "mentee")),
    Words(Promise.DIFFICULTY, "канарейкаполучается", "told_difficulty", ("mentor", "mentee")),
    Words(Promise.RELATIONSHIP, "канарейкатяжело", "relationship_low", ("mentee",)),
    Words(Promise.ENCOURAGEMENT, "канарейкапохвалите", "encouragement", ("mentor",)),
    Words(Promise.MENTOR_INCENTIVE, "канарейканаградите", "mentor_incentive"),
    Words(Promise.DISCIPLINE, "канарейканакажите", "discipline", ("mentor",)),
    Words(Promise.EXPLANATION, "канарейкаобъясните", "explanation", ("mentee",)),
    Words(Promise.PAIRLESS_SUPPORT, "канарейкаподдержите", "support", ("mentor", "mentee")),
    Words(Promise.CONSULTATION, "канарейкапосоветуйте", "consultation", ("mentee", "council")),
    Words(Promise.MEDIATION, "канарейкапомирите", "mediation", ("mentor", "mentee", "council")),
    Words(Promise.MINUTES, "канарейкаслушали", "minutes"),
    Words(Promise.TRAINING, "канарейкаприменяю", "training", ("mentee",)),
    Words(Promise.PARTNER, "канарейкаговорили", "talk", ("mentor",)),
    Words(Promise.PRACTICE, "канарейкабоялись", "practice", ("mentor", "mentee")),
    Words(Promise.MATERIAL, "канарейкауроке", "material_draft"),
    Words(Promise.SPEED_OUTCOME, "канарейкаитог", "event", ("mentor", "mentee")),
    Words(Promise.BROUGHT_HOME, "канарейкапривезла", "event", ("mentee",)),
    Words(Promise.SURVEY, "канарейкаизменить", "survey", ("mentee",)),
)


ASKED = {
    "help_asked": "помогите",
    "help_apart": "наедине",
    "proposal": "чаще",
    "engaging": "покажите",
    "personal_file": "узнать",
    "release": "только",
    "contest": "достоин",
    "encouragement": "похвалите",
    "mentor_incentive": "наградите",
    "discipline": "накажите",
    "support": "поддержите",
    "consultation": "посоветуйте",
    "mediation": "помирите",
}
READERS = {
    "help_apart": "curator mentee",
    "proposal": "curator mentor mentee",
    "engaging": "curator mentor mentee",
    "personal_file": "director clerk mentor mentee",
    "release": "director curator mentor",
    "contest": "curator chair mentor mentee",
    "encouragement": "director curator mentor",
    "mentor_incentive": "director curator chair secretary council",
    "discipline": "director curator mentor",
    "support": "curator mentor mentee",
    "consultation": "chair council mentee",
    "mediation": "chair council mentor mentee",
}


def plant(world) -> None:  # noqa: F811
    """Write the canaries where people type what is promised."""
    of, pair = world.objects, world.pairs
    Person.objects.filter(pk=of["person"].pk).update(address="канарейкаадрес", note="канарейкапримечание")
    candidate = of["candidate"]
    Candidate.objects.filter(pk=candidate.pk).update(
        why="канарейкапочему", wishes="канарейкапожелания", comment="канарейказамечание"
    )
    Statement.objects.create(candidate=candidate, kind="difficulty", text="канарейкатрудно")
    type(of["proposed"]).objects.filter(pk=of["proposed"].pk).update(why="канарейкаподходят")
    Participation.objects.filter(pk=of["proposed_mentee"].pk).update(
        wish="yes", wish_reason="канарейкаответ", wish_at=timezone.now(), wish_by=pair["proposed"][1]
    )
    lead, led = pair["running"]
    type(of["wish"]).objects.create(
        author=led.person, about=lead.person, kind="doubt", reason="канарейкапросьба", recorded_by=led
    )
    difficulty = of["running"].difficulties.first()
    Statement.objects.filter(pk=difficulty.pk).update(text="канарейказатруднение")
    type(of["meeting"]).objects.filter(pk=of["meeting"].pk).update(about="канарейкавстреча")
    type(of["mentor_task"]).objects.filter(pk=of["mentor_task"].pk).update(text="канарейказадание")
    skill = of["skill"]
    type(skill).objects.filter(pk=skill.pk).update(text="первое: канарейканавык")
    skill.ratings.filter(moment="start").update(word="канарейкаоценка")
    of["last_skill"].ratings.update(word="канарейкавслепую")
    type(of["learning_note"]).objects.filter(pk=of["learning_note"].pk).update(text="канарейканеделя")
    type(of["support_task"]).objects.filter(pk=of["support_task"].pk).update(text="канарейкаэтюды")
    type(of["council_mark"]).objects.filter(pk=of["council_mark"].pk).update(conclusion="канарейказаключение")
    Message.objects.create(program=of["running"], author=pair["running"][0], text="канарейкаразговор")
    Remark.objects.filter(pk=of["remark"].pk).update(text="канарейкадоработать")
    Completion.objects.filter(pk=of["completion"].pk).update(
        review="канарейкаспасибо", reviewed_at=timezone.now(), reviewed_by=pair["completion"][1]
    )
    type(of["petition"]).objects.filter(pk=of["petition"].pk).update(reason="канарейкапрошу")
    for key, canary in ASKED.items():
        type(of[key]).objects.filter(pk=of[key].pk).update(text=f"канарейка{canary}")
    type(of["difficulty_row"]).objects.filter(pk=of["difficulty_row"].pk).update(sign="канарейкаполучается")
    type(of["relationship_low"]).objects.filter(pk=of["relationship_low"].pk).update(word="канарейкатяжело")
    type(of["explanation"]).objects.filter(pk=of["explanation"].pk).update(demand="канарейкаобъясните")
    type(of["training"]).objects.filter(pk=of["training"].pk).update(outcome="канарейкаприменяю")
    type(of["talk"]).objects.filter(pk=of["talk"].pk).update(about="канарейкаговорили")
    type(of["practice"]).objects.filter(pk=of["practice"].pk).update(problem="канарейкабоялись")
    type(of["material_draft"]).objects.filter(pk=of["material_draft"].pk).update(annotation="канарейкауроке")
    outcome = {"outcome": "канарейкаитог", "next_step": "nothing", "brought_home": "канарейкапривезла"}
    type(of["event_row"]).objects.filter(pk=of["event_row"].pk).update(**outcome)
    answered = of["survey"].responses.get()
    answered.answers = dict.fromkeys(answered.answers, "канарейкаизменить")
    answered.save()
    AgendaItem.objects.filter(minutes=of["minutes"]).update(decided="канарейкаслушали")


LOW = "Есть трудности|в работе вместе есть трудности|просят о разговоре"
"""How a low answer of the relationship, or the sign of one, is said."""


def text_of(response) -> str:
    """Return the words of an answer: a page, a workbook, a paper."""
    content = response.getvalue() if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            return "".join(whole.read(name).decode(errors="ignore") for name in whole.namelist())
    if content[:4] == b"%PDF":
        return text_of_pdf(content) if FULL else ""
    return content.decode(errors="ignore")


def text_of_pdf(content: bytes) -> str:
    try:
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    except PyPdfError:  # a scan of the world that is no real paper
        return ""
    return re.sub(r"\s|\xad|-", "", text)


def everything_read(world) -> dict[str, dict[int, str]]:  # noqa: F811
    """Return canary → {reader's key: where it was met first}."""
    met: dict[str, dict[int, str]] = defaultdict(dict)
    rows = [*ROWS.items(), ("programs:program", replace(ROWS["programs:program"], objects=("draft",)))]
    rows.append(("programs:learning", replace(ROWS["programs:learning"], objects=("closing",))))
    draft = replace(ROWS["roadmap:material"], objects=("material_draft",), sees="director curator chair council")
    rows.append(("roadmap:material", draft))
    for key, sees in READERS.items():
        rows.append(("programs:request", replace(ROWS["programs:request"], objects=(key,), sees=sees)))
    for name, row in rows:
        form = row.only != "get" and row.may is not None
        if row.only == "post" or (not FULL and (form or PAPER.search(name))):
            continue
        url = address(world, name, row)
        urls = [url, f"{url}?format=xlsx"] if name in WORKBOOKS else [url]
        for role, user in world.actors(row.key()).items():
            if row.answer(role, "get") != "ok":  # a refusal tells nothing (tests/test_access.py)
                continue
            for one in urls:
                with transaction.atomic():
                    response = world.clients[user.pk].get(one)
                    text = text_of(response) if response.status_code == 200 else ""
                    response.close()
                    transaction.set_rollback(True)
                for canary in re.findall(rf"канарейка[а-я]+|{LOW}", text.replace("\xa0", " ").replace("&nbsp;", " ")):
                    met[canary].setdefault(user.pk, name)
    return met


@pytest.fixture(scope="module")
def met(world, django_db_blocker):  # noqa: F811
    with django_db_blocker.unblock(), transaction.atomic():
        plant(world)
        yield everything_read(world)
        transaction.set_rollback(True)


@pytest.mark.parametrize("words", PLANTED, ids=lambda words: words.canary)
def test_who_opens_the_words_is_who_was_promised(world, met, words):  # noqa: F811
    actors = world.actors(words.key)
    by_role = {role: user for role, user in vars(world.staff).items() if words.promise.opens_to(user)}
    related = {role: actors[role] for role in words.related}
    promised = {user.pk for user in [*by_role.values(), *related.values()]}
    names = {user.pk: user.username for user in actors.values()}
    too_many = {names.get(pk, pk): where for pk, where in met[words.canary].items() if pk not in promised}
    assert too_many == {}
    idle = [role for role, user in (by_role | related).items() if user.pk not in met[words.canary]]
    assert idle == []


@pytest.mark.point("11.5")
def test_nobody_else_meets_a_low_answer_or_its_sign(world, met):  # noqa: F811
    """On no page and in no workbook: not the other side, not the council, not the director, not who keeps papers."""
    promised = {actor.pk for role, actor in world.actors("relationship_low").items() if role in ("curator", "mentee")}
    found = {said: met[said] for said in LOW.split("|") if met[said]}
    assert found and {said: where for said, where in found.items() if not set(where) <= promised} == {}


def test_every_promise_is_tried():
    assert {words.promise for words in PLANTED} == set(Promise)


def test_a_promise_names_its_readers():
    assert Promise.QUESTIONNAIRE.sentence == "Прочтут: сам человек, директор, куратор и методический совет"
    assert Promise.PROGRAM.readers == "участники программы, директор, куратор и методический совет"
    assert "системный администратор" not in "".join(promise.readers for promise in Promise)


def test_the_administrator_of_the_system_runs_banks_and_reads_no_questionnaire(world):  # noqa: F811
    sysadmin = world.staff.sysadmin
    assert sysadmin.can(Right.BANKS_SEE) and not Promise.QUESTIONNAIRE.opens_to(sysadmin)
    page = world.clients[sysadmin.pk].get("/banks/mentees/")
    assert page.context["listing"].rows and not {"topic", "category"} & set(page.context["listing"].form.fields)


ROLE_WORDS = "|".join(re.escape(name[:6]) for name, _ in ROLES.values())
WRITTEN = re.compile(
    rf"(?i)(увид|видят|видит|прочт|читают)[^.\"{{}}]*({ROLE_WORDS})|({ROLE_WORDS})[^.\"{{}}]*\b(увид|видят|прочт)"
)
NO_PROMISE = {
    "templates/403.html": "tells whom to ask for access",
    "people/rights.py": "a role in words",
    "people/banks/acts.py": "what waits for the curator",
    "programs/changes/petitions/forms.py": "the answer to a petition is told by its letter",
    "roadmap/plan/views.py": "what waits for the curator",
    "people/management/commands/setup_link.py": "the director is told what the server has opened",
    "templates/people/access/request.html": "the same",
    "people/promises.py": "the table itself",
}


def test_no_promise_is_written_by_hand():
    """A sentence about who reads what names roles by the table, not by hand."""
    found = []
    for room in ("people", "programs", "roadmap", "reports", "templates"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix not in {".py", ".html"} or "migrations" in path.parts:
                continue
            where = str(path.relative_to(ROOT))
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if WRITTEN.search(line) and "Promise." not in line and where not in NO_PROMISE:
                    found.append(f"{where}:{number}: {line.strip()[:120]}")
    assert found == []
