"""Drafts of local acts: the curator and the council write and discuss them, the act is recorded and read (п. 3.5)."""

import io
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mentoring_site.files import store_bytes
from mentoring_site.inbox import items_for
from mentoring_site.models import OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, reload
from people.register.models import Person
from reports.documents.act_drafts import acts
from reports.documents.act_drafts.models import ActDraft
from reports.documents.local_acts.models import LocalAct
from tests.access_world import PDF
from tests.factories import make_pairing

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.1")]
TEXT = (
    "1. Общие положения\n1.1. Порядок определяет, как преподаватели посещают уроки друг друга.\n1.2. " + "Слова. " * 12
)


def begun(cast, text=TEXT) -> ActDraft:
    return acts.begin(by=cast.curator, kind="procedure", about="взаимного посещения уроков", text=text)


def discussed(cast) -> ActDraft:
    return acts.discuss(begun(cast), by=cast.curator, until=timezone.localdate() + timedelta(days=7))


def keys(user) -> list[str]:
    return [item.key for item in items_for(user)]


@pytest.mark.clause("3.5-a1")
def test_the_council_writes_and_discusses_a_local_act_with_the_curator(cast, as_user):
    """A member of the council changes the text and makes a remark, the curator answers, then the act is approved."""
    Person.objects.filter(pk__in=[cast.council.person_id, cast.curator.person_id]).update(email="who@school.example")
    draft = begun(cast)
    member, curator, clerk = as_user(cast.council), as_user(cast.curator), as_user(cast.clerk)
    url = draft.get_absolute_url()
    member.post(
        f"{url}write/", {"kind": "procedure", "about": draft.about, "text": TEXT + "\n1.3. Новый пункт.", "version": 1}
    )
    assert "1.3. Новый пункт." in ActDraft.objects.get().text
    page = curator.get(url).content.decode()
    assert "Что изменилось с прошлого раза" in page and "Пункт 1.3" in page
    assert "<p>1.3. Новый пункт.</p>" in page  # each clause on a line of its own
    day = timezone.localdate() + timedelta(days=7)
    curator.post(f"{url}discuss/", {"until": f"{day:%d.%m.%Y}"})
    assert f"act-draft:{draft.pk}:discuss" in keys(cast.council)
    assert OutboxMail.objects.filter(template="act_draft_discussed", person_id=cast.council.person_id).count() == 1
    member.post(f"{url}remark/", {"place": "пункт 1.2", "text": "Назовите срок"})
    remark = draft.remarks.get()
    assert f"act-draft:{draft.pk}:answer" in keys(cast.curator)
    blocked = curator.post(f"{url}agree/", follow=True).content.decode()
    assert "Замечаний без ответа: 1" in blocked
    answer_url = reverse("reports:act_remark_answer", args=[remark.pk])
    silent = curator.post(answer_url, {"is_taken": "no"}).content.decode()
    assert "почему замечание не учтено" in silent
    curator.post(answer_url, {"is_taken": "yes", "answer": "Срок назван"})
    assert OutboxMail.objects.filter(template="act_draft_answered", person_id=cast.council.person_id).count() == 1
    assert "Срок назван" in member.get(url).content.decode()
    curator.post(f"{url}agree/")
    assert f"act-draft:{draft.pk}:approve" in keys(cast.clerk)
    make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    values = {
        "number": "14-од",
        "date": f"{timezone.localdate():%d.%m.%Y}",
        "audience": ["mentor"],
        "file": SimpleUploadedFile("порядок.pdf", PDF, content_type="application/pdf"),
        "word_0": "ПРИНЯТО",
        "body_0": "педагогический совет",
        "number_0": "2",
        "day_0": f"{timezone.localdate():%d.%m.%Y}",
        "word_1": "СОГЛАСОВАНО",
        "body_1": "методический совет",
    }
    answer = clerk.post(f"{url}approve/", values)
    assert answer.status_code == 302, answer.context["form"].errors
    act = LocalAct.objects.get()
    assert reload(draft).state == "approved" and reload(draft).act == act
    shown = clerk.get(act.get_absolute_url()).content.decode()
    assert "решением педагогического совета" in shown and "протокол" in shown
    assert "методического совета" in shown and [line.person_id for line in act.readers.all()] == [cast.mentor.person_id]


def test_two_who_write_at_once_do_not_lose_words(cast):
    draft = begun(cast)
    acts.write(draft, by=cast.council, version=1, text=TEXT + "\n1.3. Совет.")
    with pytest.raises(Stale):
        acts.write(ActDraft.objects.get(), by=cast.curator, version=1, text=TEXT)
    assert ActDraft.objects.get().text.endswith("1.3. Совет.") and draft.texts.get().text == TEXT.strip()


def test_who_reads_and_who_leads(cast, as_user):
    draft = discussed(cast)
    for name in ("director", "curator", "chair", "secretary", "council", "clerk"):
        assert as_user(getattr(cast, name)).get(draft.get_absolute_url()).status_code == 200, name
    for name in ("mentor", "mentee", "stranger", "sysadmin"):
        assert as_user(getattr(cast, name)).get(draft.get_absolute_url()).status_code == 404, name
        assert as_user(getattr(cast, name)).get(reverse("reports:act_drafts")).status_code == 403, name
    with pytest.raises(NotAllowed):
        acts.agree(draft, by=cast.council)
    with pytest.raises(NotAllowed):
        acts.remark(draft, by=cast.clerk, text="нет")


def test_what_is_refused(cast):
    empty = begun(cast, text="мало")
    with pytest.raises(Refused, match="Нет текста акта"):
        acts.discuss(empty, by=cast.curator, until=timezone.localdate())
    with pytest.raises(Refused, match="уже прошёл"):
        acts.discuss(begun(cast), by=cast.curator, until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="пока проект обсуждается"):
        acts.remark(empty, by=cast.council, text="x")
    draft = discussed(cast)
    said = acts.remark(draft, by=cast.council, text="Назовите срок")
    acts.answer(said, by=cast.curator, is_taken=True)
    with pytest.raises(Already):
        acts.answer(said, by=cast.director, is_taken=False, answer="нет")
    draft = acts.agree(draft, by=cast.curator)
    with pytest.raises(Refused, match="верните проект в работу"):
        acts.write(draft, by=cast.council, version=draft.version, text=TEXT * 2)
    with pytest.raises(Refused, match="почему проект снят"):
        acts.drop(draft, by=cast.curator, why=" ")
    assert acts.drop(draft, by=cast.curator, why="есть другой порядок").state == "dropped"
    assert f"act-draft:{draft.pk}:approve" not in keys(cast.clerk)


def test_a_refused_approval_leaves_nothing(cast):
    draft = acts.agree(discussed(cast), by=cast.curator)
    with pytest.raises(Refused, match="никого не касается"):
        acts.approve(
            draft, by=cast.clerk, number="1", date=timezone.localdate(), file=_file(), approvals=[], audience=[]
        )
    assert reload(draft).state == "agreed" and not LocalAct.objects.exists()


def _file():
    return store_bytes(PDF, name="порядок.pdf", content_type="application/pdf")


def test_a_remark_and_a_draft_made_twice_are_one(cast):
    key = uuid4()
    first, second = (
        acts.begin(by=cast.curator, kind="rules", about="внутреннего распорядка", request_key=key) for _ in "12"
    )
    draft, other = discussed(cast), uuid4()
    remarks = [acts.remark(draft, by=cast.council, text="Срок", request_key=other) for _ in "12"]
    assert first == second and remarks[0] == remarks[1]


def test_the_list_is_found_and_is_a_workbook(cast, as_user):
    discussed(cast)
    acts.begin(by=cast.curator, kind="rules", about="внутреннего трудового распорядка")
    client, url = as_user(cast.council), reverse("reports:act_drafts")
    titles = lambda **query: [row.title for row in client.get(url, query).context["listing"].rows]  # noqa: E731
    assert titles(q="посещение") == ["Порядок взаимного посещения уроков"]
    assert len(titles(state="open")) == 2 and titles(state="discussed") == ["Порядок взаимного посещения уроков"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(url, {"format": "xlsx", "state": "draft"}))))
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["Правила внутреннего трудового распорядка"]
