import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planPopulation, type Candidate, type CampaignPlan, type CampaignScope } from '../../domain/campaign-plan.js';
import { waveDue, wavesOf } from '../../domain/campaign-waves.js';
import { apply } from '../../domain/review.js';
import { candidate, everything, planned } from '../support/candidates.js';
import { quiet, wake } from '../support/case-records.js';

const inPlan = ({ members }: CampaignPlan) => members.map(({ slug, because, kind }) => `${slug}: ${because}, ${kind}`);
const outOf = ({ leftOut }: CampaignPlan) => leftOut.map(({ slug, because }) => `${slug}: ${because}`);
const problemsOf = (candidates: readonly Candidate[], scope: Partial<CampaignScope>) => {
  const plan = planPopulation({ candidates, scope: { ...everything, ...scope }, name: 'annual-2026', now: quiet.now });
  return 'problems' in plan ? plan.problems : [];
};

describe('the default scope', () => {
  test.each([
    ['valid until yesterday', { validUntil: '2026-07-09' }, 'p: overdue, annual_review'],
    ['whose last review is unknown', { validUntil: null }, 'p: overdue, annual_review'],
    ['valid until today', { validUntil: '2026-07-10' }, 'p: due, annual_review'],
    ['due in 60 days', { validUntil: '2026-09-08' }, 'p: due, annual_review'],
    ['due in 61 days, never asked', { validUntil: '2026-09-09' }, 'p: never_asked_privacy, annual_review'],
    ['due in 180 days, never asked', { validUntil: '2027-01-06' }, 'p: never_asked_privacy, annual_review'],
    ['due in 181 days, never asked', { validUntil: '2027-01-07' }, 'p: never_asked_privacy, privacy'],
    ['never approved as far as is known', { approvedOn: null }, 'p: never_asked_privacy, privacy'],
  ])('has a product %s', (_what, listing, expected) => {
    expect(inPlan(planned([candidate('p', { listing })]))).toEqual([expected]);
  });

  test.each([
    ['without personal data', { personalData: false }],
    ['approved since the privacy questions', { listing: { approvedOn: '2025-09-11' } }],
    ['with answers here', { facts: { ...quiet, privacyOnFile: true } }],
  ])('has none that is valid for long %s, and says why', (_what, some) => {
    const plan = planned([candidate('p', some)]);
    expect(inPlan(plan)).toEqual([]);
    expect(plan.leftOut).toMatchObject([{ slug: 'p', name: 'P', because: 'not_asked' }]);
    expect(plan.leftOut[0]?.reason).toMatch(/^It is valid until 2027-07-01 \(356 days ahead\) and .+\.$/);
  });

  test('leaves out what its own case would refuse, with the sentence of that refusal', () => {
    const done = candidate('done', { listing: { validUntil: '2026-07-01' } });
    const plan = planned([{ ...done, record: { ...done.record, causes: ['annual:2026-07-01'] } }]);
    expect(plan.leftOut).toEqual([
      {
        slug: 'done',
        name: 'DONE',
        because: 'refused',
        reason: 'The review of this date has ended. It waits for a person.',
      },
    ]);
  });

  test('joins an open review, which opens nothing and writes to nobody', () => {
    const due = candidate('open', { listing: { validUntil: '2026-08-01' } });
    const { record } = apply({ record: due.record, event: wake, facts: quiet });
    const plan = planned([{ ...due, record }]);
    expect(plan.members).toMatchObject([{ slug: 'open', joins: true, kind: 'annual_review' }]);
    expect(plan.days).toMatchObject([{ opens: 0, joins: 1, emails: 0 }]);
  });
});

describe('picking and excluding', () => {
  const lately = candidate('lately', { listing: { approvedOn: '2026-06-01' } });

  test('a product picked by name is asked although it was presumed asked, unless answers are on file', () => {
    expect(inPlan(planned([lately], { include: ['lately'] }))).toEqual(['lately: hand_picked, privacy']);
    const answered = { ...lately, facts: { ...quiet, privacyOnFile: true } };
    expect(outOf(planned([answered], { include: ['lately'] }))).toEqual(['lately: refused']);
  });

  test('a product that left the list is not asked, not even by name', () => {
    const left = candidate('left', { listing: { removedOn: '2026-01-01', removedBecause: 'withdrawn' } });
    expect(planned([left], { include: ['left'] }).leftOut[0]?.reason).toContain('left the list');
  });

  test('an excluded product is out with the reason that was given', () => {
    const plan = planned([candidate('p')], { exclude: [{ slug: 'p', reason: 'merging with another' }] });
    expect(plan.leftOut).toMatchObject([{ because: 'excluded', reason: 'merging with another' }]);
  });

  test('filters narrow the default scope and leave picked products in', () => {
    const all = [
      candidate('late', { listing: { validUntil: '2026-01-01' }, sdgs: [4] }),
      candidate('later', { listing: { validUntil: '2026-03-01' } }),
      candidate('health'),
      lately,
    ];
    const kept = (...where: string[]) => planned(all, { where, include: ['lately'] }).members.map(({ slug }) => slug);
    expect(kept()).toEqual(['late', 'later', 'health', 'lately']);
    expect(kept('because=overdue')).toEqual(['late', 'later', 'lately']);
    expect(kept('because=overdue', 'sdg = 4')).toEqual(['late', 'lately']);
    expect(kept('valid-until<2026-02-01')).toEqual(['late', 'lately']);
    expect(kept('kind!=privacy', 'licence=mit')).toEqual(['late', 'later', 'lately']);
    expect(kept('type=open data')).toEqual(['lately']);
    expect(planned(all, { where: ['sdg=4'] }).leftOut).toContainEqual(
      expect.objectContaining({ slug: 'health', because: 'filter', reason: 'It is not sdg=4.' }),
    );
  });

  test('only those with somebody to ask, or only those without', () => {
    const all = [candidate('asked'), candidate('alone', { facts: { ...quiet, reachable: [] } })];
    const kept = (where: string) => planned(all, { where: [where] }).members.map(({ slug }) => slug);
    expect(kept('contact=yes')).toEqual(['asked']);
    expect(kept('contact=no')).toEqual(['alone']);
    expect(problemsOf(all, { where: ['contact=maybe'] })).toEqual(['"maybe" is no value of contact. Values: yes, no.']);
  });

  test('every mistake is named at once, and what to do', () => {
    const problems = problemsOf([candidate('p')], {
      where: ['overdue', 'colour=red', 'kind=yearly', 'sdg<4', 'valid-until=2026'],
      include: ['p', 'nowhere'],
      exclude: [{ slug: 'p', reason: ' ' }],
      perDay: 0,
    });
    expect(problems).toHaveLength(9);
    expect(problems[0]).toContain('Write FIELD=VALUE');
    expect(problems).toContain('There is no product "nowhere".');
    expect(problems).toContain('"p" is both included and excluded. Decide for one.');
  });
});

describe('waves', () => {
  test('one person is asked in one wave; a person with more products than the cap has a wave alone', () => {
    const sami = ['s1', 's2', 's3'].map((slug) => candidate(slug, { person: 'sami@owner.example' }));
    const tea = ['t1', 't2'].map((slug) => candidate(slug, { person: 'tea@owner.example' }));
    const { members, days, peopleWithSeveral } = planned([...sami, ...tea, candidate('u')], { perDay: 2 });
    const waves = members.map(({ slug, wave }) => `${slug} ${wave}`).sort();
    expect(waves).toEqual(['s1 1', 's2 1', 's3 1', 't1 2', 't2 2', 'u 3']);
    expect(days.map(({ opens }) => opens)).toEqual([3, 2, 1]);
    expect(peopleWithSeveral).toEqual([
      ['s1', 's2', 's3'],
      ['t1', 't2'],
    ]);
  });

  test('the longest overdue are asked first, and a product with nobody to ask is named and costs no email', () => {
    const plan = planned(
      [
        candidate('b', { listing: { validUntil: '2026-01-01' } }),
        candidate('a', { listing: { validUntil: '2026-02-01' }, person: null, facts: { ...quiet, reachable: [] } }),
        candidate('c', { listing: { validUntil: null } }),
      ],
      { perDay: 2 },
    );
    expect(plan.members.map(({ slug, wave }) => [slug, wave])).toEqual([
      ['c', 1],
      ['b', 1],
      ['a', 2],
    ]);
    expect(plan.withoutContact).toEqual(['a']);
    expect(plan.days.map(({ day, emails }) => [day, emails])).toEqual([
      ['2026-07-10', 2],
      ['2026-07-11', 0],
    ]);
  });

  test.each([
    ['2026-07-10T00:00:00.000Z', '2026-07-10T08:00:00.000Z'],
    ['2026-07-10T08:30:00.000Z', '2026-07-10T08:00:00.000Z'],
    ['2026-07-10T09:00:00.001Z', '2026-07-11T08:00:00.000Z'],
  ])('started at %s, the first wave is due at %s, an hour before its emails; one a day follows', (now, due) => {
    expect(waveDue({ wave: 1, now })).toBe(due);
    expect(Date.parse(waveDue({ wave: 4, now })) - Date.parse(due)).toBe(3 * 86_400_000);
  });

  test('nobody is in twice or lost, a person stays together, and only one person alone exceeds the cap', () => {
    const people = fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), { maxLength: 40 });
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 15 }), (given, perDay) => {
        const groups = given.map((products, person) => products.map((opens, at) => `${person}-${at}-${opens}`));
        const counts = (slug: string) => slug.endsWith('true');
        const waves = wavesOf({ groups, perDay, counts });
        expect(waves.flat().sort()).toEqual(groups.flat().sort());
        for (const group of groups)
          expect(new Set(group.map((slug) => waves.findIndex((w) => w.includes(slug)))).size).toBe(1);
        for (const wave of waves) {
          const openers = wave.filter(counts);
          const alone = new Set(wave.map((slug) => slug.split('-')[0])).size === 1;
          expect(openers.length <= perDay || alone).toBe(true);
        }
      }),
    );
  });

  test('the plan does not depend on the order of the products', () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((slug, at) => candidate(slug, { person: `${at % 2}@owner.example` }));
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(planned(shuffled, { perDay: 2 })).toEqual(planned(all, { perDay: 2 }));
      }),
    );
  });
});
