"""The register of consents as a list, a workbook and a paper; editions of texts and who has signed an earlier one."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring_site.form_handling import act_and_redirect, came_from
from mentoring_site.rights import require
from mentoring_site.russian import plural, rudate
from mentoring_site.ui.elements import Tab
from mentoring_site.ui.list_page import EmptyState
from people.consents import acts as consent_acts
from people.consents import editions as consent_editions
from people.consents import presenters
from people.consents.list_page import CONSENTS, printed_facts
from people.consents.models import Consent
from people.rights import Right

PARTS = (
    ("register", "Реестр", "people:consents"),
    ("withdrawals", "Сроки по отзывам", "people:withdrawals"),
    ("requests", "Обращения и инциденты", "people:data_requests"),
    ("editions", "Тексты и бланки", "people:consent_editions"),
    ("destructions", "Уничтожение данных", "people:destructions"),
    ("operator", "Уведомление Роскомнадзора", "people:operator"),
)


def tabs(current: str) -> list[Tab]:
    """Return the pages about consents of the whole school; ``current`` is the code of the open one."""
    return [Tab(label, reverse(name), current=code == current) for code, label, name in PARTS]


def register(request):
    """The register of consents; everybody else is led to one's own."""
    if not request.user.can(Right.CONSENTS_SEE_ALL):
        return redirect("people:my_consents")
    visible = Consent.objects.visible_to(request.user)
    if request.GET.get("format") == "pdf":
        filters, found, _ = CONSENTS.choose(request, visible)
        name = f"Реестр согласий {timezone.localdate():%d.%m.%Y}"
        return presenters.pdf("documents/consent_register.html", printed_facts(filters, found), name)
    nothing = EmptyState(CONSENTS.nothing.text, reverse("people:register"), "Открыть список людей")
    return CONSENTS.answer(request, visible, nothing=nothing, tabs=tabs("register"))


def editions(request):
    """Which text is in force since when, empty forms, and who has signed an earlier edition."""
    require(request.user, Right.CONSENTS_SEE_ALL)
    context = {
        "texts": consent_editions.texts_with_editions(),
        "tabs": tabs("editions"),
        "people": consent_editions.signed_earlier(),
        "may": request.user.can(Right.CONSENTS_RECORD),
        "all_url": f"{reverse('people:consents')}?state=outdated",
    }
    return render(request, "people/consents/consent_editions.html", context)


@require_POST
def ask_edition(request, pk):
    """Ask by letter to sign the present edition."""
    shown = get_object_or_404(Consent.objects.visible_to(request.user).select_related("person"), pk=pk)
    return act_and_redirect(
        request,
        lambda: consent_acts.ask_new_edition(shown, by=request.user),
        success=f"{shown.person.short_name}: просьба подписать новую редакцию написана {rudate(timezone.localdate())}",
        to=came_from(request, reverse("people:consent_editions")),
    )


@require_POST
def ask_everybody(request):
    """Ask everybody who has signed an earlier edition and was not asked in the last two weeks."""
    return act_and_redirect(
        request,
        lambda: consent_editions.ask_all(by=request.user),
        success=lambda n: f"Отправлено: {plural(n, 'просьба,просьбы,просьб')}" if n else "Всех уже попросили недавно",
        to=reverse("people:consent_editions"),
    )
