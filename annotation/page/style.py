"""The look of the labelling page, for the elements that `annotation.page.interface` names.

Colours are Label Studio's own, so that its light and its dark look both hold. Label Studio escapes ``>`` and ``&`` in
style sheets, so neither may be used.

A labelling page can bring no script, so style does what a script would. The window scrolls, and not a box in it:
keys scroll a window with nothing in focus. ``--or-given`` is 1 where a choice was made when the page came, by the model
or in an earlier sitting: for a choice made later, a transition that never begins holds it at 0. What a key of `_jump`
leads to hides itself.
"""

STYLE = """
.lsf-sidepanels { padding: 0 !important; }
.lsf-sidepanels__wrapper { display: none !important; }

.lsf-root_mode_labelstream:has(.or-page), .lsf-root_mode_labelstream :has(.or-page),
:has(.lsf-root_mode_labelstream .or-page) {
  height: auto !important; min-height: 0 !important; max-height: none !important; overflow: visible !important;
}
.lsf-root_mode_labelstream:has(.or-page) .lsf-bottombar { position: fixed !important; inset: auto 0 0; }
.lsf-editor:has(.or-page) { width: 100%; }
html:has(.or-page) { scroll-padding: 4.25rem 0; }

.or-frame { container-type: inline-size; }
.or-page {
  --or-line: var(--color-neutral-border, #e1ded5);
  --or-key: var(--color-neutral-border-bold, #cac5b8);
  --or-ink: var(--color-neutral-content, #262522);
  --or-soft: var(--color-neutral-content-subtler, #6b6860);
  --or-raised: var(--color-neutral-surface, #f9f8f6);
  --or-hover: var(--color-primary-emphasis-subtle, #f0f3fe);
  --or-accent: var(--color-primary-content, #4c5fa9);
  --or-chosen: var(--color-primary-surface, #4c5fa9);
  --or-chosen-ink: #fff;
  display: grid; align-items: start; gap: 2rem; color: var(--or-ink);
  grid-template-columns: minmax(0, 1fr) minmax(0, 48rem);
  max-width: 92rem; margin: 0 auto; padding: .75rem .5rem 4rem;
}
.or-decide {
  display: grid; align-items: start; gap: 1.5rem 2rem; grid-template-columns: minmax(0, 21fr) minmax(0, 25fr);
  position: sticky; top: 4.25rem;
}
.or-page h3, .or-page h4 { margin: 0 !important; font-weight: 600; letter-spacing: 0; line-height: 1.3; }
.or-page h3, .or-page h4, .or-option { overflow-wrap: anywhere; unicode-bidi: plaintext; }

.or-read { padding-right: .75rem; }
.or-page .or-read h3 {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden;
  font-size: 1.25rem; letter-spacing: -.01em; text-wrap: balance;
}
.or-page .or-about h4 {
  margin: .4rem 0 1.25rem !important; font-size: .875rem; font-weight: 400; color: var(--or-soft) !important;
}
.or-read .lsf-richtext__container { padding: 0 !important; overflow-wrap: anywhere; unicode-bidi: plaintext; }
.or-read .lsf-richtext__line { unicode-bidi: plaintext; }
.or-context .lsf-richtext__container { padding-left: 1.25rem !important; font-size: 1rem; line-height: 1.55; }
.or-context .lsf-richtext__container, .or-context .lsf-richtext__line { color: var(--or-soft) !important; }
.or-context:not(:has(.lsf-richtext__line:not(:empty))) { display: none; }
.or-context:has(+ .or-sentence) { display: flex; flex-direction: column-reverse; max-height: 30vh; overflow-y: auto; }
.or-context:focus-visible { outline: 2px solid var(--or-accent); outline-offset: 2px; }
.or-sentence { margin: .9rem 0; padding: .15rem 0 .15rem 1rem; border-left: 4px solid var(--or-accent); }
.or-sentence .lsf-richtext__container { font-size: 1.3125rem; line-height: 1.45; }

.or-card .lsf-choices { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; }
.or-card .lsf-choice, .or-card .lsf-choice__item { margin: 0; padding: 0; min-height: 0; width: 100%; }
.or-card .lsf-hint { display: none; }
.or-card .lsf-choice .lsf-choice__checkbox {
  display: flex; align-items: center; width: 100%; margin: 0; padding: .3rem .6rem; border: 1px solid transparent;
  border-radius: 6px; background: none; color: inherit; font-size: .9375rem; font-weight: 400; line-height: 1.3;
}
.or-card .lsf-choice .lsf-choice__checkbox span { padding: 0; color: inherit; }
.or-card .ant-radio, .or-card .ant-checkbox { position: absolute; opacity: 0; }
.or-card .lsf-choice .lsf-choice__checkbox:hover { background: var(--or-hover); }
.or-card .lsf-choice .lsf-choice__checkbox:focus-within { outline: 2px solid var(--or-accent); outline-offset: 1px; }
.or-page .ant-radio-wrapper-checked.lsf-choice__checkbox, .or-page .ant-checkbox-wrapper-checked.lsf-choice__checkbox,
.or-page .lsf-choice .ant-radio-wrapper-checked:hover, .or-page .lsf-choice .ant-checkbox-wrapper-checked:hover {
  --or-share: calc(var(--or-given) * 100%);
  background: color-mix(in srgb, var(--or-hover) var(--or-share), var(--or-chosen)) !important;
  border-color: color-mix(in srgb, var(--or-accent) var(--or-share), var(--or-chosen)) !important;
  box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--or-accent) var(--or-share), var(--or-chosen));
  color: color-mix(in srgb, var(--or-ink) var(--or-share), var(--or-chosen-ink)) !important; font-weight: 500;
}
.or-page .lsf-choice { --or-given: 0; }
.or-page .lsf-choice:has([class*=wrapper-checked]) {
  --or-given: 1; transition: --or-given 0s 9999999s allow-discrete;
}
.or-option { display: flex; align-items: center; gap: .6rem; }
.or-option small { font-size: .8125rem; font-weight: 400; opacity: .82; }
.or-page kbd {
  flex: none; box-sizing: border-box; min-width: 1.375rem; padding: 0 .25rem; border: 1px solid var(--or-key);
  border-radius: 4px; background: none; box-shadow: none; color: inherit;
  font-family: inherit; font-size: .75rem; font-weight: 500; line-height: 1.2rem;
  text-align: center; text-transform: uppercase;
}
.or-page .ant-radio-wrapper-checked small { opacity: 1; }
.or-page .ant-radio-wrapper-checked kbd, .or-page .ant-checkbox-wrapper-checked kbd { border-color: currentColor; }
.or-option span, .or-question .or-option bdi {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden;
}

.or-speakers h4, .or-stand h4 { font-size: 1.0625rem; }
.or-speakers h4 { padding: 0 0 .4rem .6rem; }
.or-speakers .lsf-choices { gap: .1rem; }
.or-jump { position: absolute; width: 1px; height: 1px; overflow: hidden; opacity: 0; }
.or-jump input:focus { display: none; }
.or-back .or-jump input:focus { display: block; }
.or-back .or-jump input:focus, .or-back:not([style*=none]) + .or-jump input { animation: or-leave 0s .08s forwards; }
@keyframes or-leave { to { visibility: hidden; } }
.or-typed { padding: .25rem .6rem 0 2.7rem; }
.or-notes { margin-top: .75rem; padding: .9rem 0 0; border-top: 1px solid var(--or-line); }
.or-speakers:has(input[name=__not_asked__]) + .or-notes { margin: 0; padding: 0; border: 0; }
.or-notes .lsf-choice, .or-notes .lsf-choice__item { width: auto; flex: none; }
.or-page .or-notes .lsf-choice .lsf-choice__checkbox {
  padding: .25rem .5rem .25rem .3rem; font-size: .84375rem; border-color: var(--or-line); font-weight: 400;
}
.or-notes .or-option { gap: .4rem; }
.or-page .lsf-text-area { margin: .5rem 0 0 !important; }
.or-page .ant-form-item { margin: 0; }

.or-stand { display: grid; gap: 1.35rem; }
.or-asks { display: grid; gap: .35rem; }
.or-ask { display: grid; grid-template-columns: 4.75rem minmax(0, 1fr); }
.or-page .or-ask h4 { font-size: .8125rem; line-height: 1.35; font-weight: 400; color: var(--or-soft) !important; }
.or-page .or-ask h4:first-child { color: var(--or-ink) !important; }
.or-toward { display: flex; align-items: baseline; gap: .4rem; padding-bottom: .5rem; }
.or-page .or-toward h4:first-child { flex: none; font-weight: 400; color: var(--or-soft) !important; }
.or-question {
  display: grid; grid-template-columns: 4.75rem minmax(0, 1fr); align-items: center; margin-bottom: .4rem;
}
.or-page .or-question h4 { font-size: .875rem; font-weight: 400; color: var(--or-soft) !important; }
.or-question .lsf-choice { flex: 1 1 3.75rem; min-width: fit-content; max-width: 100%; }
.or-question .lsf-choice, .or-question .lsf-choice__item { display: flex; }
.or-question .or-option { overflow-wrap: break-word; }
.or-page .or-question .lsf-choice .lsf-choice__checkbox {
  justify-content: center; padding: .35rem .25rem; border-color: var(--or-line);
}
.or-question .or-option { gap: .4rem; }
.or-question:has(input[name=__not_asked__]), .or-speakers:has(input[name=__not_asked__]) { display: none; }
.or-target:not(:has(.or-option)) { display: none; }

.lsf-modal-ls__content:has(.or-guide) { min-width: 0 !important; max-width: 100vw; }
.or-guide { white-space: normal; font-size: .9375rem; line-height: 1.5; }
.or-guide h1, .or-guide h2, .or-guide h3 {
  margin: 1.75rem 0 .5rem; font-size: 1.125rem; font-weight: 600; line-height: 1.3;
}
.or-guide h1 { font-size: 1.375rem; }
.or-guide p, .or-guide ul, .or-guide ol, .or-guide table { margin: 0 0 .75rem; }
.or-guide ul { padding-left: 1.25rem; list-style: disc; }
.or-guide ol { padding-left: 1.25rem; list-style: decimal; }
.or-guide li { margin-bottom: .25rem; }
.or-guide table { width: 100%; border-collapse: collapse; }
.or-guide th, .or-guide td {
  padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--color-neutral-border, #e1ded5); text-align: left;
  vertical-align: top;
}
.or-guide .or-keys td:has(kbd) { width: 2.5rem; }
.or-guide .or-keys th { padding: 0; font-weight: 400; font-size: .8125rem; }
.or-guide .or-keys td:nth-last-child(2) { width: 7rem; font-weight: 600; }
.or-guide code, .or-guide kbd { font-family: inherit; font-weight: 600; }

@container (max-width: 1120px) {
  .or-page { grid-template-columns: minmax(0, 1fr) minmax(0, 25rem); }
  .or-decide { grid-template-columns: minmax(0, 1fr); }
  .or-who { display: contents; }
  .or-notes, .or-asks { order: 1; }
}
@container (max-width: 800px) { .or-page { display: block; } .or-decide { position: static; margin-top: 1.5rem; } }
@media (max-height: 800px) {
  @container (max-width: 1120px) {
    .or-page .or-speakers .lsf-choices { display: grid !important; grid-template-columns: 1fr 1fr; gap: 0 .5rem; }
    .or-page .or-stand { gap: .75rem; }
    .or-decide { gap: 1rem; }
  }
}
@media (min-height: 820px) {
  .or-page { padding-top: 1.25rem; }
  .or-page .or-read h3 { font-size: 1.4375rem; }
  .or-sentence { margin: 1.25rem 0; }
  .or-sentence .lsf-richtext__container { font-size: 1.5rem; }
  .or-context .lsf-richtext__container { font-size: 1.0625rem; }
  .or-card .lsf-choice .lsf-choice__checkbox { padding-top: .42rem; padding-bottom: .42rem; }
  .or-page .or-question .lsf-choice .lsf-choice__checkbox { padding-top: .5rem; padding-bottom: .5rem; }
  .or-stand { gap: 2rem; }
}
"""
