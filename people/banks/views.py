"""The banks of mentees and mentors as lists, what one says about oneself, the yearly review, editable
lists (п. 3.4).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.lists import KeysFirst, page_of, wants_xlsx, xlsx_url
from mentoring_site.russian import plural
from mentoring_site.workflow import readiness
from mentoring_site.workflow import record as log
from mentoring_site.xlsx.writer import stream_xlsx
from people.banks import acts as bank_acts
from people.banks import presenters
from people.banks.forms import BankFilter, CategoryForm, ReviewForm, TopicForm
from people.banks.models import BankReview, Candidate, MenteeCategory, Topic
from people.rights import Right

PEOPLE = ("человек", "человека", "человек")
NO_ENTRY = "Банки видят директор, куратор и методический совет"


def banks(request):
    """The way in: the bank of mentees for those who see the banks, one's own questionnaires for everybody else."""
    return redirect("people:bank_mentees" if request.user.can(Right.BANKS_SEE) else "people:my_banks")


def bank(request, part):
    """One bank: filters, pages of 25, the same list as XLSX."""
    if not request.user.can(Right.BANKS_SEE):
        raise PermissionDenied(NO_ENTRY)
    url = reverse(f"people:bank_{presenters.PLURAL[part]}")
    form = BankFilter(request.GET or None, part=part)
    chosen = form.chosen() if form.is_bound else {}
    found = presenters.listed(part, chosen)
    if wants_xlsx(request):
        rows = (presenters.cells(c) for c in found.iterator(chunk_size=500))
        name = f"{presenters.TITLES[part]} {timezone.localdate():%d.%m.%Y}"
        return stream_xlsx(name, presenters.TITLES[part], presenters.columns(part), rows)
    context = page_of(found, request, paginator=KeysFirst)
    context |= {
        "form": form,
        "url": url,
        "xlsx_url": xlsx_url(request, url),
        "bare": not chosen,
        "is_mentor": part == "mentor",
        "found": plural(context["page_obj"].paginator.count, PEOPLE),
        "title": presenters.TITLES[part],
        "rows": [presenters.row(c, request.user) for c in context["page_obj"]],
        "tabs": bank_tabs(part),
        "acts": _bank_acts(request.user, part),
        "review": BankReview.objects.filter(part=part).select_related("recorded_by__person").first(),
        "review_url": (
            reverse("people:bank_review", args=[presenters.PLURAL[part]])
            if request.user.can(Right.BANKS_FILL_FOR_OTHERS)
            else ""
        ),
    }
    return render(request, "people/banks/bank.html", context)


def bank_tabs(current: str) -> list[dict]:
    """The two banks as parts of one page."""
    return [
        {"label": presenters.TITLES[part], "url": reverse(f"people:bank_{word}"), "current": part == current}
        for word, part in presenters.BANK.items()
    ]


def _bank_acts(user, part) -> list[dict]:
    acts = []
    if user.can(Right.BANKS_PROPOSE):
        acts.append(("propose", "Предложить кандидата", reverse("people:find", args=[presenters.PLURAL[part]]), True))
    if user.can(Right.BANKS_APPROVE):
        acts.append(("approve", "Решить о кандидатах", reverse("people:bank_approve"), True))
    if user.can(Right.LISTS_EDIT):
        acts.append(("lists", "Темы и категории", reverse("people:bank_lists"), False))
    return [
        {"verb": verb, "label": label, "url": url, "primary": primary, "enabled": True, "reasons": [], "danger": False}
        for verb, label, url, primary in acts
    ]


def mine(request):
    """What one says about oneself: one's own candidates, and the way to propose oneself (п. 2.3)."""
    own = list(Candidate.objects.filter(person=request.user.person_id).with_requirements().order_by("-proposed_at"))
    live = {c.part for c in own if c.state in bank_acts.LIVE}
    rows = [
        {
            "candidate": c,
            "title": presenters.TITLES[c.part],
            "badge": bank_acts.badge(c, request.user),
            "url": c.get_absolute_url(),
            "fill_url": (
                reverse("people:candidate_fill", args=[c.pk]) if c.state in bank_acts.LIVE and not c.filled_at else ""
            ),
        }
        for c in own
    ]
    offers = [
        {"label": label, "url": reverse("people:propose", args=[presenters.PLURAL[part], request.user.person_id])}
        for part, label in (("mentor", "Хочу быть наставником"), ("mentee", "Хочу работать с наставником"))
        if part not in live
    ]
    return render(request, "people/banks/my_banks.html", {"rows": rows, "offers": offers})


def approve_several(request):
    """The director goes through the proposed: those who are ready are approved in one go, others show
    what is missing.
    """
    if not request.user.can(Right.BANKS_APPROVE):
        raise PermissionDenied("Кандидатов утверждает директор")
    applied = list(Candidate.objects.with_requirements().filter(state="applied").order_by("part", "person__search"))
    rows = [
        {"candidate": c, "bank": c.get_part_display(), "url": c.get_absolute_url(), "missing": _missing(c)}
        for c in applied
    ]
    if request.method == "POST":
        wanted = set(request.POST.getlist("candidate"))
        chosen = [c for c in applied if str(c.pk) in wanted]
        return act_and_redirect(
            request,
            lambda: bank_acts.approve_all(chosen, by=request.user),
            to="people:bank_approve",
            success=lambda done: f"В банке утверждены: {plural(len(done), PEOPLE)}. Им отправлены письма.",
        )
    ready = sum(not row["missing"] for row in rows)
    return render(request, "people/banks/bank_approve.html", {"rows": rows, "ready": ready})


def _missing(candidate) -> list[str]:
    return [check["text"] for check in readiness(candidate, "approve") if not check["met"]]


def review(request, bank):
    """Write down that the bank was gone through (п. 3.4: at least once a year)."""
    if not request.user.can(Right.BANKS_FILL_FOR_OTHERS):
        raise PermissionDenied("Проверку банка записывает куратор")
    part = presenters.BANK[bank]
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = act_with_form(form, lambda: bank_acts.review(part, by=request.user, on=data["on"], note=data["note"]))
        if done:
            messages.success(request, f"{presenters.TITLES[part]}: проверка записана.")
            return redirect(f"people:bank_{bank}")
    title = presenters.TITLES[part]
    context = {
        "form": form,
        "heading": f"{title} проверен",
        "submit": "Записать проверку",
        "cancel_url": reverse(f"people:bank_{bank}"),
        "lead": (
            "Банк проверяют не реже одного раза в год: кто пришёл, кто ушёл, у кого появились новые запросы (п. 3.4)."
        ),
        "crumbs": [(title, reverse(f"people:bank_{bank}")), ("Проверка", None)],
    }
    return render(request, "form.html", context)


def lists(request):
    """Topics and categories: what is offered and what is closed."""
    _list_keepers_only(request)
    context = {
        "lists": [
            {"title": "Темы работы", "kind": "topics", "items": Topic.objects.all(), "new": "Новая тема"},
            {
                "title": "Категории наставляемых",
                "kind": "categories",
                "items": MenteeCategory.objects.all(),
                "new": "Новая категория",
            },
        ]
    }
    return render(request, "people/banks/bank_lists.html", context)


def list_item(request, kind, pk=None):
    """One line of an editable list, new, renamed or closed; what was used is closed, never erased."""
    _list_keepers_only(request)
    model, form_class, word = {
        "topics": (Topic, TopicForm, "тема"),
        "categories": (MenteeCategory, CategoryForm, "категория"),
    }[kind]
    item = get_object_or_404(model, pk=pk) if pk else model()
    form = form_class(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        log(saved, "edit" if pk else "enter", by=request.user, words=f"{'изменена' if pk else 'записана'} {word}")
        messages.success(request, f"Записано: {saved}.")
        return redirect("people:bank_lists")
    heading = f"Изменить: {item.name}" if pk else f"Новая {word}"
    context = {
        "form": form,
        "heading": heading,
        "cancel_url": reverse("people:bank_lists"),
        "crumbs": [("Темы и категории", reverse("people:bank_lists")), (heading, None)],
    }
    return render(request, "form.html", context)


def _list_keepers_only(request):
    if not request.user.can(Right.LISTS_EDIT):
        raise PermissionDenied("Списки тем и категорий ведёт куратор")
