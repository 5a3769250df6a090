"""What the README names exists."""

import re

import pytest

from people.rights import ACTING, RELATION_ROLES, ROLES, SECRETARY
from people.roles.table import markdown
from tests import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
pytestmark = pytest.mark.point("26")


def test_links_and_pictures_lead_somewhere():
    targets = re.findall(r"\]\(([^)#\s]+)", TEXT) + re.findall(r'(?:src|href)="([^"#]+)"', TEXT)
    inside = {target for target in targets if not re.match(r"[a-z]+:", target)}
    assert inside, "ни одной картинки и ссылки"
    assert sorted(target for target in inside if not (ROOT / target).exists()) == []


def test_commands_exist():
    assert {"script/server", "script/test"} <= set(re.findall(r"script/[a-z]+", TEXT))
    assert sorted(name for name in set(re.findall(r"script/[a-z]+", TEXT)) if not (ROOT / name).exists()) == []


def test_rooms_roles_and_glossary_are_told():
    for room in ("mentoring_site", "people", "programs", "roadmap", "reports"):
        assert f"{room}/" in TEXT
    for word in ("наставляемый", "наставник", "куратор", "pairing", "program"):
        assert word in TEXT
    told = {**ROLES, **RELATION_ROLES}
    labels = [told[role][0].split()[0] for role in told if role not in (ACTING, SECRETARY)]
    assert sorted(label for label in labels if label[:7] not in TEXT.lower()) == []


def test_who_may_do_what_is_printed_from_the_rights():
    """After a change of people/rights.py: paste what ``people.roles.table.markdown()`` returns between the marks."""
    printed = TEXT.split("<!-- rights: people/roles/table.py -->\n")[1].split("\n<!-- /rights -->")[0]
    assert printed == markdown()
