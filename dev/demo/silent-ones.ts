import { keyOfOne } from '../../web/console/many.js';
import { actAs } from './at-the-console.js';
import { SECRETARY } from './demo-staff.js';
import { done, hide, odd, type Office } from './office.js';
import type { Form, Page } from './page-reader.js';
import { formTo, type StaffBrowser } from './staff-browser.js';

const REASON = 'Invented: nobody answered, neither the email nor its reminders.';

/**
 * Closes all that nobody answered, each once, with one press. Who has begun to answer is not silent: they get two more
 * weeks, once; then the review is closed. Nothing is done if `reference` is not on the page any more.
 */
export async function closeSilent(
  office: Office,
  browser: StaffBrowser,
  { reference, waited }: { readonly reference: string; readonly waited: Set<string> },
): Promise<void> {
  const page = await office.acting(() => browser.open('/console?reason=silence'));
  const form = formTo(page, /\/console\/silence$/u);
  const silent = form === null ? [] : silentOn(form);
  if (form === null || !silent.some((one) => one.reference === reference)) {
    done(office, 'moved_on');
    return;
  }
  const results = await office.acting(() =>
    browser.submit(form, {
      case: silent.map(({ value }) => value),
      act: 'expire',
      publicReason: REASON,
      internalReason: `Invented, for reviewers and staff only: ${hide(office, 'staff')}.`,
    }),
  );
  const told = toldOn(results);
  if (told.length === 0) odd(office, `closing what is silent led to “${results.h1}” (${results.status})`);
  done(office, 'silent_at_once');
  const key = `console:${SECRETARY}:${form.fields.find(({ name }) => name === 'key')?.value[0] ?? ''}`;
  office.told.keys.push(...silent.map((one) => keyOfOne(key, one.reference)));
  for (const { slug } of told.filter(({ said }) => said === 'not done')) {
    const over = { is: 'close', publicReason: 'Invented: begun twice, and never sent.' } as const;
    // The day that the page proposes is two weeks on.
    await actAs(office, browser, { slug, act: waited.has(slug) ? over : { is: 'extend' } });
    waited.add(slug);
  }
}

/** The reviews that may be ticked, with what each tick says. */
function silentOn({ fields }: Form): readonly { readonly value: string; readonly reference: string }[] {
  const choices = fields.find(({ name }) => name === 'case')?.choices ?? [];
  return choices.map(({ value }) => ({ value, reference: value.split(':')[0] ?? '' }));
}

/** What the page of results says of each product. */
function toldOn({ links }: Page): readonly { readonly slug: string; readonly said: string }[] {
  return links.flatMap(({ href, item, text }) => {
    const slug = /^\/console\/products\/([a-z0-9-]+)$/u.exec(new URL(href).pathname)?.[1];
    const said = /^(done|not done|received)\s*:/iu.exec(item.slice(text.length).trim())?.[1]?.toLowerCase();
    return slug === undefined || said === undefined ? [] : [{ slug, said }];
  });
}
