"""«Ознакомление»: which orders and local acts people have to read, who has read them, reminders,
sheets, signing here.
"""

from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.models import SimpleSignature
from mentoring_site.pdf.render import render_pdf
from mentoring_site.russian import plural, rushort
from mentoring_site.workflow import Refused
from people.accounts import signatures
from people.language.names import agree
from people.rights import Right
from reports.documents.acquaintance import acts
from reports.documents.acquaintance.forms import PasswordForm, ReadingFilters
from reports.documents.local_acts.models import ActReader, LocalAct
from reports.orders.models import Acquaintance, Order
from reports.orders.printing.views import answer
from reports.orders.views import visible

OVERVIEW = ("Ознакомление", "reports:acquaintance")


@require_GET
def overview(request):
    """Orders and local acts by date: how many of those concerned have read each; for a participant, one's own."""
    form = ReadingFilters(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = _papers(request.user, chosen.get("show") == "unread", " ".join((chosen.get("q") or "").split()))
    paginator = Paginator(found, 25)
    page = paginator.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "reports/documents/acquaintance.html",
        {
            "filters": form,
            "url": reverse("reports:acquaintance"),
            "page_obj": page,
            "query": query.urlencode(),
            "rows": _rows(list(page), request.user),
            "found": plural(paginator.count, "документ,документа,документов"),
            "narrowed": form.is_bound,
            "keeps": request.user.can(Right.ORDERS_DRAFT),
            "new_url": reverse("reports:local_act_new") if request.user.can(Right.ORDERS_REGISTER) else "",
        },
    )


def _papers(user, unread: bool, words: str):
    """Return ``(kind, pk, date)`` of the papers that have a sheet, the latest first; one query."""
    orders = Order.objects.visible_to(user).filter(state__in=["registered", "revoked"])
    lines = {
        "order": Acquaintance.objects.filter(order=OuterRef("pk")),
        "act": ActReader.objects.filter(act=OuterRef("pk")),
    }
    if not user.can(Right.ORDERS_SEE_ALL):
        lines = {kind: rows.filter(person=user.person_id) for kind, rows in lines.items()}
    if unread:
        lines = {kind: rows.filter(read_at__isnull=True) for kind, rows in lines.items()}
    orders = orders.filter(Exists(lines["order"]))
    local = LocalAct.objects.visible_to(user).filter(Exists(lines["act"]))
    if words:
        asked = {words, words.lower(), words[:1].upper() + words[1:]}  # SQLite knows no case of Cyrillic letters
        heading, about = Q(), Q(number__icontains=words)
        for form in asked:
            heading, about = heading | Q(heading__contains=form), about | Q(about__contains=form)
        digits = words.lstrip("№ ").split("-")[0]
        orders = orders.filter(heading | (Q(number=int(digits)) if digits.isdecimal() and len(digits) < 6 else Q()))
        local = local.filter(about)
    first = orders.order_by().annotate(what=Value("order")).values_list("what", "pk", "date")
    second = local.order_by().annotate(what=Value("act")).values_list("what", "pk", "date")
    return first.union(second, all=True).order_by("-date", "-pk")


def _rows(found, user) -> list[dict]:
    """Return the lines of the overview: four queries whatever their number."""
    pks = {kind: [pk for what, pk, _ in found if what == kind] for kind in ("order", "act")}
    papers = {
        ("order", o.pk): o for o in Order.objects.filter(pk__in=pks["order"]).defer("facts", "points", "preamble")
    }
    papers |= {("act", a.pk): a for a in LocalAct.objects.filter(pk__in=pks["act"])}
    done = {}
    for kind, model in (("order", Acquaintance), ("act", ActReader)):
        rows = model.objects.filter(**{f"{kind}__in": pks[kind]})
        if not user.can(Right.ORDERS_SEE_ALL):
            rows = rows.filter(person=user.person_id)
        counted = (
            rows.order_by()
            .values(kind)
            .annotate(people=Count("pk"), have_read=Count("pk", filter=Q(read_at__isnull=False)))
        )
        done |= {(kind, row[kind]): row for row in counted}
    return [_row(kind, papers[kind, pk], done[kind, pk], user) for kind, pk, _ in found]


def _row(kind, paper, count, user) -> dict:
    is_order = kind == "order"
    unread = count["people"] - count["have_read"]
    mine = not user.can(Right.ORDERS_SEE_ALL)
    return {
        "title": paper.heading if is_order else paper.title,
        "url": paper.get_absolute_url(),
        "date": paper.date,
        "what": f"Приказ №\u00a0{paper.full_number}" if is_order else f"Локальный акт, {paper.basis}",
        "value": count["have_read"],
        "max": count["people"],
        "unread": unread,
        "mine": mine,
        "label": (
            ("прочитано" if not unread else "ещё не прочитано")
            if mine
            else f"{count['have_read']} из\u00a0{count['people']}"
        ),
        "remind_url": (
            reverse(f"reports:{'order' if is_order else 'local_act'}_remind", args=[paper.pk])
            if unread and user.can(Right.ORDERS_DRAFT)
            else ""
        ),
        "sheet_url": "" if mine else reverse(f"reports:{'order' if is_order else 'local_act'}_sheet", args=[paper.pk]),
    }


def remind_everybody(request, paper):
    """Remind all who have not read a paper, and come back to where the button was."""

    def success(count):
        return f"Напоминание отправлено: {plural(count, 'человек,человека,человек')}. Следующее можно отправить завтра"

    to = reverse("reports:acquaintance") if request.POST.get("back") == "overview" else paper
    return act_and_redirect(request, lambda: acts.remind_all(paper, by=request.user), success=success, to=to)


@require_POST
def order_remind(request, pk):
    """Remind everybody who has not read an order, once a day."""
    return remind_everybody(request, visible(request, pk))


def sheet_pdf(paper, name: str):
    """Answer with the sheet of acquaintance as a paper."""
    return answer(
        render_pdf("documents/acquaintance.html", acts.sheet(paper)),
        f"Лист ознакомления. {name}.pdf",
        "application/pdf",
        inline=False,
    )


@require_GET
def order_sheet(request, pk):
    """The sheet of acquaintance of a registered order."""
    obj = visible(request, pk)
    if not request.user.can(Right.ORDERS_SEE_ALL):
        raise PermissionDenied("Лист ознакомления печатает тот, кто ведёт приказы")
    if not obj.number:
        raise Http404("Лист появится после регистрации")
    return sheet_pdf(obj, f"{obj.date}_{obj.full_number}".replace("/", "-"))


def acquaintance_sign(request, pk):
    """Sign by a simple electronic signature that one has read an order."""
    rows = Acquaintance.objects.filter(order__in=Order.objects.visible_to(request.user))
    return sign_page(request, get_object_or_404(rows.select_related("order", "person"), pk=pk))


def sign_page(request, row):
    """Show the exact text, ask for the password, and sign; what cannot be signed here says why."""
    if row.person_id != request.user.person_id:
        raise PermissionDenied("Знакомится с документом сам человек")
    paper = acts.paper_of(row)
    why = signatures.refusal("acquaintance")
    if why or row.read_at:
        return act_and_redirect(request, lambda: _refused(why or "Ознакомление уже записано"), success="", to=paper)
    title, text = acts.words_of(row)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = act_with_form(
            form,
            lambda: acts.acquaint_signed(
                row, by=request.user, password=form.cleaned_data["password"], address=get_ip(request)
            ),
        )
        if made:
            return redirect("reports:protocol", made.pk)
    return render(
        request,
        "reports/documents/sign.html",
        {
            "form": form,
            "heading": "Подтвердить ознакомление",
            "lead": title,
            "text": text,
            "username": request.user.username,
            "submit": agree(request.user.person.gender, "Подписать: ознакомлен", "Подписать: ознакомлена"),
            "cancel_url": paper.get_absolute_url(),
            "crumbs": [(OVERVIEW[0], reverse(OVERVIEW[1])), ("Подтверждение", None)],
        },
    )


def _refused(sentence):
    raise Refused(sentence)


@require_GET
def protocol(request, pk):
    """What was confirmed by a simple electronic signature, and its protocol as a paper."""
    row = get_object_or_404(SimpleSignature.objects.visible_to(request.user).select_related("user"), pk=pk)
    facts = signatures.protocol(row)
    if "pdf" in request.GET:
        return answer(
            render_pdf("documents/protocol.html", facts),
            f"Протокол подтверждения № {row.pk}.pdf",
            "application/pdf",
            inline=False,
        )
    return render(
        request,
        "reports/documents/protocol.html",
        {
            "title": f"Подтверждение №\u00a0{row.pk}",
            "text": row.text,
            "pdf_url": f"{reverse('reports:protocol', args=[row.pk])}?pdf",
            "crumbs": [(OVERVIEW[0], reverse(OVERVIEW[1])), (f"№\u00a0{row.pk}", None)],
            "facts": [
                {"label": "Документ", "value": row.title},
                {"label": "Кто", "value": row.name, "note": row.post},
                {"label": "Когда", "value": f"{rushort(row.at)}, {facts['time']}", "note": facts["zone"]},
                {"label": "Адрес в сети", "value": facts["address"]},
                {"label": "По какому акту", "value": f"приказ от {rushort(row.basis_date)} №\u00a0{row.basis_number}"},
                {"label": "SHA-256 текста", "value": row.text_sha256},
            ],
        },
    )
