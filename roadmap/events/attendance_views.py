"""Pages of attendance: ticks on a telephone, the code at the door, the sheet with signatures (п. 3.4)."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form, tell
from mentoring_site.pdf.render import qr
from mentoring_site.russian import plural
from mentoring_site.workflow import Already, Refused
from people.accounts.requests import UserRequest
from people.roles.letterhead import file_name, pdf_response
from roadmap.events import acts, documents, presenters
from roadmap.events import attendance as marks
from roadmap.events.forms import CameForm, SheetForm
from roadmap.events.keeping_views import PEOPLE, kept_event
from roadmap.events.models import Event
from roadmap.events.views import visible_row


def door_address(event: Event) -> str:
    """Return the whole address of the code at the door."""
    return f"{settings.SITE_URL}{reverse('roadmap:event_arrive', args=[marks.door_token(event)])}"


@require_GET
def attendance(request: UserRequest, pk: int) -> HttpResponseBase:
    """The list to tick on a telephone: one tap a person."""
    found = kept_event(request, pk)
    rows = list(found.participants.select_related("person"))
    came = sum(bool(row.is_present) for row in rows)
    heading = "Кто был" if found.has_begun else "Кто придёт"
    context = {
        "heading": heading,
        "event": found,
        "rows": rows,
        "came": f"Отмечены {plural(came, PEOPLE)} из {len(rows)}",
        "open": found.has_begun and found.state != Event.State.CANCELLED,
        "mark_url": reverse("roadmap:event_mark", args=[pk]),
        "answer_url": reverse("roadmap:event_answer", args=[pk])
        if found.state == Event.State.ANNOUNCED and not found.has_begun
        else "",
        "came_url": reverse("roadmap:event_came", args=[pk]),
        "sheet_url": reverse("roadmap:event_sheet", args=[pk]),
        "pdf_url": reverse("roadmap:event_sheet_pdf", args=[pk]),
        "door_url": reverse("roadmap:event_door", args=[pk]) if found.state == Event.State.ANNOUNCED else "",
        "hold_url": reverse("roadmap:event_hold", args=[pk]) if came and found.state in Event.OPEN_STATES else "",
        "crumbs": presenters.crumbs_of(found, heading),
    }
    return render(request, "roadmap/events/attendance.html", context)


@require_POST
def mark(request: UserRequest, pk: int) -> HttpResponseBase:
    """One tap: somebody was there, or the mark is taken back; the page comes back to the same person."""
    found = kept_event(request, pk)
    asked = request.POST.get("row", "")
    if not asked.isdecimal():
        return redirect("roadmap:event_attendance", pk)
    row = visible_row(request, found, int(asked))
    present = request.POST.get("present") == "1"
    to = f"{reverse('roadmap:event_attendance', args=[pk])}#row-{row.pk}"
    try:
        marks.mark(row, by=request.user, present=present)
    except Already:
        pass  # pressed twice
    except Refused as refusal:
        tell(request, refusal)
    return redirect(to)


@require_http_methods(["GET", "POST"])
def came(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write down who came without standing on the list."""
    found = kept_event(request, pk)
    form = CameForm(request.POST or None, event=found)
    back = reverse("roadmap:event_attendance", args=[pk])
    if form.is_valid() and act_with_form(
        form, lambda: marks.add(found, form.cleaned_data["people"], by=request.user), request
    ):
        return redirect(back)
    context = {
        "form": form,
        "heading": "Кто ещё пришёл",
        "lead": f"{found.title}, {presenters.days_of(found)}",
        "submit": "Записать пришедших",
        "cancel_url": back,
        "crumbs": presenters.crumbs_of(found, "Кто ещё пришёл"),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def sheet(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take over the signed sheet: who has signed was there, the others were not."""
    found = kept_event(request, pk)
    form = SheetForm(request.POST or None, event=found)
    back = reverse("roadmap:event_attendance", args=[pk])
    if form.is_valid():
        chosen = list(form.cleaned_data["present"])
        number = act_with_form(form, lambda: [marks.mark_by_sheet(found, chosen, by=request.user)], request)
        if number:
            messages.success(request, f"Лист перенесён: были {plural(len(chosen), PEOPLE)}. Приложите снимок листа")
            return redirect(found)
    context = {
        "form": form,
        "heading": "Кто расписался в листе",
        "lead": "Кто не отмечен, будет записан отсутствовавшим.",
        "submit": "Перенести лист",
        "cancel_url": back,
        "crumbs": presenters.crumbs_of(found, "Лист с подписями"),
    }
    return render(request, "form.html", context)


@require_GET
def sheet_pdf(request: UserRequest, pk: int) -> HttpResponseBase:
    """The sheet to be signed, with the code at the door for those who have a telephone."""
    found = kept_event(request, pk)
    name = file_name(f"{found.starts_on}", "Лист участников", found.title)
    address = door_address(found) if found.state == Event.State.ANNOUNCED else ""
    facts = documents.sheet_facts(found, address)
    return pdf_response(request, "documents/attendance.html", facts, name=name, back=found)


@require_GET
def door(request: UserRequest, pk: int) -> HttpResponseBase:
    """The code at the door, large: on a screen or on a sheet of paper."""
    found = kept_event(request, pk)
    if found.state != Event.State.ANNOUNCED:
        messages.info(request, "Код у входа появляется, когда событие объявлено")
        return redirect(found)
    address = door_address(found)
    context = {
        "event": found,
        "when": presenters.days_of(found),
        "address": address,
        "code": qr(address),
        "today": found.is_today,
        "came": found.participants.present().count(),
        "renew_url": reverse("roadmap:event_door_renew", args=[pk]),
        "crumbs": presenters.crumbs_of(found, "Код у входа"),
    }
    return render(request, "roadmap/events/door.html", context)


@require_POST
def door_renew(request: UserRequest, pk: int) -> HttpResponseBase:
    """Replace the code at the door."""
    found = kept_event(request, pk)
    return act_and_redirect(
        request,
        lambda: acts.renew_door(found, by=request.user),
        success="Код заменён: прежний больше не действует",
        to=reverse("roadmap:event_door", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
def arrive(request: UserRequest, token: str) -> HttpResponseBase:
    """What the code at the door opens: one tap, and the person is marked as present."""
    event, done, refused = None, False, ""
    try:
        event = marks.event_of(token)
        if request.method == "POST":
            marks.arrive(token, by=request.user)
            return redirect(request.path)
        done = event.participants.present().filter(person=request.user.person_id).exists()
        if not done and not (event.is_today and event.state == Event.State.ANNOUNCED):
            refused = f"По коду отмечаются только в день события: {presenters.days_of(event)}"
    except Already:
        return redirect(request.path)
    except Refused as refusal:
        refused = str(refusal)
    context = {
        "event": event,
        "done": done,
        "refused": refused,
        "when": presenters.days_of(event) if event else "",
        "name": request.user.person.address_name,
        "now": timezone.localtime(),
        "event_url": event.get_absolute_url() if event and done else "",
    }
    return render(request, "roadmap/events/arrive.html", context)
