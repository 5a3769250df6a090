"""Facts of minutes and of an extract from them (docs/law.md#papers-title-pages-and-minutes)."""

from typing import Any

from django.utils import timezone

from mentoring_site.russian import joined, plural_word
from people.language.declension import post_of
from people.register.models import Person
from people.roles.letterhead import school_facts
from roadmap.council.models import AgendaItem, Minutes
from roadmap.council.quorum import attendance_words, quorum_of


def minutes_facts(minutes: Minutes) -> dict[str, Any]:
    """Return what ``documents/minutes.html`` reads; of signed minutes the frozen facts, as they were signed."""
    if minutes.facts is not None:
        return minutes.facts
    present = sorted(minutes.present.all(), key=lambda p: (p.full_name, p.pk))
    return {
        "school": school_facts(),
        "body": minutes.body,
        "body_genitive": minutes.body_genitive,
        "number": minutes.number,
        "date": str(minutes.held_on),
        "place": minutes.place,
        "chair": _officer(minutes.chair),
        "secretary": _officer(minutes.secretary),
        "present": [p.short_name for p in present],
        "present_words": f"{len(present)} {plural_word(len(present), 'человек,человека,человек')}" if present else "",
        "invited": minutes.invited,
        "absent": [p.short_name for p in sorted(minutes.absent.all(), key=lambda p: (p.full_name, p.pk))],
        "absent_words": minutes.absent_words,
        "quorum": attendance_words(minutes),
        "items": [_item(item, minutes) for item in minutes.items.all()],
    }


def _officer(person: Person | None) -> dict[str, str]:
    """Name for the head and for the signature, and the post by which an extract is certified."""
    if person is None:
        return {"name": "", "before": "", "post": ""}
    return {"name": person.short_name, "before": person.signature_name, "post": post_of(person)}


POSTPONED = "Перенести рассмотрение вопроса на следующее заседание."
NO_QUORUM = "Кворума по вопросу нет. Перенести рассмотрение вопроса на следующее заседание."


def _item(item: AgendaItem, minutes: Minutes) -> dict[str, Any]:
    quorum = quorum_of(minutes, item)
    interested = [person.short_name for person in quorum.interested] if quorum else []
    decided = item.decided
    if item.postponed and not decided.strip():
        decided = POSTPONED if quorum is None or quorum.reached else NO_QUORUM
    return {
        "number": item.number,
        "title": item.title,
        "heard": item.heard,
        "spoke": item.spoke,
        "decided": decided,
        "remarks": item.remarks,
        "interested": joined(interested),
        "quorum": f"голосуют {quorum.present} из {quorum.eligible}" if quorum and interested else "",
        "votes": votes_words(item.votes_for, item.votes_against, item.votes_abstained),
    }


def votes_words(yes: int | None, no: int | None, abstained: int | None) -> str:
    """««за» — 5, «против» — нет, «воздержались» — нет. Решение принято единогласно», or nothing when nobody counted."""
    if yes is None and no is None and abstained is None:
        return ""
    count = [f"«{word}» — {n or 'нет'}" for word, n in (("за", yes), ("против", no), ("воздержались", abstained))]
    end = ". Решение принято единогласно" if yes and not no and not abstained else ""
    if (yes or 0) * 2 <= sum(filter(None, (yes, no, abstained))) and (no or abstained):
        end = ". Решение не принято"
    return ", ".join(count) + end


def extract_facts(minutes: Minutes, chosen: set[int]) -> dict[str, Any]:
    """Return what ``documents/extract.html`` reads: the head, the chosen questions under their own numbers, «Верно»."""
    known = minutes_facts(minutes)
    return known | {
        "items": [item for item in known["items"] if item["number"] in chosen],
        "today": str(timezone.localdate()),
    }
