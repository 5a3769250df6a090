"""What Django adds to the front: pages of refusals, HEAD, and which requests are heavy."""

from urllib.parse import urlencode

import pytest
from django.urls import get_resolver, reverse

from mentoring_site import heavy
from mentoring_site.middleware import REFUSAL


@pytest.mark.point("22")
def test_head_is_answered_as_get_without_the_body(as_user, cast):
    client = as_user(cast.curator)
    addresses = sorted(pattern for pattern in plain_addresses(get_resolver()) if "logout" not in pattern)
    assert len(addresses) > 60

    answers = {address: (client.get(address), client.head(address)) for address in addresses}
    for pair in answers.values():
        for answer in pair:
            answer.close()

    assert [a for a, (get, head) in answers.items() if get.status_code != head.status_code] == []
    assert [a for a, (get, head) in answers.items() if not head.streaming and head.content] == []
    assert [a for a, (get, head) in answers.items() if get.get("Location") != head.get("Location")] == []


def plain_addresses(resolver, prefix="/"):
    """Yield the addresses without parameters below a resolver."""
    for pattern in resolver.url_patterns:
        part = str(pattern.pattern)
        if not pattern.pattern.converters and not pattern.pattern.regex.groups and "^" not in part:
            if hasattr(pattern, "url_patterns"):
                yield from plain_addresses(pattern, prefix + part)
            else:
                yield prefix + part


@pytest.mark.point("2")
@pytest.mark.parametrize(
    ("what", "status", "words"),
    [
        ("too_large", 413, "Один файл — до 20 МБ, всё вместе — до 64 МБ"),
        ("too_slow", 408, "Связь слишком медленная или прервалась"),
        ("too_long", 503, "Работа остановлена"),
        ("wait", 429, "Подождите: готовятся Ваши документы"),
        ("crowded", 503, "Слишком много обращений сразу"),
    ],
)
def test_a_refusal_of_the_front_is_a_page_with_all_headers(client, what, status, words):
    answer = client.get("/", **{REFUSAL: what})

    assert (answer.status_code, words in answer.content.decode()) == (status, True)
    assert {"Content-Security-Policy", "X-Content-Type-Options", "Permissions-Policy"} <= set(answer.headers)
    assert bool(answer.headers.get("Retry-After")) == (status in (429, 503))


@pytest.mark.point("2")
@pytest.mark.django_db
def test_no_visitor_asks_for_a_refusal_by_a_header(client):
    assert client.get("/health/", headers={"mentoring.refusal": "too_large"}).status_code != 413


@pytest.mark.point("2")
@pytest.mark.django_db
def test_too_many_fields_are_a_page_that_says_so(client, settings):
    fields = {f"f{n}": "1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    answer = client.post("/accounts/login/", urlencode(fields), content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, "В форме слишком много полей" in answer.content.decode()) == (413, True)

    answer = client.post("/accounts/login/", fields)
    assert (answer.status_code, "В форме слишком много полей" in answer.content.decode()) == (413, True)

    long = "f=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = client.post("/accounts/login/", long, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, "Отправлено слишком много" in answer.content.decode()) == (413, True)


@pytest.mark.point("2")
def test_what_drew_a_paper_is_heavy_from_then_on(as_user, cast):
    client = as_user(cast.clerk)
    heavy._known.clear()

    client.get(reverse("people:consents"))
    assert heavy._known == set()
    client.get(reverse("people:consents"), {"format": "xlsx"}).close()

    address = reverse("people:consents")
    assert heavy.is_heavy("GET", address, b"format=xlsx")
    assert not heavy.is_heavy("GET", address, b"")
    assert not heavy.is_heavy("POST", address, b"format=xlsx")
    assert not heavy.is_heavy("GET", "/no/such/page/", b"")
