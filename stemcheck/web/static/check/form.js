// What script adds to the form: it counts, and takes files and photos. Without it, pasted text works all the same.
const MAX_CHARS = 8000;
const MAX_FILE_BYTES = 10 * 1024 * 1024;
const WORDS = {
  count: (n) => `${n.toLocaleString('en')} of 8,000 characters`,
  long: (n) => `Too long by ${n.toLocaleString('en')} characters. Keep the part that matters to you.`,
  empty: 'There is no text yet. Please paste or type it first.',
  checking: 'Checking your text. This takes a few seconds …',
  reading: (name) => `Reading “${name}” …`,
  read: (name) => `I read this in “${name}”. Is it right?`,
  mend: 'Please mend what was misread, then check it.',
  part: 'The file holds more than fits here. This is its first part.',
  large: 'This file is larger than 10 MB. Please choose a smaller one, or paste the text.',
  failed: 'The file could not be read just now. Please try again, or paste the text.',
};

const lengthOf = (text) => [...text.trim()].length; // code points, as the service counts

// Cuts a text that is too long at the end of a paragraph, line or word.
function firstPart(text) {
  const start = [...text].slice(0, MAX_CHARS).join('');
  const end = ['\n\n', '\n', ' '].map((blank) => start.lastIndexOf(blank)).find((place) => place > MAX_CHARS / 2);
  return start.slice(0, end > 0 ? end : undefined);
}

export function improveForm(form, api = '') {
  const text = form.querySelector('textarea');
  const count = form.querySelector('[data-count]');
  const status = form.querySelector('[data-status]');
  const read = form.querySelector('[data-read]');
  const send = form.querySelector('[type=submit]');
  const say = (words) => { status.textContent = words; };

  const refresh = () => {
    const length = lengthOf(text.value);
    const over = length - MAX_CHARS;
    count.textContent = over > 0 ? WORDS.long(over) : length ? WORDS.count(length) : '';
    count.classList.toggle('too-long', over > 0);
    return length && over <= 0;
  };
  text.addEventListener('input', refresh);
  refresh();

  form.addEventListener('submit', (event) => {
    if (send.getAttribute('aria-disabled') === 'true') return event.preventDefault();
    if (!refresh()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      say(lengthOf(text.value) ? count.textContent : WORDS.empty);
      return text.focus();
    }
    send.setAttribute('aria-disabled', 'true');
    say(WORDS.checking);
  });
  const rest = (words = '') => { send.removeAttribute('aria-disabled'); say(words); };
  addEventListener('pageshow', (event) => event.persisted && rest()); // came back by the back button

  if (form.hasAttribute('data-files')) takeFiles();
  return { text, rest };

  function takeFiles() {
    const parts = form.querySelectorAll('[data-file-part]');
    const input = form.querySelector('[type=file]');
    for (const part of parts) part.hidden = false;
    input.addEventListener('change', () => { if (input.files[0]) take(input.files[0]); input.value = ''; });
    text.addEventListener('paste', (event) => {
      const file = event.clipboardData.files[0];
      if (file) { event.preventDefault(); take(file); }
    });
    const hasFile = (event) => [...event.dataTransfer.types].includes('Files');
    form.addEventListener('dragover', (event) => { if (hasFile(event)) { event.preventDefault(); form.classList.add('dragging'); } });
    form.addEventListener('dragleave', (event) => { if (!form.contains(event.relatedTarget)) form.classList.remove('dragging'); });
    form.addEventListener('drop', (event) => {
      form.classList.remove('dragging');
      if (!hasFile(event)) return;
      event.preventDefault();
      take(event.dataTransfer.files[0]);
    });

    async function take(file) {
      if (file.size > MAX_FILE_BYTES) return say(WORDS.large);
      say(WORDS.reading(file.name));
      const body = new FormData();
      body.append('claims', 'no');
      body.append('file', file);
      try {
        const answer = await fetch(`${api}/api/check/file`, { method: 'POST', body, credentials: 'omit', signal: AbortSignal.timeout(60000) });
        const found = await answer.json().catch(() => ({}));
        if (answer.status === 404) for (const part of parts) part.hidden = true;
        if (!answer.ok) return say(found.error?.message || WORDS.failed);
        show(file.name, found);
      } catch { say(WORDS.failed); }
    }
    function show(name, { text: words, notes = [] }) {
      const fits = lengthOf(words) <= MAX_CHARS;
      text.value = fits ? words : firstPart(words);
      refresh();
      read.querySelector('[data-read-name]').textContent = WORDS.read(name);
      read.querySelector('[data-read-notes]').textContent = [WORDS.mend, ...(fits ? [] : [WORDS.part]), ...notes].join(' ');
      read.hidden = false;
      say('');
      read.focus();
    }
  }
}

// Following a number in the text, or the way back, inside a page or a shadow tree.
export function linkNumbers(root) {
  root.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[data-for]');
    const card = link && root.querySelector(`#${CSS.escape(link.dataset.for)}`);
    if (!card) return;
    event.preventDefault();
    card.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion)').matches ? 'auto' : 'smooth' });
    card.focus({ preventScroll: true });
  });
}
