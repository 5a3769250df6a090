"""The legal base as records: planted by region, kept, doubted, settled, shown (п. 1.1, 8.1, 9.2)."""

import io
from datetime import date
from importlib import import_module

import openpyxl
import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import items_for
from mentoring_site.mail import deliver_outbox
from mentoring_site.models import Act
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.school.models import KALMYKIA, School
from roadmap.legal_base import acts
from roadmap.legal_base.citations import Base
from roadmap.legal_base.forms import LegalActEditForm, LegalActForm
from roadmap.legal_base.models import LegalAct
from roadmap.legal_base.papers import NAMES, cited_in_templates, papers_citing
from roadmap.legal_base.public import sections
from tests import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.9")]


def act_of(code: str) -> LegalAct:
    return LegalAct.objects.get(code=code)


def values_of(act: LegalAct, **changed) -> dict:
    """Return what the form of an act would send, with some fields changed."""
    form = LegalActEditForm(instance=act)
    found = {}
    for name in form.fields:
        value = form[name].value()
        if value is not None and value is not False:
            found[name] = value.strftime("%d.%m.%Y") if isinstance(value, date) else value
    return {**found, **changed}


# --- planted -----------------------------------------------------------------------------------------------------


def test_the_acts_of_clause_1_1_are_planted_with_their_official_numbers(school):
    """№ Р-33 is of 04.02.2021 and № 3273 is 3273-р, whatever the scan says."""
    named = LegalAct.objects.of_school().filter(in_regulation=True)
    assert {act.number for act in named} == {
        "273-ФЗ",
        "204",
        "474",
        "1642",
        "3273-р",
        "Р-174",
        "Р-33",
        "АЗ-1128/08 и 657",
        "416",
        "224",
        "777",
    }
    assert act_of("method_33").date == date(2021, 2, 4) and act_of("growth_3273").edition == date(2021, 8, 20)
    doubtful = {"204", "474", "3273-р", "Р-174", "Р-33", "АЗ-1128/08 и 657", "416", "224"}
    assert {act.number for act in named.doubtful()} == doubtful


def test_what_the_law_has_brought_since_is_there_too():
    known = set(LegalAct.objects.values_list("number", flat=True))
    assert {"197-ФЗ", "152-ФЗ", "1264-р", "678-р", "196", "102", "309", "401"} <= known
    mentoring = next(a for a in act_of("labour_code").article_list if a.number == "351.8")
    assert mentoring.since == date(2025, 3, 1)


@pytest.mark.parametrize(("region", "sees"), [(KALMYKIA, True), ("Республика Бурятия", False), ("", False)])
def test_a_school_of_another_republic_starts_without_acts_of_kalmykia(school, cast, as_user, region, sees):
    School.objects.update(region=region)
    assert LegalAct.objects.of_school().filter(code="kalmykia_777").exists() is sees
    assert (as_user(cast.curator).get(act_of("kalmykia_777").get_absolute_url()).status_code == 200) is sees
    assert any("Калмыкия" in act.name for section in sections() for act in section.acts) is sees


def test_planting_again_keeps_what_the_school_has_changed():
    LegalAct.objects.filter(code="method_33").update(note="своё")
    before = LegalAct.objects.count()
    import_module("roadmap.migrations.0005_legal_acts").plant(apps, None)
    assert LegalAct.objects.count() == before and act_of("method_33").note == "своё"


# --- cited -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "case", "articles", "words"),
    [
        (
            "education_act",
            "instrumental",
            (),
            "Федеральным законом от 29 декабря 2012 г. № 273-ФЗ «Об образовании в Российской Федерации»",
        ),
        ("labour_code", "instrumental", ("351.8",), "статьёй 351.8 Трудового кодекса Российской Федерации"),
        ("labour_code", "genitive", ("60.2", "151"), "статей 60.2 и 151 Трудового кодекса Российской Федерации"),
        ("labour_code", "instrumental", (), "Трудовым кодексом Российской Федерации"),
        (
            "decree_474",
            "instrumental",
            (),
            "указом Президента Российской Федерации от 21 июля 2020 г. № 474 «О национальных целях развития"
            " Российской Федерации на период до 2030 года»",
        ),
        (
            "mentoring_1264",
            "genitive",
            (),
            "распоряжения Правительства Российской Федерации от 21 мая 2025 г. № 1264-р «Об утверждении Концепции"
            " развития наставничества в Российской Федерации на период до 2030 года»",
        ),
    ],
)
def test_an_act_is_cited_in_its_case(code, case, articles, words):
    assert act_of(code).cited(case, *articles).replace("\xa0", " ") == words


# --- kept --------------------------------------------------------------------------------------------------------


def test_a_curator_records_an_act_once(cast, as_user):
    client = as_user(cast.curator)
    page = client.get(reverse("roadmap:legal_act_new"))
    sent = {
        "level": "3",
        "kind": "постановление Администрации города Элисты",
        "number": "512-п",
        "date": "14.01.2026",
        "title": "«Об оплате труда»",
        "articles": "",
        "is_public": "on",
        "request_key": str(page.context["form"]["request_key"].value()),
    }
    first = client.post(reverse("roadmap:legal_act_new"), sent)
    again = client.post(reverse("roadmap:legal_act_new"), sent)
    assert first.url == again.url
    made = LegalAct.objects.get(number="512-п")
    assert (made.kind, made.title) == ("Постановление Администрации города Элисты", "Об оплате труда")
    other = client.post(reverse("roadmap:legal_act_new"), sent | {"request_key": ""})
    assert "Такой акт уже есть" in str(other.context["form"].non_field_errors())


def test_articles_are_lines_with_their_own_terms():
    typed = {"level": "1", "kind": "Кодекс", "title": "Трудовой кодекс Российской Федерации", "is_public": "on"}
    form = LegalActForm({**typed, "articles": "351.8 с 01.03.2025 до 01.03.2030 — о наставничестве\n72"})
    assert form.is_valid(), form.errors
    assert [(a["number"], a["since"], a["ends_on"]) for a in form.cleaned_data["articles"]] == [
        ("351.8", "2025-03-01", "2030-03-01"),
        ("72", None, None),
    ]
    wrong = LegalActForm({**typed, "articles": "статья какая-то"})
    assert not wrong.is_valid() and "статья какая-то" in str(wrong.errors["articles"])
    no_day = LegalActForm({**typed, "articles": "72 с 31.02.2026"})
    assert "Такой даты нет: 31.02.2026" in str(no_day.errors["articles"])


def test_an_edit_of_an_old_page_is_told_and_the_history_says_what_changed(cast, as_user):
    act, client = act_of("attestation_196"), as_user(cast.curator)
    url = reverse("roadmap:legal_act_edit", args=[act.pk])
    sent = values_of(act, note="сверено")
    assert client.post(url, sent).status_code == 302
    stale = client.post(url, sent | {"note": "иначе"})
    assert stale.status_code == 200 and [fact.value for fact in stale.context["changed"]] == ["сверено"]
    page = client.get(act.get_absolute_url())
    assert any("сверено" in change for entry in page.context["entries"] for change in entry["changes"])
    with pytest.raises(Stale):
        acts.change(act_of("attestation_196"), by=cast.curator, version=1, note="третье")


def test_an_act_out_of_force_names_its_successor_and_never_in_a_circle(cast):
    old, new = act_of("decree_474"), act_of("decree_309")
    acts.end(old, by=cast.curator, version=1, ends_on=date(2024, 5, 7), reason="утратил силу", replaced_by=new)
    old = act_of("decree_474")
    assert old.in_force_on(date(2024, 5, 6)) and not old.in_force_on(date(2024, 5, 7))
    assert old not in LegalAct.objects.in_force_on(timezone.localdate())
    with pytest.raises(Refused, match="сам заменён этим актом"):
        acts.end(new, by=cast.curator, version=1, ends_on=date(2026, 1, 1), reason="х", replaced_by=old)
    acts.revive(old, by=cast.curator, version=old.version, reason="записано по ошибке")
    assert act_of("decree_474").ends_on is None
    with pytest.raises(Already):
        acts.revive(act_of("decree_474"), by=cast.curator, version=3, reason="ещё раз")


# --- doubted -----------------------------------------------------------------------------------------------------


def test_the_director_settles_a_doubt_with_the_particulars_as_decided(cast, as_user):
    act = act_of("method_33")
    with pytest.raises(NotAllowed):
        acts.settle(act, by=cast.curator, version=1, settled="верно")
    client, url = as_user(cast.director), reverse("roadmap:legal_act_settle", args=[act.pk])
    assert "04.12.2021" in client.get(url).context["lead"]
    sent = {"version": 1, "number": "Р-33", "date": "04.02.2021", "title": act.title, "settled": "сверено: 04.02.2021"}
    assert client.post(url, sent).status_code == 302
    act = act_of("method_33")
    assert not act.has_open_doubt and act.settled_by == cast.director and act.date == date(2021, 2, 4)
    assert Act.objects.about(act).get(verb="legal-act-settle").facts["reason"] == "сверено: 04.02.2021"
    assert client.get(url).status_code == 302  # nothing is left to settle


def test_a_new_doubt_asks_the_director_by_letter_and_waits_in_the_inbox(cast, django_capture_on_commit_callbacks):
    titles = [item.title for item in items_for(cast.director)]
    assert "Решить сомнения о правовых актах: 8\xa0актов" in titles
    act = act_of("education_act")
    with django_capture_on_commit_callbacks(execute=True):
        acts.change(act, by=cast.curator, version=1, doubt="проверить редакцию")
    deliver_outbox()
    assert any("273-ФЗ" in letter.subject for letter in mail.outbox)
    assert act_of("education_act").has_open_doubt
    assert not any("правовых актах" in item.title for item in items_for(cast.curator))


# --- shown -------------------------------------------------------------------------------------------------------


def test_the_list_is_found_by_number_words_level_and_force(cast, as_user):
    client, url = as_user(cast.mentor), reverse("roadmap:legal_acts")

    def refs(**query):
        return [row.ref for row in client.get(url, query).context["listing"].rows]

    assert refs(q="Р-33") == ["от 04.02.2021 №\xa0Р-33"]
    assert "от 21.05.2025 №\xa01264-р" in refs(q="концепция наставничество")
    assert len(refs(level="2")) == 4
    LegalAct.objects.filter(code="decree_204").update(ends_on=date(2024, 5, 7))
    assert "от 07.05.2018 №\xa0204" in refs(force="ended")
    assert "от 07.05.2018 №\xa0204" not in refs(force="now")
    assert "от 04.02.2021 №\xa0Р-33" in refs(force="doubt")


def test_the_list_is_a_workbook(cast, as_user):
    answer = as_user(cast.curator).get(reverse("roadmap:legal_acts"), {"format": "xlsx", "level": "2"})
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active.iter_rows(values_only=True))
    assert rows[0][0] == "Уровень" and {row[2] for row in rows[1:]} == {"416", "224", "777", "156-III-З"}


def test_the_site_shows_acts_in_force_by_level_and_the_guidance_apart(school, client):
    LegalAct.objects.filter(code="decree_204").update(ends_on=date(2024, 5, 7))
    found = client.get(reverse("public:documents")).context["sections"]
    assert [section.title for section in found] == [
        "Федеральные акты",
        "Региональные акты",
        "Методические рекомендации",
    ]
    numbers = {act.number for section in found for act in section.acts}
    assert "273-ФЗ" in numbers and not {"204", "179", "18"} & numbers
    assert [act.code for act in found[2].acts][-1] == "pay_2026"


# --- cited by papers ---------------------------------------------------------------------------------------------


def test_every_citation_of_a_printed_template_is_a_record(school):
    """No consent, agreement or notice cites what the base does not know, or what is not in force."""
    base, today = Base.of_school(), timezone.localdate()
    wrong = {
        (paper, problem.words)
        for paper, citations in cited_in_templates().items()
        for citation in citations
        for problem in base.problems_of(citation, today)
        if problem.kind != "doubt"
    }
    assert wrong == set()
    assert set(cited_in_templates()) <= set(NAMES), "a paper that cites an act needs its name"
    assert "дополнительное соглашение с наставником" in papers_citing(act_of("labour_code"))


def test_an_act_that_ends_is_told_with_the_papers_that_cite_it(cast, as_user):
    act = act_of("personal_data_act")
    acts.end(act, by=cast.curator, version=1, ends_on=timezone.localdate(), reason="новый закон", replaced_by=None)
    (item,) = [one for one in items_for(cast.curator) if one.title.startswith("Проверить бумаги")]
    assert "согласие на обработку персональных данных" in item.why
    page = as_user(cast.curator).get(act.get_absolute_url())
    assert "согласие на обработку персональных данных" in page.context["papers"]


@pytest.mark.point("9.8")
def test_nothing_of_ours_is_called_that_of_the_methodical_letter():
    """Indicators, questionnaires and forms were not found in АЗ-1128/08: only the record and the Положение name it."""
    naming = [
        path.relative_to(ROOT).as_posix()
        for folder in ("templates", "people", "programs", "roadmap", "reports", "mentoring_site")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".md"} and "1128/08" in path.read_text(encoding="utf-8")
    ]
    code = [name for name in naming if not name.startswith(("roadmap/migrations/", "roadmap/data/regulation"))]
    assert set(code) <= {"roadmap/legal_base/forms.py"}  # an example of how a number is typed
