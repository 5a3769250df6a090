"""One line of a sheet of acquaintance, on the page of an order and of a local act."""

from django.urls import reverse

from mentoring_site.russian import ruday


def reader_line(row, user, keeps: bool, name: str, signature=None) -> dict:
    """Return one line of a sheet on a page: who, whether read and how, and the small acts on it."""
    end = "а" if row.person.gender == "f" else ""
    state = f"ещё не ознакомлен{end}"
    if row.read_at:
        how = "подпись на листе записана" if row.on_paper else f"ознакомлен{end}"
        state = f"{how} {ruday(row.read_at)}" + (", простой электронной подписью" if signature else "")
    waits = keeps and row.read_at is None and row.person_id != user.person_id
    marked = keeps and row.read_at is not None and not row.on_paper and signature is None
    return {
        "person": row.person.full_name,
        "post": row.post,
        "state": state,
        "sheet_url": reverse(f"reports:{name}_sheet", args=[row.pk]) if waits or marked else "",
        "remind_url": reverse(f"reports:{name}_remind", args=[row.pk]) if waits else "",
        "protocol_url": reverse("reports:protocol", args=[signature])
        if signature and (keeps or row.person_id == user.person_id)
        else "",
    }
