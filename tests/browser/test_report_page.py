"""The report's page in a real browser: nothing runs, nothing loads, everything fits, and axe finds nothing."""

from __future__ import annotations

import pytest

from tests.report.made import page_on

pytestmark = pytest.mark.browser

EVERYTHING = ("full", "one annotator", "one label", "a crowd", "hostile")


def test_hostile_names_are_inert(open_page):
    watched = open_page(page_on("hostile"))
    page = watched.page
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.wait_for_timeout(100)
    assert watched.events == []
    assert len(watched.requests) == 1
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate("document.querySelectorAll('script,iframe,img,form,base,object,embed,link').length") == 0


def test_the_policy_would_stop_a_script_that_slipped_in(open_page):
    page = page_on("one label").replace("</main>", "<script>window.__pwned = 1</script></main>")
    assert open_page(page).page.evaluate("window.__pwned") is None


@pytest.mark.parametrize("name", EVERYTHING)
def test_nothing_scrolls_sideways(open_page, name):
    page = open_page(page_on(name)).page
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    for width in (320, 390, 720, 768, 1024, 1256, 1440, 2200):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("name", EVERYTHING)
@pytest.mark.parametrize("width", [390, 1440])
def test_one_drawing_of_each_chart_is_seen(open_page, name, width):
    page = open_page(page_on(name), width).page
    page.evaluate("document.querySelectorAll('.part').forEach(each => { each.open = true; })")
    drawn = page.evaluate("""() => [...document.querySelectorAll('figure .draw')].map(draw =>
        [...draw.querySelectorAll('svg')].filter(svg => svg.getBoundingClientRect().width > 0)
            .map(svg => svg.getBoundingClientRect().width))""")
    assert drawn
    assert all(len(widths) == 1 for widths in drawn)
    assert all(270 <= widths[0] <= width for widths in drawn)


@pytest.mark.parametrize("name", ["full", "a crowd"])
@pytest.mark.parametrize("width", [390, 1440])
def test_words_in_charts_stay_inside(open_page, name, width):
    page = open_page(page_on(name), width).page
    page.evaluate("document.querySelectorAll('.part').forEach(each => { each.open = true; })")
    outside = page.evaluate("""() => [...document.querySelectorAll('svg.chart text')].filter(text => {
        const sheet = text.ownerSVGElement.getBoundingClientRect(), box = text.getBoundingClientRect();
        return sheet.width && (box.left < sheet.left - 3 || box.right > sheet.right + 3);
    }).map(text => text.textContent)""")
    assert outside == []


@pytest.mark.parametrize(("name", "width", "scheme"), [("hostile", 1440, "light"), ("one label", 390, "dark")])
def test_axe_finds_nothing(chromium, tmp_path, name, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    file = tmp_path / "page.html"
    file.write_text(page_on(name), encoding="utf-8", errors="replace")
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    found = axe.run(page).response["violations"]
    context.close()
    assert [(each["id"], each["impact"], each["nodes"][0]["html"][:120]) for each in found] == []


def test_the_contents_lead_to_every_chapter(open_page):
    page = open_page(page_on("full")).page
    assert (
        page.evaluate("""[...document.querySelectorAll('a[href^="#"]')]
        .filter(link => !document.getElementById(link.getAttribute('href').slice(1))).map(link => link.href)""")
        == []
    )
    assert page.evaluate("document.querySelectorAll('.contents a').length") == 18


def test_a_table_can_be_taken_away(open_page):
    page = open_page(page_on("one label")).page
    with page.expect_download() as download:
        page.locator(".numbers a", has_text="CSV").first.click()
    assert download.value.suggested_filename == "design.csv"


def test_questions_that_are_folded_stand_open_on_paper(open_page):
    page = open_page(page_on("full")).page
    seen = """[...document.querySelectorAll('.part:not([open]) .figure')]
        .map(figure => figure.checkVisibility({contentVisibilityAuto: true}))"""
    assert not any(page.evaluate(seen))
    page.emulate_media(media="print")
    page.wait_for_timeout(100)
    on_paper = page.evaluate(seen.replace(".figure", ".figure:not(.folded)"))
    assert on_paper
    assert all(on_paper)
