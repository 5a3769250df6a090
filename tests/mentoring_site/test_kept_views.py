"""Filters of lists come back, the address always wins, this school year first, views under names."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine

from mentoring_site.lists import acts
from mentoring_site.models import SavedView
from mentoring_site.workflow import Refused
from programs.pairings.models import Pairing
from programs.program.models import Program
from tests.factories import make_program

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.5")]
URL, LIST = "/programs/", "programs:programs"


def shown(client, query=""):
    return client.get(URL + query).context["listing"]


def ended_long_ago(cast) -> None:
    """A program of another school year, completed in it."""
    old = make_program(cast, "running")
    Pairing.objects.filter(pk=old.pairing_id).update(school_year=2020)
    long_ago = {"started_on": date(2020, 10, 1), "ended_on": date(2021, 5, 20)}
    Program.objects.filter(pk=old.pk).update(state="completed", **long_ago)


def test_filters_come_back_and_are_said(cast, as_user):
    make_program(cast, "draft"), make_program(cast, "running")
    client = as_user(cast.curator)
    answer = client.get(f"{URL}?keep=1&q=&state=running&year=all&sort=title")
    assert dict(parse_qsl(urlsplit(answer.url).query)) == {"state": "running", "year": "all", "sort": "title"}
    back = shown(client)
    assert len(back.rows) == 1 and "Отбор прошлого раза: состояние\u00a0— реализуется" in back.kept.said
    assert "state=running" in back.xlsx_url and all("state=running" in h.url for h in back.headings if h.url)
    assert len(shown(as_user(cast.director)).rows) == 2


def test_the_address_wins_and_is_not_remembered(cast, as_user):
    """A link of the home page or of a colleague does not change what one has chosen."""
    make_program(cast, "draft"), make_program(cast, "running")
    client = as_user(cast.curator)
    client.get(f"{URL}?keep=1&state=running&year=all")
    linked = shown(client, "?state=draft")
    assert len(linked.rows) == 1 and linked.kept.said == ""
    assert "реализуется" in shown(client).kept.said


def test_reset_forgets(cast, as_user):
    client = as_user(cast.curator)
    client.get(f"{URL}?keep=1&state=running&year=all")
    assert client.get(f"{URL}?reset=1").url == URL
    assert not SavedView.objects.exists()


def test_what_is_searched_for_is_never_kept(cast, as_user):
    as_user(cast.curator).get(f"{URL}?keep=1&q=Очирова&state=running&year=all")
    assert "q" not in dict(parse_qsl(SavedView.objects.get().query))


def test_a_workbook_goes_by_its_address_alone(cast, as_user):
    make_program(cast, "draft")
    client = as_user(cast.curator)
    client.get(f"{URL}?keep=1&state=running&year=all")
    with_all = b"".join(client.get(f"{URL}?format=xlsx").streaming_content)
    without = b"".join(client.get(f"{URL}?format=xlsx&state=running").streaming_content)
    assert len(with_all) > len(without)


def test_this_school_year_hides_what_ended_before_and_nothing_alive(cast, as_user):
    alive = make_program(cast, "running")
    Pairing.objects.update(school_year=2020)
    ended_long_ago(cast)
    client = as_user(cast.curator)
    listing = shown(client)
    assert [row.url for row in listing.rows] == [alive.get_absolute_url()]
    assert listing.kept.link == "Все годы" and listing.form["year"].value() == "now"
    assert len(client.get(listing.kept.link_url).context["listing"].rows) == 2


def test_an_empty_year_leads_to_all_years(cast, as_user):
    ended_long_ago(cast)
    empty = shown(as_user(cast.curator)).empty
    assert empty.url == f"{URL}?year=all"


@time_machine.travel("2027-08-02", tick=False)
def test_august_belongs_to_the_new_year(cast, as_user):
    assert "2027/28" in shown(as_user(cast.curator)).kept.said


def test_a_view_stands_above_the_list_until_it_is_taken_away(cast, as_user):
    client = as_user(cast.curator)
    kept = shown(client, "?state=running&year=all").kept
    saved = client.post("/lists/views/save/", {"of": kept.of, "query": kept.query, "name": "  Идут  "})
    view = shown(client, saved.url.removeprefix(URL)).kept.views[0]
    assert (view.name, view.current) == ("Идут", True)
    assert shown(as_user(cast.director)).kept.views == []
    as_user(cast.director).post("/lists/views/drop/", {"of": kept.of, "view": view.pk})
    assert SavedView.objects.exists(), "somebody else's"
    assert client.post("/lists/views/drop/", {"of": kept.of, "view": view.pk}).url == URL
    assert not SavedView.objects.exists()


def test_a_view_needs_a_name_and_filters_and_the_same_name_replaces(cast):
    for query, name in (("state=running", " "), ("q=Очирова", "Все"), ("evil=1", "Все")):
        with pytest.raises(Refused):
            acts.save(LIST, query, name, by=cast.curator)
    acts.save(LIST, "state=running", "Мой", by=cast.curator)
    acts.save(LIST, "state=draft", "Мой", by=cast.curator)
    assert [view.query for view in SavedView.objects.all()] == ["state=draft"]
    for n in range(acts.AT_MOST - 1):
        acts.save(LIST, "state=draft", f"Отбор {n}", by=cast.curator)
    with pytest.raises(Refused, match="Уберите лишний"):
        acts.save(LIST, "state=draft", "Ещё один", by=cast.curator)


def test_nonsense_is_answered_calmly(cast, as_user):
    client = as_user(cast.curator)
    assert client.post("/lists/views/save/", {"of": "https://evil.example/"}).url == "/home/"
    assert client.post("/lists/views/drop/", {"of": LIST, "view": "x"}).url == "/home/"


def test_a_shared_view_stands_above_the_list_of_everybody_until_its_owner_takes_it_away(cast, as_user):
    client = as_user(cast.curator)
    data = {"of": LIST, "query": "state=running&year=all", "name": "Идут", "shared": "on"}
    client.post("/lists/views/save/", data)
    seen = shown(as_user(cast.mentor), "?state=running&year=all").kept
    (view,) = seen.views
    assert (view.name, view.own, view.whose, view.current) == ("Идут", False, cast.curator.person.short_name, True)
    assert (
        not seen.may_share and "Показывать всем" not in as_user(cast.mentor).get(f"{URL}?state=draft").content.decode()
    )
    assert "Показывать всем" in client.get(f"{URL}?state=draft").content.decode()
    as_user(cast.director).post("/lists/views/drop/", {"of": LIST, "view": view.pk})
    assert SavedView.objects.filter(pk=view.pk).exists(), "only its owner takes it away"
    acts.save(LIST, "state=draft", "Мой", by=cast.director)
    assert [v.name for v in shown(as_user(cast.director)).kept.views] == ["Мой", "Идут"]
    client.post("/lists/views/save/", {**data, "shared": ""})
    assert shown(as_user(cast.mentor)).kept.views == []


def test_only_some_roles_share_and_a_closed_account_shares_nothing(cast, as_user):
    denied = as_user(cast.mentor).post(
        "/lists/views/save/", {"of": LIST, "query": "state=draft", "name": "Моё", "shared": "on"}
    )
    assert denied.status_code == 403 and not SavedView.objects.exists()
    acts.save(LIST, "state=draft", "Общий", by=cast.clerk, shared=True)
    assert [v.name for v in shown(as_user(cast.curator)).kept.views] == ["Общий"]
    type(cast.clerk).objects.filter(pk=cast.clerk.pk).update(is_active=False)
    assert shown(as_user(cast.curator)).kept.views == []
