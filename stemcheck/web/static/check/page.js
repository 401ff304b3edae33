// The page /check with script: files, printing, and the way to the chat with the text in mind.
import { improveForm, linkNumbers } from './form.js';

const { text } = improveForm(document.querySelector('#form'));
const report = document.querySelector('.report');
if (report) {
  linkNumbers(report);
  const print = document.querySelector('[data-print]');
  print.hidden = false;
  print.addEventListener('click', () => window.print());
  customElements.whenDefined('stem-check').then(() => offerChat(document.querySelector('[data-chat]')));
}

// The text goes into the chat's box, and is sent when the visitor sends it: the chat keeps messages, this page does not.
function offerChat(button) {
  const checked = text.defaultValue;
  button.hidden = false;
  button.addEventListener('click', () => {
    const chat = document.querySelector('stem-check');
    chat.show();
    const box = chat.shadowRoot.querySelector('textarea');
    box.value = checked;
    box.dispatchEvent(new Event('input'));
    box.focus();
  });
}
