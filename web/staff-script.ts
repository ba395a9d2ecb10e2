import { createHash } from 'node:crypto';

/**
 * The one script, for pages of staff alone, which do all they do without it. It adds the reader's own time to each
 * moment, and saves what is typed in a form that says where (`data-saves`); a form that is sent waits for it.
 */
export const STAFF_SCRIPT = `
'use strict';
for (const time of document.querySelectorAll('time[data-zone]')) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime()) || at.getTimezoneOffset() === 0) continue;
  const own = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric',
    hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
  time.textContent = own.format(at) + ' (' + time.textContent + ')';
}
for (const form of document.querySelectorAll('form[data-saves]')) {
  const told = form.querySelector('[data-told]');
  const typed = () => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) fields.append(name, value);
    fields.set('then', 'script');
    return fields;
  };
  const textOf = (fields) => {
    fields.delete('seen');
    return fields.toString();
  };
  const tell = (words) => { if (told !== null && told.textContent !== words) told.textContent = words; };
  let kept = textOf(typed());
  let waiting = null;
  let saving = null;
  const save = async () => {
    waiting = null;
    const text = textOf(typed());
    if (text === kept) return;
    try {
      const answer = await fetch(form.dataset.saves, { method: 'POST', body: typed(), redirect: 'error' });
      const said = await answer.json();
      if (!answer.ok) return tell(said.sentence);
      form.elements.namedItem('seen').value = said.seen;
      kept = text;
      const now = new Date();
      tell('Saved at ' + String(now.getHours()).padStart(2, '0') + ':' + String(now.getMinutes()).padStart(2, '0'));
    } catch {
      tell('Not saved. Press "Save and stay here".');
    }
  };
  const saveInTurn = () => { saving = (saving ?? Promise.resolve()).then(save); return saving; };
  const later = () => { clearTimeout(waiting); waiting = setTimeout(saveInTurn, 3000); };
  form.addEventListener('input', later);
  form.addEventListener('change', later);
  let ready = false;
  form.addEventListener('submit', (event) => {
    clearTimeout(waiting);
    if (saving === null || ready) return;
    event.preventDefault();
    ready = true;
    // Not before this event is over: a form cannot be sent while it is being sent.
    const { submitter } = event;
    saving.then(() => setTimeout(() => form.requestSubmit(submitter)));
  });
}
`.trim();

/** Where it is served; another text has another address, so that browsers may keep it for a year. */
export const STAFF_SCRIPT_PATH = `/staff-${createHash('sha256').update(STAFF_SCRIPT).digest('hex').slice(0, 12)}.js`;
