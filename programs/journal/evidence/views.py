"""Files of meetings and results: the file, its thumbnail, taking it away and giving it back."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentoring_site.files import serve
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.models import StoredFile
from mentoring_site.pictures import is_picture, thumbnail
from people.accounts.requests import UserRequest
from programs.journal.evidence import acts
from programs.journal.evidence.models import RemovedFile
from programs.journal.models import Meeting
from programs.program.models import ActivityResult

Place = Meeting | ActivityResult
View = Callable[[UserRequest, int, int], HttpResponseBase]
GONE = "Файл убран. Вернуть его можно здесь же в течение суток, пока запись не подтверждена и не принята"


def _meeting(request: UserRequest, pk: int) -> Place:
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related("program__pairing"), pk=pk)


def _result(request: UserRequest, pk: int) -> Place:
    found = ActivityResult.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("activity__program__pairing", "participation__person"), pk=pk)


def _page(place: Place) -> str:
    """Where the files of a place are seen."""
    if isinstance(place, Meeting):
        return reverse("programs:journal", args=[place.program_id]) + f"#meeting-{place.pk}"
    return reverse("programs:activity", args=[place.activity_id])


def _views(find: Callable[[UserRequest, int], Place]) -> tuple[View, View, View]:
    """Return the views of a file, of its thumbnail and of taking it away, of one kind of place."""

    @require_safe
    def whole(request: UserRequest, pk: int, file_pk: int) -> HttpResponseBase:
        """A file, for those who may read its place; a picture opens in the browser."""
        file = get_object_or_404(find(request, pk).files, pk=file_pk)
        return serve(file, inline=is_picture(file))

    @require_safe
    def small(request: UserRequest, pk: int, file_pk: int) -> HttpResponseBase:
        """A picture made small for the page."""
        return _small(get_object_or_404(find(request, pk).files, pk=file_pk))

    @require_POST
    def remove(request: UserRequest, pk: int, file_pk: int) -> HttpResponseBase:
        """Take a file away."""
        place = find(request, pk)
        acts.require_changing(place, request.user)
        return act_and_redirect(
            request, lambda: acts.remove(place, file_pk, by=request.user), success=GONE, to=_page(place)
        )

    return whole, small, remove


def _small(file: StoredFile) -> HttpResponse:
    if not is_picture(file):
        raise Http404
    try:
        content = thumbnail(file)
    except FileNotFoundError as error:
        raise Http404("Файла нет в хранилище") from error
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="image/jpeg", headers=headers)


meeting_file, meeting_file_small, meeting_file_remove = _views(_meeting)
result_file, result_file_small, result_file_remove = _views(_result)


@require_POST
def file_back(request: UserRequest, pk: int) -> HttpResponseBase:
    """Give back a file that was taken away."""
    removed = get_object_or_404(RemovedFile.objects.visible_to(request.user), pk=pk)
    acts.require_changing(removed.place, request.user)
    return act_and_redirect(
        request,
        lambda: acts.put_back(removed, by=request.user),
        success="Файл возвращён",
        to=_page(removed.place),
    )
