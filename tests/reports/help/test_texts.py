"""Help is true: what it names in «…» stands on pages, its links open, every right and feature has a topic."""

import ast
import re
from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver, resolve, reverse

from mentoring_site.help import about
from people.rights import Right
from reports.help.texts import FOLDER, ROLES, covered, terms, topics, tours
from tests import ROOT
from tests.reading import complaints
from tests.test_architecture import TREES
from tests.test_consistency import STATEFUL

pytestmark = pytest.mark.point("10.12")

QUOTED = re.compile(r"«([^«»]+)»")
LINK = re.compile(r"\]\(([^)]+)\)")
TAGS = re.compile(r"\{[%#{].*?[%#}]\}|<[^<>]*>", re.DOTALL)
MAIN_ACTS = {  # of each role's life: a word of its topics
    "director": ("кандидат", "подписать", "программу", "доступ", "уничтожить"),
    "curator": ("список", "банк", "пару", "приказ", "завершить", "дорожную", "письма", "учётные"),
    "council": ("темы", "согласовать", "протокол", "банк"),
    "clerk": ("зарегистрировать", "сканов", "согласия", "соглашение", "пакет", "список"),
    "sysadmin": ("учётные", "доступ", "следить", "письма"),
    "mentor": ("встречу", "проверить", "программу", "соглашение", "ответить", "сложить", "завершить"),
    "mentee": ("встречу", "выполнить", "анкету", "ответить", "наставника", "согласие", "завершить"),
    "visitor": ("сайте", "проверить", "войти"),
}


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("&nbsp;", " ").replace("\N{NO-BREAK SPACE}", " ")).strip()


def words_on_pages() -> list[str]:
    """Every piece of text of the templates, and every string of the code outside docstrings."""
    found = []
    for path in (ROOT / "templates").rglob("*.html"):
        if path.relative_to(ROOT / "templates").parts[:2] != ("reports", "help"):
            text = path.read_text(encoding="utf-8")
            found += [plain(piece) for piece in TAGS.split(text)]
            found += [plain(piece) for tag in re.findall(r"\{%.*?%\}", text) for piece in re.findall(r'"([^"]+)"', tag)]
    for path, tree in TREES.items():
        if "help" not in path.relative_to(ROOT).parts:
            found += [
                plain(n.value) for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
            ]
    return [text for text in found if text]


def raw_texts() -> dict[str, str]:
    return {str(path.relative_to(FOLDER)): path.read_text(encoding="utf-8") for path in sorted(FOLDER.rglob("*.md"))}


def names_nobody_shows(text: str, shown: set[str]) -> list[str]:
    return [name for name in QUOTED.findall(plain(text)) if name not in shown]


def test_what_help_names_stands_on_pages():
    shown = {variant for text in words_on_pages() for variant in (text, text.rstrip(":.?"), text.partition(":")[0])}
    lost = {name: found for name, text in raw_texts().items() if (found := names_nobody_shows(text, shown))}
    assert lost == {}
    assert names_nobody_shows("Нажмите «Сделать всё само»", shown) == ["Сделать всё само"]


def test_links_of_help_open():
    slugs, words = {topic.slug for topic in topics()}, {term.slug for term in terms()}
    for name, text in raw_texts().items():
        for target in LINK.findall(text):
            parts = urlsplit(target)
            match = resolve(parts.path)
            assert match.view_name != "reports:help_topic" or match.kwargs["slug"] in slugs, f"{name}: {target}"
            assert not parts.fragment or parts.fragment in words, f"{name}: {target}"


def test_help_reads_as_an_editor_would_have_it():
    found = {}
    for topic in topics():
        for block in (topic.title, topic.lead, *re.split(r"\n+", re.sub(r"<[^>]+>", "", topic.html))):
            for words in complaints(block):
                found[words] = topic.slug
    for term in terms():
        for words in complaints(re.sub(r"<[^>]+>", "", term.html)):
            found[words] = term.slug
    assert found == {}


def test_a_topic_is_short_and_goes_by_steps():
    assert [t.slug for t in topics() if len(t.text.split()) > 260] == []
    assert [t.slug for t in topics() if not re.search(r"^(?:\d\.|-|\*\*) ?", t.text, re.MULTILINE)] == []
    assert {role for topic in topics() for role in topic.roles} == set(ROLES)


@pytest.mark.parametrize("role", list(ROLES))
def test_every_role_finds_the_main_acts_of_its_life(role):
    titles = " ".join(f"{t.title} {t.lead}" for t in topics() if role in t.roles).lower()
    assert [word for word in MAIN_ACTS[role] if word not in titles] == []


def test_no_two_topics_cover_the_same():
    names = [name for topic in topics() for name in topic.covers]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert {page.url for page in covered().values()} == {topic.url for topic in topics() if topic.covers}


def test_every_right_and_every_legal_step_has_a_topic():
    general = covered()["programs"]
    assert [right for right in Right if about(f"right:{right}") is None] == []
    steps = [(model, step) for model in STATEFUL for step in model.WORKFLOW]
    assert len(steps) > 50
    assert [
        (model.__name__, step.name) for model, step in steps if about(*step.about(model())) in (None, general)
    ] == []


def test_every_page_of_the_product_has_a_topic():
    def views(patterns):
        for pattern in patterns:
            yield from views(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.callback]

    rooms = ("people.", "programs.", "roadmap.", "reports.", "mentoring_site.")
    modules = {view.__module__ for view in views(get_resolver().url_patterns)}
    general = about("programs")
    found = [module for module in modules if module.startswith(rooms) and about(module) in (None, general)]
    assert sorted(set(found) - {"reports.help.views"}) == []


def test_words_about_pages_name_pages():
    for page, text in tours().items():
        args = {"programs:pairing": [1], "programs:program": [1], "programs:journal": [1], "reports:order": [1]}
        assert reverse(page, args=args.get(page, []))
        assert 1 <= len(re.findall(r"[.!?:](?:\s|$)", text)) <= 5, page
        assert list(complaints(text)) == []
