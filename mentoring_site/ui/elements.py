"""Values that the templates in ``templates/components`` show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from mentoring_site.help import Help

Tone = Literal["done", "you", "others", "late", "stopped", "ahead", "draft"]
"""The shape and colour of a badge; ``components/marks.html`` draws one for each."""


@dataclass(frozen=True)
class Action:
    """A button for ``components/acts.html``. One that is not possible now is shown switched off with its reasons.

    ``help`` is the page that explains the act, shown with the reasons.
    """

    verb: str
    label: str
    url: str = ""
    primary: bool = False
    enabled: bool = True
    reasons: tuple[str, ...] = ()
    danger: bool = False
    help: Help | None = None


@dataclass(frozen=True)
class Check:
    """One line of ``components/readiness.html``: a requirement that is met, missing, or awaited from somebody else.

    ``who`` says who supplies what is missing; ``url`` with ``link`` leads there; ``post_url`` with ``post_link`` (or
    ``link``) is a button that does it; ``remind`` is the pk of a person who can be reminded.
    """

    met: bool
    text: str
    who: str = ""
    url: str = ""
    link: str = ""
    remind: int | None = None
    waiting: bool = False
    post_url: str = ""
    post_link: str = ""


@dataclass(frozen=True)
class Badge:
    """The state of something in a word and a shape, for ``components/badge.html``."""

    word: str
    tone: Tone


class Crumb(NamedTuple):
    """One step of ``components/breadcrumbs.html``; the page itself has no address."""

    label: str
    url: str | None = None


@dataclass(frozen=True)
class Fact:
    """A name and a value for ``components/facts.html``; ``folded`` is a checksum, out of sight until asked for.

    ``term`` is the word of the glossary that the label is: «?» stands beside it.
    """

    label: str
    value: object
    note: str = ""
    url: str = ""
    folded: bool = False
    term: str = ""

    @classmethod
    def known(cls, rows: Iterable[tuple[str, object]]) -> list["Fact"]:
        """Return the facts of ``(label, value)`` rows that have a value."""
        return [cls(label, value) for label, value in rows if value]


@dataclass(frozen=True)
class Tab:
    """One part of an object that has a page of its own, for ``components/tabs.html``."""

    label: str
    url: str
    current: bool = False
    count: int = 0
