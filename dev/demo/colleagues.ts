import { openBrowser, type Browser, type Filled } from './form-client.js';
import { complain, count } from './matter.js';
import type { Field, Form, Page } from './page-reader.js';
import { choice, type FilledForm } from './typing.js';
import { enter, remember, type Visit } from './visit.js';

/** One of two people with the same page before them, and what became of saving it. */
interface Side {
  readonly browser: Browser;
  readonly fields: Filled;
  readonly page: Page;
}

/**
 * A colleague comes by the same link, opens the same page and saves another text at the same time. Whoever was later
 * must see both texts, and chooses one. Returns the page that the first person goes on from.
 */
export async function meetColleague(visit: Visit, page: Page, form: Form, filled: FilledForm): Promise<Page> {
  const { stage, matter, browser, writer } = visit;
  const colleague = openBrowser(stage.send);
  const came = await enter({ ...visit, browser: colleague });
  const same = came === null ? null : await colleague.open(page.url);
  const other = same?.forms.find(({ method }) => method === 'post');
  if (other === undefined || filled.text === null) return browser.submit(form, filled.fields);
  count(stage, 'met');
  const theirs = { ...filled.fields, [filled.text]: `Invented by a colleague: ${writer.random('colleague')}.` };
  const [one, two] = await Promise.all([browser.submit(form, filled.fields), colleague.submit(other, theirs)]);
  const mine: Side = { browser, fields: filled.fields, page: one };
  const colleagues: Side = { browser: colleague, fields: theirs, page: two };
  const later = [mine, colleagues].filter((side) => choosing(side.page) !== null);
  const [loser] = later;
  if (loser === undefined || later.length > 1) {
    complain(stage, matter, `two texts were saved at once, and ${later.length} of two people saw a choice`);
    return one;
  }
  const winner = loser === mine ? colleagues : mine;
  remember(matter, winner.fields);
  const after = await choose(visit, { loser, winner, text: filled.text });
  return loser === mine ? after : one;
}

async function choose(
  { stage, matter, writer }: Visit,
  { loser, winner, text }: { readonly loser: Side; readonly winner: Side; readonly text: string },
): Promise<Page> {
  const found = choosing(loser.page);
  if (found === null) return loser.page;
  count(stage, 'conflict');
  const own = String(loser.fields[text]);
  const still = found.form.fields.find(({ name }) => name === text)?.value.join('\n');
  if (still !== own) complain(stage, matter, 'the page with the choice lost what its reader had typed');
  if (!loser.page.text.includes(String(winner.fields[text]))) {
    complain(stage, matter, 'the page with the choice does not show the other text');
  }
  const keepsOwn = writer.random('keeps own text') < 0.5;
  const chosen = choice(found.field, keepsOwn ? /^mine/iu : /other text/iu);
  const after = await loser.browser.submit(found.form, { [found.field.name]: chosen });
  if (choosing(after) !== null) complain(stage, matter, 'a text was chosen, and the choice came again');
  else if (keepsOwn) remember(matter, loser.fields);
  return after;
}

/** The choice between two texts, if a page has one. */
function choosing(page: Page): { readonly form: Form; readonly field: Field } | null {
  for (const form of page.forms) {
    const field = form.fields.find(
      ({ kind, choices }) => kind === 'radio' && choices.some(({ label }) => /other text/iu.test(label)),
    );
    if (field !== undefined) return { form, field };
  }
  return null;
}
