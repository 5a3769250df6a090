"""Stored papers are verified, printed again and sampled; a batch of papers uses all cores."""

import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from docx import Document
from pypdf import PdfReader

from mentoring_site.files import store_bytes
from mentoring_site.health import health_checks
from mentoring_site.models import Heartbeat, StoredFile
from mentoring_site.pdf import parallel
from mentoring_site.pdf.parallel import render_many
from mentoring_site.pdf.render import render_pdf, sha256
from mentoring_site.pdf.resources import PdfError
from reports.documents.samples import catalog as samples_catalog
from reports.documents.verification import verify
from reports.orders.models import Order
from reports.orders.printing import pdf as printing_pdf
from reports.orders.registration.signed_scan import SignedScan, attach_scan
from tests.reports.documents.paper_facts import ACQUAINTANCE, PAPERS
from tests.reports.orders.kit import make_order, make_roadmap

SHEET = "documents/acquaintance.html"


# --- a batch


def sheets(count):
    return [(SHEET, {**ACQUAINTANCE, "basis": f"основание {n}"}, f"Лист {n}") for n in range(count)]


@pytest.fixture
def pool(monkeypatch, settings, caplog):
    """Two papers are already many; the processes find the key of this school, and none dies."""
    monkeypatch.setattr(parallel, "FEW", 2)
    monkeypatch.setenv("SECRET_KEY", settings.SECRET_KEY)
    yield
    assert "pool of processes died" not in caplog.text


@pytest.mark.point("3.13")
def test_a_batch_comes_in_order_with_the_same_bytes_as_one_by_one(pool):
    wanted = sheets(5)
    wanted[3] = (SHEET, {**ACQUAINTANCE, "basis": "а" * 30_000}, "Лист 3")
    made = list(render_many(wanted, workers=2))
    assert isinstance(made[3], PdfError) and "Слишком длинный текст" in str(made[3])
    assert [sha256(made[n]) for n in (0, 1, 2, 4)] == [
        sha256(render_pdf(t, f, title=title)) for t, f, title in (wanted[n] for n in (0, 1, 2, 4))
    ]


def test_a_few_papers_are_drawn_here(monkeypatch):
    here = []
    monkeypatch.setattr(parallel, "draw", lambda paper: here.append(paper) or b"")
    assert list(render_many(sheets(3), workers=2)) == [b""] * 3 and len(here) == 3


@pytest.mark.point("3.13")
def test_a_batch_is_drawn_by_other_processes(pool):
    before = os.times()
    made = list(render_many(sheets(4), workers=2))
    after = os.times()
    assert [data[:4] for data in made] == [b"%PDF"] * 4
    assert after.children_user - before.children_user > after.user - before.user


@pytest.mark.point("3.13")
def test_when_the_pool_dies_the_rest_is_drawn_here(monkeypatch, caplog):
    def dying(papers, workers):
        yield b"first"
        raise parallel.BrokenProcessPool("killed")

    monkeypatch.setattr(parallel, "_in_processes", dying)
    made = list(render_many(sheets(9), workers=2))
    assert made[0] == b"first" and [data[:4] for data in made[1:]] == [b"%PDF"] * 8
    assert "the pool of processes died after 1 papers of 9" in caplog.text


# --- verifying


@pytest.fixture
def printed(cast):
    order = make_order(cast, state="registered")
    printing_pdf.print_order.call(order.pk)
    scan = store_bytes(render_pdf(SHEET, ACQUAINTANCE), name="scan.pdf", content_type="application/pdf")
    attach_scan(order, SignedScan(scan, 1, recognised=False), by=cast.clerk)
    return Order.objects.select_related("pdf", "scan").get(pk=order.pk)


def told(capsys, *options):
    try:
        call_command("verify_papers", *options)
        code = 0
    except SystemExit as stop:
        code = stop.code
    return code, capsys.readouterr().out.strip().split("\n")


def health():
    return next(c for c in health_checks() if c["name"] == "Хранимые бумаги")


@pytest.mark.django_db
@pytest.mark.point("3.12")
def test_sound_papers_are_told_and_remembered(printed, capsys):
    assert health()["ok"] is None and "verify_papers" in health()["sentence"]
    code, lines = told(capsys)
    assert code == 0 and len(lines) == 1
    assert re.fullmatch(r"Проверено \d+ файл\w*, 1 приказ; расхождений нет", lines[0].replace("\xa0", " "))
    assert health()["ok"] is True and "расхождений нет" in health()["sentence"]


@pytest.mark.django_db
@pytest.mark.point("3.12")
def test_a_damaged_a_missing_and_a_forged_paper_are_each_named(printed, capsys):
    path = Path(printed.pdf.file.path)
    path.write_bytes(path.read_bytes().replace(b"PDF-1", b"PDF-2", 1))
    Path(printed.scan.file.path).unlink()
    loose = StoredFile.objects.exclude(pk__in=[printed.pdf_id, printed.scan_id]).first()
    Order.objects.filter(pk=printed.pk).update(facts=printed.facts | {"heading": "О другом"})
    code, lines = told(capsys)
    assert code == 1 and len(lines) == 4
    assert lines[0].startswith(f"{printed}, документ: изменён или повреждён") and printed.pdf.file.name in lines[0]
    assert lines[1].startswith(f"{printed}, скан: файла нет в хранилище")
    assert lines[2].startswith(f"{printed}: сведения в базе отличаются")
    assert lines[3].endswith("3\xa0расхождения") or lines[3].endswith("3 расхождения")
    assert loose is None or loose.name not in "".join(lines)
    assert health()["ok"] is False and Heartbeat.objects.get(name="papers").detail


@pytest.mark.django_db
@pytest.mark.point("3.12")
def test_an_order_drawn_anew_gives_the_same_bytes_and_another_release_is_only_counted(printed):
    assert (verify(render=True).redrawn, verify(render=True).problems) == (1, [])
    other = render_pdf(SHEET, ACQUAINTANCE)
    path = Path(printed.pdf.file.path)
    path.write_bytes(other)
    StoredFile.objects.filter(pk=printed.pdf_id).update(sha256=sha256(other), size=len(other))
    assert [p.split(": ")[1][:40] for p in verify(render=True).problems] == ["из тех же сведений напечатан другой доку"]
    assert verify().problems == []
    Order.objects.filter(pk=printed.pk).update(renderer="weasyprint 1 / templates 0")
    again = verify(render=True)
    assert (again.redrawn, again.other, again.problems) == (0, 1, [])
    assert "другой выпуск печати 1" in again.summary


@pytest.mark.django_db
@pytest.mark.point("3.12")
def test_verifying_asks_the_same_number_of_times_however_many_papers_there_are(
    printed, cast, django_assert_max_num_queries
):
    for n in range(5):
        StoredFile.objects.create(
            file=printed.pdf.file.name,
            name=f"{n}.pdf",
            content_type="application/pdf",
            size=1,
            sha256=printed.pdf.sha256,
        )
    with django_assert_max_num_queries(12):
        assert verify().problems == []


# --- samples


@pytest.mark.point("3.13", "3.12")
def test_every_template_of_a_paper_has_sample_facts():
    """A new template joins PAPERS of tests/reports/documents/paper_facts.py and SAMPLES of
    reports/documents/samples/catalog.py.
    """
    known = samples_catalog.SAMPLES
    assert [name for name in samples_catalog.templates() if name not in known] == []
    assert [name for name in known if name not in samples_catalog.templates()] == []
    assert [name for name in samples_catalog.templates() if name not in PAPERS] == []


@pytest.mark.django_db
@pytest.mark.point("3.13")
def test_one_of_every_paper_is_made_with_pictures(cast, tmp_path, capsys):
    order = make_order(cast, "programs", "at_signature")
    make_order(cast, "assignment", "registered")
    make_roadmap(cast)
    call_command("sample_papers", str(tmp_path / "all"), "--png")
    out = capsys.readouterr().out
    made = sorted(path.name for path in (tmp_path / "all").iterdir())
    pdfs = [name for name in made if name.endswith(".pdf")]
    assert f"Бумаг: {len(pdfs)}" in out
    missing = re.findall(r"В этой школе не из чего составить: (.+)", out)
    bare = [
        name for name in missing if not name.startswith("documents order ")
    ]  # kinds of orders that this school cannot compose yet
    rare = {"acquaintance", "hours_memo", "observation", "partner_agreement", "practice"}
    assert set(bare) <= {f"documents {name}" for name in rare} and len(pdfs) >= len(samples_catalog.templates()) - len(
        bare
    )
    assert any("приказ О закреплении" in name for name in pdfs) and any(
        "приказ Об утверждении персонализированных" in name for name in pdfs
    )
    for name in pdfs:
        pages = len(PdfReader(tmp_path / "all" / name).pages)
        assert [f"{name[:-4]} {n}.png" in made for n in range(1, pages + 1)] == [True] * pages
    docx = next(path for path in (tmp_path / "all").glob("*персонализированных*.docx"))
    assert order.heading in "\n".join(p.text.replace("\xa0", " ") for p in Document(docx).paragraphs)


@pytest.mark.django_db
@pytest.mark.point("3.13")
def test_an_empty_school_is_told_what_cannot_be_made(tmp_path, capsys):
    call_command("sample_papers", str(tmp_path))
    assert "В этой школе не из чего составить: documents order" in capsys.readouterr().out
    made = {path.name.partition(" documents ")[2].removesuffix(".pdf") for path in tmp_path.iterdir()}
    assert made == {  # their figures are invented or nought
        "annual_report",
        "compliance",
        "demo_scan",
        "figures",
        "indicators",
        "inventory",
        "monitoring",
        "statistics",
        "survey_form",
        "survey_results",
    }
