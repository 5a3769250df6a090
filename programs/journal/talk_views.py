"""The talk of a program: a page of its own among the parts of the program (п. 4.2, 5.1)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.form_handling import act_with_form
from people.accounts.requests import UserRequest
from programs.journal import acts, presenters
from programs.journal.forms import MessageForm
from programs.program.models import Program
from programs.program.presenters import head
from programs.program.views import get_program_head

LATEST = 30  # messages shown at once


@require_GET
def talk(request: UserRequest, pk: int) -> HttpResponseBase:
    """What people of a program write to each other; in a group a mentee reads what is said to all or to oneself."""
    program = get_program_head(request, pk)
    return _page(request, program, MessageForm(program=program, user=request.user))


def address(pk: int, page: int = 1) -> str:
    """Return where a page of the talk stands, the latest messages being the first page."""
    return reverse("programs:talk", args=[pk]) + (f"?page={page}" if page > 1 else "")


def page_asked(text: str) -> int:
    """Return the number of a page of messages from an address; nonsense is the first page."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else 1


def _page(request: UserRequest, program: Program, form: MessageForm) -> HttpResponseBase:
    """Draw the talk with the form of a message, which keeps what was typed when it was refused."""
    user = request.user
    return render(
        request,
        "programs/journal/talk.html",
        head(program, user, "programs:talk")
        | _messages(request, program)
        | {
            "form": form if acts.may_post(program, user) else None,
            "post_url": reverse("programs:message_post", args=[program.pk]),
            "readers": presenters.READERS[program.pairing.kind],
        },
    )


def _messages(request: UserRequest, program: Program) -> dict:
    """Return one page of the messages, the latest first of all, in the order in which they were written."""
    found = program.messages.visible_to(request.user).select_related("author__person", "about__person")
    page = page_asked(request.GET.get("page", ""))
    rows = list(found.order_by("-at", "-pk")[(page - 1) * LATEST : page * LATEST + 1])
    return {
        "thread": [presenters.thread_message(m, request.user) for m in reversed(rows[:LATEST])],
        "older_url": address(program.pk, page + 1) if len(rows) > LATEST else "",
        "newer_url": address(program.pk, page - 1) if page > 1 else "",
    }


@require_POST
def message_post(request: UserRequest, pk: int) -> HttpResponseBase:
    """Post to the talk."""
    program = get_program_head(request, pk)
    form = MessageForm(request.POST, program=program, user=request.user)
    acts.require_posting(program, request.user)
    if not (form.is_valid() and act_with_form(form, lambda: acts.post(program, by=request.user, **form.cleaned_data))):
        return _page(request, program, form)
    messages.success(request, "Сообщение отправлено")
    return redirect(address(pk) + "#last")
