import { consultFields, CONSULT, ROOM } from '../../web/desk/consult-form.js';
import { fields as names } from '../../web/desk/verdict-form.js';
import { act, confirm, type Sitting } from './at-the-desk.js';
import { addressOf } from './demo-staff.js';
import { done, marker, untilHeard } from './office.js';
import type { Form } from './page-reader.js';
import { rowOf } from './visit.js';

/**
 * Asks experts one question about one of the sections, in this order, before anything is said of the others. The email
 * that goes is looked at first. Those whom the page does not offer are left out.
 */
export async function askExperts(sitting: Sitting, form: Form, wished: readonly string[]): Promise<void> {
  const { office, about, plot, random } = sitting;
  const section = about.sections[Math.floor(random('asks about') * about.sections.length)];
  if (section === undefined) return;
  const offered = form.fields.find(({ name }) => name === consultFields.expert(section, 0))?.choices ?? [];
  const experts = wished.filter((id) => offered.some(({ value }) => value === id)).slice(0, ROOM);
  if (experts.length === 0) return;
  const question = marker(office, 'question');
  office.reserved.push({ text: question, to: experts.map(addressOf) });
  const after = await confirm(sitting, form, {
    [names.word(section)]: CONSULT,
    [consultFields.question(section)]: `Invented: is this enough for a product of its size? ${question}`,
    ...Object.fromEntries(experts.map((id, nth) => [consultFields.expert(section, nth), id])),
  });
  const row = after === null ? null : rowOf(after);
  if (row === null) return;
  done(office, 'asks_experts');
  await untilHeard(office, row);
  if (plot.callsOff === true) await callOff(sitting);
}

/** Does without the advice that was asked for: the case is at once on the reviewer's desk again. */
async function callOff(sitting: Sitting): Promise<void> {
  const { office, reviewer, about } = sitting;
  await office.pace.days(1);
  const page = await office.acting(() => reviewer.browser.open(`/desk/${about.reference}`));
  await act(sitting, page, { to: /\/call-off$/u, typed: {}, what: 'calls_off' });
}
