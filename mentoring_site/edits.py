"""Edits of something with a version: a stale form keeps what was typed and shows what is there now."""

from django.contrib import messages

from mentoring_site.form_handling import act_with_form
from mentoring_site.russian import rudate
from mentoring_site.ui.elements import Fact
from mentoring_site.workflow import Stale


def save_edit(request, form, act, success: str | None, changed: list[Fact] | None = None, obj=None) -> bool:
    """Run the act of a versioned form; show a message of success, none where the caller says it.

    Returns whether it was done. After a stale edit the form keeps what was typed and takes the present version, and
    ``changed`` gets a fact for every field whose present value differs from the typed one. ``obj`` is what is edited
    when the form has no ``instance``.
    """
    try:
        done = act_with_form(form, lambda: _stale_goes_on(act))
    except _Outdated as outdated:
        fresh = obj or form.instance
        fresh.refresh_from_db()
        form.show_newer(fresh.version)
        form.add_error(None, str(outdated))
        if changed is not None:
            changed += _differences(form, fresh)
        return False
    if done and success:
        messages.success(request, success)
    return bool(done)


class _Outdated(Exception):
    """A stale edit on its way past ``act_with_form``, which would make an ordinary refusal of it."""


def _stale_goes_on(act):
    try:
        return act()
    except Stale as stale:
        raise _Outdated(str(stale)) from stale


def _differences(form, fresh) -> list[Fact]:
    names = [name for name in form.cleaned_data if name != "version" and hasattr(fresh, name)]
    return [
        Fact(form.fields[name].label, _words(fresh, name))
        for name in names
        if getattr(fresh, name) != form.cleaned_data[name]
    ]


def _words(fresh, name) -> str:
    shown = getattr(fresh, f"get_{name}_display", None)
    value = shown() if shown else getattr(fresh, name)
    if value in (None, ""):
        return "не указано"
    if isinstance(value, bool):
        return "да" if value else "нет"
    return rudate(value) if hasattr(value, "toordinal") else str(value)
