"""Every address x every role and nobody x own, foreign and absent object x GET and POST (docs/decisions/0008).

The answers stand in ``access_table.py``. A new address without a row fails, so does one that answers otherwise.
"""

import logging
import os
import re

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver, reverse

from tests.access_table import PUBLIC, ROLES, ROWS, Row
from tests.access_world import World

ABSENT = 10**9
SAID = {401: "login", 403: "forbidden", 404: "absent", 405: "no such method", 422: "ok"}
pytestmark = [pytest.mark.django_db, pytest.mark.point("23")]


def routes(resolver=None, namespace=""):
    """Yield (name, view) of every address of the site."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry.callback
        else:
            yield from routes(entry, f"{namespace}{entry.namespace}:" if entry.namespace else "")


VIEWS = dict(routes())
NAMES = list(VIEWS)


@pytest.fixture(autouse=True)
def strict():
    """In place of the usual one: files and hashes are set for the whole module, see ``world``."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Everything there is, built once and undone after the module; each press is undone by a savepoint."""
    fast = override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"], MEDIA_ROOT=tmp_path_factory.mktemp("media")
    )
    kept = pytest.MonkeyPatch()
    kept.setattr(connection, "close", lambda: None)  # the end of each test would close it, with everything undone
    with fast, django_db_blocker.unblock(), transaction.atomic():
        made = World()
        everybody = [
            *vars(made.staff).values(),
            made.stranger,
            *(u for pair in made.pairs.values() if pair for u in pair),
        ]
        made.clients = {user.pk: logged_in(user) for user in everybody}
        logging.disable(logging.ERROR)  # thousands of refusals are expected here
        yield made
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)
    kept.undo()


def logged_in(user) -> Client:
    """Return the browser of a user; a failure of the server is an answer here and not an exception."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def address(world, name: str, row: Row, absent=False) -> str:
    """Return the address of a route; ``absent`` puts a number there that nothing has."""
    values = [world.objects[key].pk if key in world.objects else key for key in row.objects]
    if absent:
        values[row.objects.index(row.key())] = ABSENT
    return reverse(name, args=values) + (f"?{row.query}" if row.query else "")


def ask(client, method: str, url: str) -> int:
    """Return the status of an answer; whatever a press wrote is undone."""
    with transaction.atomic():
        response = getattr(client, method)(url)
        response.close()
        transaction.set_rollback(True)
    if response.status_code == 302 and response.url.startswith(reverse(settings.LOGIN_URL)):
        return 401
    return response.status_code


def said(status: int) -> str:
    """Return an answer in the words of the table; a form that finds mistakes (422) is open."""
    return SAID.get(status, "ok" if status < 400 else str(status))


def asked(row: Row, method: str) -> list[str]:
    """Return the roles to ask: outsider and stranger always, the first who gets through, every other one by turns.

    ``ACCESS=full`` asks everybody in both ways (script/torture does): it draws every page for every role.
    """
    if os.environ.get("ACCESS") == "full":
        return list(ROLES)
    if row.only and row.only != method:
        return ["curator", "stranger"]
    through = [role for role in ROLES if row.answer(role, method) == "ok"]
    turn = ROLES[0::2] if method == "get" else ROLES[1::2]
    refused = [role for role in ROLES if role not in through and (role in turn or row.only or role in ROLES[-2:])]
    return [*refused, *(through[:1] if method == "post" else {*through[:1], *through[-1:]})]


def test_every_address_has_a_row():
    assert set(NAMES) == set(ROWS) | set(PUBLIC)


def test_public_addresses_are_exactly_these():
    """A visitor without a login gets no further than the listed few."""
    assert {name for name, view in VIEWS.items() if not getattr(view, "login_required", True)} == set(PUBLIC)


GROUPED = re.compile(r'SELECT .* FROM "(\w+)" .*GROUP BY (?:.*, )?"\1"\."id"')


def note_lost_orders(statements: list[str]):
    """Return a wrapper of statements that notes those that read whole rows with a count, in no order."""

    def wrapper(execute, sql, params, many, context):
        if GROUPED.match(sql) and "ORDER BY" not in sql.rpartition("GROUP BY")[2] and "LIMIT" not in sql:
            statements.append(sql)
        return execute(sql, params, many, context)

    return wrapper


@pytest.mark.parametrize("name", sorted(ROWS))
def test_who_may_ask(world, name):
    """Known to those who may see the object, allowed to those who may act, absent for everybody else."""
    row = ROWS[name]
    url, actors = address(world, name, row), world.actors(row.key())
    wrong, lost = [], []
    assert set(actors) == set(ROLES)
    for method in ("get", "post"):
        for role in asked(row, method):
            with connection.execute_wrapper(note_lost_orders(lost)):
                answer = said(ask(world.clients[actors[role].pk], method, url))
            if answer != row.answer(role, method):
                wrong.append(f"{method} {role}: {answer}, а должно быть {row.answer(role, method)}")
    assert wrong == []
    assert lost == []  # a count drops the order of the model, and PostgreSQL gives the rows as it likes


@pytest.mark.parametrize("name", sorted(ROWS))
def test_nobody_is_asked_to_log_in(world, name):
    """Without a login every other address leads to the login page, reading or pressing."""
    url = address(world, name, ROWS[name])
    for method in ("get", "post"):
        assert said(ask(Client(raise_request_exception=False), method, url)) == "login", method


@pytest.mark.parametrize("name", sorted(name for name in ROWS if ROWS[name].key() and ROWS[name].sees))
def test_what_is_absent_is_absent_for_all(world, name):
    """An absent object answers as a foreign one, also to those who may see everything."""
    row = ROWS[name]
    method = row.only or "get"
    url, actors = address(world, name, row, absent=True), world.actors(row.key())
    allowed = row.allowed(method)[0]
    assert said(ask(world.clients[actors[allowed].pk], method, url)) == "absent"
    assert said(ask(world.clients[actors["stranger"].pk], method, url)) in {"absent", row.answer("stranger", method)}


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_pages_answer_to_anybody(world, name):
    if name == "health":
        pytest.skip("her answer tells whether the clock and the worker live; tests/mentoring_site/test_health.py")
    values = [world.objects[v].pk if v in world.objects else v for v in PUBLIC[name]]
    for client in (Client(raise_request_exception=False), world.clients[world.stranger.pk]):
        for method in ("get", "post"):
            assert ask(client, method, reverse(name, args=values)) < 500


@pytest.mark.point("25")
def test_a_hole_is_found(world, monkeypatch):
    """The switch: when everybody sees every program, the matrix says so."""
    from programs.program.models import ProgramQuerySet

    monkeypatch.setattr(ProgramQuerySet, "visible_to", lambda self, user: self)
    with pytest.raises(AssertionError, match=r"clerk: (ok|forbidden), а должно быть absent"):
        test_who_may_ask(world, "programs:program_people")
