// StemCheck chat widget: the element <stem-check>. docs/widget.md tells more.
(() => {
if (customElements.get('stem-check')) return;

const SCRIPT = document.currentScript;
const BASE = SCRIPT?.src || location.href;
const STRIP_STAYS = 3; // messages after a safety card until the strip that leads back to it goes

// ---------------- words (the others are in languages/)

const ENGLISH = {
  dir: 'ltr', title: 'StemCheck', subtitle: 'Claims about stem cells and MS, checked', launch: 'Ask about stem cells and MS', news: 'New reply',
  close: 'Close', restart: 'Start again', about: 'About and your data', talk: 'Conversation', you: 'You',
  hint: 'Ask, or paste an advert…', send: 'Send', note: 'A computer program, not a doctor.', english: '',
  count: '{n} of {max} characters', long: 'Too long by {n} characters. Please send it in parts.',
  sent: 'Sent.', writing: 'Writing a reply…', waiting: 'Waits for its turn',
  failed: 'Not sent. Please check your connection.', unanswered: 'Not answered.', again: 'Send again',
  down: 'The service cannot be reached just now.', retry: 'Try again', ended: 'The earlier conversation has ended. This is a new one.',
  asserted: 'It says', asked: 'You ask', reported: 'You were told', facts: 'Where this comes from', noFacts: 'Our source says nothing about this.',
  reviewed: 'reviewed {date}', overdue: 'review due since {date}', section: 'section “{name}”', newer: 'Newer than our source', tab: 'opens in a new tab',
  find: 'Show in my text', claims: 'What the text claims', silences: 'What the text leaves out', warnings: 'Worth a second look', open: 'Still open', questions: 'Questions to ask',
  step: 'Question {n} of {of}', back: 'Back', suggestions: 'You could ask', used: 'asked', helpful: 'Was this helpful?', yes: 'Yes', no: 'No', comment: 'Anything to add? (if you like)',
  thanks: 'Thank you.', copy: 'Copy', copied: 'Copied.', print: 'Print', save: 'Save the conversation as text', urgent: 'Get help now', call: 'Call {n}', elsewhere: 'Anywhere',
  stored: 'Your messages are kept for {n} days, then deleted. No cookies, no other company. This browser keeps a key, so that you can go on after a reload.',
  delete: 'Delete my conversation', sure: 'Delete it all now? It cannot be brought back.', leave: 'This conversation will no longer be shown.',
  deleted: 'Your conversation is deleted.', receipt: 'Receipt: {id}, {date}', source: 'Our source', contact: 'Talk to a person',
  keys: 'Keyboard', keyHelp: 'Enter sends, Shift+Enter begins a new line, Escape closes, arrow keys walk through the messages.', problem: 'That did not work. Please try again.',
};
const languages = { en: ENGLISH };
const wordsOf = (code) => (languages[code] ||= fetch(new URL(`languages/${code}.json`, BASE), { signal: AbortSignal.timeout(4000) })
  .then((answer) => answer.json()).then((words) => ({ ...ENGLISH, ...words }), () => ENGLISH));

// ---------------- building blocks

// h('p.small', { lang: 'en' }, 'words', another)
const h = (name, ...parts) => {
  const [tag, ...looks] = name.split('.');
  const node = document.createElementNS(`http://www.w3.org/${/svg|path/.test(tag) ? '2000/svg' : '1999/xhtml'}`, tag);
  if (looks[0]) node.className = looks.join(' ');
  for (const part of parts.flat(9)) {
    if (part?.constructor !== Object) { if (part) node.append(part); continue; }
    for (const [key, value] of Object.entries(part)) {
      if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
      else if (value != null && value !== false) node.setAttribute(key, value === true ? '' : value);
    }
  }
  return node;
};
const CROSS = 'M6 6l12 12M18 6L6 18';
const THUMB = 'M7 11v9H4v-9zM7 11l4-7q2 0 2 2v4h6l-2 9H7';
const ICONS = {
  chat: 'M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5', close: CROSS, restart: 'M5 12a7 7 0 1 0 2-5M5 4v4h4', about: 'M12 11v6M12 7v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  send: 'M12 19V5M6 11l6-6 6 6', phone: 'M6 4h4l1 5-2 2q2 3 4 4l2-2 5 1v4q-14 2-14-14z', up: THUMB, down: THUMB,
  myth: CROSS, unproven: 'M9 9a3 3 0 1 1 4 3q-1 0-1 2M12 18v.1', 'not-covered': 'M6 12h12', 'early-evidence': 'M12 19v-7q-6 0-6-6 6 0 6 6q0-6 6-6 0 6-6 6', supported: 'M6 12l4 4 8-8',
};
const icon = (name) => h('svg', { class: name, viewBox: '0 0 24 24', 'aria-hidden': 'true' }, h('path', { d: ICONS[name] }));
const isTouch = () => matchMedia('(pointer: coarse)').matches;
const newId = () => crypto.getRandomValues(new Uint32Array(4)).join('-'); // on http, too
const keep = (area, name, value) => { // where storage is blocked, nothing is kept
  try { return value == null ? window[area].getItem(name) : window[area].setItem(name, value); } catch { return ''; }
};

// ---------------- the talk, shared by all widgets of a page

// An item is a reply {key, m}, a note {key, note} or the visitor's {key, text, state, problem}
class Talk {
  constructor(api) {
    Object.assign(this, { api, tries: 0, items: [], views: new Set(), name: `stem-check ${api}` });
    this.draft = keep('sessionStorage', 'stem-check draft') || '';
    this.load();
    addEventListener('storage', (event) => event.key === this.name && this.heard());
    addEventListener('online', () => this.resume());
    document.addEventListener('visibilitychange', () => !document.hidden && this.refresh());
  }
  get unsent() { return this.items.filter((item) => item.text != null && item.state !== 'sent'); }

  load() { // what a reload needs
    let kept;
    try { kept = JSON.parse(keep('localStorage', this.name)); } catch {}
    const { id, token, mail } = Object(kept);
    Object.assign(this, { id, token: /^[\w.-]+$/.test(token || '') ? token : null });
    const found = [mail].flat().filter((one) => one?.text?.trim).map((one) => ({ ...one, state: 'waiting' }));
    this.items.push(...found.filter((one) => !this.items.some((item) => item.key === one.key)));
    return found;
  }
  heard() { // what another tab did
    if (this.busy) return;
    const { token } = this;
    const mail = this.load();
    if (token === this.token) return this.refresh();
    this.clear(this.token ? mail : [{ key: newId(), note: 'deleted' }], this);
    if (this.token) this.start();
  }

  async call(method, path, data) {
    const answer = await fetch(this.api + path, {
      method, body: data && JSON.stringify(data), signal: AbortSignal.timeout(3e4), credentials: 'omit',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.token}` },
    });
    const found = await answer.json().catch(() => ({}));
    if (answer.ok) return found;
    throw { status: answer.status, words: found.error?.message, wait: +answer.headers.get('Retry-After') || 5 };
  }
  path(rest = '') { return `/api/conversations/${this.id}${rest}`; }

  changed() {
    const { id, token } = this;
    const mail = this.unsent.map(({ key, text }) => ({ key, text }));
    keep('localStorage', this.name, JSON.stringify({ id, token, mail }));
    for (const view of this.views) view.draw();
  }
  say(key, text) {
    const views = [...this.views];
    const open = views.find((view) => view.isOpen);
    if (open) open.say(key, text); else if (text) views[0]?.say('news');
  }
  tell(detail) { for (const view of this.views) view.fire('message', detail); }

  start() {
    this.about ||= this.call('GET', '/api/about').then((facts) => { this.facts = facts; this.changed(); }, () => { this.about = null; });
    this.ready ||= (this.token ? this.sync() : this.create()).then(() => { this.trouble = this.tries = 0; this.pump(); }, () => { this.ready = null; this.trouble = 1; this.fail(); })
      .finally(() => this.changed());
    return this.ready;
  }
  create() {
    return this.creating ||= this.call('POST', '/api/conversations', {}).then(({ conversation_id: id, token, messages }) => {
      Object.assign(this, { id, token });
      this.put(messages.map((m) => ({ key: m.id, m, first: true })));
      for (const m of messages) this.say('', m.text);
    }).finally(() => { this.creating = null; });
  }
  put(items) { // before what is still to be sent
    const mine = this.unsent;
    this.items = [...this.items.filter((item) => !mine.includes(item)), ...items, ...mine];
    this.changed();
  }
  async sync() {
    try { this.merge((await this.call('GET', this.path())).messages); } catch (problem) {
      if (problem.status !== 401) throw problem;
      this.forget();
      await this.create();
    }
  }
  refresh() { if (this.token && !this.busy) this.sync().then(() => this.pump(), () => {}); }
  // The server's transcript is the truth; what it does not know stays at the end.
  merge(messages) {
    const had = new Map(this.items.map((item) => [item.key, item]));
    const found = messages.map((m, place) => {
      const key = m.client_id || m.id;
      const old = had.get(key);
      had.delete(key);
      if (m.role !== 'visitor') return old || { key, m, first: !place };
      if (m.answered === false) return old || { key, text: m.text, state: 'unanswered' };
      return { key, text: old?.text || m.text, state: 'sent' };
    });
    const left = [...had.values()];
    this.items = [...left.filter((item) => item.past), ...found, ...left.filter((item) => !item.past)];
    this.changed();
  }
  forget() { // the token is dead: what was said stays readable
    for (const item of this.items) item.past = !this.unsent.includes(item);
    this.id = this.token = null;
    this.put([{ key: newId(), note: 'ended', past: true }]);
    this.say('ended');
  }

  send(text) {
    const item = { key: newId(), text: text.trim(), state: 'waiting' };
    this.items.push(item);
    this.tell({ id: item.key, role: 'visitor' });
    this.resume();
  }
  resume(quiet) {
    if (!quiet) this.tries = 0;
    for (const item of this.items) if (item.state === 'failed') item.state = 'waiting';
    this.changed();
    if (this.ready) this.pump(); else if (this.trouble || this.unsent.length) this.start();
  }

  // One message at a time, with the same id on every try: nothing is done twice.
  async pump() {
    if (this.busy) return;
    this.busy = true;
    for (let item, goOn = true; goOn && (item = this.items.find((one) => one.state === 'waiting'));) {
      Object.assign(item, { state: 'sending', problem: '' });
      this.changed();
      try {
        if (!this.token) await this.create();
        if (!this.tries) this.say('writing');
        this.received(item, (await this.call('POST', this.path('/messages'), { id: item.key, text: item.text })).messages);
      } catch (problem) { goOn = this.refused(item, problem); }
    }
    this.busy = false;
    this.changed();
  }
  received(item, messages) {
    this.tries = 0;
    const error = messages.find((m) => m.kind === 'error');
    const fresh = messages.filter((m) => m !== error && !this.items.some((one) => one.key === m.id)).map((m) => ({ key: m.id, m }));
    Object.assign(item, error ? { state: 'unanswered', problem: error.text } : { state: 'sent' });
    this.items.splice(this.items.indexOf(item) + 1, 0, ...fresh);
    if (messages.some((m) => m.action === 'erase')) this.clear([...fresh, ...this.unsent]);
    this.changed();
    for (const m of messages) { this.say('', m.text); this.tell({ id: m.id, role: 'assistant', kind: m.kind }); }
  }
  refused(item, { status, words, wait }) { // true: go on
    if (status === 401 && !item.renewed) {
      Object.assign(item, { state: 'waiting', renewed: true });
      this.forget();
      return true;
    }
    if (status === 429) {
      item.state = 'waiting';
      setTimeout(() => this.pump(), wait * 1000);
      return this.say('', words);
    }
    const mine = [400, 409, 413].includes(status);
    if (mine) Object.assign(item, { state: 'refused', problem: words }); else this.fail(words);
    if (mine || this.tries < 2) this.say(words ? '' : 'failed', words);
    return mine;
  }
  fail(problem) { // and try after 10, 20, 40 … seconds
    for (const item of this.items) if (/waiting|sending/.test(item.state)) Object.assign(item, { state: 'failed', problem });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.resume(true), 1e4 * 2 ** this.tries++);
  }

  clear(items, { id = null, token = null } = {}) {
    Object.assign(this, { id, token, items, ready: null });
    this.changed();
  }
  async restart(erase) {
    let note;
    try { note = erase && this.token && { note: 'deleted', ...await this.call('DELETE', this.path()) }; } catch (problem) {
      if (problem.status !== 401) throw problem;
      note = { note: 'ended' }; // deleted before, or too old
    }
    this.clear(note ? [{ key: newId(), past: true, ...note }] : []);
    if (note?.receipt) this.say('deleted'); else await this.start();
  }
}
const talks = {};
const talkOf = (api) => (talks[api] ||= new Talk(api));

// ---------------- looks

const LOOKS = `
:host { all: initial !important; display: block !important; color-scheme: var(--stem-check-scheme, light dark) !important;
  font: 400 var(--stem-check-font-size, medium)/1.5 var(--stem-check-font, system-ui, sans-serif) !important;
  --paper: light-dark(#fffdf9, #18211f); --wash: light-dark(#f7f2e9, #212c2a); --ink: light-dark(#20302d, #edf1ee); --soft: light-dark(#55645f, #aebbb6);
  --line: color-mix(in srgb, var(--ink) 12%, var(--paper)); --edge: light-dark(#85897f, #84958f); --mine: color-mix(in srgb, var(--accent) 12%, var(--paper));
  --accent: var(--stem-check-accent, light-dark(#17635b, #86d2c6)); --on: var(--stem-check-on-accent, light-dark(#fff, #06231f));
  --myth: light-dark(#97291d, #ffb5a7); --early: light-dark(#0b587a, #9fd6f2); --alarm: #a01f17; --gap: var(--stem-check-gap, 1.25em) }
*, ::before, ::after { box-sizing: border-box; margin: 0; padding: 0; min-inline-size: 0; overflow-wrap: anywhere }
[hidden] { display: none !important }
.root { color: var(--ink) }
.vh, ::slotted(*) { display: block !important; visibility: visible !important; position: absolute !important; inline-size: 1px !important; block-size: 1px !important; overflow: hidden !important; clip-path: inset(50%) !important; white-space: nowrap !important }
h2, h3, h4 { font-size: 1em }
.text { white-space: pre-line }
.small { font-size: .875em; color: var(--soft) }
a { color: var(--accent) }
svg { inline-size: 1.25em; block-size: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
.down { rotate: 180deg }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
button, textarea { font: inherit; color: inherit; border: 1px solid transparent; border-radius: .6em }
button { cursor: pointer; background: none; padding: .3em .7em; min-block-size: 2.25em; display: inline-flex; align-items: center; gap: .4em; text-align: start }
button:not([aria-disabled=true]):hover { background: color-mix(in srgb, var(--accent) 12%, var(--paper)) }
.square { inline-size: 2.5em; block-size: 2.5em; padding: 0; justify-content: center; flex: none }
.main, .main:hover { background: var(--accent) !important; color: var(--on); font-weight: 600 }
.line, textarea { border-color: var(--edge) }
.danger, .problem { border-color: var(--myth); color: var(--myth); font-weight: 600 }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: .4em }

.launcher, .panel { position: fixed; inset-block-end: calc(var(--gap) + env(safe-area-inset-bottom)); inset-inline-end: var(--gap); z-index: var(--stem-check-layer, 2147483000); box-shadow: 0 .5em 2em #0004 }
.start > * { inset-inline: var(--gap) auto }
.launcher { border-radius: 2em; padding: .75em 1.25em .75em 1em; max-inline-size: calc(100vw - 2.5em) }
.panel { display: flex; flex-direction: column; background: var(--paper); border: 1px solid var(--line); border-radius: var(--stem-check-radius, 1.125em); overflow: hidden;
  inline-size: min(var(--stem-check-width, 26em), 100vw - 2.5em); block-size: min(var(--stem-check-height, 43em), 100dvh - 2.5em) }
.inline .panel { position: static; inline-size: auto; block-size: min(var(--stem-check-height, 38em), 90vh); box-shadow: none }
header { display: flex; flex-wrap: wrap; align-items: center; padding: .7em .6em .7em 1.1em; border-block-end: 1px solid var(--line); background: var(--wash) }
header > div { flex: 1 8em }
h2 { font-size: 1.125em; line-height: 1.25 }
.strip { background: var(--alarm) !important; color: #fff; border-radius: 0; justify-content: center }
.log, .sheet { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 1.1em; position: relative; border-block-end: 1px solid var(--line); outline-offset: -3px !important }
.list, article, .group, .notice, .update, .comment, .sheet, details ul, .alarm ul, .group > ul, .group > ol { display: grid; gap: .6em; align-content: start }
.list { gap: 1.1em }
article { border-radius: .5em; outline-offset: 4px !important }
.me, .sheet, .notice, .comment { justify-items: start }
.me { justify-items: end; gap: .25em }
.me > .text { background: var(--mine); border: 1px solid transparent; border-radius: 1.1em; border-end-end-radius: .3em; padding: .55em .95em; max-inline-size: 88%; max-block-size: 14em; overflow-y: auto }
mark { background: #ffe08a; color: #2b2300 }
.notice, .update { background: var(--wash); padding: .7em .9em }
.card, .notice, .update { border: 1px solid var(--line); border-radius: .9em; overflow: hidden }
.card > :not(.verdict), .alarm > p, .alarm > ul { margin: .7em .95em }
.verdict, .alarm > h4 { display: flex; align-items: center; gap: .5em; padding: .5em .95em; line-height: 1.3 }
.verdict { color: var(--tone); background: color-mix(in srgb, var(--tone) 12%, var(--paper)) }
.verdict svg { background: var(--tone); color: var(--paper); border-radius: 50%; padding: .15em; stroke-width: 3 }
.verdict .small { color: inherit; margin-inline-start: auto }
.myth { --tone: var(--myth) } .unproven { --tone: light-dark(#7a4a00, #f6cb7d) } .not-covered { --tone: var(--soft) } .early-evidence { --tone: var(--early) } .supported { --tone: light-dark(#1e6235, #a9dfb3) }
blockquote { font: italic 1.06em/1.45 Georgia, serif }
blockquote::before { content: open-quote } blockquote::after { content: close-quote }
summary { cursor: pointer; color: var(--accent); font-weight: 600; padding-block: .3em }
details ul, .alarm ul { list-style: none }
details li { border-block-start: 1px solid var(--line); padding-block-start: .6em }
.update { border-style: dashed; border-color: var(--early) }
.update h4 { color: var(--early) }
.group > ul, .group > ol { padding-inline-start: 1.3em }
.alarm { border: 3px solid var(--alarm); border-radius: 1em; overflow: hidden }
.alarm > h4 { background: var(--alarm); color: #fff; font-size: 1.25em }
.alarm ul { grid-template-columns: repeat(auto-fit, minmax(8.5em, 1fr)) }
.alarm li:first-child { grid-column: 1 / -1 }
.tel { display: grid; align-content: center; border: 2px solid var(--alarm); border-radius: .7em; padding: .4em .8em; block-size: 100%; min-block-size: 2.9em; color: inherit; text-decoration: none; line-height: 1.3 }
.tel b { text-decoration: underline }
li:first-child > .tel { background: var(--alarm); color: #fff; font-size: 1.15em }
progress { inline-size: 100%; block-size: .5em; accent-color: var(--accent) }
.suggestions button { border-color: var(--accent); color: var(--accent); border-radius: 1.4em; padding: .3em .95em; line-height: 1.3 }
.suggestions [aria-disabled=true] { border-color: var(--line); color: var(--soft) }
.suggestions .used { background: var(--wash); color: var(--ink) }
.tools { font-size: .875em; color: var(--soft); gap: .1em }
.tools [aria-pressed=true] { background: var(--mine); color: var(--ink); border-color: var(--edge) }
.comment, .comment textarea, .count { inline-size: 100% }
.typing { color: var(--soft); padding-block-start: 1.1em; gap: .25em }
i { border: .22em solid var(--accent); border-radius: 50%; animation: beat 1.4s infinite } i + i { animation-delay: .2s } i + i + i { animation-delay: .4s; margin-inline-end: .4em }
@keyframes beat { 40% { opacity: .25 } }

form { display: flex; align-items: flex-end; gap: .5em; padding: .7em .8em .2em; flex-wrap: wrap }
textarea { background: var(--paper); padding: .55em .8em; resize: none; min-block-size: 2.75em }
textarea:focus-visible { outline-offset: -1px }
form textarea { flex: 1; min-inline-size: 5em; max-block-size: 9.5em }
::placeholder { color: var(--soft); opacity: 1 }
form .main { inline-size: 2.75em; block-size: 2.75em }
.foot { padding: .3em 1.1em .7em; line-height: 1.35 }

@media (pointer: coarse) { button, summary, .tel { min-block-size: 44px; min-inline-size: 44px } summary { padding-block: .6em } }
@media (max-width: 34em), (max-height: 30em) {
  .floating .panel { inset: auto; inset-inline: 0; inset-block-start: var(--top, 0); inline-size: 100%; block-size: var(--seen, 100dvh); border: 0; border-radius: 0; padding-block-end: env(safe-area-inset-bottom) } }
@media (max-height: 26em) { .panel { overflow-y: auto; display: block } .log, .sheet { overflow: visible } }
@media (prefers-reduced-motion) { i { animation: none } }
@media (forced-colors) { [aria-disabled=true] { color: GrayText !important } }
@media print { .row { display: none } .card, .update, li { break-inside: avoid } }
`;
const LIGHT = LOOKS.replace(/light-dark\((#\w+), #\w+\)/g, '$1').replace('light dark)', 'light)'); // paper, old browsers
const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS.supports('color', 'light-dark(red, red)') ? LOOKS : LIGHT);
for (const type of ['resize', 'scroll']) visualViewport?.addEventListener(type, () => { // the keyboard of a phone takes room
  sheet.cssRules[0].style.setProperty('--seen', `${visualViewport.height}px`);
  sheet.cssRules[0].style.setProperty('--top', `${visualViewport.offsetTop}px`);
});

// ---------------- the element

let count = 0;
class StemCheck extends HTMLElement {
  static observedAttributes = ['inline', 'position', 'lang', 'title', 'greeting', 'contact', 'api'];
  static english = ENGLISH;

  connectedCallback() {
    this.live ||= h('div', { slot: 'live', role: 'log', 'aria-live': 'polite' });
    this.append(this.live); // in the light DOM: a shadow tree's is not always read
    this.build();
  }
  disconnectedCallback() { this.talk?.views.delete(this); }
  attributeChangedCallback() { if (this.shadowRoot && this.isConnected) this.build(); }

  t(key, values = {}) { return (this.words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all); }
  w(key, values) { return h('span', { lang: this.code, dir: this.words.dir }, this.t(key, values)); } // for a place that is in English
  fire(type, detail) { this.dispatchEvent(new CustomEvent(type, { detail })); }
  get heading() { return this.getAttribute('title') || this.t('title'); }
  get inline() { return this.hasAttribute('inline'); }

  async build() {
    if (this.getAttribute('mode') === 'check') return (await import(new URL('check/static/embed.js', BASE))).embed(this, BASE);
    const run = (this.run = {});
    const code = (this.getAttribute('lang') || document.documentElement.lang).slice(0, 2).toLowerCase();
    this.words = await wordsOf(/^[a-z]{2}$/.test(code) ? code : 'en');
    if (run !== this.run || !this.isConnected) return;
    this.code = this.words === ENGLISH ? 'en' : code;
    this.disconnectedCallback();
    this.talk = talkOf((this.getAttribute('api') || new URL(BASE).origin).replace(/\/$/, ''));
    this.talk.views.add(this);
    this.nodes = new Map();
    const root = this.shadowRoot || this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    this.shell();
    root.replaceChildren(this.root);
    this.draw();
    this.watch();
  }

  // ---------------- frame

  button(key, act, look = 'line') { return h(`button.${look}`, { lang: this.code, onclick: act }, this.t(key)); }
  square(key, act, look = '') { return h(`button.square.${look}`, { 'aria-label': this.t(key), title: this.t(key), onclick: act }, icon(key)); }

  shell() {
    const t = (key) => this.t(key);
    this.list = h('div.list');
    this.typing = h('div.row.typing', h('i'), h('i'), h('i'), t('writing'));
    this.log = h('div.log', { tabindex: 0, role: 'group', 'aria-label': t('talk'), onkeydown: (event) => this.walk(event) }, this.list, this.typing);
    this.strip = h('button.strip', { onclick: () => this.visit([...this.list.querySelectorAll('.alarm')].pop()?.closest('article')) }, icon('phone'), t('urgent'));
    this.sheet = h('div.sheet', { role: 'group', tabindex: -1, hidden: true, 'aria-labelledby': 'sheet' });
    this.input = h('textarea', { rows: 1, 'aria-label': t('hint'), 'aria-describedby': 'count note', placeholder: t('hint'), enterkeyhint: 'send', oninput: () => this.typed(), onkeydown: (event) => this.pressed(event) });
    this.input.value = this.talk.draft;
    this.count = h('p.count.small', { id: 'count' });
    this.sender = this.square('send', null, 'main');
    this.box = h('form', { onsubmit: (event) => { event.preventDefault(); this.submit(); } }, this.input, this.sender, this.count);
    this.word = h('span', t('launch'));
    this.launcher = h('button.launcher.main', { onclick: () => this.show() }, icon('chat'), this.word);
    this.panel = h('section.panel', { role: this.inline ? 'region' : 'dialog', 'aria-labelledby': 'name', onkeydown: (event) => this.escape(event) },
      h('header', h('div', h('h2', { id: 'name', tabindex: -1 }, this.heading), h('p.small', t('subtitle'))),
        this.square('restart', () => this.ask()), this.square('about', () => this.askAbout()), !this.inline && this.square('close', () => this.hide())),
      this.strip, this.log, this.sheet, this.box, h('p.foot.small', { id: 'note' }, t('note'), ' ', t('english')));
    this.corner ||= count++ % 2 ? 'start' : 'end'; // a second chat takes the other corner
    const place = this.inline ? 'inline' : `floating ${(this.getAttribute('position') ?? this.corner) === 'start' ? 'start' : ''}`;
    this.root = h(`div.root.${place}`, { dir: this.words.dir, lang: this.code, title: '' }, !this.inline && this.launcher, this.panel, h('slot', { name: 'live' }));
    this.panel.hidden = !this.inline && !this.isOpen;
    this.launcher.hidden = !this.panel.hidden;
  }

  watch() {
    if (this.inline) { // nothing is asked before somebody sees it
      this.isOpen = true;
      const eye = new IntersectionObserver((all) => all.some((one) => one.isIntersecting) && (eye.disconnect(), this.begin()));
      eye.observe(this);
    } else if (this.isOpen || keep('sessionStorage', 'stem-check open')) this.show(false);
    this.typed();
  }

  show(move = true) {
    if (this.inline || !this.panel) return;
    const was = this.isOpen;
    this.isOpen = true;
    this.panel.hidden = false;
    this.launcher.hidden = true;
    this.begin();
    this.draw();
    this.grow();
    this.bottom();
    if (this.unread) {
      this.scrollTo_(this.list.lastElementChild);
      this.say('', this.talk.items.findLast((item) => item.m).m.text);
    }
    this.unread = false;
    keep('sessionStorage', 'stem-check open', '1');
    if (move) (isTouch() ? this.panel.querySelector('h2') : this.input).focus(); // no keyboard over the greeting
    if (!was) this.fire('open');
  }
  begin() {
    this.talk.start();
    import(new URL('parts/attachment.js', BASE)).then((part) => part.attach(this, h), () => {});
  }
  hide() {
    if (this.inline || !this.isOpen) return;
    const inside = this.panel.contains(this.shadowRoot.activeElement);
    this.isOpen = false;
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.draw();
    keep('sessionStorage', 'stem-check open', '');
    if (inside) this.launcher.focus();
    this.fire('close');
  }
  say(key, text) { // only the newest text, and gone after a while
    const line = h('p', { lang: key ? this.code : 'en' }, key ? this.t(key) : text);
    this.live.append(line);
    setTimeout(() => line.remove(), 5000);
  }

  // ---------------- keyboard

  walk(event) {
    const all = [...this.list.children];
    const end = all.length - 1;
    const here = all.indexOf(event.target.closest('article'));
    const to = { ArrowUp: here < 0 ? end : here - 1, ArrowDown: here + 1, Home: 0, End: end }[event.key];
    if (to == null || event.target.matches('textarea')) return;
    event.preventDefault();
    this.visit(all[to]);
  }
  visit(node) {
    if (!node) return;
    this.close();
    this.scrollTo_(node);
    node.focus({ preventScroll: true });
  }
  escape(event) {
    if (event.key === 'Tab' && !this.inline && matchMedia('(max-width: 34em), (max-height: 30em)').matches) { // the page is out of sight
      const stops = [...this.panel.querySelectorAll('button, a[href], textarea, summary, [tabindex="0"]')].filter((node) => node.getClientRects()[0]);
      if (event.shiftKey) stops.reverse();
      if (this.shadowRoot.activeElement === stops.at(-1)) { event.preventDefault(); stops[0].focus(); }
    }
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    if (this.sheet.hidden) this.hide(); else this.close(true);
  }
  pressed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !isTouch()) { event.preventDefault(); this.submit(); }
    if (event.key === 'ArrowUp' && !this.input.value) { event.preventDefault(); this.visit(this.list.lastElementChild); }
  }

  // ---------------- writing

  grow() {
    this.input.style.blockSize = 'auto';
    if (this.input.value && this.input.scrollHeight) this.input.style.blockSize = `${this.input.scrollHeight + 2}px`;
  }
  typed() {
    const text = this.talk.draft = this.input.value;
    keep('sessionStorage', 'stem-check draft', text);
    const max = this.talk.facts?.max_characters || 8000;
    const n = [...text.trim()].length; // code points, as the API counts
    const number = (value) => value.toLocaleString(this.code);
    this.grow();
    this.input.dir = text ? 'auto' : this.words.dir;
    this.over = n > max;
    this.count.textContent = this.over ? this.t('long', { n: number(n - max) }) : n > max * 0.9 ? this.t('count', { n: number(n), max: number(max) }) : '';
    this.count.classList.toggle('problem', this.over);
    this.input.setAttribute('aria-invalid', this.over);
    this.sender.setAttribute('aria-disabled', this.over || !n);
  }
  submit() {
    const text = this.input.value;
    if (this.over) return this.say('', this.count.textContent);
    if (!text.trim()) return;
    this.input.value = '';
    this.typed();
    this.post(text);
  }
  post(text) {
    this.close();
    this.say('sent');
    this.talk.send(text);
    this.bottom();
    if (!isTouch()) this.input.focus();
  }

  // ---------------- transcript

  bottom() { this.log.scrollTop = this.log.scrollHeight; }
  scrollTo_(node) { // low screens scroll the panel
    for (const box of [this.log, this.panel]) box.scrollTop += node.getBoundingClientRect().top - box.getBoundingClientRect().top - 16;
  }

  draw() {
    const { talk, list, log } = this;
    const follows = this.isOpen && (!list.firstChild || log.scrollHeight - log.scrollTop - log.clientHeight < 150);
    const items = [...talk.items, ...(talk.trouble ? [{ key: 'trouble', note: 'down' }] : [])];
    const last = items.findLastIndex((item) => item.text != null);
    let spot = list.firstChild;
    let fresh;
    items.forEach((item, place) => {
      const mark = [item.state, item.problem].join();
      let node = this.nodes.get(item.key);
      if (node?.mark !== mark) {
        const made = h('article', { class: item.text != null && 'me', tabindex: -1 }, item.note ? this.note(item) : item.m ? this.reply(item) : this.mine(item));
        made.mark = mark;
        if (!node && item.m) { fresh ||= made; this.unread = !this.isOpen && list.firstChild; }
        if (node) {
          const had = node.contains(this.shadowRoot.activeElement);
          if (node === spot) spot = made;
          node.replaceWith(made);
          if (had) made.focus({ preventScroll: true });
        }
        this.nodes.set(item.key, node = made);
      }
      if (node === spot) spot = spot.nextSibling; else list.insertBefore(node, spot);
      if (item.m) this.age(node, place > last, items.slice(place).find((one) => one.text != null)?.text);
    });
    while (spot) { const next = spot.nextSibling; spot.remove(); spot = next; }
    const busy = items.some((item) => item.state === 'sending') || talk.creating;
    this.typing.hidden = !busy;
    const sinceCard = items.slice(items.findLastIndex((item) => item.m?.card)).filter((item) => item.text != null).length;
    this.strip.hidden = sinceCard >= STRIP_STAYS || !items.some((item) => item.m?.card);
    this.word.textContent = this.t(this.unread ? 'news' : 'launch');
    if (follows) { if (fresh) this.scrollTo_(fresh.previousElementSibling?.offsetHeight < 160 ? fresh.previousElementSibling : fresh); else if (busy) this.bottom(); }
  }
  // Old suggestions stay readable, but cannot be sent again.
  age(node, fresh, next) {
    for (const one of node.querySelectorAll('.suggestions button')) {
      const used = !fresh && one.words === next;
      one.setAttribute('aria-disabled', !fresh);
      one.classList.toggle('used', used);
      if (used && !one.querySelector('.vh')) one.append(icon('supported'), h('span.vh', `(${this.t('used')})`));
    }
  }
  note({ note, receipt }) {
    return h('div.notice', h('h3.vh', this.heading), h('p', this.t(note)), this.receipt(receipt),
      note === 'down' ? this.button('retry', () => this.talk.resume()) : note === 'deleted' && !receipt && this.anew());
  }
  anew() { return this.button('restart', () => { this.talk.clear([]); this.talk.start(); this.input.focus(); }, 'main'); }
  receipt(receipt) {
    if (!receipt) return;
    const words = [this.t('receipt', { id: receipt.conversation_id, date: new Date(receipt.erased_at).toLocaleString(this.code) }), ...Object.entries(receipt.stores).map((one) => one.join(': '))];
    return [h('p.small.text', words.join('\n')), h('div.row', this.anew(), this.copier(words.join('\n')))];
  }
  mine(item) {
    const { state, text, problem } = item;
    return [h('h3.vh', this.t('you')), h('p.text', { dir: 'auto', tabindex: text.length > 300 && 0 }, text),
      !/sen[dt]/.test(state) && h(state === 'waiting' ? 'p.small' : 'p.small.problem', problem || this.t(state)),
      /failed|unanswered/.test(state) && this.button('again', () => { item.state = 'waiting'; this.talk.resume(); })];
  }

  // ---------------- replies

  reply({ m, first }) {
    const { claims = [], updates = [], suggestions = [], citations = [], report, card, progress, contact } = m;
    const greeting = first && this.getAttribute('greeting');
    const told = [...updates.flatMap((one) => [one.text, one.advice]), card?.action, report?.summary]; // drawn apart below
    const body = greeting || (m.intro ?? (report ? '' : m.text.split(/\n{2,}/).filter((part) => !told.some((one) => one && part.includes(one))).join('\n\n')));
    const steps = progress?.step > 1 ? [...suggestions, { title: this.t('back'), text: 'back' }] : suggestions;
    const talk = h('div.group', { lang: greeting ? null : 'en', dir: greeting ? 'auto' : 'ltr' },
      h('h3.vh', this.heading),
      card ? this.alarm(card, body) : this.paragraphs(body),
      progress && this.progress(progress),
      report && report.summary !== body && h('p', h('strong', report.summary)),
      report && claims[0] && h('h4', this.w('claims')),
      claims.map((claim) => this.claim(claim, m)),
      report && ['warnings', 'open', 'silences', 'questions'].map((key) => this.points(key, report[key])),
      !claims[0] && this.places(citations, m),
      updates.map((one) => h('section.update', h('h4', this.w('newer')), h('p', one.text), h('p', h('strong', one.advice)), one.sources.map((source) => this.origin(source)))),
      report && h('p', report.closing), contact?.phone && this.tel(contact.phone), this.receipt(m.receipt), m.action === 'export' && h('div.row', this.saver()),
      steps[0] && h('div.row.suggestions', { role: 'group', 'aria-label': this.t('suggestions') }, steps.map((one) => this.choice(one))));
    return [talk, /answer|verdict|check|scope|handoff/.test(m.kind) && !progress && this.tools(m)];
  }
  paragraphs(text) { return text.split(/\n{2,}/).map((part) => part && h('p.text', this.linked(part))); }
  linked(text) { return text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).map((part) => this.link(part, part)); }
  link(url, text, look) { return /^https?:\/\//i.test(url) ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer', class: look }, text, h('span.vh', ` (${this.t('tab')})`)) : text; }
  date(day) { return new Date(day).toLocaleDateString(this.code, { dateStyle: 'medium', timeZone: 'UTC' }); }

  claim(claim, m) {
    const name = ICONS[claim.verdict] ? claim.verdict : 'not-covered';
    return h(`section.card.${name}`,
      h('h4.verdict', icon(name), h('span', claim.verdict_label), h('span.small', claim.label)),
      h('div', h('p.small', this.w(claim.mode)), h('blockquote', { dir: 'auto' }, claim.text)),
      h('p.text', claim.reason),
      this.places(m.citations.filter((one) => claim.facts.includes(one.fact)), m) || h('p.small', this.w('noFacts')),
      m.claims[1] && h('div.row', this.button('find', () => this.find(claim, m), 'line small')));
  }
  places(cites, m) {
    return cites[0] && h('details', h('summary', this.w('facts')), h('ul', cites.map(({ source, section, reviewed_on, statement }) =>
      h('li', h('p', statement), this.origin({ ...m.sources.find((one) => one.id === source), section, reviewed_on })))));
  }
  origin({ url, publisher, title, section, overdue, review_due, reviewed_on }) {
    const parts = [this.link(url, `${publisher}: ${title}`), section && this.w('section', { name: section }),
      overdue ? this.w('overdue', { date: this.date(review_due) }) : reviewed_on && this.w('reviewed', { date: this.date(reviewed_on) })];
    return h('p.small', parts.filter(Boolean).flatMap((part) => [' · ', part]).slice(1));
  }
  points(key, list = []) {
    return list[0] && [h('h4', this.w(key)), h(key === 'questions' ? 'ol' : 'ul', {}, list.map((one) => h('li', h('strong', one.label || one.question), h('p.small', one.why), one.source && this.origin(one.source))))];
  }
  progress({ step, of }) {
    const words = this.t('step', { n: step, of });
    return h('div', { lang: this.code }, h('p.small', words), h('progress', { max: of, value: step, 'aria-label': words }));
  }
  choice({ title, text }) {
    const one = h('button', { onclick: () => one.getAttribute('aria-disabled') === 'false' && this.post(text) }, title);
    one.words = text;
    return one;
  }

  alarm(card, text) {
    const names = new Intl.DisplayNames(this.code, { type: 'region' });
    const region = navigator.language.slice(3).replace('GB', 'UK');
    const where = (country) => (/^[A-Z]{2}$/.test(country) ? names.of(country) : this.t('elsewhere'));
    const numbers = [...card.numbers].sort((a, b) => (b.country === region) - (a.country === region));
    return h('section.alarm', h('h4', icon('phone'), card.title), this.paragraphs(text), h('p', h('strong', card.action)),
      h('ul', numbers.map((one) => h('li', this.tel(one.number, where(one.country))))));
  }
  tel(number, where = '') {
    const digits = number.match(/\+?\d[\d ()/-]*$/)?.[0].replace(/[^\d+]/g, '');
    const words = [h('b', digits ? this.t('call', { n: number }) : number), where && h('span', where)];
    return digits ? h('a.tel', { href: `tel:${digits}` }, words) : /^[\w-]+(\.[\w-]+)+$/.test(number) ? this.link(`https://${number}`, words, 'tel') : h('p.tel', words);
  }

  find(claim, m) {
    const items = this.talk.items.slice(0, this.talk.items.findIndex((one) => one.m === m));
    const item = items.findLast((one) => one.text != null);
    const node = this.nodes.get(item?.key);
    if (!node) return;
    const letters = [...item.text];
    const cut = (from, to) => letters.slice(from, to).join('');
    const mark = h('mark', { tabindex: -1 }, cut(claim.start, claim.end));
    const words = node.querySelector('.text');
    words.replaceChildren(cut(0, claim.start), mark, cut(claim.end));
    this.visit(mark);
  }

  // ---------------- copy, save, print, thumbs

  tell(work, node, done) {
    work.then(() => done, () => 'problem').then((key) => { node.textContent = this.t(key); this.say(key); });
  }
  copier(text) {
    const one = this.button('copy', () => this.tell((async () => navigator.clipboard.writeText(text))(), one, 'copied'), '');
    return one;
  }
  saver() {
    return this.button('save', () => {
      const lines = this.talk.items.map(({ m, text, note }) => (m ? `${this.t('title')}: ${m.text}` : note ? this.t(note) : `${this.t('you')}: ${text}`));
      h('a', { href: URL.createObjectURL(new Blob([lines.join('\n\n')])), download: 'stemcheck.txt' }).click();
    });
  }
  tools(m) {
    const said = h('span');
    const box = h('textarea', { rows: 2, maxlength: 1000, dir: 'auto', 'aria-label': this.t('comment') });
    let helpful;
    const vote = (comment) => this.tell(this.talk.call('POST', this.talk.path('/feedback'), { message_id: m.id, helpful, ...(comment && { comment }) })
      .then(() => { extra.hidden = comment; }), said, 'thanks');
    const extra = h('div.comment', { hidden: true }, this.t('comment'), box, this.button('send', () => box.value.trim() && vote(box.value.trim())));
    const thumbs = ['up', 'down'].map((name) => h('button', { 'aria-pressed': 'false', onclick: (event) => {
      helpful = name === 'up';
      for (const one of thumbs) one.setAttribute('aria-pressed', one === event.currentTarget);
      vote();
    } }, icon(name), this.t(name === 'up' ? 'yes' : 'no')));
    return h('div.row.tools', h('div.row', { role: 'group', 'aria-label': this.t('helpful') }, this.t('helpful'), thumbs),
      this.copier(m.text), m.report && this.button('print', () => this.print(m), ''), said, extra);
  }
  print(m) { // only the report, so from a frame of its own
    const frame = h('iframe.vh', { title: this.t('print') });
    this.root.append(frame);
    const { contentDocument: page, contentWindow: view } = frame;
    const looks = new view.CSSStyleSheet();
    looks.replaceSync(LIGHT.replace(':host', 'body'));
    page.adoptedStyleSheets = [looks];
    page.title = this.heading;
    page.body.append(h('div.root.group', { dir: this.words.dir }, h('h2', page.title), h('p.small', `${this.date(m.sent_at)} · ${this.t('note')}`), this.reply({ m })[0]));
    for (const one of page.querySelectorAll('details')) one.open = true;
    view.addEventListener('afterprint', () => setTimeout(() => frame.remove(), 500));
    view.print();
  }

  // ---------------- sheets

  page(title, ...children) {
    if (this.sheet.hidden) this.opener = this.shadowRoot.activeElement;
    this.sheet.replaceChildren(h('h3', { id: 'sheet' }, this.t(title)), ...children.flat().filter(Boolean));
    this.toggle(true);
    this.sheet.focus();
    this.sheet.scrollTop = 0;
  }
  toggle(sheet) {
    this.sheet.hidden = !sheet;
    this.log.hidden = this.box.hidden = sheet;
  }
  close(back) {
    if (this.sheet.hidden) return;
    this.toggle(false);
    this.bottom();
    if (back) (this.opener || this.input).focus();
  }
  askAbout() {
    if (!this.sheet.hidden) return this.close(true);
    const { disclaimer, source, retention_days: n, contact } = this.talk.facts || {};
    const mine = this.getAttribute('contact');
    const who = mine ? { text: mine } : contact;
    const h3 = (key) => h('h3', this.t(key));
    this.page('about', h('p', disclaimer || this.t('note')), h('p', this.t('english')), n && h('p', this.t('stored', { n })),
      this.saver(), this.button('delete', () => this.ask(true), 'danger'), source && [h3('source'), this.origin(source)],
      who && [h3('contact'), h('p.text', this.link(who.url, who.name), '\n', this.linked(who.text)), who.phone && this.tel(who.phone)],
      h3('keys'), h('p', this.t('keyHelp')), this.button('back', () => this.close(true), 'main'));
  }
  ask(erase) {
    this.page(erase ? 'delete' : 'restart', h('p', this.t(erase ? 'sure' : 'leave')), !erase && this.button('restart', () => this.renew(), 'main'),
      this.button('delete', () => this.renew(true), 'danger'), this.button('back', () => this.close(true)));
  }
  async renew(erase) {
    try {
      await this.talk.restart(erase);
      this.close();
      this.input.focus();
    } catch {
      this.sheet.append(h('p.problem', this.t('problem')));
      this.say('problem');
    }
  }
}
customElements.define('stem-check', StemCheck);
const launch = () => document.querySelector('stem-check') || document.body.append(h('stem-check', { ...SCRIPT?.dataset }));
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', launch); else launch();
})();
