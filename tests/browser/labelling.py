"""Somebody who labels, in a browser: their work, their window, and what can be seen in it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow.parquet as pq
from playwright.sync_api import BrowserContext, Page, expect

from annotation.door.calls import Calls
from annotation.kept.state import state_of
from annotation.pull.pull import pull
from pipeline.store import Run

SLOW = 30_000
"""Milliseconds that a busy machine may take for a page."""
CHOSEN = """() => Object.fromEntries([...document.querySelectorAll('.or-card .lsf-choices')].map((group, place) => [
  place, [...group.querySelectorAll('[class*=wrapper-checked] input')].map(input => input.name)]))"""
SHOWN = "() => [...document.querySelectorAll('.or-option')].filter(e => e.checkVisibility()).map(e => e.innerText)"
OVERFLOW = """() => { const bar = document.querySelector('.lsf-bottombar')?.getBoundingClientRect().top ?? innerHeight;
  return {wide: document.documentElement.scrollWidth - innerWidth,
    low: Math.max(...[...document.querySelectorAll('.or-card')].map(e => e.getBoundingClientRect().bottom)) - bar}; }"""
BAR = "document.querySelector('.lsf-bottombar').getBoundingClientRect().top"
DECISIONS_BELOW = f"""() => Math.max(...[...document.querySelectorAll('.or-stand .or-card')].map(
  e => e.getBoundingClientRect().bottom)) - {BAR}"""
ROOM_FOR_SENTENCE = f"() => {BAR} - document.querySelector('.or-sentence').getBoundingClientRect().top"
LOOKS = """() => [...document.querySelectorAll(':is(.or-speakers, .or-stand) [class*=wrapper-checked]')].filter(
  e => e.checkVisibility()).map(e => getComputedStyle(e).backgroundColor)"""
PLACE_OF = """(element, words) => {
  const walker = document.createTreeWalker(document.querySelector(element), NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const start = node.data.indexOf(words);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + words.length);
    return range.getBoundingClientRect();
  } }"""
CONTRAST = """() => {
  const parse = c => { const n = c.match(/-?[\\d.]+(e-?\\d+)?/g).map(Number);
    return c.startsWith('color(') ? [n[0]*255, n[1]*255, n[2]*255, n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1]; };
  const over = (a, b) => [0, 1, 2].map(i => a[i]*a[3] + b[i]*(1 - a[3])).concat(1);
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= .04045 ? v/12.92 : ((v+.055)/1.055)**2.4);
    return .2126*r + .7152*g + .0722*b; };
  const bad = [];
  const walker = document.createTreeWalker(document.querySelector('.or-page'), NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('style') || !element.checkVisibility()) continue;
    const layers = [];
    let seen = 1;
    for (let e = element; e; e = e.parentElement) {
      layers.unshift(parse(getComputedStyle(e).backgroundColor));
      seen *= Number(getComputedStyle(e).opacity);
    }
    const ground = layers.reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
    const ink = parse(getComputedStyle(element).color);
    const [a, b] = [light(over([...ink.slice(0, 3), ink[3] * seen], ground)), light(ground)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) bad.push(node.data.trim().slice(0, 30) + ' ' + ratio.toFixed(2));
  }
  return bad;
}"""


@dataclass
class Work:
    """A project that has been pushed, what pulls it, and the link and account of somebody who labels in it."""

    run: Run
    name: str
    calls: Calls
    link: str
    email: str
    password: str

    def answers(self) -> list[dict]:
        """The rows of the run's annotations table, after a pull."""
        pull(state_of(self.run, self.name), self.calls)
        found = [
            row for file in (self.run.path / "annotations").glob("*.parquet") for row in pq.read_table(file).to_pylist()
        ]
        return sorted(found, key=lambda row: (row["updated"], row["question"], row["target"] or ""))


@dataclass
class Sitting:
    """An annotator's browser window, and everything untoward that happened in it."""

    context: BrowserContext
    page: Page
    events: list[str] = field(default_factory=list)

    def open(self, work: Work) -> Page:
        """Follow the link that `onrecord annotators add` prints, and log in."""
        self.page.goto(work.link)
        self.page.fill("input[name=email]", work.email)
        self.page.fill("input[name=password]", work.password)
        self.page.click("button[type=submit]")
        if "labeling=1" not in self.page.url:
            self.page.goto(work.link)
        self.page.wait_for_selector(".or-option", timeout=SLOW)
        self.page.wait_for_timeout(250)
        return self.page


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)
        page.wait_for_timeout(60)


def submit(page: Page, place: str | None) -> None:
    """Space, and wait for the next sentence."""
    page.keyboard.press("Space")
    if place:
        expect(page.locator(".or-about")).to_contain_text(place, timeout=SLOW)
        page.wait_for_timeout(250)


def chosen(page: Page) -> list[list[str]]:
    """What is chosen in each group of choices, from the top; the notes are the second."""
    return list(page.evaluate(CHOSEN).values())
