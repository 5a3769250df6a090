"""Forms of a request: what is asked, to whom, how soon; its decision, its end (п. 1.4, 2.3, 4.1, 5.1)."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.module_loading import import_string

from mentoring_site.forms import BaseForm, DateInput, OnceMixin, Segments
from mentoring_site.paper_numbers import NumberFormField
from people.accounts.models import User
from people.register.models import Person
from programs.changes.forms import allow_no_future
from programs.program.forms import area
from programs.requests import filing
from programs.requests.kinds.base import RequestKind, Route
from programs.requests.models import Request
from programs.requests.readers import people_who_read, readers_of, sentence
from programs.requests.subjects import Subject


class RequestForm(OnceMixin, BaseForm):
    """The text, and where the kind has several, to whom and how soon; from paper also whose it is and its date.

    A kind adds fields of its own; ``extra()`` gives them to its ``save``, ``whom()`` names whom it is about.
    """

    never_printed = {"text"}
    text = forms.CharField(max_length=4000, widget=area(4))

    def __init__(self, *args: Any, kind: RequestKind, subject: Subject, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kind, self.subject, self.user = kind, subject, user
        self.own = filing.files_oneself(kind, subject, user)
        text = self.fields["text"]
        text.label = kind.ask
        author = user.person if self.own else None
        ways = [route for route in kind.routes if people_who_read(kind, route, subject, author)] or [kind.routes[0]]
        if len(ways) == 1:
            text.help_text = sentence(kind, ways[0], subject, author)
        if len(kind.routes) > 1:
            self._add("route", self._routes(ways, author))
        if len(kind.terms) > 1:
            self._add("term", self._terms())
        if not self.own:
            self._add("author", self._authors())
            self._add("filed_on", forms.DateField(label="Дата на бумаге", widget=DateInput))
            allow_no_future(self.fields["filed_on"])

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self.prepare(name, field)

    def _routes(self, ways: list[Route], author: Person | None) -> forms.ChoiceField:
        """Return the choice of who reads, by name, beside the text."""
        choices = [
            (route.code, f"{route.label}: {readers_of(self.kind, route, self.subject, author)}") for route in ways
        ]
        return forms.ChoiceField(
            label="Кто это прочтёт", choices=choices, initial=choices[0][0], widget=forms.RadioSelect
        )

    def _terms(self) -> forms.ChoiceField:
        choices = [(term.code, term.label) for term in self.kind.terms]
        return forms.ChoiceField(label="Когда нужен ответ", choices=choices, initial=choices[0][0], widget=Segments)

    def _authors(self) -> forms.ChoiceField:
        known = filing.authors(self.kind, self.subject, self.user)
        choices = [(p.person_id, f"{p.person.full_name}, {p.part_word}") for p in known]
        initial = choices[0][0] if len(choices) == 1 else None
        field = forms.TypedChoiceField(label="Кто просит", choices=choices, coerce=int, widget=forms.RadioSelect)
        field.initial = initial
        return field

    def whom(self) -> Person | None:
        """Return whom the request names, of a valid form."""
        return None

    def columns(self) -> dict[str, Any]:
        """Return what narrows the subject, of a valid form: an activity of the program, in words too."""
        return {}

    def extra(self) -> dict[str, Any]:
        """Return what the table of the kind keeps, of a valid form."""
        return {}

    def values(self) -> dict[str, Any]:
        """Return what ``acts.file`` takes, of a valid form."""
        said = self.cleaned_data
        author = Person.objects.get(pk=said["author"]) if "author" in said else None
        return {
            "text": said["text"],
            "route": said.get("route", ""),
            "term": said.get("term", ""),
            "filed_on": said.get("filed_on"),
            "request_key": said["request_key"],
            "author": author,
            "person": self.whom(),
            "columns": self.columns(),
            "data": self.extra(),
        }


class DecisionForm(BaseForm):
    """What is decided and why; the paper of the founder, or of whoever has answered in writing."""

    never_printed = {"answer"}
    answer = forms.CharField(max_length=4000, widget=area(3))
    paper_number = NumberFormField(label="Письмо учредителя №")
    paper_date = forms.DateField(label="Письмо учредителя от", widget=DateInput)

    def __init__(self, *args: Any, asked: Request, verb: str, by_word: bool, user: Any = None, **kwargs: Any):
        """``by_word`` records what somebody else has answered on paper."""
        super().__init__(*args, **kwargs)
        self.asked, self.verb, self.user, step = asked, verb, user, asked.type.steps[verb]
        founder = asked.type.founder and asked.about_director and verb != "close"
        if step.ask:
            self.fields["answer"].label = step.ask
            self.fields["answer"].help_text = asked.type.route(asked.route).promise.sentence
        else:
            del self.fields["answer"]
        if by_word:
            self.fields["paper_date"].label = "Дата письменного ответа"
            self.fields["paper_date"].initial = timezone.localdate()
            del self.fields["paper_number"]
        elif not founder:
            del self.fields["paper_number"], self.fields["paper_date"]
        if "paper_date" in self.fields:
            allow_no_future(self.fields["paper_date"])

    def extra(self) -> dict[str, Any]:
        """Return what ``enact`` of the kind takes, of a valid form."""
        return {}

    def values(self) -> dict[str, Any]:
        """Return what the act takes, of a valid form."""
        known: tuple[str, ...] = ("answer", "paper_number", "paper_date")
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in known if name in self.fields}
        return said | {"data": self.extra()}


class InterestForm(BaseForm):
    """A declaration of one's own interest: in whom and what."""

    about = forms.TypedChoiceField(label="О ком", coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(label="В чём заинтересованность", max_length=300, help_text="Например: двоюродная сестра")

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [(p.pk, p.full_name) for p in people]
        self.fields["about"].initial = people[0].pk if len(people) == 1 else None


def form_of(path: str) -> Any:
    """Return the form that a kind names."""
    return import_string(path)
