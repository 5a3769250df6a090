"""The package: every paper of a pair or a person, what is missing, whose move it is; one ZIP, long ones
in the background.
"""

import io
import re
import zipfile
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from mentoring_site.files import store_bytes
from mentoring_site.models import StoredFile
from mentoring_site.workflow import NotAllowed, Refused
from people.consents.destruction import retention
from people.consents.models import Consent
from programs.mentor_agreements import acts as agreement_acts
from programs.pairings.models import Pairing
from reports.documents.packages import acts as package_acts
from reports.documents.packages import contents
from reports.documents.packages.models import Package
from tests.factories import make_consent, make_pairing, make_person, make_program
from tests.reports.documents import paper_facts as paper_facts
from tests.reports.orders.kit import make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.11")]


def papers(pairing, user):
    return contents.of_pairing(Pairing.objects.with_requirements().get(pk=pairing.pk), user)


def told(found):
    return {(p.group, p.title): p.state for p in found}


def test_a_new_pair_misses_everything_that_the_law_asks(cast):
    pairing = make_pairing(cast, "recommended", mentor=cast.mentor, mentee=cast.mentee, complete=False)
    found = papers(pairing, cast.clerk)
    mentor, mentee = cast.mentor.person.full_name, cast.mentee.person.full_name
    assert told(found) == {
        (mentor, "Согласие на обработку персональных данных"): "missing",
        (mentor, "Согласие на распространение (по желанию)"): "optional",
        (mentor, "Согласие на обязанности наставника"): "missing",
        (mentor, "Дополнительное соглашение"): "missing",
        (mentee, "Согласие на обработку персональных данных"): "missing",
        (mentee, "Согласие на распространение (по желанию)"): "optional",
        (mentee, "Согласие на обязанности наставляемого"): "missing",
        ("Приказы", "О закреплении"): "missing",
        ("Программа", "Персонализированная программа"): "missing",
    }
    assert all(p.who for p in found if p.state == "missing")
    assert all(p.url for p in papers(pairing, cast.curator) if p.state == "missing")


def test_the_clerk_gets_no_program_that_the_clerk_may_not_read(cast, as_user):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    assert as_user(cast.clerk).get(program.get_absolute_url()).status_code == 404
    mine = {p.title: p for p in papers(program.pairing, cast.clerk)}[program.title]
    assert mine.drawn is None and not mine.url and "читают участники" in mine.words
    assert {p.title: p for p in papers(program.pairing, cast.curator)}[program.title].drawn
    data = b"".join(
        as_user(cast.clerk).get(reverse("reports:pairing_package_zip", args=[program.pairing_id])).streaming_content
    )
    assert not any("Программа" in name for name in zipfile.ZipFile(io.BytesIO(data)).namelist())


def test_no_link_of_the_list_leads_nowhere(cast, as_user):
    ready, bare = make_program(cast, "running").pairing, make_pairing(cast, "recommended", complete=False)
    for pairing in (ready, bare):
        for reader in (cast.clerk, cast.curator, cast.director):
            client = as_user(reader)
            page = client.get(reverse("reports:pairing_package", args=[pairing.pk])).content.decode()
            links = set(re.findall(r'href="(/[^"#]*)"', page.split("<main")[1].split("</main>")[0]))
            assert {link: code for link in links if (code := client.get(link).status_code) not in {200, 302}} == {}, (
                reader
            )


def test_what_is_signed_is_there_with_its_date(cast):
    program = make_program(cast, "running")
    pairing = program.pairing
    mentor = pairing.participations.get(part="mentor")
    agreement_acts.start(
        mentor.person, mentor.employment or mentor.person.employments.first(), by=cast.clerk, pairing=pairing
    )
    found = papers(pairing, cast.clerk)
    states = told(found)
    assert states[mentor.person.full_name, "Согласие на обязанности наставника"] == "done"
    assert (
        states[mentor.person.full_name, "Поручение"]
        == states[mentor.person.full_name, "Дополнительное соглашение"]
        == "missing"
    )
    assert states["Программа", program.title] == "done"
    given = Consent.objects.get(person=mentor.person, purpose="duties")
    assert next(p for p in found if p.title == "Согласие на обязанности наставника").words.startswith(
        f"от {given.given_on:%d.%m.%Y}"
    )


def test_the_zip_has_every_paper_and_its_list(cast, as_user):
    pairing = make_pairing(cast, "recommended", mentor=cast.mentor, mentee=cast.mentee)
    make_order(cast, "assignment", items=[pairing])
    answer = as_user(cast.clerk).get(reverse("reports:pairing_package_zip", args=[pairing.pk]))
    data = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].startswith("attachment") and data[:2] == b"PK"
    bundle = zipfile.ZipFile(io.BytesIO(data))
    assert bundle.testzip() is None
    names = bundle.namelist()
    listed = bundle.read("Опись.txt").decode("utf-8-sig")
    assert sum(name.endswith(".docx") for name in names) == 1  # the draft of the order
    for name in names:
        if name.endswith(".pdf"):
            text = PdfReader(io.BytesIO(bundle.read(name))).pages[0].extract_text()
            assert len(text) > 100 and name.rpartition("/")[2] in listed
    for paper in papers(pairing, cast.clerk):
        assert f"{paper.group}: {paper.title} — {paper.words}".replace("\xa0", " ") in listed


def test_one_bad_text_spoils_no_other_paper():
    template, facts = "documents/acquaintance.html", paper_facts.ACQUAINTANCE
    good = contents.Paper("Кто", "Хорошая", "missing", "нет", drawn=lambda: (template, facts), name="Хорошая")
    bad = contents.Paper(
        "Кто", "Плохая", "missing", "нет", drawn=lambda: (template, facts | {"basis": "я" * 30_000}), name="Плохая"
    )
    bundle = zipfile.ZipFile(io.BytesIO(package_acts.archive([("../Пара: «А/Б»", [bad, good])])))
    assert [n for n in bundle.namelist() if ".." in n.split("/")] == []
    assert any("Хорошая" in n for n in bundle.namelist()) and not any("Плохая" in n for n in bundle.namelist())
    assert "не напечатано" in bundle.read("Опись.txt").decode("utf-8-sig")


def test_the_page_names_what_is_missing_and_whose_move_it_is(cast, as_user):
    pairing = make_pairing(cast, "recommended", complete=False)
    page = as_user(cast.curator).get(reverse("reports:pairing_package", args=[pairing.pk]))
    body = page.content.decode()
    assert "Чего не хватает" in body and "Получает куратор или специалист по кадрам" in body
    assert "package" in [
        action.verb for action in as_user(cast.curator).get(pairing.get_absolute_url()).context["actions"]
    ]
    for user in (cast.mentor, cast.council, cast.stranger):
        assert as_user(user).get(reverse("reports:pairing_package", args=[pairing.pk])).status_code == 403


def test_one_person_signs_everything_in_one_visit(cast, as_user):
    one = make_pairing(cast, "recommended", mentor=cast.mentor, complete=False)
    found = contents.of_person(cast.mentor.person)
    assert [p.title for p in found] == [
        "Согласие на обработку персональных данных",
        "Согласие на распространение (по желанию)",
        "Согласие на обязанности наставника",
        "Дополнительное соглашение",
    ]
    mentee = one.participations.get(part="mentee").person
    own = as_user(cast.mentor).get(reverse("reports:person_package", args=[cast.mentor.person_id]))
    assert own.status_code == 200 and mentee.full_name not in [g.title for g in own.context["groups"]]
    assert (
        as_user(cast.stranger).get(reverse("reports:person_package", args=[cast.mentor.person_id])).status_code == 404
    )
    data = b"".join(
        as_user(cast.mentor).get(reverse("reports:person_package_zip", args=[cast.mentor.person_id])).streaming_content
    )
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == 4  # three consents and the list


def test_many_pairs_are_built_in_the_background(cast, as_user, django_capture_on_commit_callbacks):
    pairs = [make_pairing(cast, "recommended") for _ in range(3)]
    client, url, key = as_user(cast.clerk), reverse("reports:packages"), str(uuid4())
    data = {"pairings": [p.pk for p in pairs], "request_key": key}
    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(url, data)
        second = client.post(url, data)
    assert first["Location"] == second["Location"] and Package.objects.count() == 1
    package = Package.objects.get()
    page = client.get(first["Location"])
    assert page.context["progress"]["label"] == "Пакет ждёт очереди"
    assert client.get(reverse("reports:package_file", args=[package.pk])).status_code == 404
    assert package_acts.build_package.call(package.pk) == 6  # two consents to dissemination for each pair
    package.refresh_from_db()
    assert package.done == package.total and package.file_id
    assert client.get(first["Location"]).context["progress"] is None
    download = client.get(reverse("reports:package_file", args=[package.pk]))
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(download.streaming_content)))
    assert len({name.split("/")[0] for name in bundle.namelist()}) == 4  # three folders and the list
    assert package_acts.build_package.call(package.pk) == package.total
    assert as_user(cast.curator).get(first["Location"]).status_code == 404  # somebody else's package


def test_one_person_keeps_neither_the_worker_nor_the_disk(cast, monkeypatch):
    pairs = [make_pairing(cast) for _ in range(4)]
    first = package_acts.order_package(pairs[:1], by=cast.clerk)
    assert package_acts.order_package(pairs[:1], by=cast.clerk, request_key=uuid4()) == first
    for n in (2, 3):
        package_acts.order_package(pairs[:n], by=cast.clerk)
    with pytest.raises(Refused, match="собираются три пакета"):
        package_acts.order_package(pairs, by=cast.clerk)
    package_acts.order_package(pairs, by=cast.curator)
    monkeypatch.setattr(package_acts, "KEPT_AT_MOST", 3)
    built = store_bytes(b"PK", name="пакет.zip", content_type="application/zip")
    Package.objects.update(finished_at=timezone.now(), file=built)
    with pytest.raises(Refused, match="хранятся неделю"):
        package_acts.order_package(pairs, by=cast.clerk)


def test_packages_go_with_data_that_are_destroyed(cast, monkeypatch):
    files = StoredFile.objects.count
    made = package_acts.order_package([make_pairing(cast)], by=cast.clerk)
    before = files()
    package_acts.build_package.call(made.pk)
    assert (files(), retention.forget_copies(), files()) == (before + 1, 1, before)
    again = package_acts.order_package([make_pairing(cast)], by=cast.clerk)
    store = package_acts.store_bytes
    forgetful = lambda *args, **kwargs: (retention.forget_copies(), store(*args, **kwargs))[1]  # noqa: E731
    monkeypatch.setattr(package_acts, "store_bytes", forgetful)
    package_acts.build_package.call(again.pk)  # destroyed while it is being built
    assert files() == before and not Package.objects.exists()


def test_who_may_and_how_many(cast):
    with pytest.raises(NotAllowed):
        package_acts.order_package([make_pairing(cast)], by=cast.mentor)
    with pytest.raises(Refused, match="хотя бы одну"):
        package_acts.order_package([], by=cast.clerk)


def test_the_choice_asks_the_same_for_one_and_for_three(cast, as_user):
    client, url = as_user(cast.clerk), reverse("reports:packages")

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    make_pairing(cast, "recommended")
    count()
    one = count()
    make_pairing(cast, "recommended")
    make_pairing(cast, "assigned")
    assert count() == one <= 30


def test_an_outsider_and_the_director_get_their_own_papers(cast):
    pairing = make_pairing(cast, "recommended", mentor=cast.director, complete=False)
    assert "Ходатайство учредителю" in {p.title for p in papers(pairing, cast.clerk)}
    make_consent(make_person(), by=cast.clerk)
