"""Nobody becomes another: every form of the site x every role, and whether somebody else's access changed.

A way is found by pressing, not by a list: each address of the table of access is opened as each role, its form is
filled with what it offers (the victim is chosen where one can be) and pressed. Then everything that gives access is
compared with before. What changed for a privileged person other than the one who pressed must not have changed.

A second net are the places of the code that write what gives access: a new one must stand in ``HANDS`` with its rule.
"""

import ast
import os
import re
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from lxml import html

from mentoring_site.models import OutboxMail
from people.access.models import AccessRequest
from people.accounts import acts as account_acts
from people.accounts.models import Invitation, User
from people.register.models import Person
from people.rights import PRIVILEGED
from people.roles.models import RoleGrant
from tests import ROOT, factories
from tests.access_table import ROWS
from tests.access_world import STAFF, World

pytestmark = [pytest.mark.point("6", "23", "8.4"), pytest.mark.django_db]
FULL = os.environ.get("ACCESS") == "full"
ABOUT_ACCESS = ("people:", "account_", "mfa_", "reports:order_register")
EVIL = "intruder@evil.example"
VICTIMS = sorted(PRIVILEGED - {"acting"})


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Everything there is, built once; the school has every privileged role."""
    fast = override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"], MEDIA_ROOT=tmp_path_factory.mktemp("media")
    )
    kept = pytest.MonkeyPatch()
    kept.setattr(connection, "close", lambda: None)
    with fast, django_db_blocker.unblock(), transaction.atomic():
        made = World()
        made.staff.secretary = factories.make_user(None, "secretary", username="secretary")
        for user in vars(made.staff).values():
            made.objects[f"user of {user.username}"] = user
        yield made
        transaction.set_rollback(True)
    kept.undo()


@pytest.fixture(autouse=True)
def strict():
    """In place of the usual one: files and hashes are set for the whole module."""


def access_of(user: User) -> dict:
    """Everything that lets somebody in as this user, or gives the user more than before."""
    return {
        "password": User.objects.values_list("password", flat=True).get(pk=user.pk),
        "login": User.objects.values_list("username", "is_active").get(pk=user.pk)[1],
        "e-mail": User.objects.values_list("email", flat=True).get(pk=user.pk),
        "e-mail of the person": Person.objects.values_list("email", flat=True).get(pk=user.person_id),
        "second factor": sorted(Authenticator.objects.filter(user=user.pk).values_list("pk", "type")),
        "ways": sorted(Invitation.objects.filter(user=user.pk, part_hash="").values_list("pk", flat=True)),
        "roles": sorted(RoleGrant.objects.in_force().filter(person=user.person_id).values_list("role", flat=True)),
    }


def safe(before: dict, after: dict) -> dict:
    """What opened: closing an account, ending a role or taking an invitation away is no way in."""
    opened = {}
    for name, value in after.items():
        gone = (
            isinstance(value, list) and set(map(str, value)) < set(map(str, before[name])) and name != "second factor"
        )
        closed = name == "login" and not value
        if value != before[name] and not gone and not closed:
            opened[name] = (before[name], value)
    return opened


def pages(world, name: str, victim: User) -> list[str]:
    """Return the addresses of a route about the victim: her account, her person, her roles, her requests."""
    row = ROWS[name]
    theirs = {
        "user": victim.pk,
        "person": victim.person_id,
        "grant": victim.person.roles.first().pk,
        "employment": victim.person.employments.first().pk if victim.person.employments.exists() else None,
    }
    values = [theirs.get(key) or (world.objects[key].pk if key in world.objects else key) for key in row.objects]
    found = [reverse(name, args=values)]
    if name == "people:access_ask":
        found = [reverse(name, args=[kind, victim.pk]) for kind in ("slip", "letter", "codes", "email")]
    return [url + (f"?{row.query}" if row.query else "") for url in found]


def filled(page: bytes, victim: User) -> list[dict]:
    """Return what each form of a page sends when one wants the victim's access."""
    sent = []
    for form in html.fromstring(page).iter("form"):
        if (form.get("method") or "get").lower() != "post" or "logout" in (form.get("action") or ""):
            continue
        data: dict = {}
        for field in form.iter("input", "select", "textarea"):
            key, kind = field.get("name"), field.get("type") or field.tag
            if not key or key == "csrfmiddlewaretoken" or kind == "file":
                continue
            data[key] = value_of(field, key, kind, victim)
        for button in form.iter("button"):
            if button.get("name"):
                sent.append({**data, button.get("name"): button.get("value", "")})
        sent.append(data)
    return sent


def value_of(field, key: str, kind: str, victim: User):
    """Return what to put into one field."""
    if kind == "select":
        offered = [o.get("value") for o in field.iter("option") if o.get("value")]
        theirs = [v for v in offered if v in (str(victim.person_id), str(victim.pk)) and key in {"person", "user"}]
        roles = [v for v in offered if v in PRIVILEGED]
        return (theirs or roles or offered or [""])[0]
    if "email" in key:
        return EVIL
    if "date" in key or key in {"since", "until"}:
        return "2026-11-02" if key != "until" else "2027-03-01"
    if kind == "checkbox":
        return field.get("value", "on")
    return field.get("value") or field.text or ("12-лс" if "number" in key else "Зачем-то")


def press(client: Client, world, name: str, actor: User, victim: User) -> dict:
    """Open the pages of a route about the victim as the actor, press every form; return what opened."""
    opened: dict = {}
    for url in pages(world, name, victim):
        page = client.get(url)
        forms = [{}]
        if page.status_code == 200 and page.get("Content-Type", "").startswith("text/html"):
            forms += filled(page.content, victim)
        if name in ("people:accounts_letters", "people:accounts_slips"):
            forms = [{"one": [victim.pk], "request_key": uuid4()}]
        page.close()
        for data in forms:
            with transaction.atomic():
                before = access_of(victim)
                client.post(url, data).close()
                opened |= safe(before, access_of(victim))
                transaction.set_rollback(True)
    return opened


def routes() -> list[str]:
    """Return the routes to press: those about people and accounts; all of them in the full run."""
    return sorted(n for n in ROWS if FULL or n.startswith(ABOUT_ACCESS))


@pytest.mark.parametrize("name", routes())
def test_nobody_changes_the_access_of_another(world, name):
    """The whole matrix under ACCESS=full (script/torture); the ordinary suite asks every form about a sample."""
    wrong = {}
    for number, role in enumerate(STAFF):
        actor = getattr(world.staff, role)
        client = Client(raise_request_exception=False)
        client.force_login(actor)
        others = [victim for victim in VICTIMS if victim != role]
        for victim in others if FULL else [others[(number + len(name)) % len(others)]]:
            if opened := press(client, world, name, actor, getattr(world.staff, victim)):
                wrong[role, victim] = opened
    assert wrong == {}


def test_a_planted_hole_is_found(world, monkeypatch):
    """The switch: when an act forgets its rule, the matrix says so."""
    monkeypatch.setattr(account_acts, "refuse_alone", lambda user, what: None)
    monkeypatch.setattr("people.accounts.views.is_privileged", lambda pk: False)
    client = Client()
    client.force_login(world.staff.sysadmin)
    for name in ("people:account_slip", "people:account_codes", "people:account_edit"):
        assert press(client, world, name, world.staff.sysadmin, world.staff.director), name


# ---------------------------------------------------------------------------------------------- places of the code

WRITES = re.compile(
    r"\bInvitation\.objects\.(bulk_)?create|RoleGrant\.objects\.(bulk_)?create|\.set_password\(|set_unusable_password\("
    r"|create_user\(|Authenticator\.objects\..*delete\(|Authenticator\.objects\.create|\.email = "
    r"|\.update\([^)]*\b(email=|password=|is_active=True|waits=False)|released=True|at_setup=True|is_superuser"
)
HANDS = {
    "people.accounts.acts": "invite, edit and reset_second_factor refuse_alone; accept needs the code and its half",
    "people.accounts.models": "the manager: used by create, which gives no way in, by the setup and the demo",
    "people.accounts.adapters": "one's own password, by django-allauth",
    "people.roles.acts": "give needs a release; by_order waits for one",
    "people.access.acts": "carries out what was released",
    "people.consents.destruction.erasure": "empties an e-mail by an approved act of destruction",
    "people.setup.acts": "the first setup, by the link of the server",
    "reports.demo.school": "the demo school is laid down empty of people",
    "reports.demo.scale": "the demo school",
}


def writers() -> set[str]:
    """Return the modules that write what gives access."""
    found = set()
    for room in ("mentoring_site", "people", "programs", "roadmap", "reports"):
        for path in (ROOT / room).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call | ast.Assign) and WRITES.search(ast.unparse(node)):
                    found.add(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return found


def test_every_place_that_gives_access_is_known():
    """A new hand that writes passwords, codes, e-mails or roles stands here with its rule, or the test fails."""
    assert sorted(writers() - set(HANDS)) == []


def test_every_owner_is_told(world):
    """Each kind of request writes to the owner at the asking, and at home at the releasing."""
    from people.access import acts

    staff = world.staff
    with transaction.atomic():
        for kind, more in (("letter", {}), ("codes", {}), ("email", {"email": EVIL})):
            OutboxMail.objects.all().delete()
            acts.ask(kind, staff.secretary, by=staff.curator, why="", **more)
            told = set(OutboxMail.objects.filter(template="access_told").values_list("to", flat=True))
            assert staff.secretary.email in told, kind
        assert AccessRequest.objects.filter(person=staff.secretary.person).count() == 3
        transaction.set_rollback(True)
    assert settings.ROOT_URLCONF
