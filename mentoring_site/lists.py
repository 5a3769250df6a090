"""What long lists share: pages of 25, the address without the page, the address of the XLSX."""

from django.core.paginator import Paginator
from django.utils.http import urlencode

PER_PAGE = 25


class KeysFirst(Paginator):
    """Sorts keys only, then reads what the page shows: for lists whose rows are dear to reckon."""

    def page(self, number):
        """Return the page with its rows in the order of the list."""
        page = super().page(number)
        keys = list(page.object_list.values_list("pk", flat=True))
        page.object_list = self.object_list.filter(pk__in=keys)
        return page


def page_of(queryset, request, per_page: int = PER_PAGE, paginator: type[Paginator] = Paginator) -> dict:
    """Return ``page_obj`` and ``query`` for ``components/pager.html``; a wrong page number gives the nearest page."""
    page = paginator(queryset, per_page).get_page(request.GET.get("page"))
    return {"page_obj": page, "query": query_without_page(request)}


def query_without_page(request) -> str:
    """Return the filters of the address, without the page and without empty values."""
    return urlencode([(k, v) for k, vs in request.GET.lists() if k not in ("page", "format") for v in vs if v])


def xlsx_url(request, url: str) -> str:
    """Return the address of the same filtered list as XLSX."""
    query = query_without_page(request)
    return f"{url}?{query}&format=xlsx" if query else f"{url}?format=xlsx"


def wants_xlsx(request) -> bool:
    """Whether the list is asked for as a workbook."""
    return request.GET.get("format") == "xlsx"
