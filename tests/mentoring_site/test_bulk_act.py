"""Acts over many rows of a list: who is ticked, the question, partial refusals, a second press, foreign rows."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import QueryDict

from mentoring_site.models import Act, BulkStep
from mentoring_site.ui.bulk_act import AT_MOST, BulkAct, Chosen, keys_of
from mentoring_site.workflow import Already, Refused, record
from people.accounts.account_list import ACCOUNTS, accounts
from people.accounts.models import User
from people.rights import Right
from tests.factories import make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.5")]


def greet(user: User, *, by: User, key, word: str = "") -> str:
    """An act with a trace in the log."""
    if user.username.startswith("no"):
        raise Refused(f"{user.person.short_name}: спит")
    record(user.person, "greet", by=by, words="поздоровались")
    return user.username


GREET = BulkAct(
    "Поздороваться",
    "people:accounts_letters",
    Right.ACCOUNTS_INVITE,
    "человек,человека,человек",
    "Поздоровались",
    lambda objects, user: [Chosen(o, o.person.short_name) for o in objects],
    greet,
)
TOGETHER = replace(GREET, together=True)


@pytest.fixture
def many(cast):
    """Three accounts of this test alone, one of which refuses."""
    return [
        make_user(make_person(name), username=login)
        for name, login in (("Щукина", "a"), ("Быкова", "no-b"), ("Волкова", "c"))
    ]


@pytest.fixture
def press(cast, rf):
    """Press an act as the system administrator; returns (answer, messages)."""

    def pressed(act: BulkAct, rows, key=None, visible: QuerySet | None = None, by=None):
        request = rf.post("/settings/accounts/letters/?show=never", {"one": rows, "request_key": key or uuid4()})
        request.user, said = by or cast.sysadmin, []
        request._messages = type("Said", (), {"add": lambda self, level, text, tags="": said.append(text)})()
        return act.answer(request, ACCOUNTS, accounts() if visible is None else visible), said

    return pressed


def greeted() -> int:
    return Act.objects.filter(verb="greet").count()


def test_one_refusal_holds_up_nobody_and_is_told(many, press):
    answer, said = press(GREET, [u.pk for u in many])
    assert greeted() == 2
    assert said[0].startswith("Поздоровались: 2\u00a0человека (") and said[1].endswith(": спит")
    assert answer.url == "/settings/accounts/?show=never"


def test_all_or_none_leaves_nothing_behind_and_names_whom_it_stumbled_over(many, press, monkeypatch):
    shown = []
    monkeypatch.setattr(
        "mentoring_site.ui.bulk_act.render", lambda request, name, context, status: shown.append(context)
    )
    press(TOGETHER, [u.pk for u in many])
    assert greeted() == 0 and not BulkStep.objects.exists()
    assert shown[0]["form"].non_field_errors() == [f"{many[1].person.short_name}: спит"]


@pytest.mark.parametrize("act", [GREET, TOGETHER])
def test_a_form_that_arrives_twice_does_nothing_twice(many, press, act):
    key, rows = uuid4(), [many[0].pk, many[2].pk]
    press(act, rows, key)
    _, said = press(act, rows, key)
    assert greeted() == 2
    assert said[0].startswith("Уже было сделано раньше: 2")


def test_a_step_that_was_refused_may_be_done_later(many, press):
    """The mark of a step lives and falls with its act."""
    key = uuid4()
    press(GREET, [many[1].pk], key)
    User.objects.filter(pk=many[1].pk).update(username="yes-b")
    press(GREET, [many[1].pk], key)
    assert greeted() == 1


def test_somebody_was_first(many, press):
    """What others have done meanwhile is no error."""

    def late(user, *, by, key):
        raise Already("Уже приглашён")

    _, said = press(replace(GREET, act=late), [many[0].pk])
    assert said[0].startswith("Уже было сделано раньше: 1")


def test_foreign_rows_are_passed_by(many, press):
    _, said = press(GREET, [u.pk for u in many], visible=accounts().filter(pk=many[0].pk))
    assert greeted() == 1
    assert "пропущены" in said[1]
    _, said = press(GREET, [many[2].pk], visible=accounts().filter(pk=many[0].pk))
    assert greeted() == 1 and len(said) == 1


def test_the_act_belongs_to_holders_of_its_right(many, press, cast):
    with pytest.raises(PermissionDenied):
        press(GREET, [many[0].pk], by=cast.mentor)
    assert greeted() == 0


def test_all_found_goes_by_the_filters_of_the_address(many, cast, as_user):
    asked = as_user(cast.sysadmin).get("/settings/accounts/slips/?q=Щук&tick=found")
    assert {one.obj.pk for one in asked.context["ready"]} == {many[0].pk}
    assert asked.context["cancel_url"] == "/settings/accounts/?q=%D0%A9%D1%83%D0%BA"


def test_a_page_is_ticked_without_scripts(many, cast, as_user):
    plain = as_user(cast.sysadmin).get("/settings/accounts/")
    bar = plain.context["listing"].bulk
    assert not bar.ticked and [o.url for o in bar.offers] == [
        "/settings/accounts/slips/",
        "/settings/accounts/letters/",
    ]
    ticked = as_user(cast.sysadmin).get("/settings/accounts/" + bar.page_url).content.decode()
    assert ticked.count('name="one"') == ticked.count(" checked>") == bar.here


def test_keys_are_numbers_each_once_and_not_too_many():
    asked = QueryDict("one=3&one=x&one=3&one=7&one=" + "9" * 30)
    assert keys_of(asked) == [3, 7]
    assert len(keys_of(QueryDict("&".join(f"one={n}" for n in range(AT_MOST + 50))))) == AT_MOST


def test_equal_reasons_stand_together(many, press):
    User.objects.filter(pk=many[0].pk).update(username="no-a")
    _, said = press(GREET, [many[0].pk, many[1].pk])
    names = ", ".join(u.person.short_name for u in (many[1], many[0]))
    assert said == [f"Не получилось — {names}: спит"]
