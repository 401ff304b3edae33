// A file, a photo or a link in the chat: it is read by the service, shown for mending, and only then sent as a message.
// Loaded by widget.js when a chat is first opened. docs/widget.md tells more.

export const WORDS = {
  en: {
    attach: 'Attach a file or photo', drop: 'Drop it here', reading: 'Reading…', right: 'I read this. Is it right?', mend: 'The text as I read it. You can change it.',
    parts: 'It is long, so I will go through it in {n} messages.', check: 'Check this text', cancel: 'Cancel', other: 'Choose another file',
    privacy: 'The file itself is not kept. The text is, once you send it, like any message.', failed: 'This did not reach the service. Please check your connection.', large: 'This file is larger than 10 MB.',
  },
  de: {
    attach: 'Datei oder Foto anhängen', drop: 'Hier ablegen', reading: 'Wird gelesen …', right: 'Das habe ich gelesen. Stimmt es?', mend: 'Der gelesene Text. Sie können ihn ändern.',
    parts: 'Der Text ist lang und wird in {n} Nachrichten geprüft.', check: 'Diesen Text prüfen', cancel: 'Abbrechen', other: 'Andere Datei wählen',
    privacy: 'Die Datei selbst wird nicht aufbewahrt. Der Text schon, wenn Sie ihn senden, wie jede Nachricht.', failed: 'Das kam nicht beim Dienst an. Bitte prüfen Sie Ihre Verbindung.', large: 'Diese Datei ist größer als 10 MB.',
  },
  es: {
    attach: 'Adjuntar un archivo o una foto', drop: 'Suéltelo aquí', reading: 'Leyendo…', right: 'Esto es lo que he leído. ¿Es correcto?', mend: 'El texto leído. Puede cambiarlo.',
    parts: 'Es largo, así que lo revisaré en {n} mensajes.', check: 'Comprobar este texto', cancel: 'Cancelar', other: 'Elegir otro archivo',
    privacy: 'El archivo no se guarda. El texto sí, cuando lo envíe, como cualquier mensaje.', failed: 'No ha llegado al servicio. Compruebe su conexión.', large: 'Este archivo pesa más de 10 MB.',
  },
  fr: {
    attach: 'Joindre un fichier ou une photo', drop: 'Déposez-le ici', reading: 'Lecture en cours…', right: 'Voici ce que j’ai lu. Est-ce juste ?', mend: 'Le texte lu. Vous pouvez le modifier.',
    parts: 'Il est long : je le vérifierai en {n} messages.', check: 'Vérifier ce texte', cancel: 'Annuler', other: 'Choisir un autre fichier',
    privacy: 'Le fichier n’est pas conservé. Le texte l’est, une fois envoyé, comme tout message.', failed: 'Cela n’est pas arrivé au service. Vérifiez votre connexion.', large: 'Ce fichier dépasse 10 Mo.',
  },
  it: {
    attach: 'Allega un file o una foto', drop: 'Rilascialo qui', reading: 'Lettura in corso…', right: 'Ho letto questo. È giusto?', mend: 'Il testo letto. Può modificarlo.',
    parts: 'È lungo, quindi lo esaminerò in {n} messaggi.', check: 'Controlla questo testo', cancel: 'Annulla', other: 'Scegli un altro file',
    privacy: 'Il file non viene conservato. Il testo sì, quando lo invia, come ogni messaggio.', failed: 'Non è arrivato al servizio. Controlli la connessione.', large: 'Questo file supera i 10 MB.',
  },
  ar: {
    attach: 'إرفاق ملف أو صورة', drop: 'أفلته هنا', reading: 'جارٍ القراءة…', right: 'هذا ما قرأته. هل هو صحيح؟', mend: 'النص كما قرأته. يمكنك تعديله.',
    parts: 'النص طويل، لذلك سأراجعه في {n} رسائل.', check: 'افحص هذا النص', cancel: 'إلغاء', other: 'اختيار ملف آخر',
    privacy: 'لا يُحفظ الملف نفسه. أما النص فيُحفظ بعد إرساله، مثل أي رسالة.', failed: 'لم يصل هذا إلى الخدمة. يرجى التحقق من الاتصال.', large: 'حجم هذا الملف أكبر من 10 ميغابايت.',
  },
};
const ACCEPTED = '.txt,.md,.html,.htm,.mhtml,.mht,.pdf,.docx,.eml,.heic,image/*';
const CLIP = 'M20 11l-8 8a5 5 0 0 1-7-7l9-9a3 3 0 0 1 5 5l-9 9a1 1 0 0 1-2-2l8-8';
const LOOKS = '.dropping { outline: 3px dashed var(--accent); outline-offset: -6px } .read-text { min-block-size: 11em; max-block-size: 45vh; inline-size: 100%; resize: vertical; overflow: auto } [type=file] { display: none }';
const LINK = /^(?:https?:\/\/|www\.)[^\s<>]+\.[^\s<>]+$/i;
const MAX_SECONDS = 75;

const looks = new CSSStyleSheet();
looks.replaceSync(LOOKS);

// Put button, drop and paste on a chat; `h` is the widget's maker of elements. Twice on the same form does nothing.
export function attach(widget, h) {
  if (widget.box.querySelector('[type=file]')) return;
  const words = WORDS[widget.code] || WORDS.en;
  const t = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const button = (key, act, look) => h(`button.${look}`, { type: 'button', lang: widget.code, onclick: act }, t(key));
  const root = widget.shadowRoot;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((one) => one !== looks), looks];

  let reading;
  const cancel = () => { reading?.abort(); reading = null; widget.close(true); };
  const choose = () => { picker.value = ''; picker.click(); };

  const read = async (path, body, headers) => {
    reading?.abort();
    const mine = reading = new AbortController();
    const timer = setTimeout(() => mine.abort(), MAX_SECONDS * 1000);
    widget.page(t('reading'), h('progress', { 'aria-label': t('reading') }), button('cancel', cancel, 'line'));
    widget.say('', t('reading'));
    let found;
    try {
      const answer = await fetch(`${widget.talk.api}/api/check/${path}`, { method: 'POST', body, headers, credentials: 'omit', signal: mine.signal });
      found = await answer.json();
    } catch { found = { error: { message: t('failed') } }; }
    clearTimeout(timer);
    if (mine !== reading) return; // cancelled, or another file came
    if (found.error) refuse(found.error.message); else show(found);
  };
  const readFile = (file) => {
    if (file.size > (widget.talk.facts?.max_file_bytes || 10485760)) return refuse(t('large'));
    const form = new FormData();
    form.append('claims', 'no');
    form.append('file', file);
    read('file', form);
  };
  const readLink = (url) => read('link', JSON.stringify({ url: /^https?:/i.test(url) ? url : `https://${url}`, claims: 'no' }), { 'Content-Type': 'application/json' });

  const refuse = (message) => {
    widget.page(t('attach'), h('p.problem', { lang: 'en' }, message), h('div.row', button('other', choose, 'main'), button('cancel', cancel, 'line')));
    widget.say('', message);
  };
  const show = ({ text, notes }) => {
    const box = h('textarea.read-text', { 'aria-label': t('mend'), dir: 'auto', rows: 9 });
    const long = h('p.small');
    const count = () => { const { length: n } = split(box.value, limit()); long.textContent = n > 1 ? t('parts', { n }) : ''; };
    box.value = text;
    box.addEventListener('input', count);
    count();
    widget.page(t('right'), notes.map((note) => h('p.small', { lang: 'en', dir: 'ltr' }, note)), box, long, h('p.small', t('privacy')),
      h('div.row', button('check', () => send(box.value), 'main'), button('other', choose, 'line'), button('cancel', cancel, 'line')));
    widget.say('', [t('right'), ...notes].join(' '));
  };
  const limit = () => widget.talk.facts?.max_characters || 8000;
  const send = (text) => {
    const parts = split(text, limit());
    if (parts[0]) for (const part of parts) widget.post(part);
  };

  const picker = h('input', { type: 'file', accept: ACCEPTED, 'aria-hidden': 'true', tabindex: -1, onchange: () => picker.files[0] && readFile(picker.files[0]) });
  const clip = h('button.square.attach', { type: 'button', 'aria-label': t('attach'), title: t('attach'), onclick: choose },
    h('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, h('path', { d: CLIP })));
  widget.box.prepend(clip, picker);
  drops(widget.panel, readFile);
  widget.input.addEventListener('paste', (event) => {
    const file = [...event.clipboardData.files][0];
    if (file && !event.clipboardData.getData('text')) { event.preventDefault(); readFile(file); }
  });
  const { submit } = Object.getPrototypeOf(widget);
  widget.submit = () => {
    const text = widget.input.value.trim();
    if (!widget.talk.facts?.reads_links || !LINK.test(text)) return submit.call(widget);
    widget.input.value = '';
    widget.typed();
    readLink(text);
  };
}

function drops(panel, take) {
  const holdsFile = (event) => [...event.dataTransfer?.types || []].includes('Files');
  const mark = (on) => panel.classList.toggle('dropping', on);
  panel.addEventListener('dragover', (event) => { if (holdsFile(event)) { event.preventDefault(); mark(true); } });
  panel.addEventListener('dragleave', (event) => { if (!panel.contains(event.relatedTarget)) mark(false); });
  panel.addEventListener('drop', (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault(); // else the browser would leave the page and open the file
    mark(false);
    const [file] = event.dataTransfer.files;
    if (file) take(file);
  });
}

// Parts of at most `most` characters (code points, as the API counts), each of which ends with a paragraph, a line or a word.
export function split(text, most) {
  const parts = [];
  let letters = [...text.trim()];
  while (letters.length > most) {
    const start = letters.slice(0, most).join('');
    const end = ['\n\n', '\n', '. ', ' '].map((blank) => start.lastIndexOf(blank)).find((place) => place > start.length / 2) ?? start.length;
    parts.push(start.slice(0, end + 1).trim());
    letters = [...[...start.slice(end + 1), ...letters.slice(most)].join('').trim()];
  }
  return [...parts, letters.join('')].filter(Boolean);
}
