"""The folder for an inspection and of one program: contents, bytes, rights, gaps, terms, the act (п. 3.4, 3.5)."""

import io
import subprocess
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring_site import views_log
from mentoring_site.files import store_bytes
from mentoring_site.models import Act, StoredFile
from mentoring_site.ui.list_filters import year_now
from mentoring_site.workflow import NotAllowed, Refused
from people.consents.destruction import retention
from people.consents.models import Consent
from people.roles.models import RoleGrant
from reports.compliance.models import ClauseState
from reports.inspection import acts, building, contents, naming, packing
from reports.inspection.models import Case, Folder, FolderAct
from reports.orders.printing.pdf import print_order
from tests.factories import make_consent, make_person
from tests.programs.journal.kit import make_running, meet
from tests.reading import paper_text
from tests.reports.orders.kit import make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.7")]
ALL = [one.code for one in contents.SECTIONS]
SCAN = b"%PDF-1.7\nscan"


@pytest.fixture
def days():
    return {"since": date(year_now(), 8, 1), "until": date(year_now() + 1, 7, 31)}


@pytest.fixture
def papers(cast):
    """A school with a registered order, a running program with a meeting, consents with and without a scan."""
    print_order.call(make_order(cast, state="registered").pk)
    program = make_running(cast)[0]
    meet(program, cast.mentor)
    stored = store_bytes(SCAN, name="согласие.pdf", content_type="application/pdf", by=cast.clerk)
    Consent.objects.filter(person=cast.mentee.person, purpose="processing").update(scan=stored)
    program.refresh_from_db()
    return program


def ordered(cast, days, by=None, scope=ALL):
    folder = acts.order(by=by or cast.curator, scope=scope, request_key=uuid4(), **days)
    acts.build_folder.call(folder.pk)
    return Folder.objects.select_related("file", "created_by__person", "program").get(pk=folder.pk)


def content(folder):
    with folder.file.file.open("rb") as file:
        return file.read()


def status_of(client, url):
    answer = client.get(url)
    return answer.status_code


def opened(folder):
    return zipfile.ZipFile(io.BytesIO(content(folder)))


def rows_of(bundle):
    sheet = openpyxl.load_workbook(io.BytesIO(bundle.read(building.BOOK))).active
    head, *rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    return [dict(zip(head, row, strict=True)) for row in rows]


def page(bundle, name=building.GAPS):
    return bundle.read(name).decode().replace("\xa0", " ")


def test_documents_lie_by_case_with_an_inventory_of_them_all(cast, papers, days):
    folder = ordered(cast, days)
    assert folder.problem == "" and folder.file_id
    bundle = opened(folder)
    rows = rows_of(bundle)
    papers = {name for name in bundle.namelist() if "/" in name}
    assert {row["Файл"] for row in rows} == papers and len(rows) == folder.files > 5
    assert {case.split("/")[0] for case in papers} >= {"05-02 Приказы о наставничестве", "05-05 Согласия"}
    assert [row["№"] for row in rows] == list(range(1, len(rows) + 1))
    order = next(row for row in rows if row["Дело"].startswith("05-02") and row["Номер документа"])
    assert order["Дата"] and order["Страниц"] and order["Размер, байт"] == len(bundle.read(order["Файл"]))
    assert "до ликвидации" in order["Сколько хранить"] or "постоянно" in order["Сколько хранить"]
    page_of = page(bundle, building.INVENTORY)
    assert all(row["SHA-256"] in page_of for row in rows)
    register = next(row for row in rows if row["Документ"] == "Реестр согласий")
    people = openpyxl.load_workbook(io.BytesIO(bundle.read(register["Файл"]))).active
    assert {cell.value for cell in people["A"][1:]} >= {cast.mentee.person.full_name, cast.mentor.person.full_name}
    texts = [name for name in papers if name.endswith("текст.txt") and "05-05" in name]
    said = {bundle.read(name).decode("utf-8-sig").replace("\r\n", "\n") for name in texts}
    assert texts and said <= set(Consent.objects.values_list("text", flat=True))
    journal = next(row for row in rows if "Журнал встреч" in row["Документ"])
    told = openpyxl.load_workbook(io.BytesIO(bundle.read(journal["Файл"]))).active
    assert told["F2"].value == contents.HIDDEN  # what was talked about is not for the curator


def test_the_two_commands_of_the_readme_verify_it_offline(cast, papers, days, tmp_path):
    folder = ordered(cast, days)
    bundle = opened(folder)
    readme = bundle.read(building.README).decode("utf-8-sig")
    commands = [line.strip() for line in readme.splitlines() if line.startswith(("  unzip", "  sha256sum"))]
    assert commands == [f"unzip -t {folder.file.name}", "sha256sum -c SHA256SUMS.txt"]
    zipped = tmp_path / folder.file.name
    zipped.write_bytes(content(folder))
    assert subprocess.run(commands[0], shell=True, cwd=tmp_path, capture_output=True).returncode == 0
    inside = tmp_path / "inside"
    assert subprocess.run(["unzip", "-q", zipped, "-d", inside], check=False).returncode == 0
    checked = subprocess.run(commands[1], shell=True, cwd=inside, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    sums = bundle.read(building.SUMS).decode().splitlines()
    assert len(sums) == len(bundle.namelist()) - 1  # everything but itself
    victim = next(path for path in inside.rglob("*.txt") if path.parent != inside)
    victim.write_bytes(b"other")
    assert subprocess.run(commands[1], shell=True, cwd=inside, capture_output=True).returncode == 1


def test_the_same_days_and_reader_give_the_same_bytes(cast, papers, days, monkeypatch):
    first = ordered(cast, days)
    later = timezone.now() + timedelta(hours=30)
    monkeypatch.setattr(timezone, "now", lambda: later)
    second = ordered(cast, days)
    assert first.pk != second.pk and first.sha256 == second.sha256
    assert content(first) == content(second)
    assert {info.date_time for info in opened(first).infolist()} == {packing.MOMENT}
    assert ordered(cast, days, by=cast.director).sha256 != first.sha256  # another reader


def test_what_is_missing_stands_first(cast, papers, days):
    bare = make_consent(make_person(), by=cast.clerk, form="paper")
    ClauseState.objects.create(
        clause="3.1-a", year=year_now(), rank=1, state="overdue", who="куратор", due_on=date(year_now(), 10, 1)
    )
    ClauseState.objects.update(counted_at=timezone.now() - timedelta(days=1))
    bundle = opened(ordered(cast, days))
    told = page(bundle)
    assert sorted(bundle.namelist())[0] == building.GAPS
    assert told.index("п. 3.1-a") < told.index("05-02")
    assert "просрочено, до 1 октября" in told and "скана подписанного приказа нет" in told
    assert bare.person.full_name in told and "скана нет" in told and "Прикладывает куратор" in told


def test_a_file_that_is_not_in_the_store_goes_to_the_gaps(cast, papers, days):
    lost, changed = (
        store_bytes(SCAN + mark, name=f"скан{n}.pdf", content_type="application/pdf", by=cast.clerk)
        for n, mark in enumerate((b"1", b"2"))
    )
    for stored in (lost, changed):
        make_consent(make_person(), by=cast.clerk, scan=stored)
    lost.file.storage.delete(lost.file.name)
    with open(changed.file.path, "wb") as out:
        out.write(b"other")
    folder = ordered(cast, days)
    told = page(opened(folder))
    assert folder.problem == "" and "файла нет в хранилище (скан0.pdf)" in told
    assert "повреждён: его SHA-256 не совпадает с записанной (скан1.pdf)" in told
    assert not {lost.sha256, changed.sha256} & {row["SHA-256"] for row in rows_of(opened(folder))}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"since": None, "until": None}, "учебный год или обе даты"),
        ({"since": None}, "учебный год или обе даты"),
        ({"since": date(2026, 5, 2), "until": date(2026, 5, 1)}, "поменяйте даты местами"),
        ({"since": date(2016, 5, 2), "until": date(2026, 5, 1)}, "не больше чем за 3 года"),
        ({"scope": []}, "хотя бы одно дело"),
        ({"since": date(1990, 1, 1), "until": date(1990, 1, 2), "scope": ["minutes"]}, "нет ни одной записи"),
    ],
)
def test_nonsense_is_refused(cast, days, values, said):
    with pytest.raises(Refused, match=said):
        acts.order(by=cast.curator, **{"scope": ALL, **days, **values})
    assert not Folder.objects.exists()


def test_the_form_says_what_is_wrong_and_keeps_what_was_chosen(cast, as_user, papers):
    client, url = as_user(cast.curator), reverse("reports:folder_new")
    for data, said in (
        ({"scope": ALL}, "Укажите учебный год или обе даты"),
        ({"scope": ALL, "since": "2026-05-02", "until": "2026-05-01"}, "поменяйте даты местами"),
        ({"scope": ALL, "year": year_now(), "since": "2026-05-02"}, "что-то одно"),
        ({"year": year_now()}, "хотя бы одно дело"),
        ({"scope": ["minutes"], "since": "1990-05-01", "until": "1990-05-02"}, "нет ни одной записи"),
    ):
        answer = client.post(url, {"request_key": str(uuid4()), **data})
        assert answer.status_code == 422 and said in answer.content.decode(), data


def test_a_folder_is_asked_for_once_and_shows_how_far_it_is(cast, as_user, papers, django_capture_on_commit_callbacks):
    client, key = as_user(cast.curator), str(uuid4())
    data = {"year": year_now(), "scope": ALL, "request_key": key}
    first, second = (client.post(reverse("reports:folder_new"), data) for _ in range(2))
    assert first["Location"] == second["Location"] and Folder.objects.count() == 1
    again = client.post(reverse("reports:folder_new"), {**data, "request_key": str(uuid4())})
    assert again["Location"] == first["Location"]  # the same one is being made
    folder = Folder.objects.get()
    shown = client.get(first["Location"]).context["progress"]
    assert shown["label"] == "Папка ждёт очереди" and shown["max"] == folder.total
    assert client.get(reverse("reports:folder_file", args=[folder.pk])).status_code == 404
    seen = []
    with packing.temporary() as target:
        building.build(folder, target, seen.append)
    assert seen == sorted(seen) and seen[-1] == folder.total
    assert acts.build_folder.call(folder.pk) > 0
    assert acts.build_folder.call(folder.pk) == 0  # safe to repeat
    assert client.get(reverse("reports:folder_progress", args=[folder.pk])).context["progress"] is None
    assert "Скачать ZIP" in client.get(first["Location"]).content.decode()


def test_only_the_maker_opens_it_and_it_is_written_down(cast, as_user, papers, days):
    folder = ordered(cast, days)
    url = reverse("reports:folder_file", args=[folder.pk])
    answer = as_user(cast.curator).get(url)
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert Act.objects.about(folder).filter(verb="download", actor=cast.curator).count() == 1
    noted = {look.person for look in views_log.JOURNAL.waiting if look.exported and look.viewer == cast.curator.pk}
    assert {cast.mentee.person_id, cast.mentor.person_id} <= noted
    assert as_user(cast.director).get(url).status_code == 403  # sees the line of the log, not the ZIP
    for user in (cast.chair, cast.mentor, cast.mentee, cast.sysadmin, cast.stranger):
        assert as_user(user).get(url).status_code == 404, user
        with pytest.raises(NotAllowed):
            acts.order(by=user, scope=ALL, **days)


def test_a_right_that_is_lost_closes_the_folder(cast, as_user, papers, days):
    folder = ordered(cast, days)
    url = reverse("reports:folder_file", args=[folder.pk])
    consent = Consent.objects.filter(pk__in=folder.contents["people.Consent"]).first()
    narrowed = {**folder.contents, "people.Consent": [*folder.contents["people.Consent"], consent.pk + 10_000]}
    Folder.objects.filter(pk=folder.pk).update(contents=narrowed)  # a record that is not visible any more
    answer = as_user(cast.curator).get(url)
    assert answer.status_code == 403 and "Соберите её заново" in answer.content.decode()
    Folder.objects.filter(pk=folder.pk).update(contents=folder.contents)
    assert status_of(as_user(cast.curator), url) == 200
    RoleGrant.objects.filter(person=cast.curator.person).update(until=timezone.localdate() - timedelta(days=1))
    assert status_of(as_user(cast.curator), url) == 404


def test_without_a_right_a_case_is_left_out_and_said(cast, papers, days, monkeypatch):
    from people.rights import Right

    folder = acts.order(by=cast.curator, scope=ALL, **days)
    allowed = type(cast.curator).can
    closed = {Right.CONSENTS_SEE_ALL, Right.AGREEMENTS_SEE_ALL}
    monkeypatch.setattr(type(cast.curator), "can", lambda user, right: right not in closed and allowed(user, right))
    acts.build_folder.call(folder.pk)
    bundle = opened(Folder.objects.get())
    assert not any(row["Дело"].startswith(("05-05", "05-06")) for row in rows_of(bundle))
    assert page(bundle).count("не входит: у того, кто собрал, нет права «видеть реестр согласий»") == 1


def test_the_folder_of_a_program_is_for_those_who_read_it(cast, as_user, papers, days):
    other = make_consent(make_person(), by=cast.clerk)
    url = reverse("reports:program_folder", args=[papers.pk])
    for user in (cast.curator, cast.mentor, cast.mentee):
        shown = as_user(user).get(papers.get_absolute_url()).content.decode()
        assert "Собрать папку программы" in shown
        answer = as_user(user).post(url, {"request_key": str(uuid4())})
        folder = Folder.objects.latest("pk")
        assert answer["Location"] == folder.get_absolute_url() and folder.created_by == user
        acts.build_folder.call(folder.pk)
        bundle = opened(Folder.objects.get(pk=folder.pk))
        names = bundle.namelist()
        assert any("Программа" in name for name in names) and any("Журнал" in name for name in names)
        inside = page(bundle, building.INVENTORY)
        assert other.person.full_name not in inside
        register = [row for row in rows_of(bundle) if row["Документ"].startswith("Согласие")]
        whose = {row["Документ"] for row in register}
        if user != cast.curator:
            assert all(user.person.full_name in words for words in whose) and whose  # of others not even a name
        download = reverse("reports:folder_file", args=[folder.pk])
        assert status_of(as_user(user), download) == 200
        assert status_of(as_user(cast.stranger), download) == 404
    assert as_user(cast.stranger).post(url).status_code == 404
    journal = next(row for row in rows_of(bundle) if "Журнал встреч" in row["Документ"])
    told = openpyxl.load_workbook(io.BytesIO(bundle.read(journal["Файл"]))).active
    assert told["F2"].value != contents.HIDDEN  # the mentee was there


def test_the_zip_goes_after_its_term_and_with_destroyed_data_the_log_stays(cast, papers, days):
    folder = ordered(cast, days)
    files = StoredFile.objects.count()
    assert acts.forget_old() == 0
    Folder.objects.update(created_at=timezone.now() - acts.KEPT_FOR - timedelta(hours=1))
    assert acts.forget_old() == 1 and acts.forget_old() == 0
    folder.refresh_from_db()
    assert folder.file_id is None and folder.gone_at and folder.sha256 and folder.people == []
    assert StoredFile.objects.count() == files - 1
    fresh = ordered(cast, days)
    assert retention.forget_copies() == 1 and not Folder.objects.get(pk=fresh.pk).file_id
    late = acts.order(by=cast.curator, scope=ALL, **days)
    acts.forget_all()  # destroyed while it waits: it is not built any more
    before = StoredFile.objects.count()
    assert acts.build_folder.call(late.pk) == 0 and StoredFile.objects.count() == before


def test_data_destroyed_while_it_is_built_leave_no_file(cast, papers, days, monkeypatch):
    folder = acts.order(by=cast.curator, scope=ALL, **days)
    store, before = acts.store_file, StoredFile.objects.count()
    forgetful = lambda *args, **kwargs: (acts.forget_all(), store(*args, **kwargs))[1]  # noqa: E731
    monkeypatch.setattr(acts, "store_file", forgetful)
    acts.build_folder.call(folder.pk)
    assert StoredFile.objects.count() == before and Folder.objects.get().file_id is None


def test_it_is_handed_over_by_an_act_that_stands_outside(cast, as_user, papers, days):
    folder = ordered(cast, days)
    client, url = as_user(cast.curator), reverse("reports:folder_act_new", args=[folder.pk])
    data = {
        "date": timezone.localdate().isoformat(),
        "organisation": "Министерство образования",
        "receiver": "Петрова Анна Ивановна",
        "receiver_post": "главный специалист",
        "basis": "приказ от 20.11.2026 № 77",
        "request_key": str(uuid4()),
    }
    for _ in range(2):
        assert client.post(url, data)["Location"] == folder.get_absolute_url()
    act = FolderAct.objects.get()
    assert act.number == 1 and act.facts["sha256"] == folder.sha256
    answer = client.get(reverse("reports:folder_act", args=[act.pk]))
    text = " ".join(paper_text(b"".join(answer.streaming_content)))
    for words in ("Акт № 1", "Петрова Анна Ивановна", "Министерство образования", cast.curator.person.full_name):
        assert words in text, words
    assert folder.sha256 in text.replace(" ", "") and str(folder.files) in text
    assert "Акт" not in " ".join(opened(folder).namelist())
    acts.forget_all()
    assert status_of(client, reverse("reports:folder_act", args=[act.pk])) == 200
    assert client.post(url, {**data, "request_key": str(uuid4())}).status_code == 302  # a second receiver
    assert FolderAct.objects.latest("pk").number == 2
    for values, said in (
        ({"date": (timezone.localdate() + timedelta(days=1)).isoformat()}, "ещё не наступил"),
        ({"date": (timezone.localdate() - timedelta(days=1)).isoformat()}, "не раньше"),
        ({"receiver": ""}, "Обязательное поле"),
    ):
        refused = client.post(url, {**data, **values, "request_key": str(uuid4())})
        assert refused.status_code == 422, said
    assert as_user(cast.director).post(url, {**data, "request_key": str(uuid4())}).status_code == 403


def test_the_log_of_exports_names_who_when_what_and_by_which_rights(cast, as_user, papers, days):
    folder = ordered(cast, days, scope=["orders", "minutes"])
    client = as_user(cast.director)
    row = client.get(reverse("reports:folders")).context["listing"].rows[0]
    assert row.who == cast.curator.person.short_name and "куратор" in row.rights and row.badge.word == "готова"
    answer = client.get(reverse("reports:folders"), {"format": "xlsx"})
    content = b"".join(answer) if answer.streaming else answer.content
    cells = [cell.value for cell in list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows())[1]]
    assert folder.sha256 in cells and "Приказы о наставничестве; Протоколы советов" in cells
    acts_of = {act.verb: act for act in Act.objects.about(folder)}
    assert acts_of["order"].facts["rights"] == folder.rights and acts_of["order"].facts["scope"] == folder.scope
    assert as_user(cast.mentor).get(reverse("reports:folders")).status_code == 403


def test_an_empty_list_says_what_to_do_first(cast, as_user):
    shown = as_user(cast.curator).get(reverse("reports:folders")).content.decode()
    assert "Папок пока нет" in shown and reverse("reports:folder_new") in shown


def test_the_school_gives_its_own_numbers_to_cases(cast, as_user, papers, days):
    client = as_user(cast.curator)
    case = Case.objects.get(code="orders")
    url = reverse("reports:case", args=["orders"])
    assert client.post(url, {"number": "01-17", "title": "Приказы: наставники", "version": case.version}).status_code
    folder = ordered(cast, days, scope=["orders"])
    assert all(n.startswith("01-17 Приказы- наставники/") for n in opened(folder).namelist() if "/" in n)
    taken = client.post(url, {"number": "05-01", "title": "Приказы", "version": 2})
    assert taken.status_code == 422 and Case.objects.get(code="orders").number == "01-17"
    stale = client.post(url, {"number": "01-18", "title": "Приказы", "version": 1})
    assert stale.status_code in (409, 422) and Case.objects.get(code="orders").number == "01-17"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('а/б\\в:г*д?"е<ж>з|и', "а-б-в-г-д-е-ж-з-и"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        (" точка в конце. . ", "точка в конце"),
        ("пробел\u00a0и\tзнак\u202e", "пробел и знак"),
        ("й" + "и\u0306", "йй"),
        ("", "без имени"),
    ],
)
def test_names_are_safe_on_windows(text, name):
    assert naming.safe(text) == name


def test_names_fit_every_system(cast):
    long = naming.in_folder(naming.safe("д" * 300, naming.LONGEST_FOLDER), 7, "имя " * 200, "PDF")
    marked = naming.in_folder("д", 7, "имя " * 200, "pdf", "скан")
    assert marked.endswith(", скан.pdf") and len(marked) < 100  # what it is is never cut off
    assert len(long) < 200 and all(len(part.encode()) <= 255 for part in long.split("/"))


def test_memory_and_questions_do_not_grow_with_the_school(cast, papers, days, monkeypatch):
    """Records are read in pieces, stored files are copied in pieces, no record costs a query of its own."""

    def consents(count):
        for _ in range(count):
            stored = store_bytes(SCAN + uuid4().bytes, name="скан.pdf", content_type="application/pdf", by=cast.clerk)
            make_consent(make_person(), by=cast.clerk, scan=stored)

    def asked():
        folder = Folder(created_by=cast.curator, scope=["consents"], rights=[], **days)
        with CaptureQueriesContext(connection) as queries, packing.temporary() as target:
            building.build(folder, target)
        return len(queries)

    consents(2)
    few = asked()
    consents(6)
    assert asked() == few
    sizes = []
    kept = building.Builder._piece
    monkeypatch.setattr(building, "PIECE", 4)
    monkeypatch.setattr(
        building.Builder, "_piece", lambda self, *args: (sizes.append(len(args[-1])), kept(self, *args))[1]
    )
    asked()
    assert max(sizes) == 4 and sum(sizes) >= 8
    big = store_bytes(b"0" * (packing.PIECE * 3 + 5), name="x.bin", content_type="application/octet-stream")
    read = []
    with packing.fetched(big) as source:
        whole = source.read
        source_like = type("Counted", (), {"seek": source.seek, "read": lambda self, n: (read.append(n), whole(n))[1]})
        with zipfile.ZipFile(io.BytesIO(), "w") as out:
            assert packing.put(out, "x.bin", source_like()) == (big.size, big.sha256)
    assert read == [packing.PIECE] * 5
