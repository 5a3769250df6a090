"""What no text of the product may say: read in the sources, so that a page nobody opens in tests is read too."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests import ROOT
from tests.reading import RULES, complaints
from tests.test_architecture import TREES

pytestmark = pytest.mark.point("9.13")

SPOKEN = ("причастие на «ёна»", "(а)", "г. г.", "вы строчное")
PATTERNS = ("headings.py", "sheet_rows.py", "pay_series.py", "cells/")  # regular expressions over what others wrote
ENDS_WITH_A_STOP = re.compile(r"\b(?:rudate|ruday|period|initials_after|decline_short|short_name)\b|short=True")
IN_A_TEMPLATE = re.compile(r"\{\{[^}]*\b(?:rudate|ruday|period|person\.short_name)[^}]*\}\}(?:</\w+>)?\.(?!\w)")
TEMPLATES = [p for p in sorted((ROOT / "templates").rglob("*.*")) if p.suffix in (".html", ".txt")]


def _docstrings(tree: ast.AST) -> set[int]:
    statements = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return {id(value) for value in statements if isinstance(value, ast.Constant)}


def _strings() -> Iterator[tuple[str, str]]:
    """Russian strings of the code, without docstrings and search patterns."""
    for path, tree in TREES.items():
        name = str(path.relative_to(ROOT))
        if not any(pattern in name for pattern in PATTERNS):
            skipped = _docstrings(tree)
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
                    yield f"{name}:{node.lineno}", node.value


def _templates() -> Iterator[tuple[str, str]]:
    for path in TEMPLATES:
        text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        yield str(path.relative_to(ROOT)), re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^<>]*>", "\n", text, flags=re.DOTALL)


def test_no_source_says_it():
    found = [
        f"{place} {name}: {hit[0]}"
        for place, text in (*_strings(), *_templates())
        for name in SPOKEN
        for hit in RULES[name].finditer(text)
    ]
    assert not found, "\n".join(found)


def test_a_word_that_agrees_has_no_form_for_doubt():
    places = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in TEMPLATES}
    assert [name for name, text in places.items() if re.search(r'agree:"[^",]*,[^",]*,', text)] == []
    assert [name for name, text in places.items() if re.search(r"gender == .[mf]", text)] == []


def test_no_second_full_stop_after_what_may_end_with_one():
    """«Срок до 14 декабря 2026 г..», «Лиджиева Б. Л..»: ``full_stop`` closes such a sentence."""
    found = []
    for path, tree in TREES.items():
        for node in (n for n in ast.walk(tree) if isinstance(n, ast.JoinedStr)):
            for value, after in zip(node.values, node.values[1:], strict=False):
                stop = isinstance(after, ast.Constant) and re.match(r"\.(?!\w)", str(after.value))
                if stop and isinstance(value, ast.FormattedValue) and ENDS_WITH_A_STOP.search(ast.unparse(value.value)):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(value.value)}.")
    for path in TEMPLATES:
        hits = IN_A_TEMPLATE.findall(path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(ROOT)} {hit}" for hit in hits if "full_stop" not in hit]
    assert [line for line in found if "full_stop" not in line and "act.short_name" not in line] == []


@pytest.mark.parametrize(
    "text",
    [
        "Программа утверждёна",
        "Предложен(а) куратором",
        "Не записан e-mail: Лиджиева Б. Л..",
        "г. г. Элиста",
        "«Импровизация",
        'Программа "Импровизация"',
        "Ждём вас, коллега",
        "куратор , если",
        "слово - слово",
        "Срок: None",
        "пара с Горяева К. Б.",
        "два\u00a0 пробела",
    ],
)
def test_the_reader_sees_it(text):
    assert list(complaints(text))


@pytest.mark.parametrize(
    "text",
    [
        "Утверждена «Импровизация». Ждём Вас…",
        "Алёна, 2026/27, п. 1.2, 01-05/117",
        "О программе «Развитие образования «Искусство» (приказ)",
        "тел. 8 (84722) 1-11-11, 10–12 часов — всё",
    ],
)
def test_the_reader_leaves_right_words_alone(text):
    assert list(complaints(text)) == []
