"""What a kind of request declares. A kind imports models, acts of lower features and forms; nothing here does.

Requests and people are ``Any``: the models of requests find their kinds by the registry.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Q

from mentoring_site.workflow import Requirement
from people.promises import Promise
from people.rights import CHAIR, CURATOR, DIRECTOR, Right

AUTHOR, PERSON, PAIRING, MENTOR, MENTEE = "author", "person", "pairing", "mentor", "mentee"
HEAD = "head"
"""Relations to a request: who asks, who is named in it, everybody of its pair, its mentor, its mentees, the head of the
department of whoever asks.
"""
Rung = tuple[str, ...]
"""Roles and relations that decide together; a route is a ladder of them, the next where the one before cannot."""
LADDER: tuple[Rung, ...] = ((CURATOR,), (DIRECTOR,), (CHAIR,))
DIRECTORS: tuple[Rung, ...] = ((DIRECTOR,), (CHAIR,))
About = Literal["pairing", "program", "activity", "person"]


@dataclass(frozen=True)
class Route:
    """To whom a request goes: ``ladder`` of who decides, ``promise`` of who reads its words.

    ``label`` stands beside the choice where a kind has several. ``readers`` are relations and roles that read besides
    whoever asks and whoever decides. ``known_to`` are roles that see that there is one, since when and for how long,
    but not its words. ``parties`` are the relations that never decide by a role. ``prepare`` is the ladder of who
    prepares the decision, where the kind wants something before it. ``in_office``: whoever has recorded or decided it
    reads it only while the office lasts.
    """

    code: str
    promise: Promise
    ladder: tuple[Rung, ...] = LADDER
    label: str = ""
    readers: tuple[str, ...] = ()
    known_to: tuple[str, ...] = ()
    parties: tuple[str, ...] = (AUTHOR, PERSON, PAIRING)
    prepare: tuple[Rung, ...] = ()
    in_office: bool = False

    @property
    def first(self) -> Rung:
        """Who decides where nobody is interested."""
        return self.ladder[0]


@dataclass(frozen=True)
class Term:
    """By when a request is decided: ``days`` gives the number of working days, from the school's settings or fixed.

    ``promised`` returns the working days that the people of the subject have agreed on, or None; the sooner day counts.
    """

    code: str
    days: Callable[[Any], int]
    label: str = ""
    hint: str = ""
    promised: Callable[[Any], int | None] = lambda subject: None


@dataclass(frozen=True)
class Step:
    """One step in words: the button, the question, what follows, the success, the line of the history.

    ``ask`` is the label of the text that the step needs, empty when it needs none; ``state`` names the state after it.
    """

    label: str
    heading: str
    success: str
    words: str
    state: str
    ask: str = "Ответ"
    effects: tuple[str, ...] = ()


def nothing(*_: Any, **__: Any) -> None:
    """Stand where a kind has nothing to do."""
    return


def none_of(*_: Any) -> tuple:
    """Stand where a kind has nothing to show."""
    return ()


def nobody(*_: Any) -> Q:
    """Stand where a kind opens to nobody by its own table."""
    return Q(pk__in=[])


@dataclass(frozen=True, eq=False)
class RequestKind:
    """The declaration of one kind.

    Words: ``name`` («просьба о помощи»), ``genitive`` for letters, ``offer`` on buttons and as the heading of the form,
    ``lead`` under it, ``submit`` and ``filed`` (said after filing); ``ask`` labels the text; ``gender`` of the name.

    Who and what: ``about`` is the type of its subject, ``filers`` are relations (MENTOR, MENTEE) and roles that may
    file, ``closed_for(subject)`` says why nothing can be filed there now.

    Deciding: ``routes`` (the first is proposed) and ``terms``; ``founder`` where about the director only the founder
    decides; ``requirements`` of acceptance; ``accept``, ``decline``, ``close`` and ``state_words`` in words.
    ``nobody_left`` says what is needed first where nobody impartial is left to decide: nothing is filed or passed on.
    ``by_word`` lets the curator record on paper what a person named in it has answered; ``tells`` are relations that
    get the letter of a decision besides the author, ``notifies`` roles that are told that there is one when it is
    filed, without its words and its author.

    ``private`` keeps that there is one from signs and lists that others than its readers see; ``reads(user)`` is a
    condition of rows of the kind that open to the user by its own table; ``concerns(person)`` one of rows that are
    about somebody besides author and person, for the destruction of their words (``erase(rows)`` does that of the
    table), ``untold(person)`` of rows about the person of which nobody has told the person yet, ``stays(person)`` of
    rows that an act of destruction leaves for now. ``ends(request, user)`` says who ends it where that is not whoever
    asked, decided or holds ``closes_by``.

    Before the decision: ``prepared`` is the condition of rows that are ready for it and ``is_prepared(request)`` the
    same of one row; until then the request waits for the ladder ``prepare`` of its route, whose step is called
    ``preparing``.

    Effects: ``save(request, data)`` writes the small table of the kind, ``enact(request, by=, data=)`` does what
    acceptance means and returns what it led to, ``take_back(request, by=)`` undoes that or refuses; ``ended(request)``
    follows a lapse. ``finish(request, by=, data=)`` writes what the end needs. ``lapses`` with the pair that ended,
    unless it was accepted before and the kind ``granted_outlives``.
    ``tick()`` does what falls due, for the clock, and returns how many it has done.

    Pages: ``initial(subject, user, source)`` fills a form that something else offers (``?from=source``); ``form`` and
    ``decision_form`` (dotted paths), ``facts(request)``, ``actions(request, user)``, and a ``template`` with
    ``context(request, user)``; ``waits(user)`` yields what the kind asks of others after acceptance; where its own
    table says so without another query, ``asks(user)`` is the condition of such rows and ``items(request, user)`` what
    they say. ``paper`` is the template of a paper with its facts.
    """

    code: str
    position: int
    name: str
    genitive: str
    offer: str
    submit: str
    filed: str
    about: About
    filers: tuple[str, ...]
    routes: tuple[Route, ...]
    terms: tuple[Term, ...]
    accept: Step
    decline: Step | None = None
    close: Step | None = None
    gender: Literal["m", "f", "n"] = "f"
    lead: str = ""
    ask: str = "О чём Вы просите"
    founder: bool = False
    nobody_left: str = ""
    lapses: bool = True
    granted_outlives: bool = False
    private: bool = False
    by_word: bool = False
    tells: tuple[str, ...] = ()
    notifies: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    closed_for: Callable[[Any], str] = lambda subject: ""
    form: str = "programs.requests.forms.RequestForm"
    decision_form: str = "programs.requests.forms.DecisionForm"
    prepared: Q = field(default_factory=Q)
    is_prepared: Callable[[Any], bool] = lambda request: True
    preparing: str = ""
    initial: Callable[[Any, Any, str], dict] = lambda subject, user, source: {}
    save: Callable[[Any, dict], None] = nothing
    enact: Callable[..., Any] = nothing
    take_back: Callable[..., None] = nothing
    finish: Callable[..., None] = nothing
    ended: Callable[[Any], None] = nothing
    ends: Callable[[Any, Any], bool] | None = None
    ends_words: str = "тот, кто просил или решил"
    tick: Callable[[], int] = lambda: 0
    reads: Callable[[Any], Q] = nobody
    concerns: Callable[[Any], Q] = nobody
    untold: Callable[[Any], Q] = nobody
    stays: Callable[[Any], Q] = nobody
    erase: Callable[[Any], None] = nothing
    related: tuple[str, ...] = ()
    facts: Callable[[Any], Iterable[tuple[str, object]]] = none_of
    actions: Callable[[Any, Any], Iterable[Any]] = none_of
    template: str = "programs/requests/request.html"
    context: Callable[[Any, Any], dict] = lambda request, user: {}
    waits: Callable[[Any], Iterable[Any]] = none_of
    asks: Callable[[Any], Q] = nobody
    items: Callable[[Any, Any], Iterable[Any]] = none_of
    paper: str = ""
    paper_facts: Callable[[Any], dict] = lambda request: {}
    state_words: dict[str, str] = field(default_factory=dict)
    closes_by: Right = Right.REQUESTS_DECIDE

    def route(self, code: str) -> Route:
        """Return the route of that code; a request of an older edition of the kind goes the first way."""
        return next((route for route in self.routes if route.code == code), self.routes[0])

    def term(self, code: str) -> Term:
        """Return the term of that code, or the first."""
        return next((term for term in self.terms if term.code == code), self.terms[0])

    @property
    def steps(self) -> dict[str, Step]:
        """The steps of the kind by the names of their transitions."""
        named = {"accept": self.accept, "decline": self.decline, "close": self.close}
        return {name: step for name, step in named.items() if step}


FILED, ACCEPTED, DECLINED, DONE, WITHDRAWN, LAPSED = "filed", "accepted", "declined", "done", "withdrawn", "lapsed"
