import { describe, expect, test } from '@jest/globals';
import { choicesOf } from '../../domain/standard.js';
import { partsOf } from '../../domain/standard-text.js';
import { NEWEST } from '../../domain/standards.js';
import { openDatabase } from '../../prisma/database.js';
import { PUBLIC_URL, webOver } from '../support/owner-visit.js';

// They are there without a database.
const web = webOver(openDatabase('postgresql://nobody@127.0.0.1:1/none'));

async function get(path: string) {
  const response = await web.app.request(`${PUBLIC_URL}${path}`);
  const html = await response.text();
  const text = html
    .replace(/<[^>]+>/gu, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/gu, ' ');
  return { status: response.status, html, text, headers: response.headers };
}

describe('the questions of the Standard', () => {
  test('are on one page, with why each is asked and of whom', async () => {
    const start = await web.app.request(`${PUBLIC_URL}/standard`);
    const { status, text } = await get(start.headers.get('Location') ?? '');
    expect(status).toBe(200);
    for (const { title, label, why, guidance } of NEWEST.questions)
      for (const words of [title, label, why, guidance?.small ?? '?', guidance?.large ?? '?'])
        expect(text).toContain(words);
    expect(text).toContain('Not asked if the answer to "Handling of personal data" is');
    expect(text).toContain('Only reviewers read the answer.');
  });

  test('are one text to fill in offline, each with its choices and room for an answer', async () => {
    const { status, html, headers } = await get(`/standard/${NEWEST.version}/questions.md`);
    expect([status, headers.get('Content-Disposition')]).toEqual([
      200,
      `attachment; filename="questions-${NEWEST.version}.md"`,
    ]);
    const parts = html.split('\n### ').slice(1);
    expect(parts.map((part) => part.split('\n')[0])).toEqual(
      NEWEST.questions.map(({ id, title }) => `${title} [${id}]`),
    );
    for (const [index, question] of NEWEST.questions.entries()) {
      const choices = choicesOf(question).map(({ label }) => `- [ ] ${label}`);
      expect(parts[index]?.split('\n').filter((line) => line.startsWith('- [ ] '))).toEqual(choices);
      for (const part of partsOf(question)) if ('label' in part) expect(parts[index]).toContain(`\n${part.label}\n`);
    }
  });

  test('of a version that is not asked here are not there, and the way on is', async () => {
    for (const path of ['/standard/2019', '/standard/2019/questions.md']) {
      const { status, html } = await get(path);
      expect(status).toBe(404);
      expect(html).toContain('href="/standard"');
    }
  });
});
