"""The register of consents: filters, order, workbook, print; editions of texts and who has signed an earlier one."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring_site.form_handling import act_and_redirect
from mentoring_site.lists import page_of, query_without_page, wants_xlsx, xlsx_url
from mentoring_site.russian import plural, rudate
from mentoring_site.xlsx.writer import stream_xlsx
from people.consents import acts as consent_acts
from people.consents import editions as consent_editions
from people.consents import presenters, texts
from people.consents.forms import ConsentsFilter
from people.consents.models import Consent
from people.language.name_text import search_terms
from people.rights import Right
from people.school.models import School

CONSENTS = ("согласие", "согласия", "согласий")
SOON = timedelta(days=60)
PRINTED = 1000  # rows of a printed register: more is a workbook
ORDERS = {
    "until": (F("until").asc(nulls_last=True), "pk"),
    "name": ("person__last_name", "person__first_name", "pk"),
    "oldest": ("given_on", "pk"),
}


def tabs(user, current: str) -> list[dict]:
    """Parts of the room of consents."""
    parts = [
        ("register", "Реестр", "people:consents"),
        ("withdrawals", "Сроки по отзывам", "people:withdrawals"),
        ("editions", "Тексты и бланки", "people:consent_editions"),
        ("destructions", "Уничтожение данных", "people:destructions"),
    ]
    return [{"label": label, "url": reverse(name), "current": code == current} for code, label, name in parts]


def register(request):
    """The register of consents; everybody else is led to one's own."""
    if not request.user.can(Right.CONSENTS_SEE_ALL):
        return redirect("people:my_consents")
    form = ConsentsFilter(request.GET or None)
    chosen = form.chosen() if form.is_bound else {}
    found = filtered(Consent.objects.visible_to(request.user), chosen)
    if wants_xlsx(request):
        return _workbook(found)
    if request.GET.get("format") == "pdf":
        return _print(found, form, chosen)
    context, url = page_of(found.defer("text"), request), reverse("people:consents")
    query = query_without_page(request)
    context |= {
        "form": form,
        "url": url,
        "xlsx_url": xlsx_url(request, url),
        "tabs": tabs(request.user, "register"),
        "print_url": f"{url}?{query}&format=pdf" if query else f"{url}?format=pdf",
        "found": plural(context["page_obj"].paginator.count, CONSENTS),
        "bare": not chosen,
        "rows": [presenters.row(consent) for consent in context["page_obj"]],
    }
    return render(request, "people/consents/consents.html", context)


def filtered(queryset, chosen: dict):
    """Apply the chosen filters and order to a queryset of consents."""
    today = timezone.localdate()
    for term in search_terms(chosen.get("q", "")):
        queryset = queryset.filter(person__search__contains=term)
    if "purpose" in chosen:
        queryset = queryset.filter(purpose=chosen["purpose"])
    queryset = {
        "live": lambda q: q.live(today),
        "expiring": lambda q: q.live(today).filter(until__lte=today + SOON),
        "no_scan": lambda q: q.filter(form="paper", scan__isnull=True, ended_on__isnull=True),
        "outdated": lambda q: q.filter(consent_editions.outdated()),
        "conditions": lambda q: q.filter(ended_on__isnull=True).exclude(conditions={}),
        "ended": lambda q: q.filter(ended_on__isnull=False),
    }.get(chosen.get("state"), lambda q: q)(queryset)
    return queryset.select_related("person").order_by(*ORDERS.get(chosen.get("sort"), ("-given_on", "-pk")))


def _workbook(found):
    columns = [
        "Человек",
        "Назначение",
        "О чём",
        "Разрешено распространять",
        "Условия и запреты",
        "Передача",
        "Дано",
        "Действует по",
        "Как дано",
        "Скан",
        "Редакция текста",
        "SHA-256 текста",
        "Прекращено",
        "Почему",
    ]
    rows = (presenters.cells(consent) for consent in found.defer("text").iterator(chunk_size=500))
    return stream_xlsx(f"Согласия {timezone.localdate():%d.%m.%Y}", "Согласия", columns, rows)


def _print(found, form, chosen):
    """The register as a paper, with the same filters."""
    listed = [presenters.row(consent) for consent in found.defer("text")[:PRINTED]]
    words = [
        f"{form.fields[name].label.lower()}: {dict(getattr(form.fields[name], 'choices', ())).get(value, value)}"
        for name, value in chosen.items()
    ]
    facts = {
        "school": texts.school_facts(School.get()),
        "date": timezone.localdate().isoformat(),
        "filters": "; ".join(words),
        "cut": found.count() > PRINTED,
        "total": PRINTED,
        "columns": [{"label": label, "width": width} for label, width in presenters.PRINT_COLUMNS],
        "rows": [[number, *presenters.print_cells(row)] for number, row in enumerate(listed, start=1)],
    }
    return presenters.pdf("documents/consent_register.html", facts, f"Реестр согласий {timezone.localdate():%d.%m.%Y}")


def editions(request):
    """Which text is in force since when, empty forms, and who has signed an earlier edition."""
    if not request.user.can(Right.CONSENTS_SEE_ALL):
        raise PermissionDenied("Тексты согласий видят директор, куратор и специалист по кадрам")
    context = {
        "kinds": consent_editions.kinds(),
        "tabs": tabs(request.user, "editions"),
        "people": consent_editions.signed_earlier(),
        "may": request.user.can(Right.CONSENTS_RECORD),
        "all_url": f"{reverse('people:consents')}?state=outdated",
        "shown": consent_editions.SHOWN,
    }
    return render(request, "people/consents/consent_editions.html", context)


@require_POST
def ask_edition(request, pk):
    """Ask by letter to sign the present edition."""
    shown = get_object_or_404(Consent.objects.visible_to(request.user).select_related("person"), pk=pk)
    return act_and_redirect(
        request,
        lambda: consent_acts.ask_new_edition(shown, by=request.user),
        success=(
            f"{shown.person.short_name}: просьба подписать новую редакцию отправлена {rudate(timezone.localdate())}"
        ),
        to=reverse("people:consent_editions"),
    )


@require_POST
def ask_everybody(request):
    """Ask everybody who has signed an earlier edition and was not asked in the last two weeks."""
    if not request.user.can(Right.CONSENTS_RECORD):
        raise PermissionDenied("Попросить о согласии может куратор или специалист по кадрам")
    asked = consent_editions.ask_all(by=request.user)
    words = f"Отправлено: {plural(asked, 'просьба,просьбы,просьб')}" if asked else "Всех уже попросили недавно"
    return act_and_redirect(request, lambda: asked, success=words, to=reverse("people:consent_editions"))
