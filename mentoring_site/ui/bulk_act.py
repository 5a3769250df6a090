"""One act over many rows of a list: boxes to tick, a bar of acts, one page that asks and names all, a result in words.

A feature declares a ``BulkAct`` beside its ``ListPage`` and names it there (``bulk``); the view of its address answers
with ``LETTERS.answer(request, ACCOUNTS, visible)``. Whatever the list does not show to the user cannot be chosen.
"""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import partial
from typing import Any, Protocol
from urllib.parse import parse_qsl
from uuid import UUID, uuid4, uuid5

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from mentoring_site import told
from mentoring_site.forms import BaseForm
from mentoring_site.models import BulkStep
from mentoring_site.pdf.resources import PdfError
from mentoring_site.rights import BaseRight
from mentoring_site.rights import require as require_right
from mentoring_site.russian import plural
from mentoring_site.ui.elements import Crumb
from mentoring_site.workflow import Already, NotAllowed, Refused

ONE, TICK = "one", "tick"
"""``?one=3&one=7`` are the chosen rows; ``?tick=page`` ticks all boxes, ``?tick=found`` means all that was found."""
PAGE, FOUND = "page", "found"
AT_MOST = 200
"""More rows than that are chosen in portions: the page of the question is read by a person."""
DONE_BEFORE = "Это уже сделано: форма пришла второй раз"
NOTHING_TICKED = "Отметьте в списке хотя бы одну строку"
GONE = "Часть отмеченных строк больше не видна Вам в этом списке, они пропущены"


class Listed(Protocol):
    """What an act asks of its list (``list_page.ListPage``)."""

    @property
    def title(self) -> str: ...

    @property
    def url(self) -> str: ...

    @property
    def load(self) -> Callable[[list], None]: ...

    def choose(self, request: HttpRequest, visible: Any) -> tuple[Any, Any, str]: ...

    def whole(self, request: HttpRequest, visible: Any) -> Any: ...


@dataclass(frozen=True)
class Chosen:
    """One chosen row on the page of the question: its name, what becomes of it, or why the act passes it by.

    ``letters`` is how many letters the act would write about it, ``form`` what it asks of this row alone.
    """

    obj: Any
    name: str
    url: str = ""
    note: str = ""
    reasons: tuple[str, ...] = ()
    letters: int = 1
    form: Any = None

    @property
    def key(self) -> int:
        """Return the value of its box."""
        return self.obj.pk


@dataclass
class Outcome:
    """What became of the chosen: names of the done with their results, names of the refused by reason."""

    done: list[Chosen] = field(default_factory=list)
    results: list[Any] = field(default_factory=list)
    before: list[Chosen] = field(default_factory=list)
    refused: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, one: Chosen, sentences: Sequence[str]) -> None:
        """Note why one object was passed by; equal reasons stand together."""
        for sentence in sentences:
            words = sentence.removeprefix(f"{one.name}: ")
            self.refused.setdefault(words, []).append(one.name)


@dataclass(frozen=True)
class BulkAct:
    """An act over the ticked rows of a list.

    ``look(objects, user)`` returns a ``Chosen`` for each, asking the database a few times for all; ``act(obj, by=,
    key=, **values)`` does one in its own transaction (``key`` is the same when the same form arrives again) and
    refuses with sentences. ``together`` is an act of all or none. ``form`` asks for what the act needs besides,
    ``each`` for what it needs of every row: the number of its paper.
    ``finish(results, user)`` answers with a file instead of the list. What is ``repeatable`` changes nothing and may be
    done again by the same form.
    """

    label: str
    url: str
    right: BaseRight
    noun: str
    done: str  # «Приглашения отправлены»: followed by the number and the names
    look: Callable[[list, Any], list[Chosen]]
    act: Callable[..., Any]
    _: KW_ONLY
    heading: str = ""
    submit: str = ""
    consequences: Callable[[list[Chosen], Any], list[str]] = lambda ready, user: []
    form: type[forms.Form] | None = None
    each: type[forms.Form] | None = None
    together: bool = False
    repeatable: bool = False
    danger: bool = False
    may: Callable[[Any], bool] | None = None
    finish: Callable[[list, Any], HttpResponseBase] | None = None

    def offered_to(self, user: Any) -> bool:
        """Whether the bar of the list shows the act."""
        return user.can(self.right) or bool(self.may and self.may(user))

    def answer(self, request: HttpRequest, page: Listed, visible: Any) -> HttpResponseBase:
        """Answer the address of the act: GET asks and names all, POST does it and says what was done."""
        user = request.user
        require_right(user, self.right, unless=bool(self.may and self.may(user)))
        back = _back(request, page)
        chosen, missing = self._chosen(request, page, visible)
        if not chosen:
            messages.error(request, GONE if missing else NOTHING_TICKED)
            return redirect(back)
        form = self._form(request)
        chosen = [self._with_form(one, request) for one in chosen]
        if request.method != "POST" or not self._is_valid(form, chosen):
            return self._ask(request, page, form, chosen, missing)
        values = dict(form.cleaned_data)
        key = values.pop("request_key")
        try:
            outcome = (self._all_or_none if self.together else self._one_by_one)(chosen, user, key, values)
        except NotAllowed:
            raise
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self._ask(request, page, form, chosen, missing)
        try:
            answer = self.finish(outcome.results, user) if self.finish and outcome.results else redirect(back)
        except PdfError as error:
            messages.error(request, str(error))
            return redirect(back)
        self._tell(request, outcome, missing)
        return answer

    def _chosen(self, request: HttpRequest, page: Listed, visible: Any) -> tuple[list[Chosen], int]:
        """Return the chosen rows in the order of the list, and how many of the asked are not to be seen."""
        if request.method != "POST" and request.GET.get(TICK) == FOUND:
            _, found, _ = page.choose(request, visible)
            objects, asked = list(found[:AT_MOST]), 0
        else:
            keys = keys_of(request.POST if request.method == "POST" else request.GET)
            objects, asked = list(page.whole(request, visible).filter(pk__in=keys)), len(keys)
        page.load(objects)
        return self.look(objects, request.user), max(asked - len(objects), 0)

    def _form(self, request: HttpRequest) -> forms.Form:
        fields = {"request_key": forms.UUIDField(widget=forms.HiddenInput)}
        form: Any = type("Asked", (self.form or BaseForm,), fields)
        if request.method == "POST":
            return form(request.POST, request.FILES)
        return form(initial={"request_key": uuid4()})

    def _with_form(self, one: Chosen, request: HttpRequest) -> Chosen:
        """Give a ready row the form that is asked of it alone."""
        if self.each is None or one.reasons:
            return one
        data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        return replace(one, form=self.each(data, files, prefix=f"row{one.key}"))

    def _is_valid(self, form: forms.Form, chosen: list[Chosen]) -> bool:
        """Whether all that was asked is answered; every form is looked at, so that all errors are said at once."""
        wrong = [one.name for one in chosen if one.form is not None and not one.form.is_valid()]
        if wrong and form.is_valid():
            form.add_error(None, f"Проверьте строки: {', '.join(wrong)}")
        return form.is_valid() and not wrong

    def _ask(
        self, request: HttpRequest, page: Listed, form: forms.Form, chosen: list[Chosen], missing: int
    ) -> HttpResponseBase:
        ready = [one for one in chosen if not one.reasons]
        back = _back(request, page)
        context = {
            "heading": self.heading or self.label,
            "submit": self.submit or self.label,
            "danger": self.danger,
            "form": form,
            "multipart": form.is_multipart(),
            "ready": ready,
            "refused": _by_reason(chosen),
            "refused_number": len(chosen) - len(ready),
            "ready_words": plural(len(ready), self.noun),
            "missing": GONE if missing else "",
            "cut": len(chosen) >= AT_MOST and request.GET.get(TICK) == FOUND and plural(AT_MOST, "строка,строки,строк"),
            "together": self.together,
            "consequences": self.consequences(ready, request.user) if ready else [],
            "cancel_url": back,
            "crumbs": [Crumb(page.title, back), Crumb(self.label)],
        }
        return render(request, "bulk.html", context, status=422 if form.errors else 200)

    def _one_by_one(self, chosen: list[Chosen], user: Any, key: UUID, values: dict) -> Outcome:
        """Do each in a transaction of its own; whoever is refused does not hold up the others."""
        outcome, ready = _parted(chosen)
        for one in ready:
            try:
                do = partial(self._do, one, user, key, values)
                with told.attempt():
                    result = do() if self.repeatable else _once(uuid5(key, str(one.key)), do)
            except Already:
                outcome.before.append(one)
            except Refused as refusal:
                outcome.refuse(one, refusal.sentences)
            else:
                outcome.done.append(one)
                outcome.results.append(result)
        return outcome

    def _do(self, one: Chosen, user: Any, key: UUID, values: dict) -> Any:
        of_row = one.form.cleaned_data if one.form is not None else {}
        return self.act(one.obj, by=user, key=uuid5(key, str(one.key)), **values, **of_row)

    def _all_or_none(self, chosen: list[Chosen], user: Any, key: UUID, values: dict) -> Outcome:
        """Do all who are ready in one transaction. Raises ``Refused`` that names whom the act stumbled over."""
        outcome, ready = _parted(chosen)

        def everything() -> list[Any]:
            return [self._named(one, user, key, values) for one in ready]

        try:
            outcome.results = _once(key, everything)
        except Already as refusal:
            if refusal.sentences != [DONE_BEFORE]:
                raise
            outcome.before = ready
        else:
            outcome.done = ready
        return outcome

    def _named(self, one: Chosen, user: Any, key: UUID, values: dict) -> Any:
        """Do one of all, so that a refusal says whom it is about."""
        try:
            return self._do(one, user, key, values)
        except NotAllowed:
            raise
        except Refused as refusal:
            raise Refused(s if s.startswith(one.name) else f"{one.name}: {s}" for s in refusal.sentences) from refusal

    def _tell(self, request: HttpRequest, outcome: Outcome, missing: int) -> None:
        if outcome.done:
            messages.success(request, f"{self.done}: {_counted(outcome.done, self.noun)}")
        if outcome.before:
            messages.info(request, f"Уже было сделано раньше: {_counted(outcome.before, self.noun)}")
        for reason, names in outcome.refused.items():
            messages.warning(request, f"Не получилось — {', '.join(names)}: {reason}")
        if missing:
            messages.warning(request, GONE)


@dataclass(frozen=True)
class Offer:
    """One act on the bar: its button and where it asks."""

    label: str
    url: str


@dataclass(frozen=True)
class Bar:
    """What ``components/bulk.html`` shows under a list: acts, links that tick, the filters to be carried along."""

    offers: list[Offer]
    ticked: bool
    here: int
    found: str
    page_url: str
    none_url: str
    everything_urls: list[Offer]
    kept: list[tuple[str, str]]


def bar_of(acts: Sequence[BulkAct], request: HttpRequest, query: str, page: Any, noun: str) -> Bar | None:
    """Return the bar under one page of a list, or nothing for a user who has no act here."""
    offers = [Offer(act.label, reverse(act.url)) for act in acts if act.offered_to(request.user)]
    count = page.paginator.count
    if not offers or not count:
        return None
    here = f"?{query}{'&' if query else ''}page={page.number}"
    more = count > len(page.object_list)
    return Bar(
        offers=offers,
        ticked=request.GET.get(TICK) == PAGE,
        here=len(page.object_list),
        found=plural(count, noun),
        page_url=f"{here}&{TICK}={PAGE}",
        none_url=here,
        everything_urls=[Offer(o.label, f"{o.url}?{query}{'&' if query else ''}{TICK}={FOUND}") for o in offers]
        if more
        else [],
        kept=parse_qsl(query),
    )


def keys_of(asked: QueryDict) -> list[int]:
    """Return the chosen keys without nonsense, ``AT_MOST`` at most."""
    keys = [int(key) for key in asked.getlist(ONE) if key.isdecimal() and len(key) < 18]
    return list(dict.fromkeys(keys))[:AT_MOST]


def _parted(chosen: list[Chosen]) -> tuple[Outcome, list[Chosen]]:
    """Part whom the act passes by, with the reasons, from those who are ready."""
    outcome = Outcome()
    for one in chosen:
        if one.reasons:
            outcome.refuse(one, one.reasons)
    return outcome, [one for one in chosen if not one.reasons]


def _by_reason(chosen: list[Chosen]) -> list[tuple[str, list[Chosen]]]:
    """Return whom the act passes by: those with the same reasons stand together."""
    found: dict[str, list[Chosen]] = {}
    for one in chosen:
        if one.reasons:
            found.setdefault("; ".join(one.reasons), []).append(one)
    return list(found.items())


def _once(step: UUID, act: Callable[[], Any]) -> Any:
    """Run an act and note its step in one transaction. Raises ``Already`` when the step was done before."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                BulkStep.objects.create(pk=step)
        except IntegrityError:
            raise Already(DONE_BEFORE) from None
        return act()


def _back(request: HttpRequest, page: Listed) -> str:
    kept = [(k, v) for k, values in request.GET.lists() for v in values if k not in (ONE, TICK) and v]
    url = reverse(page.url)
    return f"{url}?{urlencode(kept)}" if kept else url


def _counted(rows: list[Chosen], noun: str) -> str:
    return f"{plural(len(rows), noun)} ({', '.join(one.name for one in rows)})"
