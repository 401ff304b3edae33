/* StemCheck chat widget: the custom element <stem-check>. One file, no build, no third party.

   <script src="https://chat.example.org/widget.js" async></script>           adds a floating launcher, or
   <stem-check inline lang="de" title="…" greeting="…" contact="…"></stem-check>  puts the chat where it stands.
   data-lang, data-title … on the script do for the launcher what the attributes do for the element.
   Attributes: inline, position (end, start), lang, title, greeting, contact, api (default: the script's origin).
   Methods: show(), hide(). Events on the element (they do not bubble): open, close, message (detail: id, role, kind).
   Looks: --stem-check-accent, -on-accent, -font, -font-size, -radius, -width, -height, -gap, -layer.
   CSP of the host page: script-src and connect-src with the chat's origin. No style-src, no unsafe-*, no frame-src.
   Keyboard: Enter sends, Shift+Enter breaks the line, Escape closes, arrow keys, Home and End walk the messages. */
(() => {
'use strict';
if (customElements.get('stem-check')) return; // the script is on the page twice

const SCRIPT = document.currentScript;
const BASE = SCRIPT ? SCRIPT.src : location.href;

// ---------------------------------------------------------------- words (languages/*.json hold the others)

const ENGLISH = {
  dir: 'ltr', title: 'StemCheck', subtitle: 'Claims about stem cells and MS, checked', launch: 'Ask about stem cells and MS',
  news: '{n} new', close: 'Close', restart: 'Start again', about: 'About and your data', talk: 'Conversation', you: 'You', assistant: 'StemCheck',
  label: 'Your question, or a text to check', hint: 'Ask, or paste an advert…', send: 'Send', note: 'A computer program, not a doctor.',
  count: '{n} of {max} characters', long: 'Too long by {n} characters. Please shorten it, or send it in parts.',
  sending: 'Sending…', sent: 'Sent.', writing: 'Writing a reply…', slow: 'Still working on it…', waiting: 'Waits for its turn', soon: 'A moment, then it is sent again',
  failed: 'Not sent. Please check your connection.', again: 'Send again', edit: 'Change the text', retry: 'Try again', down: 'The service cannot be reached just now.',
  expired: 'The earlier conversation has ended. This is a new one; your message goes with it.', ended: 'The earlier conversation has ended. This is a new one.',
  asserted: 'It says', asked: 'You ask', reported: 'You were told', facts: 'Where this comes from', noFacts: 'Our source says nothing about this.',
  reviewed: 'reviewed {date}', overdue: 'review due since {date}', section: 'section “{name}”', newer: 'Newer than our source', tab: 'opens in a new tab',
  find: 'Show in my text', all: 'Show all', claims: 'What the text claims', silences: 'What the text leaves out', questions: 'Questions to ask',
  step: 'Question {n} of {of}', back: 'Back', stop: 'Stop the check', suggestions: 'You could ask', used: 'asked',
  helpful: 'Was this helpful?', yes: 'Yes', no: 'No', comment: 'What could be better? (if you like)', good: 'What helped? (if you like)', sendComment: 'Send comment', thanks: 'Thank you.',
  copy: 'Copy', copied: 'Copied.', print: 'Print', urgent: 'Get help now', call: 'Call {n}', elsewhere: 'Anywhere', call112: 'Emergency numbers are in this conversation',
  yourData: 'Your data', stored: 'Your messages are kept for {n} days, then deleted. Only this service reads them: no cookies, no other company.',
  key: 'This browser keeps a key, so that you can go on after a reload.', delete: 'Delete my conversation', sure: 'Delete it all now? It cannot be brought back.', yesDelete: 'Yes, delete', cancel: 'Cancel',
  deleted: 'Your conversation is deleted', receipt: 'Receipt: {id}, {date}', rows: '{n} entries', source: 'Our source', contact: 'Talk to a person', keys: 'Keyboard',
  keyHelp: 'Enter sends. Shift and Enter make a new line. Escape closes. Arrow keys, Home and End walk through the messages.',
  leave: 'Start a new conversation? This one will no longer be shown.', both: 'Delete this one, then start again', failedTo: 'That did not work. Please try again.', done: 'Back to the chat',
};
const languages = new Map([['en', Promise.resolve(ENGLISH)]]);
const wordsOf = (code) => {
  if (!languages.has(code)) {
    const late = new Promise((done) => setTimeout(done, 2000));
    const load = fetch(new URL(`languages/${code}.json`, BASE)).then((answer) => answer.ok && answer.json()).catch(() => {});
    languages.set(code, Promise.race([load, late]).then((words) => ({ ...ENGLISH, ...words })));
  }
  return languages.get(code);
};

// ---------------------------------------------------------------- building blocks: text only ever as text

const h = (tag, props, ...children) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value == null || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat(9).filter((child) => child || child === 0));
  return node;
};
const ICONS = {
  chat: 'M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5', close: 'M6 6l12 12M18 6L6 18', restart: 'M5 12a7 7 0 1 0 2-5M5 4v4h4', about: 'M12 11v6M12 7v.5M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  send: 'M12 19V5M6 11l6-6 6 6', myth: 'M7 7l10 10M17 7L7 17', unproven: 'M9 9a3 3 0 1 1 4 3q-1 .5-1 2M12 17.5v.5', 'not-covered': 'M6 12h12', 'early-evidence': 'M12 19v-8M12 13q-5 0-5-5 5 0 5 5zM12 11q0-5 5-5 0 5-5 5',
  supported: 'M6 12.5l4 4 8-9', up: 'M7 11v9H4v-9zM7 11l4-7q2 0 2 2v4h6l-1.5 9.500H7', down: 'M7 13V4H4v9zM7 13l4 7q2 0 2-2v-4h6l-1.500-9.500H7', phone: 'M6 4h4l1.500 5-2.500 1.500q1.500 3.500 4.500 4.500l1.500-2.500 5 1.500v4q-14 2-14-14z',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4', print: 'M7 8V4h10v4M7 16H4V8h16v8h-3M7 13h10v7H7z', news: 'M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0', find: 'M4 6h16M4 12h9M4 18h6M15 15l5 5M17 13a3 3 0 1 1-6 0',
};
const icon = (name) => {
  const make = (tag, values) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const key in values) node.setAttribute(key, values[key]);
    return node;
  };
  const svg = make('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'icon' });
  svg.append(make('path', { d: ICONS[name] || ICONS.about }));
  return svg;
};
const hidden = (text) => h('span', { class: 'vh' }, text);
const isWeb = (url) => /^https?:\/\//i.test(url || '');
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
const lengthOf = (text) => [...text.trim()].length; // code points, as the API counts

// ---------------------------------------------------------------- the talk: one for each API, shared by all widgets of a page

class Talk {
  constructor(api) {
    Object.assign(this, { api, items: [], past: [], outbox: [], views: new Set(), name: `stem-check ${api}`, beat: 0, draft: '' });
    this.load();
    addEventListener('storage', (event) => event.key === this.name && this.heard());
    addEventListener('online', () => this.resume());
    document.addEventListener('visibilitychange', () => !document.hidden && this.checked < Date.now() - 3e4 && this.sync());
  }

  // What a reload needs is kept in the browser: the key of the conversation, and what is not sent yet.
  load() {
    try { Object.assign(this, JSON.parse(localStorage.getItem(this.name))); } catch { /* storage is blocked: this page only */ }
  }
  save() {
    const { id, token, outbox, beat } = this;
    try { localStorage.setItem(this.name, JSON.stringify({ id, token, outbox, beat })); } catch { /* the same */ }
  }
  heard() { // another tab went on, started again, or deleted the conversation
    const { token, busy } = this;
    if (busy) return;
    Object.assign(this, { id: null, token: null, outbox: [] });
    this.load();
    if (token === this.token) return void this.sync();
    Object.assign(this, { items: [], past: [], ready: null });
    this.changed();
    if (this.token) this.start();
  }

  async call(method, path, data) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 3e4);
    try {
      const answer = await fetch(this.api + path, {
        method, signal: stop.signal, body: data && JSON.stringify(data), credentials: 'omit',
        headers: { ...(data && { 'Content-Type': 'application/json' }), ...(this.token && { Authorization: `Bearer ${this.token}` }) },
      });
      const found = await answer.json().catch(() => ({}));
      if (answer.ok) return found;
      throw Object.assign(new Error(found.error?.message || ''), { status: answer.status, wait: +answer.headers.get('Retry-After') || 5 });
    } finally { clearTimeout(timer); }
  }
  path(rest = '') { return `/api/conversations/${encodeURIComponent(this.id)}${rest}`; }

  changed() { for (const view of this.views) view.draw(); }
  say(key, text) { [...this.views].find((view) => view.isOpen)?.say(key, text); }
  tell(detail) { for (const view of this.views) view.fire('message', detail); }

  // Begin or come back. Called again, it does nothing twice.
  start() {
    this.about ||= this.call('GET', '/api/about').then((about) => { this.facts = about; this.changed(); }).catch(() => { this.about = null; });
    this.ready ||= (this.token ? this.sync(true) : this.create()).then(() => { this.trouble = false; this.pump(); })
      .catch(() => { this.ready = null; this.trouble = true; }).finally(() => this.changed());
    return this.ready;
  }
  async create() {
    const { conversation_id: id, token, messages } = await this.call('POST', '/api/conversations', {});
    Object.assign(this, { id, token });
    const mine = this.items.filter((item) => item.state && item.state !== 'sent');
    this.items = [...this.items.filter((item) => !mine.includes(item)), ...messages.map((m) => ({ key: m.id, m, first: true })), ...mine];
    this.save();
    for (const m of messages) this.say('', m.text);
    this.changed();
  }
  async sync(must) {
    if (!this.token || this.busy) return;
    this.checked = Date.now();
    try { this.merge((await this.call('GET', this.path())).messages); } catch (problem) {
      if (problem.status === 401) { this.forget('ended'); return must && this.create(); }
      if (must) throw problem;
    }
  }
  // The server's transcript is the truth; what it does not know yet stays at the end.
  merge(messages) {
    const waiting = new Map(this.outbox.map((mail) => [mail.id, mail]));
    const before = new Map(this.items.map((item) => [item.key, item]));
    const items = [];
    messages.forEach((m, place) => {
      if (m.role !== 'visitor') return items.push(before.get(m.id) || { key: m.id, m, first: !place });
      const next = messages[place + 1];
      const key = m.client_id || m.id;
      if (next?.kind === 'error' && place + 2 === messages.length) {
        messages.splice(place + 1);
        items.push({ key, text: m.text, state: 'failed', problem: next.text });
      } else if (next) items.push({ key, text: m.text, state: 'sent' });
      else return waiting.set(key, { id: key, text: m.text });
      waiting.delete(key);
    });
    this.outbox = [...waiting.values()];
    const failed = this.items.filter((item) => item.state === 'failed' && !messages.some((m) => m.client_id === item.key) && !waiting.has(item.key));
    this.items = [...this.past, ...items, ...failed, ...this.outbox.map(({ id, text }) => before.get(id) || { key: id, text, state: 'waiting' })];
    this.save();
    this.changed();
    this.pump();
  }
  forget(note) {
    const mine = this.items.filter((item) => item.state && item.state !== 'sent');
    this.past = [...this.items.filter((item) => !mine.includes(item)), { key: crypto.randomUUID(), note }];
    this.items = [...this.past, ...mine];
    this.id = this.token = null;
    this.save();
    this.say(note);
  }

  send(text) {
    const item = { key: newId(), text: text.trim(), state: 'waiting' };
    this.items.push(item);
    this.outbox.push({ id: item.key, text: item.text });
    this.tell({ id: item.key, role: 'visitor' });
    this.resume();
  }
  again(item) {
    item.state = 'waiting';
    if (!this.outbox.some((mail) => mail.id === item.key)) this.outbox.push({ id: item.key, text: item.text });
    this.resume();
  }
  resume() { // new mail, or the connection is back: what failed on the way is tried again first
    for (const item of this.items) if (item.state === 'failed' && item.onTheWay) item.state = 'waiting';
    this.save();
    this.changed();
    if (this.token && this.ready) this.pump(); else if (this.ready || this.trouble || this.outbox.length) this.start();
  }

  // One message at a time, in order; the same id on every try, so that nothing is done twice.
  async pump() {
    if (this.busy) return;
    this.busy = true;
    while (this.outbox.length) {
      const mail = this.outbox[0];
      const item = this.items.find((one) => one.key === mail.id);
      if (!item || item.state === 'failed') break;
      Object.assign(item, { state: 'sending', problem: '', onTheWay: false });
      this.slow = false;
      const timer = setTimeout(() => { this.slow = true; this.say('slow'); this.changed(); }, 6000);
      this.changed();
      try {
        if (!this.token) await this.create();
        this.say('writing');
        this.received(item, (await this.call('POST', this.path('/messages'), mail)).messages);
      } catch (problem) {
        if (!this.refused(item, problem)) break;
      } finally { clearTimeout(timer); }
    }
    this.busy = false;
    this.save();
    this.changed();
  }
  received(item, messages) {
    const good = messages.filter((m) => m.kind !== 'error' && !this.items.some((one) => one.key === m.id));
    const error = messages.find((m) => m.kind === 'error');
    Object.assign(item, error ? { state: 'failed', problem: error.text } : { state: 'sent' });
    this.outbox = this.outbox.filter((mail) => mail.id !== item.key);
    this.items.splice(this.items.indexOf(item) + 1, 0, ...good.map((m) => ({ key: m.id, m })));
    this.beat += 1;
    this.checked = Date.now();
    this.save();
    this.changed();
    for (const m of error ? [...good, error] : good) { this.say('', m.text); this.tell({ id: m.id, role: 'assistant', kind: m.kind }); }
  }
  refused(item, { status, message, wait }) { // true: go on with the next round
    if (status === 401 && !item.renewed) {
      item.renewed = true;
      this.forget('expired');
      return true;
    }
    Object.assign(item, { state: 'failed', problem: message });
    if (status === 429) {
      Object.assign(item, { state: 'waiting', soon: true });
      setTimeout(() => { item.soon = false; this.pump(); }, wait * 1000);
      this.say('soon');
      return false;
    }
    const final = status === 400 || status === 409 || status === 413;
    item.final = final;
    item.onTheWay = !final;
    if (final) this.outbox = this.outbox.filter((mail) => mail.id !== item.key);
    this.say(message ? '' : 'failed', message);
    return final;
  }
  drop(item) {
    this.items = this.items.filter((one) => one !== item);
    this.outbox = this.outbox.filter((mail) => mail.id !== item.key);
    this.save();
    this.changed();
  }

  async restart(erase) {
    const receipt = erase && this.token && (await this.call('DELETE', this.path())).receipt;
    Object.assign(this, { id: null, token: null, items: [], past: [], outbox: [], ready: null });
    this.save();
    this.changed();
    if (!receipt) await this.start();
    return receipt;
  }
}
// randomUUID is only there on https and localhost; getRandomValues is everywhere.
const newId = () => crypto.randomUUID?.() || [...crypto.getRandomValues(new Uint32Array(4))].join('-');
const talks = new Map();
const talkOf = (api) => talks.get(api) || talks.set(api, new Talk(api)).get(api);

// ---------------------------------------------------------------- looks

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { all: initial !important; display: block !important; font: 400 var(--stem-check-font-size, medium)/1.5 var(--stem-check-font, system-ui, sans-serif) !important;
  --paper: #fffdf9; --wash: #f7f2e9; --ink: #20302d; --soft: #55645f; --line: #e3dbcc; --edge: #85897f; --on: var(--stem-check-on-accent, #fff); --accent: var(--stem-check-accent, #17635b); --mine: #dfece7;
  --myth: #97291d; --myth-bg: #fcebe6; --unproven: #7a4a00; --unproven-bg: #fdf1d9; --not-covered: #484a70; --not-covered-bg: #eeedf6; --early-evidence: #0b587a; --early-evidence-bg: #e3f1f8; --supported: #1e6235; --supported-bg: #e4f3e5;
  --alarm: #a01f17; --shade: 0 .2em .6em #20302d1f, 0 1em 3em #20302d33; color-scheme: light }
@media (prefers-color-scheme: dark) { :host { --paper: #18211f; --wash: #212c2a; --ink: #edf1ee; --soft: #aebbb6; --line: #374441; --edge: #84958f; --on: var(--stem-check-on-accent, #06231f); --accent: var(--stem-check-accent, #86d2c6); --mine: #26463f;
  --myth: #ffb5a7; --myth-bg: #40241f; --unproven: #f6cb7d; --unproven-bg: #3b2e15; --not-covered: #cfcdf4; --not-covered-bg: #2c2c43; --early-evidence: #9fd6f2; --early-evidence-bg: #17323f; --supported: #a9dfb3; --supported-bg: #1a3722;
  --shade: 0 .2em .6em #0006, 0 1em 3em #0009; color-scheme: dark } }
*, ::before, ::after { box-sizing: border-box }
[hidden] { display: none !important }
.root { color: var(--ink); text-align: start }
.vh, ::slotted(*) { position: absolute !important; inline-size: 1px !important; block-size: 1px !important; overflow: hidden !important; clip-path: inset(50%) !important; white-space: nowrap !important; display: block !important; margin: 0 !important }
h2, h3, h4, p, ul, ol, dl, dd, blockquote { margin: 0; padding: 0; font-size: 1em }
p, li, blockquote, button, a, h2, h3, h4, summary, .text { overflow-wrap: anywhere; min-inline-size: 0 }
.text { white-space: pre-line }
button, textarea { font: inherit; color: inherit; margin: 0 }
button { cursor: pointer; background: none; border: 1px solid transparent; border-radius: .6em; padding: .3em .7em; min-block-size: 2.25em; display: inline-flex; align-items: center; gap: .4em; text-align: start }
button:hover:not([aria-disabled=true]) { background: color-mix(in srgb, var(--accent) 12%, transparent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
a { color: var(--accent) }
.icon { inline-size: 1.25em; block-size: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
.square { inline-size: 2.5em; block-size: 2.5em; padding: 0; justify-content: center; flex: none }
.main { background: var(--accent); color: var(--on); font-weight: 600 }
.main:hover:not([aria-disabled=true]) { background: color-mix(in srgb, var(--accent) 88%, var(--ink)) }
.line { border-color: var(--edge) }
.danger { border-color: var(--myth); color: var(--myth) }
.small { font-size: .875em; color: var(--soft) }

.launcher, .panel { position: fixed; inset-block-end: calc(var(--stem-check-gap, 1.25em) + env(safe-area-inset-bottom)); inset-inline-end: var(--stem-check-gap, 1.25em); z-index: var(--stem-check-layer, 2147483000) }
.start .launcher, .start .panel { inset-inline: var(--stem-check-gap, 1.25em) auto }
.launcher { border-radius: 2em; padding: .75em 1.25em .75em 1em; min-block-size: 3.25em; box-shadow: var(--shade); max-inline-size: calc(100vw - 2.5em) }
.news { background: var(--paper); color: var(--ink); border-radius: 1em; padding: 0 .5em; font-size: .875em }
.panel { display: flex; flex-direction: column; background: var(--paper); border: 1px solid var(--line); border-radius: var(--stem-check-radius, 1.125em); overflow: hidden; box-shadow: var(--shade);
  inline-size: min(var(--stem-check-width, 26em), calc(100vw - 2.5em)); block-size: min(var(--stem-check-height, 43em), calc(100dvh - 2.5em)) }
.inline .panel { position: static; inline-size: auto; block-size: min(var(--stem-check-height, 38em), 90vh); box-shadow: none }
header { display: flex; align-items: center; gap: .15em; padding: .7em .6em .7em 1.1em; border-block-end: 1px solid var(--line); background: var(--wash) }
header > div { flex: 1; min-inline-size: 0 }
h2 { font-size: 1.125em; line-height: 1.25; font-weight: 700; letter-spacing: -.01em }
header .small { line-height: 1.35 }
.strip { background: var(--alarm); color: #fff; border-radius: 0; font-weight: 600; justify-content: center; border-color: transparent }
.strip:hover { background: #7d1610 !important }
.log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 1.1em; display: flex; flex-direction: column; min-block-size: 0; position: relative }
.log:focus-visible, .sheet:focus-visible { outline-offset: -3px }
.list { display: flex; flex-direction: column; gap: 1.1em }
article { display: flex; flex-direction: column; gap: .7em; border-radius: .5em; outline-offset: 4px !important; scroll-margin: 1em }
.me { align-items: flex-end; gap: .25em }
.me > .text { background: var(--mine); border: 1px solid transparent; border-radius: 1.1em; border-end-end-radius: .3em; padding: .55em .95em; max-inline-size: 88%; text-align: start }
.clip { max-block-size: 9.2em; overflow: hidden; -webkit-mask-image: linear-gradient(#000 70%, #0000); mask-image: linear-gradient(#000 70%, #0000) }
mark { background: #ffe08a; color: #2b2300; border-radius: .2em }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: .4em }
.me .row { justify-content: flex-end }
.problem { color: var(--myth); font-weight: 600 }
.notice { background: var(--wash); border: 1px solid var(--line); border-radius: .8em; padding: .7em .9em }

.card { border: 1px solid var(--line); border-radius: .9em; overflow: hidden; background: var(--paper) }
.card > :not(.verdict) { margin: .7em .95em }
.verdict { display: flex; align-items: center; gap: .55em; padding: .5em .95em; font-weight: 700; color: var(--tone); background: var(--tone-bg); border-block-end: 1px solid var(--line) }
.verdict .icon { background: var(--tone); color: var(--tone-bg); border-radius: 50%; padding: .15em; stroke-width: 3; inline-size: 1.4em; block-size: 1.4em }
.verdict .small { color: inherit; font-weight: 500; margin-inline-start: auto; text-align: end }
.myth { --tone: var(--myth); --tone-bg: var(--myth-bg) } .unproven { --tone: var(--unproven); --tone-bg: var(--unproven-bg) } .not-covered { --tone: var(--not-covered); --tone-bg: var(--not-covered-bg) }
.early-evidence { --tone: var(--early-evidence); --tone-bg: var(--early-evidence-bg) } .supported { --tone: var(--supported); --tone-bg: var(--supported-bg) }
blockquote { font: italic 1.06em/1.45 Georgia, "Times New Roman", serif }
blockquote::before { content: open-quote } blockquote::after { content: close-quote }
details { font-size: .9375em }
summary { cursor: pointer; color: var(--accent); font-weight: 600; padding-block: .3em; border-radius: .4em }
details ul { list-style: none; display: grid; gap: .7em; padding-block: .35em }
details li { border-block-start: 1px solid var(--line); padding-block-start: .6em }
.update { background: var(--early-evidence-bg); border: 1px dashed var(--early-evidence); border-radius: .9em; padding: .8em .95em; display: grid; gap: .4em }
.update h4 { display: flex; gap: .45em; align-items: center; color: var(--early-evidence) }
.group { display: grid; gap: .6em } .group > h4 { font-size: 1.06em; margin-block-start: .4em }
.group > ul, .group > ol { padding-inline-start: 1.3em; display: grid; gap: .6em }
.alarm { border: 3px solid var(--alarm); border-radius: 1em; background: var(--paper); display: grid }
.alarm > h4 { background: var(--alarm); color: #fff; padding: .6em .9em; font-size: 1.25em; display: flex; gap: .5em; align-items: center; line-height: 1.25 }
.alarm > p, .alarm > ul { margin: .7em .95em }
.alarm ul { list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5em, 1fr)); gap: .5em }
.alarm li:first-child { grid-column: 1 / -1 }
.tel { display: flex; flex-direction: column; justify-content: center; border: 2px solid var(--alarm); border-radius: .7em; padding: .4em .8em; min-block-size: 2.9em; color: inherit; text-decoration: none; line-height: 1.3 }
.tel b { text-decoration: underline }
li:first-child > .tel { background: var(--alarm); color: #fff; font-size: 1.15em }
progress { inline-size: 100%; block-size: .5em; accent-color: var(--accent) }
.suggestions { display: flex; flex-wrap: wrap; gap: .45em }
.suggestions button { border-color: var(--accent); color: var(--accent); border-radius: 1.4em; padding: .3em .95em; font-weight: 500; background: var(--paper); line-height: 1.3 }
[aria-disabled=true] { cursor: default }
.suggestions [aria-disabled=true] { border-color: var(--line); color: var(--soft); font-weight: 400 }
.suggestions .used { background: var(--wash); color: var(--ink) }
.tools { font-size: .875em; color: var(--soft); gap: .1em }
.tools [aria-pressed=true] { background: var(--mine); color: var(--ink); border-color: var(--edge) }
.comment { display: grid; gap: .4em; justify-items: start; inline-size: 100% }
.comment textarea { inline-size: 100% }
.typing { color: var(--soft); padding-block-start: 1.1em; display: flex; gap: .6em; align-items: center }
.dots { display: flex; gap: .25em } .dots i { inline-size: .45em; block-size: .45em; border-radius: 50%; background: var(--accent); border: 1px solid var(--accent); animation: beat 1.4s infinite }
.dots i + i { animation-delay: .2s } .dots i + i + i { animation-delay: .4s }
@keyframes beat { 40% { opacity: .25 } }

form.box { display: flex; align-items: flex-end; gap: .5em; padding: .7em .8em .2em; border-block-start: 1px solid var(--line); flex-wrap: wrap }
textarea { background: var(--paper); border: 1px solid var(--edge); border-radius: .8em; padding: .55em .8em; resize: none; min-block-size: 2.75em; display: block }
.box textarea { flex: 1; min-inline-size: 8em; max-block-size: 9.5em }
textarea::placeholder { color: var(--soft); opacity: 1 }
textarea:focus-visible { outline-offset: 0 }
.box .main { inline-size: 2.75em; block-size: 2.75em; border-radius: .8em }
.count { flex-basis: 100% }
.foot { padding: .1em 1.1em .7em; line-height: 1.35 }
.sheet { flex: 1; overflow-y: auto; padding: 1.1em; display: flex; flex-direction: column; gap: .7em; align-items: flex-start; min-block-size: 0 }
.sheet h3 { font-size: 1.06em } .sheet h3 ~ h3 { margin-block-start: .5em }

@media (pointer: coarse) { button, summary, .tel { min-block-size: 44px } .square, .box .main { min-inline-size: 44px } summary { padding-block: .6em } }
@media (max-width: 34em), (max-height: 30em) {
  .floating .panel { inset: auto; inset-inline: 0; inset-block-start: var(--top, 0px); inline-size: 100%; block-size: var(--seen, 100dvh); border: 0; border-radius: 0; padding-block-end: env(safe-area-inset-bottom) }
  .floating.open { position: relative } }
@media (max-width: 22em) { header { flex-wrap: wrap } }
@media (max-height: 26em) { .panel { overflow-y: auto; display: block } .log, .sheet { overflow: visible } header > div { flex-basis: 8em } }
@media (prefers-reduced-motion: no-preference) { .panel { animation: rise .18s ease-out } @keyframes rise { from { opacity: 0; translate: 0 .6em } } }
@media (prefers-reduced-motion: reduce) { .dots i { animation: none } }
@media (forced-colors: active) { button, .me > .text, .verdict .icon, .panel { border: 1px solid } .strip, .alarm > h4 { border: 2px solid Mark } .main { border: 2px solid ButtonText } [aria-disabled=true] { color: GrayText } }
@media print { .root { font-size: 11pt } .row, .suggestions, .me { display: none } .card, .update, li { break-inside: avoid } }
`);

// ---------------------------------------------------------------- the element

const FULL = '(max-width: 34em), (max-height: 30em)';
class StemCheck extends HTMLElement {
  static observedAttributes = ['inline', 'position', 'lang', 'title', 'greeting', 'contact', 'api'];
  static english = ENGLISH;

  connectedCallback() {
    this.live ||= h('div', { slot: 'live', role: 'log', 'aria-live': 'polite' });
    this.append(this.live); // in the light DOM: live regions inside a shadow tree are not read reliably
    this.build();
  }
  disconnectedCallback() {
    this.talk?.views.delete(this);
    this.leave?.abort();
  }
  attributeChangedCallback(name, old, value) {
    if (name === 'title') {
      if (value == null) return; // taken out below, so that the whole chat has no tooltip
      this.heading = value;
      this.removeAttribute('title');
    }
    if (this.shadowRoot && this.isConnected && old !== value) this.build();
  }

  t(key, values = {}) { return fill(this.words[key] ?? key, values); }
  fire(type, detail) { this.dispatchEvent(new CustomEvent(type, { detail })); }
  get inline() { return this.hasAttribute('inline'); }

  async build() {
    const run = (this.run = {});
    const code = (this.getAttribute('lang') || document.documentElement.lang || 'en').slice(0, 2).toLowerCase();
    this.words = await wordsOf(/^[a-z]{2}$/.test(code) ? code : 'en');
    if (run !== this.run || !this.isConnected) return;
    this.code = this.words === ENGLISH ? 'en' : code;
    this.disconnectedCallback();
    this.leave = new AbortController();
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

  // ------------------------------------------------------------ frame

  button(key, act, { look = 'line', sign, square } = {}) {
    const word = this.t(key);
    return h('button', { type: 'button', class: look + (square ? ' square' : ''), 'aria-label': square && word, title: square && word, onclick: act }, sign && icon(sign), !square && word);
  }

  shell() {
    const t = (key) => this.t(key);
    const name = this.heading || t('title');
    this.list = h('div', { class: 'list' });
    this.typing = h('div', { class: 'typing', 'aria-hidden': 'true' });
    this.log = h('div', { class: 'log', tabindex: 0, role: 'group', 'aria-label': t('talk'), onkeydown: (event) => this.walk(event) }, this.list, this.typing);
    this.strip = h('button', { type: 'button', class: 'strip', onclick: () => this.visit([...this.list.querySelectorAll('.alarm')].pop()?.closest('article')) }, icon('phone'), t('urgent'));
    this.sheet = h('section', { class: 'sheet', tabindex: -1, hidden: true, 'aria-labelledby': 'sheet' });
    this.input = h('textarea', { rows: 1, 'aria-label': t('label'), 'aria-describedby': 'count note', placeholder: t('hint'), dir: 'auto', enterkeyhint: 'send', oninput: () => this.typed(), onkeydown: (event) => this.pressed(event) });
    this.input.value = this.talk.draft;
    this.count = h('p', { class: 'count small', id: 'count' });
    this.sender = h('button', { class: 'main square', 'aria-label': t('send'), title: t('send') }, icon('send'));
    this.box = h('form', { class: 'box', onsubmit: (event) => { event.preventDefault(); this.submit(); } }, this.input, this.sender, this.count);
    this.launcher = h('button', { type: 'button', class: 'launcher main', 'aria-expanded': 'false', onclick: () => this.show() }, icon('chat'), t('launch'));
    this.news = h('span', { class: 'news' });
    const square = { look: '', square: true };
    this.panel = h('section', { class: 'panel', role: this.inline ? 'region' : 'dialog', 'aria-labelledby': 'name', onkeydown: (event) => this.escape(event) },
      h('header', {}, h('div', {}, h('h2', { id: 'name', tabindex: -1 }, name), h('p', { class: 'small' }, t('subtitle'))),
        this.button('restart', () => this.askRestart(), { ...square, sign: 'restart' }), this.button('about', () => this.askAbout(), { ...square, sign: 'about' }),
        !this.inline && this.button('close', () => this.hide(), { ...square, sign: 'close' })),
      this.strip, this.log, this.sheet, this.box, h('p', { class: 'foot small', id: 'note' }, t('note')), h('slot', { name: 'live' }));
    const kind = this.inline ? 'inline' : `floating ${/start|left/.test(this.getAttribute('position') ?? spare(this)) ? 'start' : 'end'}`;
    this.root = h('div', { class: `root ${kind}`, dir: this.words.dir, lang: this.code }, !this.inline && this.launcher, this.panel);
    this.panel.hidden = !this.inline && !this.isOpen;
    this.launcher.hidden = !this.panel.hidden;
  }

  watch() {
    const { signal } = this.leave;
    const seen = window.visualViewport;
    const fit = () => { // the on-screen keyboard of a phone takes away room
      this.root.style.setProperty('--seen', `${seen.height}px`);
      this.root.style.setProperty('--top', `${seen.offsetTop}px`);
    };
    seen?.addEventListener('resize', fit, { signal });
    seen?.addEventListener('scroll', fit, { signal });
    matchMedia(FULL).addEventListener('change', () => this.modal(), { signal });
    if (this.inline) { // no conversation is made before somebody sees the chat
      this.isOpen = true;
      const eye = new IntersectionObserver((all) => all.some((one) => one.isIntersecting) && (eye.disconnect(), this.talk.start()));
      eye.observe(this);
      signal.addEventListener('abort', () => eye.disconnect());
    } else if (this.isOpen || recall('open')) this.show(false);
    this.typed();
  }
  modal() { this.panel.toggleAttribute('data-full', !this.inline && matchMedia(FULL).matches); }

  show(move = true) {
    if (this.inline || !this.panel) return;
    const was = this.isOpen;
    this.isOpen = true;
    this.panel.hidden = false;
    this.launcher.hidden = true;
    this.modal();
    this.talk.start();
    this.draw();
    this.grow();
    this.bottom();
    if (this.unread) this.say('', [...this.talk.items].reverse().find((item) => item.m)?.m.text);
    this.unread = 0;
    recall('open', '1');
    // On a phone the text box would bring up the keyboard over the greeting.
    if (move) (matchMedia('(pointer: coarse)').matches ? this.panel.querySelector('h2') : this.input).focus();
    if (!was) this.fire('open');
  }
  hide() {
    if (this.inline || !this.isOpen) return;
    const inside = this.panel.contains(this.shadowRoot.activeElement);
    this.isOpen = false;
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.draw();
    recall('open', '');
    if (inside) this.launcher.focus();
    this.fire('close');
  }

  // ------------------------------------------------------------ voice: only the newest text, then cleared

  say(key, text) {
    const line = h('p', { lang: key ? this.code : 'en' }, key ? this.t(key) : text);
    this.live.append(line);
    setTimeout(() => line.remove(), 5000);
  }

  // ------------------------------------------------------------ keyboard

  walk(event) {
    const step = { ArrowUp: -1, ArrowDown: 1, Home: -1e6, End: 1e6 }[event.key];
    if (!step || event.target.matches('textarea') || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = [...this.list.children];
    const here = all.indexOf(event.target.closest('article'));
    event.preventDefault();
    this.visit(all[here < 0 && step === -1 ? all.length - 1 : Math.max(0, Math.min(all.length - 1, here + step))]);
  }
  visit(node) {
    if (!node) return;
    this.close();
    this.scrollTo_(node);
    node.focus({ preventScroll: true });
  }
  escape(event) {
    if (event.key === 'Tab' && this.panel.hasAttribute('data-full')) { // the page is out of sight: stay in the chat
      const stops = [...this.panel.querySelectorAll('button, a[href], textarea, summary, [tabindex="0"]')].filter((node) => node.checkVisibility?.() ?? node.offsetParent);
      const last = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (this.shadowRoot.activeElement === last) { event.preventDefault(); (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus(); }
    }
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    if (!this.sheet.hidden) this.close(true); else this.hide();
  }
  pressed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !matchMedia('(pointer: coarse)').matches) { event.preventDefault(); this.submit(); }
    if (event.key === 'ArrowUp' && !this.input.value) { event.preventDefault(); this.visit(this.list.lastElementChild); }
  }

  // ------------------------------------------------------------ writing

  grow() {
    this.input.style.blockSize = 'auto';
    if (this.input.scrollHeight) this.input.style.blockSize = `${this.input.scrollHeight + 2}px`;
  }
  typed() {
    this.talk.draft = this.input.value;
    this.grow();
    const max = this.talk.facts?.max_characters || 8000;
    const n = lengthOf(this.input.value);
    const number = new Intl.NumberFormat(this.code);
    this.over = n > max;
    this.count.textContent = this.over ? this.t('long', { n: number.format(n - max) }) : n > max * 0.9 ? this.t('count', { n: number.format(n), max: number.format(max) }) : '';
    this.count.hidden = !this.count.textContent;
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
    this.talk.start();
    this.talk.send(text);
    this.say('sent');
    this.bottom();
  }

  // ------------------------------------------------------------ transcript

  bottom() { this.log.scrollTop = this.log.scrollHeight; }
  scrollTo_(node) { this.log.scrollTop += node.getBoundingClientRect().top - this.log.getBoundingClientRect().top - 16; }

  draw() {
    if (!this.root) return;
    const { talk, list, log } = this;
    const follows = log.scrollHeight - log.scrollTop - log.clientHeight < 150;
    const items = [...talk.items, ...(talk.trouble ? [{ key: 'trouble', note: 'down', retry: true }] : [])];
    const lastVisitor = items.findLastIndex((item) => item.text != null);
    let spot = list.firstChild;
    let fresh;
    items.forEach((item, place) => {
      const mark = [item.state, item.problem, item.final, item.soon].join();
      let node = this.nodes.get(item.key);
      if (!node || node.mark !== mark) {
        const made = this.article(item);
        made.mark = mark;
        if (!node && item.m) { fresh ||= made; if (!this.isOpen && list.firstChild) this.unread = (this.unread || 0) + 1; }
        if (node) {
          const had = node.contains(this.shadowRoot.activeElement);
          if (node === spot) spot = made;
          node.replaceWith(made);
          if (had) made.focus({ preventScroll: true });
        }
        this.nodes.set(item.key, node = made);
      }
      if (node === spot) spot = spot.nextSibling; else list.insertBefore(node, spot);
      if (item.m) this.age(node, place > lastVisitor, items.slice(place).find((one) => one.text != null)?.text);
    });
    while (spot) { const next = spot.nextSibling; spot.remove(); spot = next; }
    const busy = items.some((item) => item.state === 'sending') || (talk.token == null && !talk.trouble && talk.ready);
    this.typing.replaceChildren(...(busy ? [h('span', { class: 'dots' }, h('i'), h('i'), h('i')), this.t(talk.slow ? 'slow' : 'writing')] : []));
    this.typing.hidden = !busy;
    this.strip.hidden = !items.some((item) => item.m?.card);
    this.news.textContent = this.unread ? this.t('news', { n: this.unread }) : '';
    if (this.unread) this.launcher.append(this.news); else this.news.remove();
    if (this.isOpen && follows) { if (fresh) this.scrollTo_(fresh.previousElementSibling?.offsetHeight < 160 ? fresh.previousElementSibling : fresh); else if (busy) this.bottom(); }
  }
  // Suggestions: what was chosen stays readable; what is past cannot be sent again.
  age(node, fresh, next) {
    for (const one of node.querySelectorAll('.suggestions button')) {
      const used = !fresh && one.words === next;
      one.setAttribute('aria-disabled', !fresh);
      one.classList.toggle('used', used);
      if (used && !one.querySelector('.vh')) one.append(icon('supported'), hidden(`(${this.t('used')})`));
    }
  }
  article(item) {
    const inside = item.note ? this.note(item) : item.m ? this.reply(item) : this.mine(item);
    return h('article', { class: item.m || item.note ? '' : 'me', tabindex: -1 }, inside);
  }
  note(item) {
    return h('div', { class: 'notice' }, h('p', {}, this.t(item.note)), item.retry && this.button('retry', () => { this.talk.trouble = false; this.talk.start(); this.draw(); }));
  }
  mine(item) {
    const { state, text } = item;
    const words = h('p', { class: 'text', dir: 'auto' }, text);
    words.classList.toggle('clip', text.length > 700);
    const more = text.length > 700 && this.button('all', () => { words.classList.remove('clip'); more.remove(); }, { look: 'small' });
    const failed = state === 'failed';
    return [h('h3', { class: 'vh' }, this.t('you')), words, more,
      state !== 'sent' && h('p', { class: failed ? 'problem small' : 'small' }, failed ? item.problem || this.t('failed') : this.t(item.soon ? 'soon' : state)),
      failed && h('div', { class: 'row' }, item.final
        ? this.button('edit', () => { this.input.value = text; this.talk.drop(item); this.typed(); this.input.focus(); })
        : this.button('again', () => this.talk.again(item), { sign: 'restart' }))];
  }

  // ------------------------------------------------------------ replies

  reply({ m, first }) {
    const { claims = [], updates = [], report, card } = m;
    const greeting = first && this.getAttribute('greeting');
    const told = [...updates.flatMap((u) => [u.text, u.advice]), card?.title, card?.action].filter(Boolean); // drawn apart below
    const body = greeting || (claims.length ? m.intro ?? m.text : m.text.split(/\n{2,}/).filter((part) => !told.some((one) => part.includes(one))).join('\n\n'));
    const talk = [
      h('h3', { class: 'vh' }, this.t('assistant')),
      card ? this.alarm(card, body) : this.paragraphs(body),
      report && report.summary !== body && h('p', {}, h('strong', {}, report.summary)),
      claims.length > 0 && h('div', { class: 'group' }, report && h('h4', {}, this.t('claims')), claims.map((claim) => this.claim(claim, m, report))),
      report && this.points('silences', 'ul', report.silences, 'label'),
      report && this.points('questions', 'ol', report.questions, 'question'),
      !claims.length && this.places(m.citations || [], m),
      updates.map((update) => this.update(update)),
      report?.closing && h('p', {}, report.closing),
      m.progress && this.progress(m.progress),
      m.suggestions?.length > 0 && this.choices(m.suggestions),
    ];
    return [h('div', { class: 'group', lang: greeting ? null : 'en', dir: greeting ? 'auto' : 'ltr' }, talk), /answer|verdict|out-of-scope|handoff/.test(m.kind) && this.tools(m, talk)];
  }
  paragraphs(text) { return (text || '').split(/\n{2,}/).filter(Boolean).map((part) => h('p', { class: 'text' }, this.linked(part))); }
  linked(text) { return text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).map((part) => (isWeb(part) ? this.link(part, part) : part)); }
  link(url, text) { return isWeb(url) ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, text, hidden(` (${this.t('tab')})`)) : text; }
  date(day) {
    const date = new Date(day);
    return isNaN(date) ? day : new Intl.DateTimeFormat(this.code, { dateStyle: 'medium', timeZone: /T/.test(day) ? undefined : 'UTC' }).format(date);
  }

  claim(claim, m, report) {
    const name = ICONS[claim.verdict] ? claim.verdict : 'not-covered';
    return h('section', { class: `card ${name}` },
      h('h4', { class: 'verdict' }, icon(name), h('span', {}, claim.verdict_label), h('span', { class: 'small' }, claim.label)),
      h('div', {}, h('p', { class: 'small' }, this.t(claim.mode)), h('blockquote', { dir: 'auto' }, claim.text)),
      h('p', { class: 'text' }, claim.reason),
      this.places((m.citations || []).filter((cite) => claim.facts?.includes(cite.fact)), m) || h('p', { class: 'small' }, this.t('noFacts')),
      report && h('div', { class: 'row' }, this.button('find', () => this.find(claim, m), { look: 'small', sign: 'find' })));
  }
  places(cites, m) {
    return cites.length > 0 && h('details', {}, h('summary', {}, this.t('facts')), h('ul', {}, cites.map((cite) => {
      const source = m.sources?.find((one) => one.id === cite.source) || {};
      return h('li', {}, h('p', {}, cite.statement), this.origin({ ...source, section: cite.section, reviewed_on: cite.reviewed_on }));
    })));
  }
  origin(source) {
    const parts = [this.link(source.url, [source.publisher, source.title].filter(Boolean).join(': ')), source.section && this.t('section', { name: source.section }),
      source.overdue ? this.t('overdue', { date: this.date(source.review_due) }) : source.reviewed_on && this.t('reviewed', { date: this.date(source.reviewed_on) })];
    return h('p', { class: 'small' }, parts.filter(Boolean).flatMap((part, place) => (place ? [' · ', part] : [part])));
  }
  update(update) {
    return h('section', { class: 'update' }, h('h4', {}, icon('news'), this.t('newer')), h('p', {}, update.text), h('p', {}, h('strong', {}, update.advice)), (update.sources || []).map((one) => this.origin(one)));
  }
  points(key, tag, list, name) {
    return list?.length > 0 && h('div', { class: 'group' }, h('h4', {}, this.t(key)), h(tag, {}, list.map((one) => h('li', {}, h('strong', {}, one[name]), h('p', { class: 'small' }, one.why)))));
  }
  progress({ step, of }) {
    const words = this.t('step', { n: step, of });
    return h('div', {}, h('p', { class: 'small' }, words), h('progress', { max: of, value: step, 'aria-label': words }),
      h('div', { class: 'suggestions' }, step > 1 && this.choice(this.t('back'), 'back'), this.choice(this.t('stop'), 'stop')));
  }
  choice(title, words) {
    const one = h('button', { type: 'button', onclick: () => {
      if (one.getAttribute('aria-disabled') === 'true') return;
      this.post(words);
      if (!matchMedia('(pointer: coarse)').matches) this.input.focus();
    } }, title);
    one.words = words;
    return one;
  }
  choices(list) { return h('div', { class: 'suggestions', role: 'group', 'aria-label': this.t('suggestions') }, list.map((one) => this.choice(one.title, one.text))); }

  alarm(card, text) {
    let names;
    try { names = new Intl.DisplayNames(this.code, { type: 'region' }); } catch { /* old browser: the codes do */ }
    const where = (country) => (/^[A-Z]{2}$/.test(country) ? names?.of(country) || country : this.t('elsewhere'));
    const region = (navigator.language.split('-')[1] || '').replace('GB', 'UK');
    const near = ({ country }) => (country.replace('GB', 'UK') === region ? 0 : /^[A-Z]{2}$/.test(country) ? 2 : 1);
    const numbers = [...(card.numbers || [])].sort((a, b) => near(a) - near(b));
    return h('section', { class: 'alarm' }, h('h4', {}, icon('phone'), card.title), this.paragraphs(text), h('p', {}, h('strong', {}, card.action)), h('ul', {}, numbers.map(({ country, number }) => {
      const digits = /^[\d\s()+/-]+$/.test(number);
      const url = isWeb(number) ? number : `https://${number}`;
      const inside = [h('b', {}, digits ? this.t('call', { n: number }) : number), h('span', {}, where(country))];
      return h('li', {}, digits ? h('a', { class: 'tel', href: `tel:${number.replace(/[^\d+]/g, '')}` }, inside)
        : /^(https?:\/\/)?[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(number) ? h('a', { class: 'tel', href: url, target: '_blank', rel: 'noopener noreferrer' }, inside) : h('p', { class: 'tel' }, inside));
    })));
  }

  // From a claim to its words in the visitor's text.
  find(claim, m) {
    const { items } = this.talk;
    const item = items.slice(0, items.findIndex((one) => one.m === m)).reverse().find((one) => one.text != null);
    const node = item && this.nodes.get(item.key);
    if (!node) return;
    const letters = [...item.text];
    const cut = (from, to) => letters.slice(from, to).join('');
    const mark = h('mark', { tabindex: -1 }, cut(claim.start, claim.end));
    const words = node.querySelector('.text');
    words.classList.remove('clip');
    node.querySelector('button.small')?.remove();
    words.replaceChildren(cut(0, claim.start), mark, cut(claim.end));
    this.scrollTo_(mark);
    mark.focus({ preventScroll: true });
  }

  // ------------------------------------------------------------ copy, print, thumbs

  tools(m, talk) {
    const said = h('span', { role: 'presentation' });
    const tell = (key) => { said.textContent = this.t(key); this.say(key); };
    const extra = h('div', { class: 'comment', hidden: true });
    const box = h('textarea', { rows: 2, maxlength: 1000, dir: 'auto' });
    const vote = async (helpful, comment) => {
      for (const one of thumbs) one.setAttribute('aria-pressed', one.helpful === helpful);
      try {
        await this.talk.call('POST', this.talk.path('/feedback'), { message_id: m.id, helpful, ...(comment && { comment }) });
        extra.hidden = !!comment;
        extra.firstChild.textContent = this.t(helpful ? 'good' : 'comment');
        tell('thanks');
      } catch { tell('failedTo'); }
    };
    const thumbs = [true, false].map((helpful) => {
      const one = h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => vote(helpful) }, icon(helpful ? 'up' : 'down'), this.t(helpful ? 'yes' : 'no'));
      return Object.assign(one, { helpful });
    });
    extra.append(h('label', { for: `c${m.id}` }), box, this.button('sendComment', () => box.value.trim() && vote(thumbs[0].getAttribute('aria-pressed') === 'true', box.value.trim())));
    box.id = `c${m.id}`;
    return h('div', { class: 'row tools' }, h('div', { class: 'row', role: 'group', 'aria-label': this.t('helpful') }, h('span', { 'aria-hidden': 'true' }, this.t('helpful')), thumbs),
      this.button('copy', () => copy(m.text, this.root).then(() => tell('copied'), () => tell('failedTo')), { look: '', sign: 'copy' }),
      m.report && this.button('print', () => this.print(m), { look: '', sign: 'print' }), said, extra);
  }
  print(m) { // in a frame of its own, so that only the report is on the paper
    const frame = h('iframe', { class: 'vh', title: this.t('print') });
    this.root.append(frame);
    const page = frame.contentDocument;
    const looks = new frame.contentWindow.CSSStyleSheet();
    looks.replaceSync([...sheet.cssRules].map((rule) => rule.cssText).join('\n').replace(/:host/g, 'body').replace(/prefers-color-scheme: dark/g, 'width: 0px'));
    page.adoptedStyleSheets = [looks];
    page.title = `${this.heading || this.t('title')}: ${this.t('claims')}`;
    const body = this.reply({ m });
    page.body.append(h('div', { class: 'root group', dir: this.words.dir }, h('h2', {}, page.title), h('p', { class: 'small' }, `${this.date(m.sent_at)} · ${this.talk.facts?.disclaimer || this.t('note')}`), body[0]));
    for (const one of page.querySelectorAll('details')) one.open = true;
    frame.contentWindow.addEventListener('afterprint', () => setTimeout(() => frame.remove(), 500));
    frame.contentWindow.print();
  }

  // ------------------------------------------------------------ sheets: about and data, start again, receipt

  page(...children) {
    this.opener = this.sheet.hidden ? this.shadowRoot.activeElement : this.opener;
    this.sheet.replaceChildren(...children.flat().filter(Boolean));
    this.sheet.querySelector('h3').id = 'sheet';
    this.sheet.hidden = false;
    this.log.hidden = this.box.hidden = true;
    this.sheet.focus();
    this.sheet.scrollTop = 0;
  }
  close(back) {
    if (this.sheet.hidden) return;
    this.sheet.hidden = true;
    this.log.hidden = this.box.hidden = false;
    this.bottom();
    if (back) (this.opener || this.input).focus();
  }
  askAbout() {
    if (!this.sheet.hidden) return this.close(true);
    const facts = this.talk.facts || {};
    const mine = this.getAttribute('contact');
    const { name, url, ...rest } = facts.contact || {};
    const h3 = (key) => h('h3', {}, this.t(key));
    this.page(h3('about'), h('p', { class: 'text' }, facts.disclaimer || this.t('note')), facts.source && [h3('source'), this.origin(facts.source)],
      h3('yourData'), facts.retention_days && h('p', {}, this.t('stored', { n: facts.retention_days })), h('p', {}, this.t('key')), this.button('delete', () => this.askDelete(), { look: 'danger' }),
      (mine || name || url) && [h3('contact'), h('p', { class: 'text' }, mine ? this.linked(mine) : [this.link(url, name || url), ...Object.values(rest).filter((one) => typeof one === 'string').flatMap((one) => ['\n', ...this.linked(one)])])],
      h3('keys'), h('p', {}, this.t('keyHelp')), this.button('done', () => this.close(true), { look: 'main' }));
  }
  askDelete() { this.page(h('h3', {}, this.t('delete')), h('p', {}, this.t('sure')), this.button('yesDelete', () => this.renew(true, true), { look: 'danger' }), this.button('cancel', () => this.close(true))); }
  askRestart() {
    this.page(h('h3', {}, this.t('restart')), h('p', {}, this.t('leave')), this.button('restart', () => this.renew(), { look: 'main' }), this.button('both', () => this.renew(true), { look: 'danger' }), this.button('cancel', () => this.close(true)));
  }
  async renew(erase, stay) {
    try {
      const receipt = await this.talk.restart(erase);
      if (!receipt) { this.close(); return this.input.focus(); }
      const words = [this.t('receipt', { id: receipt.conversation_id, date: new Intl.DateTimeFormat(this.code, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(receipt.erased_at)) }),
        ...Object.entries(receipt.stores || {}).map(([store, n]) => `${store}: ${this.t('rows', { n })}`)];
      this.page(h('h3', {}, this.t('deleted')), words.map((line) => h('p', { class: 'small' }, line)), this.button('copy', () => copy(words.join('\n'), this.root).then(() => this.say('copied')), { sign: 'copy' }),
        this.button('restart', () => { this.close(); this.talk.start(); this.input.focus(); }, { look: 'main' }));
      this.say('deleted');
    } catch {
      this.sheet.append(h('p', { class: 'problem' }, this.t('failedTo')));
      this.say('failedTo');
    }
  }
}

// ---------------------------------------------------------------- small helpers of the element

// Whether the chat was open, for this tab only.
const recall = (name, value) => {
  try { return value == null ? sessionStorage.getItem(`stem-check ${name}`) : sessionStorage.setItem(`stem-check ${name}`, value); } catch { return null; }
};
// A second floating chat takes the other corner.
const spare = (me) => ([...document.querySelectorAll('stem-check:not([inline], [position])')].indexOf(me) % 2 > 0 ? 'start' : 'end');
const copy = (text, place) => navigator.clipboard?.writeText(text) ?? new Promise((done, fail) => {
  const box = h('textarea', { class: 'vh' });
  place.append(box);
  box.value = text;
  box.select();
  (document.execCommand('copy') ? done : fail)();
  box.remove();
});

customElements.define('stem-check', StemCheck);
const launch = () => {
  if (document.querySelector('stem-check')) return;
  document.body.append(h('stem-check', { ...SCRIPT?.dataset }));
};
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', launch); else launch();
})();
