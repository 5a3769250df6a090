"""Minutes of the council: the list, one meeting, its papers (п. 3.5)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mentoring_site import history as mentoring_site_history
from mentoring_site.files import serve
from mentoring_site.lists import page_of, wants_xlsx, xlsx_url
from mentoring_site.russian import joined, plural, rudate, ruday, school_year
from mentoring_site.workflow import action, readiness
from mentoring_site.xlsx.writer import stream_xlsx
from people.rights import Right
from people.roles.letterhead import file_name, printed
from programs.pairings.acts import pairing_title
from roadmap.council import agenda, documents
from roadmap.council.acts import sha256_of
from roadmap.council.forms import MinutesFilters
from roadmap.council.models import Minutes

HOME = ("Протоколы", "roadmap:minutes_list")
TONES = {"draft": "draft", "signed": "done"}
COLUMNS = (
    "Орган",
    "№",
    "Учебный год",
    "Дата заседания",
    "Повестка",
    "Решения",
    "Председатель",
    "Секретарь",
    "Состояние",
    "Подписан",
    "Скан",
)


def crumbs(*more):
    """Return breadcrumbs of the room."""
    return [(HOME[0], reverse(HOME[1])), *more]


def badge(minutes) -> dict:
    """Return the state of minutes by word and shape."""
    return {"word": minutes.get_state_display(), "tone": TONES[minutes.state]}


def seen(request, pk) -> Minutes:
    """Return minutes that the user may see, with everything their page reads."""
    found = Minutes.objects.visible_to(request.user).with_requirements()
    return get_object_or_404(found.select_related("scan").prefetch_related("absent"), pk=pk)


@require_GET
def minutes_list(request):
    """Minutes that the user may see, what waits for the next meeting; the same list as XLSX."""
    visible = Minutes.objects.visible_to(request.user)
    filters = MinutesFilters(request.GET, visible=visible)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    found = visible.found_by(chosen.get("q") or "")
    if chosen.get("body"):
        found = found.filter(body=chosen["body"])
    if chosen.get("year"):
        found = found.filter(school_year=chosen["year"])
    found = found.select_related("chair", "secretary").prefetch_related("items").order_by("-held_on", "-pk")
    if wants_xlsx(request):
        return stream_xlsx("протоколы.xlsx", "Протоколы", COLUMNS, (_cells(m) for m in found.iterator(chunk_size=500)))
    pages, url = page_of(found, request), reverse("roadmap:minutes_list")
    writes = request.user.can(Right.MINUTES_WRITE)
    return render(
        request,
        "roadmap/council/minutes_list.html",
        pages
        | {
            "filters": filters,
            "filtered": bool(chosen.get("q") or chosen.get("body") or chosen.get("year")),
            "url": url,
            "xlsx_url": xlsx_url(request, url),
            "found": plural(pages["page_obj"].paginator.count, "протокол,протокола,протоколов"),
            "rows": [_row(m) for m in pages["page_obj"]],
            "new_url": reverse("roadmap:minutes_new") if writes else "",
            "queue": _queue() if writes else "",
        },
    )


def _queue() -> str:
    """«Ждут совета: 2 программы и 1 пара или группа», or nothing."""
    programs, pairings = agenda.waiting_programs().count(), agenda.waiting_pairings().count()
    found = [
        plural(programs, "программа,программы,программ") if programs else "",
        plural(pairings, "пара или группа,пары и группы,пар и групп") if pairings else "",
    ]
    return joined(found)


def _row(minutes) -> dict:
    return {
        "url": minutes.get_absolute_url(),
        "title": f"№\u00a0{minutes.number} от\u00a0{rudate(minutes.held_on)}",
        "body": minutes.body,
        "badge": badge(minutes),
        "year": school_year(minutes.school_year),
        "items": [str(item) for item in minutes.items.all()],
    }


def _cells(m):
    items = list(m.items.all())
    return (
        m.body,
        m.number,
        school_year(m.school_year, full=True),
        m.held_on,
        "\n".join(str(item) for item in items),
        "\n".join(f"{item.number}. {item.decided}" for item in items),
        m.chair.full_name if m.chair else "",
        m.secretary.full_name if m.secretary else "",
        m.get_state_display(),
        m.signed_on,
        bool(m.scan_id),
    )


@require_GET
def minutes(request, pk):
    """One meeting: who was there, questions and decisions, what is missing, papers, decisions to be recorded."""
    found = seen(request, pk)
    user = request.user
    edits = found.state == "draft" and user.can(Right.MINUTES_WRITE)
    return render(
        request,
        "roadmap/council/minutes.html",
        {
            "title": str(found),
            "badge": badge(found),
            "crumbs": crumbs((f"№\u00a0{found.number} от {ruday(found.held_on)}", None)),
            "checks": [_light(c, edits) for c in readiness(found, "sign")] if found.state == "draft" else [],
            "actions": _actions(found, user),
            "facts": _facts(found),
            "items": _items(found, user, edits),
            "pdf_url": reverse("roadmap:minutes_pdf", args=[pk]),
            "extract_url": reverse("roadmap:minutes_extract", args=[pk]) if found.state == "signed" else "",
            "item_url": reverse("roadmap:item_new", args=[pk]) if edits else "",
            "broken": found.facts is not None and sha256_of(found.facts) != found.facts_sha256,
            "entries": mentoring_site_history.entries([found]),
        },
    )


def _light(check, edits) -> dict:
    found = {"who": "", "url": "", "link": ""} | check
    if not edits:
        found |= {"url": "", "link": ""}
    return found | {"waiting": not found["met"] and not edits}


def _actions(found, user) -> list[dict]:
    sign = action(found, "sign", user, reverse("roadmap:minutes_sign", args=[found.pk]), primary=True)
    if sign and sign["reasons"]:
        sign |= {"reasons": ["Чего не хватает, сказано ниже"]}
    acts = [sign]
    if user.can(Right.MINUTES_WRITE):
        if found.state == "draft":
            acts.append(_link("edit", "Править сведения о заседании", reverse("roadmap:minutes_edit", args=[found.pk])))
            acts.append(_link("discard", "Удалить проект", reverse("roadmap:minutes_discard", args=[found.pk])))
        elif not found.scan_id:
            acts.append(_link("scan", "Приложить скан", reverse("roadmap:minutes_scan", args=[found.pk])))
    return [a for a in acts if a]


def _link(verb, label, url) -> dict:
    return {
        "verb": verb,
        "label": label,
        "url": url,
        "primary": False,
        "enabled": True,
        "reasons": [],
        "confirm": False,
    }


def _facts(m) -> list[dict]:
    present, absent = ([p.short_name for p in rows.all()] for rows in (m.present, m.absent))
    rows = [
        ("Орган", m.body),
        ("Дата заседания", rudate(m.held_on)),
        ("Место", m.place),
        ("Председатель", m.chair.full_name if m.chair else ""),
        ("Секретарь", m.secretary.full_name if m.secretary else ""),
        ("Присутствовали", "; ".join(filter(None, [", ".join(present), m.invited]))),
        ("Отсутствовали", "; ".join(filter(None, [", ".join(absent), m.absent_words]))),
        ("Подписан", ruday(m.signed_on) if m.signed_on else ""),
    ]
    facts = [{"label": label, "value": value} for label, value in rows if value]
    if m.scan_id:
        facts.append({"label": "Скан", "value": m.scan.name, "url": reverse("roadmap:minutes_scan_file", args=[m.pk])})
    return facts


def _items(m, user, edits) -> list[dict]:
    """Questions with links to the matters that they decide on; of signed minutes also to the record of the decision."""
    signed = m.state == "signed"
    rows = m.items.prefetch_related("programs", "pairings__participations__person")
    return [
        {
            "pk": item.pk,
            "number": item.number,
            "title": item.title,
            "heard": item.heard,
            "spoke": item.spoke,
            "decided": item.decided,
            "votes": documents.votes_words(item.votes_for, item.votes_against, item.votes_abstained),
            "matters": [
                _matter(
                    p, p.title, "program_agree", signed and p.state == "submitted" and user.can(Right.PROGRAMS_AGREE)
                )
                for p in item.programs.all()
            ]
            + [
                _matter(
                    p,
                    _names(p),
                    "pairing_recommend",
                    signed and p.state == "proposed" and user.can(Right.PAIRINGS_RECOMMEND),
                )
                for p in item.pairings.all()
            ],
            "edit_url": reverse("roadmap:item_edit", args=[m.pk, item.pk]) if edits else "",
            "drop_url": reverse("roadmap:item_drop", args=[m.pk, item.pk]) if edits else "",
        }
        for item in rows
    ]


def _names(pairing) -> str:
    pairing.people = list(pairing.participations.all())
    return pairing_title(pairing)


def _matter(obj, words, address, decides) -> dict:
    url = reverse(f"programs:{address}", args=[obj.pk]) if decides else ""
    return {"words": words, "url": obj.get_absolute_url(), "decide_url": url}


@require_GET
def pdf(request, pk):
    """The minutes as a paper: a draft to be signed, or what was signed."""
    found = seen(request, pk)
    name = file_name(f"{found.held_on}", f"Протокол № {found.number}", found.body)
    return printed(request, "documents/minutes.html", documents.facts(found), name=name, back=found)


@require_GET
def extract(request, pk):
    """An extract from signed minutes: the chosen questions (?item=1&item=3), all when none is chosen."""
    found = seen(request, pk)
    if found.state != Minutes.State.SIGNED:
        messages.info(request, "Выписку делают из подписанного протокола")
        return redirect(found)
    known = {item.number for item in found.items.all()}
    chosen = {int(n) for n in request.GET.getlist("item") if n.isascii() and n.isdigit() and len(n) < 5}
    if not chosen <= known:
        raise Http404
    name = file_name(f"{timezone.localdate()}", f"Выписка из протокола № {found.number}", found.body)
    return printed(request, "documents/extract.html", documents.extract(found, chosen or known), name=name, back=found)


@require_GET
def scan_file(request, pk):
    """The scan of signed minutes."""
    found = seen(request, pk)
    if found.scan is None:
        raise Http404
    return serve(found.scan, inline=True)
