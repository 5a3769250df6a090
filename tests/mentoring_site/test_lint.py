"""What ``script/lint`` checks besides ruff and mypy: models that views fetch, and the lists of what is known."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from script.linting import model_access, type_errors
from script.linting.model_access import Known, Place

pytestmark = pytest.mark.point("23")


def expressions(code):
    return [place.expression for place in model_access.places_in(ast.parse(code), "people/views.py")]


@pytest.mark.parametrize(
    ("name", "holds_views"),
    [
        ("people/views/person.py", True),
        ("people/register/views.py", True),
        ("people/register/views/lists.py", True),
        ("people/register/list_views.py", True),
        ("people/register/acts.py", False),
        ("people/reviews.py", False),
    ],
)
def test_modules_of_views_are_recognised_in_every_layout(name, holds_views):
    assert model_access.is_views(Path(name)) is holds_views


@pytest.mark.parametrize(
    "code",
    [
        "Person.objects.visible_to(request.user)",
        "get_object_or_404(Person.objects.select_related('user').visible_to(request.user), pk=pk)",
        "Order.objects.awaiting(request.user).order_by('-date')[:5]",
        "Pairing.objects.none()",
        "Meeting.objects.filter(program__in=Program.objects.visible_to(request.user))",
        "Topic.objects.all()",
        "get_object_or_404(Department, pk=pk)",
        "get_object_or_404(program.activities, pk=pk)",
    ],
)
def test_what_the_user_may_see_is_fetched_freely(code):
    assert expressions(code) == []


@pytest.mark.parametrize(
    ("code", "expression"),
    [
        ("Person.objects.all()", "Person.objects.all"),
        ("Person.objects", "Person.objects"),
        ("models.Person.objects.filter(pk=1).first()", "models.Person.objects.filter.first"),
        ("Person._default_manager.get(pk=1)", "Person._default_manager.get"),
        ("get_object_or_404(Person, pk=1)", "get_object_or_404(Person)"),
        ("shortcuts.get_list_or_404(models.Person)", "get_list_or_404(models.Person)"),
        ("get_object_or_404(LISTS[what], pk=1)", "get_object_or_404(LISTS[what])"),
        ("Person.objects.filter(pk__in=seen)[:5]", "Person.objects.filter"),
        ("def view(request):\n    return [lambda: Person.objects.count()]", "Person.objects.count"),
    ],
)
def test_a_model_fetched_past_the_check_is_found(code, expression):
    assert expressions(code) == [expression]


def test_only_the_outer_query_is_excused_by_what_it_asks_of_the_inner():
    code = "Person.objects.visible_to(user).filter(pk__in=Participation.objects.values('person'))"

    assert expressions(code) == ["Participation.objects.values"]


def test_a_place_is_named_by_its_function():
    tree = ast.parse("class Page:\n    def get(self):\n        return Person.objects.get(pk=1)")

    assert model_access.places_in(tree, "people/views.py") == [
        Place("people/views.py", 3, "Page.get", "Person.objects.get")
    ]


OLD = Known("right", "people/views/people.py", "index", "Person.objects.all")


def test_a_known_place_may_move_to_another_file():
    moved = Place("people/register/views.py", 7, "index", "Person.objects.all")

    assert model_access.complaints([moved], [OLD]) == []
    assert model_access.updated([moved], [OLD]) == [OLD._replace(path="people/register/views.py")]


def test_a_second_place_like_a_known_one_is_refused():
    places = [Place("people/views.py", line, "index", "Person.objects.all") for line in (3, 9)]

    (complaint,) = model_access.complaints(places, [OLD])

    assert complaint.startswith("people/views.py:9: index: Person.objects.all")


def test_a_place_that_is_gone_leaves_the_list():
    assert len(model_access.complaints([], [OLD])) == 1
    assert model_access.updated([], [OLD]) == []


@pytest.mark.parametrize(("function", "expression"), [("people", "Person.objects.all"), ("index", "Human.objects.all")])
def test_a_renamed_place_keeps_its_reason(function, expression):
    renamed = Place("people/views.py", 1, function, expression)

    assert model_access.updated([renamed], [OLD]) == [Known("right", "people/views.py", function, expression)]


def test_a_new_place_is_not_accepted_without_a_reason(tmp_path):
    new = Place("people/views.py", 1, "index", "Person.objects.all")
    path = tmp_path / "known.tsv"
    model_access.write_known(model_access.updated([new], []), path)

    (known,) = model_access.read_known(path)
    (complaint,) = model_access.complaints([new], [known])

    assert known.reason == model_access.UNKNOWN
    assert complaint.endswith("причина «?»?")


def test_open_models_are_models():
    names = {model.__name__ for model in apps.get_models()}

    assert names >= model_access.OPEN


def test_a_type_error_that_moved_is_no_addition():
    old = ["people/a.py:0: error: Name is wrong  [misc]", "people/a.py:0: error: Name is wrong  [misc]"]

    assert type_errors.additions(old, ["people/b.py:0: error: Name is wrong  [misc]"] * 2) == {}
    assert type_errors.additions(old, ["people/b.py:0: error: Name is wrong  [misc]"] * 3).total() == 1
    assert type_errors.additions(old, ["people/a.py:0: error: Other  [misc]"]) == {"error: Other  [misc]": 1}
