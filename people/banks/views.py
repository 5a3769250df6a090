"""The banks of mentees and mentors: lists, one's own questionnaires, decisions about several (п. 3.4)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mentoring_site.form_handling import act_and_redirect
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.ui.elements import Action, Crumb, Tab
from mentoring_site.workflow import complaints
from mentoring_site.workflow import record as log
from people.accounts.models import User
from people.banks import acts as bank_acts
from people.banks.bulk import REMIND
from people.banks.forms import CategoryForm, TopicForm
from people.banks.list_page import LISTS, candidates_of
from people.banks.models import BankReview, Candidate, MenteeCategory, Topic
from people.banks.presenters import BANK_OF_PART, PART_OF_BANK, TITLES
from people.rights import Right

PEOPLE = ("человек", "человека", "человек")


def banks(request):
    """The way in: the bank of mentees for those who see the banks, one's own questionnaires for everybody else."""
    return redirect("people:bank_mentees" if request.user.can(Right.BANKS_SEE) else "people:my_banks")


def bank(request, part):
    """One bank: filters, pages of 25, the same list as XLSX."""
    user = request.user
    require(user, Right.BANKS_SEE)
    return LISTS[part].answer(
        request,
        candidates_of(part, user),
        tabs=[Tab(TITLES[p], reverse(f"people:bank_{word}"), current=p == part) for word, p in PART_OF_BANK.items()],
        actions=_bank_actions(user, part),
        review=BankReview.objects.filter(part=part)
        .select_related("recorded_by__person", "confirmed_by__person")
        .first(),
        review_url=reverse("people:bank_review", args=[BANK_OF_PART[part]]) if user.can(Right.BANKS_CORRECT) else "",
    )


@require_http_methods(["GET", "POST"])
def remind_mentees(request):
    """Remind ticked candidates of the bank of mentees of their questionnaires."""
    return REMIND[Candidate.Part.MENTEE].answer(
        request, LISTS[Candidate.Part.MENTEE], candidates_of(Candidate.Part.MENTEE, request.user)
    )


@require_http_methods(["GET", "POST"])
def remind_mentors(request):
    """The same for the bank of mentors."""
    return REMIND[Candidate.Part.MENTOR].answer(
        request, LISTS[Candidate.Part.MENTOR], candidates_of(Candidate.Part.MENTOR, request.user)
    )


def _bank_actions(user: User, part: str) -> list[Action]:
    find = reverse("people:find", args=[BANK_OF_PART[part]])
    start = reverse("people:bank_start", args=[BANK_OF_PART[part]])
    found = [
        (Right.BANKS_FILL_FOR_OTHERS, Action("start", "Предложить списком", start)),
        (Right.BANKS_PROPOSE, Action("propose", "Предложить кандидата", find, primary=True)),
        (Right.BANKS_APPROVE, Action("approve", "Решить о кандидатах", reverse("people:bank_approve"), primary=True)),
        (
            Right.BANKS_CORRECT,
            Action("corrections", "Исправления", reverse("people:bank_corrections", args=[BANK_OF_PART[part]])),
        ),
        (Right.LISTS_EDIT, Action("lists", "Темы и категории", reverse("people:bank_lists"))),
    ]
    return [action for right, action in found if user.can(right)]


def mine(request):
    """What one says about oneself: one's own candidates, and the way to propose oneself (п. 2.3)."""
    own = list(Candidate.objects.filter(person=request.user.person_id).with_requirements().order_by("-proposed_at"))
    live = {c.part for c in own if c.state in Candidate.LIVE_STATES}
    rows = [
        {
            "candidate": c,
            "title": TITLES[c.part],
            "badge": bank_acts.badge(c, request.user),
            "url": c.get_absolute_url(),
            "fill_url": (
                reverse("people:candidate_fill", args=[c.pk])
                if c.state in Candidate.LIVE_STATES and not c.filled_at
                else ""
            ),
        }
        for c in own
    ]
    offers = [
        {"label": label, "url": reverse("people:propose", args=[BANK_OF_PART[part], request.user.person_id])}
        for part, label in (("mentor", "Хочу быть наставником"), ("mentee", "Хочу работать с наставником"))
        if part not in live
    ]
    return render(request, "people/banks/my_banks.html", {"rows": rows, "offers": offers})


def approve_several(request):
    """The director goes through the proposed: those who are ready are approved in one go, others show
    what is missing.
    """
    require(request.user, Right.BANKS_APPROVE)
    # about oneself another decides
    others = Candidate.objects.visible_to(request.user).with_requirements().exclude(person=request.user.person_id)
    applied = list(others.filter(state=Candidate.State.APPLIED).order_by("part", "person__search"))
    rows = [
        {
            "candidate": candidate,
            "bank": candidate.get_part_display(),
            "url": candidate.get_absolute_url(),
            "missing": [complaint.text for complaint in complaints(candidate, "approve")],
        }
        for candidate in applied
    ]
    if request.method == "POST":
        wanted = set(request.POST.getlist("candidate"))
        chosen = [c for c in applied if str(c.pk) in wanted]
        return act_and_redirect(
            request,
            lambda: bank_acts.approve_all(chosen, by=request.user),
            to="people:bank_approve",
            success=lambda done: f"В банке утверждены: {plural(len(done), PEOPLE)}.",
        )
    ready = sum(not row["missing"] for row in rows)
    return render(request, "people/banks/bank_approve.html", {"rows": rows, "ready": ready})


def lists(request):
    """Topics and categories: what is offered and what is closed."""
    require(request.user, Right.LISTS_EDIT)
    context = {
        "lists": [
            {"title": "Темы работы", "name": "topics", "items": Topic.objects.all(), "new": "Новая тема"},
            {
                "title": "Категории наставляемых",
                "name": "categories",
                "items": MenteeCategory.objects.all(),
                "new": "Новая категория",
            },
        ]
    }
    return render(request, "people/banks/bank_lists.html", context)


def list_item(request, name, pk=None):
    """One line of an editable list, new, renamed or closed; what was used is closed, never erased."""
    require(request.user, Right.LISTS_EDIT)
    model, form_class, word = {
        "topics": (Topic, TopicForm, "тема"),
        "categories": (MenteeCategory, CategoryForm, "категория"),
    }[name]
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
        "crumbs": [Crumb("Темы и категории", reverse("people:bank_lists")), Crumb(heading)],
    }
    return render(request, "form.html", context)
