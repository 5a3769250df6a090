"""Minutes of the council: the list, one meeting, its papers (п. 3.5)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site import history
from mentoring_site.files import serve
from mentoring_site.hashing import sha256_of_json
from mentoring_site.ui.elements import Crumb
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from people.promises import Promise
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response
from roadmap.council import documents, presenters
from roadmap.council.filters import MinutesFilter
from roadmap.council.models import Minutes

LIST = ListPage(
    title="Заседания и протоколы",
    url="roadmap:minutes_list",
    template="roadmap/council/minutes_list.html",
    filters=MinutesFilter,
    noun="протокол,протокола,протоколов",
    columns=(Column("Протокол", ("newest", "oldest")), Column("Состояние"), Column("Повестка"), Column("Год")),
    orderings={"newest": ("-held_on", "-pk"), "oldest": ("held_on", "pk")},
    row=presenters.list_row,
    nothing=EmptyState(f"Протоколов пока нет: их составляет секретарь совета. Их читают {Promise.MINUTES.readers}."),
    none_found="По этому отбору протоколов нет.",
    prepare=lambda found, user: found.select_related("chair", "secretary").prefetch_related("items"),
    workbook=Workbook("протоколы.xlsx", "Протоколы", presenters.WORKBOOK_COLUMNS, presenters.workbook_cells),
)


def visible_minutes(request, pk) -> Minutes:
    """Return minutes that the user may see, with everything their pages read. Raises ``Http404``."""
    visible = Minutes.objects.visible_to(request.user).with_requirements()
    return get_object_or_404(visible.select_related("scan").prefetch_related("absent"), pk=pk)


@require_GET
def minutes_list(request):
    """Minutes that the user may see, what waits for the next meeting; the same list as XLSX."""
    visible = Minutes.objects.visible_to(request.user)
    if not request.user.can(Right.MINUTES_WRITE):
        return LIST.answer(request, visible)
    new_url, plan_url = reverse("roadmap:minutes_new"), reverse("roadmap:meeting_plan")
    nothing = EmptyState(
        "Протоколов пока нет. Программы, которые ждут согласования, и пары, которые ждут рекомендации, войдут в"
        " повестку готовыми вопросами.",
        new_url,
        "Составить первый протокол",
    )
    return LIST.answer(
        request, visible, nothing=nothing, new_url=new_url, plan_url=plan_url, queue=presenters.queue_words()
    )


@require_GET
def minutes(request, pk):
    """One meeting: who was there, questions and decisions, what is missing, papers, decisions to be recorded."""
    found, user = visible_minutes(request, pk), request.user
    editable = presenters.is_editable(found, user)
    return render(
        request,
        "roadmap/council/minutes.html",
        {
            "title": str(found),
            "badge": presenters.badge(found),
            "crumbs": presenters.crumbs(Crumb(presenters.short_title(found))),
            "checks": presenters.checks(found, user),
            "actions": presenters.actions(found, user),
            "facts": presenters.meeting_facts(found),
            "items": presenters.item_cards(found, user),
            "next_step": presenters.next_heading(found),
            "meets": bool(found.number),
            "pdf_url": reverse("roadmap:minutes_pdf", args=[pk]) if found.number else "",
            "extract_url": reverse("roadmap:minutes_extract", args=[pk]) if found.state == Minutes.State.SIGNED else "",
            "item_url": reverse("roadmap:item_new", args=[pk]) if editable else "",
            "broken": found.facts is not None and sha256_of_json(found.facts) != found.facts_sha256,
            "entries": history.entries([found]),
        },
    )


@require_GET
def pdf(request, pk):
    """The minutes as a paper: a draft to be signed, or what was signed."""
    found = visible_minutes(request, pk)
    if not found.number:
        messages.info(request, "Протокол печатают, когда заседание прошло")
        return redirect(found)
    name = file_name(f"{found.held_on}", f"Протокол № {found.number}", found.body)
    return pdf_response(request, "documents/minutes.html", documents.minutes_facts(found), name=name, back=found)


@require_GET
def extract(request, pk):
    """An extract from signed minutes: the chosen questions (?item=1&item=3), all when none is chosen."""
    found = visible_minutes(request, pk)
    if found.state != Minutes.State.SIGNED:
        messages.info(request, "Выписку делают из подписанного протокола")
        return redirect(found)
    known = {item.number for item in found.items.all()}
    chosen = {int(n) for n in request.GET.getlist("item") if n.isascii() and n.isdigit() and len(n) < 5}
    if not chosen <= known:
        raise Http404
    name = file_name(f"{timezone.localdate()}", f"Выписка из протокола № {found.number}", found.body)
    facts = documents.extract_facts(found, chosen or known)
    return pdf_response(request, "documents/extract.html", facts, name=name, back=found)


@require_GET
def scan_file(request, pk):
    """The scan of signed minutes."""
    found = visible_minutes(request, pk)
    if found.scan is None:
        raise Http404
    return serve(found.scan, inline=True)
