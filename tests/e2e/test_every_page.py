"""The switch of the reader of pages: each fault is named, and what is no fault is not."""

import pytest

from tests.e2e.conftest import chromium
from tests.e2e.every_page import Kept, Reader, one_of_each

pytestmark = [pytest.mark.browser, pytest.mark.point("10.16")]
PAGE = """<!doctype html><html lang="ru"><head><title>Страница</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/static/css/site.css">
</head><body class="inside"><main id="content"><h1>Страница</h1>%s</main></body></html>"""
GOOD = """<p>Смотрите <a href="/people/">людей</a> школы.</p><p><a class="tall" href="/orders/">Приказы</a></p>
<div class="form-check"><input class="form-check-input" type="checkbox" id="a">
<label class="form-check-label" for="a">Да</label></div>"""
HIGH = "<p>строка</p>" * 150
FAULTS = {
    "высота": HIGH,
    "1280 px: image-alt": '<img src="/static/a.png">',
    "390 px: button-name": '<details><summary class="tall">Ещё</summary><button class="btn"></button></details>',
    "390 px: шире экрана": '<pre style="width: 600px">широко</pre>',
    "1280 px: шире экрана": '<pre style="width: 1600px">очень широко</pre>',
    "меньше 44 px: A": '<ul><li><a href="/a/">Одна</a></li><li><a href="/b/">Другая</a></li></ul>',
    "меньше 44 px: BUTTON": "<button>Нажать</button>",
}


def kept(body: str, *templates: str, who="curator") -> Kept:
    return Kept(who, "/page/", (PAGE % body).encode(), templates or ("people/page.html",))


@pytest.fixture(scope="module")
def reader():
    with chromium() as browser:
        yield Reader(browser)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_named(reader, fault):
    assert any(said.startswith(fault) for said in reader.faults(kept(FAULTS[fault])))


def test_what_is_no_fault_is_not_named(reader):
    assert list(reader.faults(kept(GOOD))) == []
    assert list(reader.faults(kept(HIGH, "people/list.html", "list.html"))) == []


def test_one_page_of_a_template_for_each_sort_of_reader():
    pages = [kept("", who=name) for name in ("curator", "clerk", "mentor", "mentee", "")]
    homes = [kept("", "reports/home/home.html", who=name) for name in ("curator", "clerk")]
    assert [page.who for page in one_of_each([*pages, *homes])] == ["curator", "mentor", "", "curator", "clerk"]
