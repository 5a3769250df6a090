"""Pages of pairs and groups: the list, one pair, answers in confidence, decisions of the council (п. 2.3, 3.5, 6)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.russian import joined, plural, school_year
from mentoring_site.xlsx.writer import stream_xlsx
from people.rights import Right
from programs.pairings import acts
from programs.pairings.forms import AnswerForm, MinutesForm, PairingFilters, ReasonForm, TopicsForm
from programs.pairings.matching import without_pair
from programs.pairings.models import Pairing, Participation
from programs.pairings.presenters import crumbs, known_to, page, row, state_words
from programs.pairings.rules import mentees_of, mentor_of

SORTS = {
    "new": ("-proposed_at", "-pk"),
    "old": ("proposed_at", "pk"),
    "mentor": ("mentor_name", "pk"),
    "state": ("state", "-pk"),
}
COLUMNS = (
    "№",
    "Вид",
    "Наставник",
    "Наставляемые",
    "Отделения",
    "Темы",
    "Учебный год",
    "Состояние",
    "Предложена",
    "Протокол №",
    "Протокол от",
    "Приказ №",
    "Приказ от",
    "Работают с",
    "по",
    "Завершена",
)


def _filtered(request):
    """Return the filter form and the visible pairs that pass it."""
    visible = Pairing.objects.visible_to(request.user)
    years = visible.order_by("-school_year").values_list("school_year", flat=True).distinct()
    form = PairingFilters(request.GET, years=years)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = visible.found_by(chosen.get("q") or "")
    if state := chosen.get("state"):
        found = found.filter(state=state)
    if department := chosen.get("department"):
        found = found.of_department(department)
    if year := chosen.get("year"):
        found = found.filter(school_year=year)
    mentor = Participation.objects.filter(pairing=OuterRef("pk"), part="mentor").order_by("-since", "pk")
    found = found.annotate(mentor_name=Subquery(mentor.values("person__search")[:1]))
    return form, found.order_by(*SORTS[chosen.get("sort") or "new"])


@require_GET
def pairing_list(request):
    """The list of pairs and groups that the user may see."""
    form, found = _filtered(request)
    paginator = Paginator(found.with_people(), 25)
    current = paginator.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    proposes = request.user.can(Right.PAIRINGS_PROPOSE)
    return render(
        request,
        "programs/pairings/pairings.html",
        {
            "filters": form,
            "page_obj": current,
            "query": query.urlencode(),
            "rows": [row(p, request.user) for p in current],
            "found": plural(paginator.count, "пара или группа,пары и группы,пар и групп"),
            "url": reverse("programs:pairings"),
            "xlsx_url": f"{reverse('programs:pairings_xlsx')}?{query.urlencode()}",
            "sorts": _sorts(query, form),
            "new_url": reverse("programs:pairing_new") if proposes else "",
            "waiting": without_pair() if proposes else 0,
            "any": form.is_bound,
        },
    )


def _sorts(query, form):
    """Return the links of the table's headings by their name."""
    now = (form.cleaned_data.get("sort") or "new") if form.is_bound and form.is_valid() else "new"

    def link(name):
        changed = query.copy()
        changed["sort"] = name
        return {"url": f"?{changed.urlencode()}", "current": name == now}

    return {
        "mentor": link("mentor"),
        "state": link("state"),
        "date": link("old" if now == "new" else "new"),
        "descending": now == "new",
        "dated": now in {"new", "old"},
    }


@require_GET
def pairing_xlsx(request):
    """The filtered list as XLSX; answers in confidence are not in it."""
    _, found = _filtered(request)
    rows = (_cells(p, request.user) for p in found.with_people().iterator(chunk_size=500))
    return stream_xlsx("пары-и-группы.xlsx", "Пары и группы", COLUMNS, rows)


def _cells(p, user):
    mentor, mentees = mentor_of(p), mentees_of(p)
    departments = {x.employment.department.name for x in p.people if x.employment and x.employment.department}
    return (
        p.pk,
        p.get_kind_display(),
        mentor.person.full_name if mentor else "",
        ", ".join(m.person.full_name for m in mentees),
        ", ".join(sorted(departments)),
        ", ".join(t.name for t in p.topics.all()),
        school_year(p.school_year, full=True),
        state_words(p),
        p.proposed_at,
        p.minutes_number,
        p.minutes_date,
        p.order_number,
        p.order_date,
        p.planned_from,
        p.planned_to,
        p.ended_on,
    )


def _get(request, pk):
    """Return the pairing with everything its page reads; a foreign one looks like an absent one."""
    return get_object_or_404(Pairing.objects.visible_to(request.user).with_requirements(), pk=pk)


@require_GET
def pairing(request, pk):
    """One pair or group: its people, readiness, acts, papers and history."""
    return render(request, "programs/pairings/pairing.html", page(_get(request, pk), request.user))


def answer(request, pk, participation=None):
    """Answer in confidence whether one wants this pair; the curator writes it down for somebody else (п. 6.1, 6.2)."""
    obj = _get(request, pk)
    mine = next(
        (p for p in obj.people if (p.pk == participation if participation else p.person_id == request.user.person_id)),
        None,
    )
    if mine is None:
        raise Http404
    if not acts.may_answer(request.user, mine, obj):
        raise PermissionDenied("Ответить может только сам участник, с его слов ответ записывает куратор")
    own = mine.person_id == request.user.person_id
    form = AnswerForm(
        request.POST or None,
        initial={"wish": mine.wish, "reason": mine.wish_reason},
        about=None if own else mine.person.short_name,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        return act_and_redirect(
            request,
            lambda: acts.answer(mine, data["wish"], by=request.user, reason=data["reason"]),
            to=obj,
            success="Ответ записан"
            if data["wish"] == "yes"
            else "Ответ записан. Предложение снято; другие участники узнают только, что пара не сложилась",
        )
    title = acts.pairing_title(obj)
    return render(
        request,
        "programs/pairings/pairing_answer.html",
        {
            "form": form,
            "pairing": obj,
            "title": title,
            "own": own,
            "person": mine.person,
            "crumbs": crumbs(obj, "Ответ"),
            "known": known_to(mine, obj),
            "submit": "Отправить ответ" if own else "Записать ответ",
            "open": obj.state in acts.OPEN,
            "cancel_url": obj.get_absolute_url(),
            "state": state_words(obj),
        },
    )


def topics(request, pk):
    """The council confirms on which questions the pair works (п. 3.5)."""
    obj = _get(request, pk)
    _need(request, Right.PAIRINGS_TOPICS)
    form = TopicsForm(request.POST or None, chosen=obj.topics.all())
    if request.method == "POST" and form.is_valid():
        return act_and_redirect(
            request,
            lambda: acts.confirm_topics(obj, by=request.user, topics=form.cleaned_data["topics"]),
            to=obj,
            success="Темы подтверждены методическим советом",
        )
    return render(
        request,
        "form.html",
        _form(
            obj,
            form,
            "Подтвердить темы",
            "Темы",
            "по этим вопросам совет закрепляет пару или группу. Список можно поправить.",
        ),
    )


def recommend(request, pk):
    """Write down the council's recommendation (п. 3.5)."""
    obj = _get(request, pk)
    _need(request, Right.PAIRINGS_RECOMMEND)
    form = MinutesForm(request.POST or None, matter=obj)
    if (
        request.method == "POST"
        and form.is_valid()
        and act_with_form(form, lambda: acts.recommend(obj, by=request.user, **form.cleaned_data))
    ):
        return redirect(obj)
    return render(
        request,
        "form.html",
        _form(
            obj,
            form,
            "Записать рекомендацию совета",
            "Рекомендация",
            "номер и дата протокола заседания, на котором совет это рекомендовал.",
        ),
    )


def decline(request, pk):
    """The council or the director turns a proposal down."""
    return _end(request, pk, "decline", acts.decline, "Отклонить предложение", "Предложение отклонено")


def withdraw(request, pk):
    """The curator or the proposer takes a proposal back."""
    return _end(request, pk, "withdraw", acts.withdraw, "Снять предложение", "Предложение снято")


def _end(request, pk, name, act, submit, success):
    obj = _get(request, pk)
    if not Pairing.WORKFLOW[name].allows(obj, request.user):
        raise PermissionDenied(f"Это решает {Pairing.WORKFLOW[name].holders}")
    form = ReasonForm(request.POST or None)
    if form.is_valid() and act_with_form(form, lambda: act(obj, by=request.user, reason=form.cleaned_data["reason"])):
        messages.success(request, success)
        return redirect(obj)
    names = joined([p.person.short_name for p in obj.people])
    return render(
        request,
        "confirm.html",
        {
            "form": form,
            "heading": f"{submit}?",
            "lead": acts.pairing_title(obj),
            "submit": submit,
            "danger": True,
            "cancel_url": obj.get_absolute_url(),
            "crumbs": crumbs(obj, submit),
            "consequences": [
                f"Письмо получат: {names}",
                "Наставляемые вернутся в список «без пары»",
                "Место у наставника освободится",
                "Предложение останется в истории; чтобы вернуть пару, её предлагают заново",
            ],
        },
    )


@require_POST
def remind(request, pk, participation, about):
    """Send a reminder to one participant, at most once a day."""
    obj = _get(request, pk)
    who = get_object_or_404(obj.participations.select_related("person__user"), pk=participation)
    if about not in acts.REMINDERS:
        raise Http404
    return act_and_redirect(
        request,
        lambda: acts.remind(who, by=request.user, about=about),
        to=obj,
        success=f"Напоминание отправлено: {who.person.short_name}. Следующее можно отправить завтра",
    )


@require_POST
def remind_council(request, pk):
    """Send a reminder to the chair and the secretary of the council, at most once a day."""
    obj = _get(request, pk)
    return act_and_redirect(
        request,
        lambda: acts.remind_council(obj, by=request.user),
        to=obj,
        success="Напоминание отправлено председателю и секретарю совета. Следующее можно отправить завтра",
    )


def _need(request, right):
    if not request.user.can(right):
        raise PermissionDenied("Это делает председатель или секретарь методического совета")


def _form(obj, form, submit, crumb, lead):
    return {
        "form": form,
        "heading": submit,
        "lead": f"{acts.pairing_title(obj)}: {lead}",
        "submit": submit,
        "cancel_url": obj.get_absolute_url(),
        "crumbs": crumbs(obj, crumb),
    }
