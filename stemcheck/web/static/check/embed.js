// <stem-check mode="check">: the form of the page /check, and its report, on any website.
import { improveForm, linkNumbers } from './form.js';

const OWN = `:host { all: initial; display: block; color-scheme: var(--stem-check-scheme, light dark);
  font: 400 var(--stem-check-font-size, medium)/1.6 var(--stem-check-font, system-ui, sans-serif); color: var(--ink) }
  :host { --accent: var(--stem-check-accent, light-dark(#17635b, #86d2c6)) }`;

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

async function looksFrom(api, name) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await (await fetch(`${api}/check/static/${name}`)).text());
  return sheet;
}

function makeForm() {
  return make('form', { 'data-files': '', novalidate: '' },
    make('div', { class: 'read', 'data-read': '', hidden: '', tabindex: '-1' }, make('strong', { 'data-read-name': '' }), make('p', { 'data-read-notes': '' })),
    make('label', { for: 'text' }, 'The text to check'),
    make('p', { class: 'hint', id: 'hint' }, 'An advert, a mail, a chat, a page from the web: up to 8,000 characters, in English.'),
    make('textarea', { id: 'text', dir: 'auto', spellcheck: 'false', autocomplete: 'off', 'aria-describedby': 'hint' }),
    make('div', { class: 'after-text' }, make('p', { 'data-count': '' })),
    make('div', { class: 'row' },
      make('button', { class: 'main', type: 'submit' }, 'Check this text'),
      make('span', { 'data-file-part': '', hidden: '' },
        make('input', { type: 'file', id: 'file', accept: '.txt,.html,.htm,.pdf,.docx,.eml,image/*' }),
        make('label', { class: 'button', for: 'file' }, 'Choose a file or photo'))),
    make('p', { class: 'status', role: 'status', 'data-status': '' }));
}

// A document is parsed without running anything in it, also where a page allows trusted types alone.
const askReport = (api, text) => new Promise((done, fail) => {
  const request = new XMLHttpRequest();
  request.open('POST', `${api}/api/check`);
  request.responseType = 'document';
  request.setRequestHeader('Content-Type', 'application/json');
  request.setRequestHeader('Accept', 'text/html');
  request.timeout = 60000;
  request.onload = () => (request.status === 200 && request.response ? done(request.response) : fail(request.status));
  request.onerror = request.ontimeout = () => fail(0);
  request.send(JSON.stringify({ text }));
});
const TROUBLE = {
  413: 'The text is too long. Please send at most 8,000 characters.',
  429: 'That was a lot at once. Please wait a moment, then check it again.',
  503: 'Very many people ask at this moment. Please try again in a few seconds.',
};

export async function embed(host, base) {
  const api = (host.getAttribute('api') || new URL(base).origin).replace(/\/$/, '');
  const root = host.shadowRoot || host.attachShadow({ mode: 'open' });
  const own = new CSSStyleSheet();
  own.replaceSync(OWN);
  root.adoptedStyleSheets = [await looksFrom(api, 'report.css'), await looksFrom(api, 'check.css'), own];
  const form = makeForm();
  const report = make('div', { class: 'report', tabindex: '-1' });
  const note = make('p', { class: 'hint' }, 'A computer program, not a doctor. Nothing you check here is kept.');
  root.replaceChildren(form, note, report, make('slot', { name: 'live' }));
  const { text, rest } = improveForm(form, api);
  linkNumbers(report);
  form.addEventListener('submit', async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    try {
      const page = await askReport(api, text.value.trim());
      for (const link of page.querySelectorAll('a[href^="http"]')) Object.assign(link, { target: '_blank', rel: 'noopener noreferrer' });
      report.replaceChildren(...page.body.childNodes);
      rest();
      report.focus();
      host.dispatchEvent(new CustomEvent('checked'));
    } catch (status) { rest(TROUBLE[status] || 'That did not work. Please try again in a moment.'); }
  });
}
