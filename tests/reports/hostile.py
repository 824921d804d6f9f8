"""An article in which every word an enemy can choose tries to break out of whatever it is shown in."""

from __future__ import annotations

from dataclasses import replace

from pipeline.records import Article, Attribution, Document, Mention, Prediction, Quotation, Span, Speaker, Voice
from tests.reports.demo import split

PAYLOADS = (
    "<script>window.__pwned=1;console.log('pwned')</script>",
    "<img src=x onerror=\"window.__pwned=1\"><img src='http://evil.test/pixel.png'>",
    "</style><style>@import url(http://evil.test/a.css);body{background:url(http://evil.test/b)}</style>",
    '"\' onmouseover=alert(1) autofocus onfocus=alert(2) style="position:fixed;inset:0" x=\'',
    "</title></textarea></noscript><svg onload=alert(3)><iframe src=http://evil.test/></iframe>",
    "<meta http-equiv=refresh content='0;url=http://evil.test/'><base href=http://evil.test/>",
    '<a href="javascript:alert(4)">press</a><form action=http://evil.test><button>go</button></form>',
    "{{ ''.__class__ }}{% include '/etc/passwd' %}${7*7}#{7*7}",
    "\u202eelbisi\u202c \u2066isolated \u200fmarked \u061c \x00NUL \x07bell \x1b[31;5mred \x1b]0;hi\x07 \x9b2J \x7f",
    "<!--]]>--!> &lt;b&gt; &#x3c;script&#x3e; \ud800",
    "[red]markup[/red] [link=http://evil.test]x[/link] :smile:",
)


def hostile_article() -> Article:
    """Every payload in every field that comes from outside: text, title, names, targets, labels, evidence."""
    all_of_it = " ".join(PAYLOADS)
    text = "\n\n".join(f"{payload} said this." for payload in PAYLOADS)
    sentences = tuple(
        replace(s, kind=kind) for s, kind in zip(split(text), ("metadata", "dateline") + ("body",) * 1000, strict=False)
    )
    speakers = tuple(
        Speaker(
            speaker_id=f"<{index}>", name=payload, kind="person", aliases=(payload,), titles=(payload,),
            speaks_for=payload, mentions=(Mention(0, 3, "name"),),
        )
        for index, payload in enumerate(PAYLOADS)
    )  # fmt: skip
    attributions = tuple(
        Attribution(
            attribution_id=f"a{index}", speaker_id=speakers[index % len(speakers)].speaker_id,
            content=(Span(s.span.start, s.span.end - 2),), cue=Span(s.span.end - 10, s.span.end - 6),
            source=Span(s.span.start + 1, s.span.start + 5), type="direct", force="speech", rule=all_of_it,
            confidence=0.4, evidence=all_of_it, runner_up=all_of_it,
        )
        for index, s in enumerate(sentences)
    )  # fmt: skip
    return Article(
        document=Document(
            doc_id=all_of_it, text=text, title=all_of_it, source=all_of_it, url="javascript:window.__pwned=1//",
            date=PAYLOADS[3],
        ),
        sentences=sentences,
        quotations=tuple(Quotation(quotation_id=f"q{a}", pieces=a.content, kind="speech") for a in attributions[::2]),
        speakers=speakers,
        attributions=attributions,
        voices=tuple(
            Voice(sentence_id=s.sentence_id, speaker_id=a.speaker_id, attribution_id=a.attribution_id, confidence=0.3)
            for s, a in zip(sentences, attributions, strict=True)
        ),
        predictions=tuple(
            Prediction(
                sentence_id=s.sentence_id, target=payload, question=question, label=payload,
                scores={payload: 0.5, "neutral": 0.5}, model=all_of_it,
            )
            for s in sentences for payload in PAYLOADS[:4] for question in ("stance", PAYLOADS[0])
        ),
    )  # fmt: skip
