"""What pages of a sheet do alike for an order and for a local act: read, sign, mark, remind, print."""

from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring_site.form_handling import act_and_redirect, act_with_form, came_from
from mentoring_site.pdf.render import render_pdf
from mentoring_site.rights import require
from mentoring_site.russian import full_stop, plural
from mentoring_site.ui.elements import Crumb
from mentoring_site.workflow import Refused
from people.accounts import signatures
from people.language.names import agree
from people.rights import Right
from reports.orders.acquaintance import acts, reminders
from reports.orders.acquaintance.acts import Paper, SheetLine
from reports.orders.acquaintance.forms import PasswordForm
from reports.orders.acquaintance.reminders import Awaited
from reports.orders.printing.responses import answer

OVERVIEW = "reports:acquaintance"


def overview_crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way from the overview to a page below it."""
    return [Crumb("Ознакомление", reverse(OVERVIEW)), *last]


def read(request, line: SheetLine, *, sign_url: str, success: str) -> HttpResponseBase:
    """Mark that the user has read a paper; where the school signs here, the password is asked for."""
    if line.person_id == request.user.person_id and acts.school_signs_here():
        return redirect(sign_url, line.pk)
    return act_and_redirect(request, lambda: acts.acquaint(line, by=request.user), success=success, to=line.paper)


def mark(request, line: SheetLine) -> HttpResponseBase:
    """Record a signature on the paper sheet."""
    return act_and_redirect(
        request,
        lambda: acts.acquaint(line, by=request.user, on_paper=True),
        success=f"Подпись на листе записана: {line.person.short_name}",
        to=line.paper,
    )


def remind(request, awaited: Awaited) -> HttpResponseBase:
    """Remind one person of a visa or of reading."""
    return act_and_redirect(
        request,
        lambda: reminders.remind(awaited, by=request.user),
        success=f"Напоминание написано: {full_stop(awaited.person.short_name)} Следующее можно написать завтра",
        to=came_from(request, awaited.paper),
    )


def remind_all(request, paper: Paper) -> HttpResponseBase:
    """Remind all who have not read a paper."""

    def success(count):
        return f"Напоминание написано: {plural(count, 'человек,человека,человек')}. Следующее можно написать завтра"

    to = came_from(request, paper)
    return act_and_redirect(request, lambda: reminders.remind_all(paper, by=request.user), success=success, to=to)


def sheet_pdf(request, paper: Paper, name: str) -> HttpResponseBase:
    """Answer with the sheet of acquaintance as a paper."""
    require(request.user, Right.ORDERS_SEE_ALL)
    data = render_pdf("documents/acquaintance.html", acts.sheet(paper))
    return answer(data, f"Лист ознакомления. {name}.pdf", "application/pdf", inline=False)


def sign(request, line: SheetLine) -> HttpResponseBase:
    """Show the exact text, ask for the password, and sign; what cannot be signed here says why."""
    if line.person_id != request.user.person_id:
        raise PermissionDenied("Знакомится с документом сам человек")
    paper = line.paper
    why = signatures.refusal("acquaintance") or ("Ознакомление уже записано" if line.read_at else "")
    if why:
        return act_and_redirect(request, lambda: _refuse(why), success="", to=paper)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        password = form.cleaned_data["password"]
        signed = act_with_form(
            form,
            lambda: acts.acquaint_signed(line, by=request.user, password=password, address=get_ip(request)),
        )
        if signed:
            return redirect("reports:protocol", signed.pk)
    context = {
        "form": form,
        "heading": "Подтвердить ознакомление",
        "lead": paper.full_title,
        "text": acts.declaration(line),
        "username": request.user.username,
        "submit": agree(request.user.person.gender, "Подписать: ознакомлен", "Подписать: ознакомлена"),
        "cancel_url": paper.get_absolute_url(),
        "crumbs": overview_crumbs(Crumb("Подтверждение")),
    }
    return render(request, "reports/orders/sign.html", context)


def _refuse(sentence: str) -> None:
    raise Refused(sentence)
