"""The entry point of ASGI: whose session may send files."""

import pytest
from django.conf import settings
from django.db import DatabaseError

from mentoring_site import asgi
from mentoring_site.front.lanes import Crowded

pytestmark = [pytest.mark.point("2"), pytest.mark.django_db]


def cookie(client) -> str:
    return f"other=1; {settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def test_only_a_session_of_somebody_sends_files(client, as_user, cast):
    session = client.session
    session["anything"] = 1
    session.save()

    assert asgi.logged_in(cookie(as_user(cast.mentor)))
    assert not asgi.logged_in(cookie(client))
    assert not asgi.logged_in(f"{settings.SESSION_COOKIE_NAME}=invented")
    assert not asgi.logged_in("")


def test_without_a_database_nobody_is_known(as_user, cast, monkeypatch):
    known = cookie(as_user(cast.mentor))
    store = type("Lost", (), {"__init__": lambda self, key: None, "__contains__": lost})
    monkeypatch.setattr(asgi, "import_module", lambda name: type("Engine", (), {"SessionStore": store}))

    with pytest.raises(Crowded):
        asgi.logged_in(known)


def lost(self, name):
    raise DatabaseError


def test_the_front_knows_the_routes_of_the_product():
    assert asgi.application.route("/people/12345678/") == "people/<int:pk>/"
    assert asgi.application.route("/no/such/") == ""
