"""The article's page in a real browser: nothing runs, nothing loads, everything fits and can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.labelling import label_text
from pipeline.labels import DEFAULT_SCHEME
from pipeline.records import Article
from reports.view.article import article_page
from reports.view.people import Answer, People
from tests.reports.demo import answer, crowded_article, demo_article, with_text
from tests.reports.hostile import PAYLOADS, hostile_article

pytestmark = pytest.mark.browser

CONTRAST = """() => {
  const parse = c => { const n = c.match(/-?[\\d.]+(e-?\\d+)?/g).map(Number);
    return c.startsWith('color(') ? [n[0]*255, n[1]*255, n[2]*255, n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1]; };
  const over = (a, b) => [0, 1, 2].map(i => a[i]*a[3] + b[i]*(1 - a[3])).concat(1);
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= .04045 ? v/12.92 : ((v+.055)/1.055)**2.4);
    return .2126*r + .7152*g + .0722*b; };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('.hidden, .skip, .level, svg') || !element.checkVisibility()) continue;
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.unshift(parse(getComputedStyle(e).backgroundColor));
    const ground = layers.reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
    const ink = over(parse(getComputedStyle(element).color), ground);
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) bad.push(node.data.trim().slice(0, 30) + ' ' + ratio.toFixed(2));
  }
  return bad;
}"""


def page_of(article: Article) -> str:
    return article_page(article, DEFAULT_SCHEME)


LONG = "police use of facial recognition in the streets and squares of the town"


def judged_page() -> str:
    """The seed with long names, and people's answers: the run's own in one sentence, others in the next, or none."""
    base = demo_article()
    names = {"Elon Musk": LONG, "Vladimir Putin": f"{LONG} by night"}
    made = tuple(replace(each, target=names.get(each.target, each.target)) for each in base.predictions or ())
    answers = {}
    for number, sentence in enumerate(base.sentences or ()):
        mine = next((each for each in made if each.sentence_id == sentence.sentence_id), None)
        if mine and number % 3:
            label = mine.label if number % 3 == 1 else next(other for other in mine.scores if other != mine.label)
            answers[sentence.sentence_id] = (Answer(question="stance", target=mine.target, counts=((label, 3),)),)
    return article_page(replace(base, predictions=made), DEFAULT_SCHEME, People(number=3, answers=answers))


def everything_open(page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.removeAttribute('name'); d.open = true; })")


def test_a_hostile_article_is_inert(open_page):
    watched = open_page(page_of(hostile_article()))
    page = watched.page
    everything_open(page)
    page.mouse.move(400, 400)
    for _ in range(6):
        page.keyboard.press("Tab")
    page.wait_for_timeout(200)
    assert watched.events == []
    assert [url for url in watched.requests if not url.startswith("file:")] == []
    assert len(watched.requests) == 1
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate("document.querySelectorAll('script,iframe,img,form,base,object,embed,link').length") == 0
    assert page.evaluate("[...document.querySelectorAll('a')].every(a => a.getAttribute('href').startsWith('#'))")
    assert page.evaluate("document.querySelectorAll('style').length") == 1


def test_hostile_text_is_inert_after_the_whole_job(open_page):
    said = "\n\n".join(f"“{payload},” Ann Lee said. {payload} was there." for payload in PAYLOADS)
    article = label_text(said.encode("utf-8", "replace").decode(), title=PAYLOADS[0])
    assert any(speaker.name == "Ann Lee" for speaker in article.speakers or ())
    assert article.predictions
    watched = open_page(page_of(article))
    everything_open(watched.page)
    watched.page.wait_for_timeout(200)
    assert watched.events == []
    assert len(watched.requests) == 1
    assert watched.page.evaluate("window.__pwned") is None
    assert watched.page.evaluate("document.querySelectorAll('script,iframe,img,form,base,object').length") == 0


def test_a_clean_article_loads_nothing_and_says_nothing(open_page):
    watched = open_page(page_of(demo_article()))
    assert len(watched.requests) == 1
    assert watched.events == []


def test_the_policy_would_stop_a_script_that_slipped_in(open_page):
    page = page_of(demo_article()).replace("</main>", "<script>window.__pwned = 1</script></main>")
    assert open_page(page).page.evaluate("window.__pwned") is None


STRANGE = {
    "seed": demo_article(),
    "unbroken words": with_text("word" * 5_000, title="title" * 200, source="source" * 100),
    "20 targets": crowded_article(9, 20, 12),
    "right to left": with_text(
        "قال المتحدث إن الخطة جيدة. وأضاف أن العمل مستمر.", title="رئيس الوزراء", source="الأهرام"
    ),
    "hostile": hostile_article(),
    "one sentence": with_text("Rain."),
}


@pytest.mark.parametrize("name", STRANGE)
def test_nothing_scrolls_sideways(open_page, name):
    page = open_page(page_of(STRANGE[name])).page
    everything_open(page)
    for width in (320, 390, 768, 1024, 1255, 1280, 1440, 2200):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_everything_can_be_read(open_page, width, scheme):
    for article in (demo_article(), crowded_article(9, 7, 18)):
        page = open_page(page_of(article), width, scheme).page
        everything_open(page)
        assert page.evaluate(CONTRAST) == []


def test_light_and_dark_follow_the_reader(open_page):
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    pages = [open_page(page_of(demo_article()), scheme=scheme).page for scheme in ("light", "dark")]
    assert [page.evaluate(ground) for page in pages] == ["rgb(252, 251, 248)", "rgb(21, 22, 26)"]


def test_on_a_wide_screen_names_stand_left_and_stances_right_of_their_lines(open_page):
    page = open_page(page_of(demo_article())).page
    text = page.locator("#s5").bounding_box()
    name = page.locator(".who", has_text="Bill Nelson").bounding_box()
    note = page.locator("details.note").nth(2).bounding_box()
    assert name["x"] + name["width"] <= text["x"]
    assert note["x"] >= text["x"] + text["width"]
    assert abs(name["y"] - text["y"]) < 16
    assert abs(note["y"] - text["y"]) < 16


def test_on_a_narrow_screen_they_stand_above_it(open_page):
    page = open_page(page_of(demo_article()), 390).page
    name = page.locator(".who", has_text="Bill Nelson").bounding_box()
    text = page.locator("#s5").bounding_box()
    assert name["x"] >= 0
    assert name["y"] + name["height"] <= text["y"] + 4


def test_margin_notes_stay_beside_their_own_paragraph(open_page):
    page = open_page(page_of(crowded_article(9, 20, 12))).page
    assert page.evaluate("""[...document.querySelectorAll('.block')].every(block => [...block.querySelectorAll('.note')]
        .every(note => note.getBoundingClientRect().bottom <= block.getBoundingClientRect().bottom + 1))""")


def test_the_reasons_open_one_at_a_time_without_a_script(open_page):
    page = open_page(page_of(demo_article())).page
    notes = page.locator("details.note")
    notes.nth(2).locator("summary").click()
    assert notes.nth(2).locator(".card").is_visible()
    assert "quote-cue-subject" in notes.nth(2).inner_text()
    notes.nth(1).locator("summary").click()
    assert not notes.nth(2).locator(".card").is_visible()


def test_words_that_run_backwards_leave_the_pages_own_words_alone(open_page):
    base = demo_article()
    speakers = tuple(replace(s, name="\u202e\u202bעברית\u2067" + s.name) for s in base.speakers)
    page = open_page(page_of(replace(base, speakers=speakers))).page
    name, count = page.evaluate("""() => { const item = document.querySelector('ul.voices li');
        return [item.querySelector('bdi'), item.querySelector('b')].map(e => e.getBoundingClientRect().x) }""")
    assert name < count


@pytest.mark.parametrize("width", [320, 400, 900, 1280])
def test_labels_and_figures_are_whole_where_names_are_cut(open_page, width):
    page = open_page(judged_page(), width).page
    assert page.locator(".chip").count() > 20
    assert page.evaluate("""[...document.querySelectorAll('.chip .label, .chip .p, .said .label')].every(part => {
        const box = part.getBoundingClientRect(), line = part.closest('.toward, .said').getBoundingClientRect();
        return part.scrollWidth <= part.clientWidth && box.left >= line.left - 1 && box.right <= line.right + 1; })""")
    assert page.evaluate("[...document.querySelectorAll('.toward')].every(e => e.scrollWidth <= e.clientWidth)")
    assert page.locator(f'.to[title="{LONG}"]').count() > 10
    if width < 900:
        assert page.evaluate("[...document.querySelectorAll('.chip .to')].some(e => e.scrollWidth > e.clientWidth)")


@pytest.mark.parametrize("width", [400, 900, 1280])
def test_peoples_marks_stand_in_one_column_between_numbers_and_labels(open_page, width):
    page = open_page(judged_page(), width).page
    assert {"✓", "≠"} <= {mark.strip()[0] for mark in page.locator("summary .people").all_inner_texts()}
    left = "selector => [...new Set([...document.querySelectorAll(selector)].map(e => e.getBoundingClientRect().x))]"
    numbers, marks, labels = (
        page.evaluate(left, "summary " + part) for part in (".number", ".people", ".toward, .said")
    )
    assert len(numbers) == len(marks) == len(labels) == 1
    assert numbers[0] < marks[0] < labels[0]


BESIDE = """() => [...document.querySelectorAll('.note')].filter(note => {
    const words = note.nextElementSibling.getClientRects()[0], box = note.getBoundingClientRect();
    return box.bottom > words.top + words.height / 2; }).length"""


@pytest.mark.parametrize("width", [400, 700, 900, 1000])
def test_on_a_narrow_screen_nothing_stands_within_the_words_of_a_paragraph_with_marks(open_page, width):
    assert open_page(judged_page(), width).page.evaluate(BESIDE) == 0


def test_where_no_sentence_of_a_paragraph_has_a_mark_its_numbers_run_in_with_the_text(open_page):
    base = with_text("Rain is due. Sun is due.")
    assert open_page(page_of(base), 900).page.evaluate(BESIDE) == 2


def test_above_words_that_run_from_the_right_notes_start_at_the_right(open_page):
    base = STRANGE["right to left"]
    scores = {"favor": 0.1, "neutral": 0.2, "against": 0.7}
    made = tuple(answer(each.sentence_id, "NASA", "stance", scores, "sentence") for each in base.sentences or ())
    for width, at_the_right in ((390, True), (1440, False)):
        page = open_page(page_of(replace(base, predictions=made)), width).page
        number, chip, percent = (page.locator(part).first.bounding_box() for part in (".number", ".toward .chip", ".p"))
        assert (number["x"] > chip["x"]) == at_the_right
        assert percent["x"] > chip["x"] + chip["width"] / 2, "a label runs from the left"
