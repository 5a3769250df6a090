"""Components of pages: every piece renders with its documented context, is in Russian, and passes axe on a screen
and on a phone.
"""

import mimetypes
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template.backends.django import DjangoTemplates
from django.template.loader import render_to_string

from mentoring_site.forms import BaseForm, DateInput
from tests.mentoring_site import face_sample as sample

ROOT = Path(settings.BASE_DIR)
HERE = Path(__file__).parent
pytestmark = pytest.mark.point("21")


class Undefined(str):
    """Stands for a variable that a template asks for and nobody gave."""

    def __contains__(self, item):
        return True

    def __mod__(self, name):
        raise AssertionError(f"undefined template variable: {name}")


def engine() -> DjangoTemplates:
    """Templates of the project and of the style guide; an undefined variable is an error."""
    options = {"string_if_invalid": Undefined("%s")}
    return DjangoTemplates({"NAME": "face", "DIRS": [ROOT / "templates", HERE], "APP_DIRS": True, "OPTIONS": options})


def render(name: str, context: dict | None = None) -> str:
    """The text of one template."""
    return engine().get_template(name).render(context or {})


class Note:
    """A message as django.contrib.messages gives it to a template."""

    level_tag, extra_tags = "success", "/orders/1/"

    def __str__(self):
        return "Приказ от 02.09.2026 № 41-од зарегистрирован."


def gallery(**extra) -> str:
    """The style guide page."""
    return render("gallery.html", {**sample.frame(), **sample.pieces(), "messages": [Note()], **extra})


class Page(HTMLParser):
    """Collects what the tests ask about: ids, references, labels, inline scripts and styles, the order of headings."""

    def __init__(self, html: str):
        super().__init__()
        self.ids, self.references, self.inline, self.headings, self.tags = [], [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note one opening tag."""
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.references += (attributes.get(name) or "").split()
        if tag == "a" and (attributes.get("href") or "").startswith("#"):
            self.references.append(attributes["href"][1:])
        self.inline += [name for name in attributes if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in attributes):
            self.inline.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


@pytest.fixture(scope="module")
def page():
    """The style guide page, read once."""
    return Page(gallery())


def test_every_id_is_unique_and_every_reference_has_its_id(page):
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) - set(page.ids) == set()


def test_nothing_is_inline(page):
    assert page.inline == []


def test_headings_go_down_one_step_at_a_time(page):
    assert page.headings.count(1) == 1
    assert [b for a, b in zip(page.headings, page.headings[1:], strict=False) if b > a + 1] == []


def test_every_component_is_in_the_style_guide():
    shown = (HERE / "gallery.html").read_text() + "".join(
        (ROOT / "templates" / name).read_text() for name in ("base.html", "form.html")
    )
    forgotten = [p.name for p in (ROOT / "templates/components").glob("*.html") if f"components/{p.name}" not in shown]
    assert forgotten == []


@pytest.mark.parametrize("name", ["base.html", "base_public.html"])
def test_base_pages_need_no_context(name):
    html = render(name)
    assert '<html lang="ru">' in html
    assert "demo-strip" not in html


def test_a_form_page_needs_only_a_heading_and_a_form():
    html = render("form.html", {"heading": "Встреча", "form": sample.MeetingForm()})
    assert html.count("<h1>Встреча</h1>") == 1
    assert ">Сохранить</button>" in html
    assert "Проверьте, пожалуйста" not in html
    assert "multipart" not in html


def test_a_confirmation_names_its_consequences():
    html = render("confirm.html", {**sample.question(), "csrf_token": "t" * 64})
    assert "<li>Будут закреплены 3\u00a0пары, 6\u00a0человек</li>" in html
    assert ">Зарегистрировать подписанный приказ</button>" in html


def test_the_accessible_view_is_a_class_of_the_page():
    html = render("base_public.html", {"view_mode": "contrast large", "view_url": "/view/"})
    assert '<html lang="ru" class="contrast large">' in html
    assert "Обычный вид" in html


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500", "503"])
def test_pages_of_trouble_stand_alone(code):
    html = render(f"{code}.html")
    assert html.count("<h1>") == 1
    assert "<script" not in html
    for address in re.findall(r'(?:href|src)="/static/([^"]+)"', html):
        assert (ROOT / "static" / address).is_file(), address


def test_a_refusal_says_its_sentence():
    assert "Это может только &lt;директор&gt;" in render("403.html", {"exception": "Это может только <директор>"})


@pytest.mark.parametrize("tone", sample.TONES)
def test_a_badge_is_a_word_and_a_shape(tone):
    html = render("components/badge.html", {"badge": {"word": "слово", "tone": tone}})
    assert "слово" in html
    assert f'id="mark-{tone}"' in render("components/marks.html")
    assert f'href="#mark-{tone}"' in html


def test_an_act_that_is_not_possible_is_shown_with_its_reasons():
    html = render("components/acts.html", {"actions": sample.pieces()["actions"]})
    assert 'aria-disabled="true" aria-describedby="why-approve">Утвердить приказом</button>' in html
    assert "<p>Нет согласования методического совета.</p>" in html


def test_readiness_is_heard_and_not_only_seen():
    html = render("components/readiness.html", {"title": "До приказа", **sample.pieces(), "csrf_token": "t" * 64})
    assert [html.count(word) for word in ("Выполнено:", "Не хватает:", "Ожидается:")] == [1, 1, 1]
    assert html.count("csrfmiddlewaretoken") == 1


def test_the_stage_line_is_an_ordered_list_with_one_present():
    html = render("components/stage_line.html", {"stages": sample.pieces()["stages"]})
    assert html.count("<li") == 7
    assert html.count('aria-current="step"') == 1


def test_what_people_typed_is_escaped():
    html = gallery()
    assert "<b>Добавила</b>" not in html
    assert "&lt;b&gt;Добавила&lt;/b&gt;" in html


def test_a_document_that_is_being_made_asks_again_and_a_finished_one_does_not():
    waiting, ready, _failed = sample.pieces()["documents"]
    assert 'hx-get="/orders/1/document/"' in render("components/document_state.html", {"document": waiting})
    assert "hx-get" not in render("components/document_state.html", {"document": {**ready, "poll_url": "/x/"}})


def test_the_form_speaks_plain_russian_and_ties_errors_to_fields():
    form = sample.pieces()["form"]
    assert form.errors["minutes"] == ["Не меньше 5"]
    assert form.errors["on"] == ["Укажите дату"]
    assert form.errors["goals"] == ["Отметьте хотя бы одно"]
    assert form.errors["agree"] == ["Без этой отметки продолжить нельзя"]
    html = gallery()
    assert 'aria-describedby="id_minutes_helptext id_minutes_error"' in html
    assert 'href="#id_minutes">Сколько минут</a>: Не меньше 5' in html
    assert "asteriskField" not in html


def test_only_fields_that_are_never_needed_are_called_optional():
    html = gallery()
    assert html.count("необязательно") == 2  # topic and scan; the reason is conditional, filters are silent
    assert 'class="optional"' not in re.search(r'id="div_id_reason".*?</div>', html, re.S)[0]


def test_a_date_comes_back_in_the_form_that_browsers_show():
    class Form(BaseForm):
        on = forms.DateField()

    form = Form(initial={"on": sample.WHEN.date()})
    assert isinstance(form.fields["on"].widget, DateInput)
    assert 'value="2026-11-19"' in str(form["on"])
    assert 'type="date"' in str(form["on"])


def test_a_message_worded_by_hand_stays():
    class Form(BaseForm):
        name = forms.CharField(error_messages={"required": "Без фамилии записать нельзя"}, max_length=3)
        kind = forms.ChoiceField(choices=[("a", "а")])

    assert Form({"kind": "b"}).errors == {
        "name": ["Без фамилии записать нельзя"],
        "kind": ["Такого варианта нет в списке"],
    }
    assert Form({"kind": "a", "name": "Ивановы"}).errors["name"] == [
        "Слишком длинно: можно не больше 3\u00a0знаков, сейчас 7"
    ]


def test_fonts_have_the_letters_of_the_school():
    ttLib = pytest.importorskip("fontTools.ttLib")
    for path in sorted((ROOT / "static/fonts").glob("*.ttf")):
        with ttLib.TTFont(path) as font:
            letters = font.getBestCmap()
        assert [c for c in "ӘәҺһҖҗҢңӨөҮүЁё№«»—–" if ord(c) not in letters] == [], path.name
        assert path.with_suffix(".woff2").is_file()


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` by WCAG."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_colours_keep_their_contrast():
    css = (ROOT / "static/css/site.css").read_text()
    token = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css.split("}")[0]))
    assert contrast(token["madder"], token["paper"]) >= 7
    for ground in ("paper", "sheet", "shade"):
        for ink in ("ink", "quiet", "madder", "late", "done", "you", "others", "stopped"):
            assert contrast(token[ink], token[ground]) >= 4.5, (ink, ground)
        assert contrast(token["edge"], token[ground]) >= 3, ground
    for tone in ("done", "you", "others", "late", "stopped"):
        assert contrast(token[tone], token[f"{tone}-wash"]) >= 4.5, tone


# ---------- In a browser ----------

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
)
PAGES = {
    "/gallery": lambda: gallery(),
    "/large": lambda: gallery(view_mode="contrast large"),
    "/public": lambda: render("public_sample.html", sample.public()),
    "/form": lambda: render("form.html", {**sample.frame(), **sample.whole_form()}),
    "/confirm": lambda: render("confirm.html", {**sample.frame(), **sample.question()}),
    "/404": lambda: render("404.html"),
}


def serve(route):
    """Answer the browser from the repository, under the policy of the real server."""
    path = re.sub(r"^https?://[^/]+", "", route.request.url).split("?")[0]
    if path in PAGES:
        return route.fulfill(
            body=PAGES[path](), content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": CSP}
        )
    file = ROOT / path.lstrip("/")
    if path.startswith("/static/") and file.is_file():
        return route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(path)[0] or "font/woff2")
    return route.fulfill(status=204 if path.startswith("/orders/") else 404, body="")


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("нет /usr/bin/chromium")
    with playwright.sync_playwright() as p:
        chromium = p.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


def open_page(browser, address: str, width: int):
    """One page of the face in a window of the given width; returns it with the list of complaints of the browser."""
    tab = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce", locale="ru-RU")
    complaints = []
    tab.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    tab.on("pageerror", lambda e: complaints.append(str(e)))
    tab.route("**/*", serve)
    tab.goto(f"http://face.test{address}")
    tab.evaluate("document.fonts.ready.then(() => true)")
    return tab, complaints


@pytest.mark.browser
@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(browser, address, width):
    tab, complaints = open_page(browser, address, width)
    tab.evaluate((ROOT / "tests/vendor/axe.min.js").read_text())
    found = tab.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )["violations"]
    tab.close()
    assert [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in found] == []
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [1280, 992, 768, 390, 320])
def test_nothing_sticks_out_sideways(browser, address, width):
    tab, _complaints = open_page(browser, address, width)
    wide = tab.evaluate("document.documentElement.scrollWidth")
    tab.close()
    assert wide <= width


@pytest.mark.browser
@pytest.mark.point("21")
def test_on_a_phone_further_conditions_open_at_a_tap(browser):
    phone, _complaints = open_page(browser, "/gallery", 390)
    shown = [
        phone.locator(".filter [name=q]").first.is_visible(),
        phone.locator(".filter [name=department]").first.is_visible(),
    ]
    phone.get_by_text("Ещё условия").first.click()
    opened = phone.locator(".filter [name=department]").first.is_visible()
    phone.close()
    desk, _complaints = open_page(browser, "/gallery", 1280)
    at_desk = [
        desk.locator(".filter [name=department]").first.is_visible(),
        desk.get_by_text("Ещё условия").first.is_visible(),
    ]
    desk.close()
    assert (shown, opened, at_desk) == ([True, False], True, [True, False])


def test_conditions_in_use_stand_open():
    def ticked(**data):
        html = render_to_string("components/filters.html", {"form": sample.FiltersForm(data), "url": "/"})
        return " checked" in re.search(r'<input class="filter-more".*?>', html)[0]

    assert [ticked(), ticked(q="Кер"), ticked(department="p"), ticked(q="Кер", department="p")] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.browser
def test_controls_are_large_enough_for_a_thumb(browser):
    tab, _complaints = open_page(browser, "/gallery", 390)
    small = tab.evaluate(
        """[...document.querySelectorAll('.btn, .form-control, .form-select, .bottom a, .bottom summary, .segments label')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 120))"""
    )
    tab.close()
    assert small == []


@pytest.mark.browser
def test_more_opens_without_hiding_the_bar_and_closes_by_escape(browser):
    tab, _complaints = open_page(browser, "/gallery", 390)
    tab.click(".more summary")
    assert tab.is_visible(".more-sheet >> text=Люди и согласия")
    tab.keyboard.press("Escape")
    assert not tab.is_visible(".more-sheet >> text=Люди и согласия")
    tab.close()


@pytest.mark.browser
def test_a_form_is_sent_once(browser):
    tab, _complaints = open_page(browser, "/gallery", 1280)
    sent = tab.evaluate("""() => { const form = document.querySelector('form.form'); let sent = 0;
        form.addEventListener('submit', () => { sent += 1 });
        document.addEventListener('submit', e => { if (e.defaultPrevented) sent -= 1; e.preventDefault() });
        form.requestSubmit(); form.requestSubmit(); return sent }""")
    tab.close()
    assert sent == 1


def test_printed_pages_are_numbered():
    css = (ROOT / "static/css/site.css").read_text()
    assert re.search(r"@media print \{\s*@page \{[^}]*@bottom-right \{ content: counter\(page\)", css)


@pytest.mark.browser
def test_the_page_prints_as_a_document(browser):
    tab, _complaints = open_page(browser, "/gallery", 1280)
    tab.emulate_media(media="print")
    assert not tab.is_visible(".side")
    assert not tab.is_visible(".form-acts")
    assert tab.is_visible(".print-head")
    assert tab.is_visible("h1")
    tab.close()
