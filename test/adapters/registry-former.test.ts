import { describe, expect, test } from '@jest/globals';
import { formOf } from '../../adapters/registry-form.js';
import * as old from '../support/former-records.js';
import { readFiles, readFormer } from '../support/former-records.js';
import { feed } from '../support/registry-records.js';

/** Everything that was read, to look for people in it. */
const nobody = /Jean-Luc|Wells\b|wells@|wellfan|other-fan|harm@|fan@|555/u;

describe('nominees', () => {
  test('become what they say, without the people they name', async () => {
    const found = await readFormer('nominees/well-map.json', old.nominee);
    expect(found.record).toMatchObject({
      kind: 'nominee',
      source: 'well-map',
      name: 'Well Map',
      stage: 'listed',
      website: 'https://well.example/',
      repositories: ['https://github.com/well-example/map'],
      licences: ['ODbL-1.0'],
      sdgs: [6],
      types: ['Open Software', 'Open Data'],
    });
    expect(found.record.answers).toMatchObject({
      aliases: ['WM'],
      owner: 'Well Institute',
      short_description: 'Finds wells.\nEverywhere.',
      sdg_relevance: 'Water for all, says [address removed]\nSee: https://well.example/a\nand b',
    });
    expect(found.leftOut.filter(({ why }) => why === 'contact').map(({ field }) => field)).toEqual([
      'organizations.contact_name',
      'organizations.contact_email',
    ]);
    expect(JSON.stringify(found)).not.toMatch(nobody);
  });

  test('may lack repositories, website, sectors and stage; archived ones mostly still say nominee', async () => {
    const { repositories: _, sectors: __, stage: ___, ...bare } = { ...old.nominee, website: '' };
    const found = await readFormer('nominees/well-map.json', bare);
    expect(found.record).toMatchObject({ website: null, repositories: [], stage: null });
    const archived = await readFormer('archive/well-map.json', { ...bare, stage: 'nominee' });
    expect(archived.record).toMatchObject({ kind: 'archived', source: 'well-map', stage: 'nominee' });
  });

  test('an unknown word as stage is unknown, and remarked', async () => {
    const found = await readFormer('nominees/x.json', { ...old.nominee, stage: 'DPGs' });
    expect(found.record.stage).toBeNull();
    expect(found.remarks).toContainEqual(expect.stringContaining('stage: an unknown word'));
  });

  test('have goals, or a licence and organizations: a package.json is none', () => {
    const form = (raw: Readonly<Record<string, unknown>>) => formOf({ raw, hint: null });
    expect(form({ name: 'well-map', version: '1.0.0', license: 'MIT', description: 'Finds wells.' })).toBeNull();
    expect(form({ name: 'Well Map', license: [], organizations: [] })).toBe('nominee');
    expect(form({ name: 'Well Map', SDGs: [] })).toBe('nominee');
  });
});

describe('excluded nominees', () => {
  test('have goals in pairs, licences of any spelling and no stage', async () => {
    const found = await readFormer('excluded-nominees/salt-forms.json', old.excluded);
    expect(found.record).toMatchObject({
      kind: 'excluded',
      sdgs: [4, 16],
      licences: ['Salt-Licence-1.0'],
      stage: null,
    });
    expect(found.record.description).toBe('Forms. Write to [name removed].');
    expect(JSON.stringify(found)).not.toMatch(nobody);
  });

  test('are listed in a table with day and reason', async () => {
    const found = await readFiles({ 'excluded-nominees/README.md': old.exclusions, 'excluded-nominees/.gitkeep': '' });
    expect(found.map((one) => (one.what === 'former' ? one.record : one))).toEqual([
      expect.objectContaining({
        kind: 'exclusion',
        source: 'salt-forms',
        on: '2021-03-03',
        reason: 'The licence is not open (https://licences.example); ask [address removed] | or not',
      }),
      expect.objectContaining({ kind: 'exclusion', source: 'rye-atlas', on: null, reason: null }),
    ]);
  });
});

describe('answers to the old form', () => {
  test('belong to the file of their name; what they answer decides nothing', async () => {
    const found = await readFormer('digitalpublicgoods/well-map.json', old.screening);
    expect(found.record).toMatchObject({ kind: 'screening', source: 'well-map', stage: null });
    expect(found.record.answers).toMatchObject({
      closed_components: 'no',
      handles_non_pii: 'yes',
      deployed_in: ["Côte d'Ivoire", 'Kenya'],
      pii_types: ['Users of Another Product'],
    });
    // "No" is no level of today, and a list of nothing is none.
    expect(Object.keys(found.record.answers)).not.toContain('pii_level');
    expect(Object.keys(found.record.answers)).not.toContain('laws');
    const said = new Map(found.record.said.map(({ about, answer, text }) => [about, answer ?? text]));
    expect(said.get('standards.supportStandards')).toBe('no');
    expect(said.get('privacy.isPrivacyCompliant')).toBe('unknown');
    expect(said.get('platformIndependence.isSoftwarePltIndependent')).toBeUndefined();
    expect(JSON.stringify(found)).not.toMatch(nobody);
  });

  test('keep an unknown field aside, by name', async () => {
    const found = await readFormer('digitalpublicgoods/well-map.json', old.screening);
    expect(found.aside).toEqual({ 'carbon.grams': '7' });
    expect(found.leftOut).toContainEqual({ field: 'carbon.grams', why: 'unknown' });
  });
});

describe("volunteers' reviews", () => {
  test('keep what was said and lose who said it, in texts, names of files and reports', async () => {
    const found = await readFormer('reviews/Well Map_wellfan-7.json', old.opinion);
    expect(found.record).toMatchObject({ kind: 'opinion', on: '2021-10-11', name: '' });
    expect(found.record.source).toMatch(/^well-map:[0-9a-f]{12}$/u);
    expect(found.record.said).toEqual([
      { about: 'license', answer: 'yes', text: null, confidence: 5 },
      {
        about: 'SDG[0]',
        answer: 'no',
        text: '[name removed] and [name removed] doubt it; mail [address removed]',
        confidence: 2,
      },
      { about: 'ownership', answer: 'yes', text: 'clear', confidence: null },
    ]);
    expect(JSON.stringify(found)).not.toMatch(nobody);
  });

  test.each(['Well Map_wellfan-7', 'well-map-wellfan-7', 'WELL-MAP_WellFan-7'])(
    '%s is about Well Map',
    async (name) => {
      const found = await readFormer(`reviews/${name}.json`, old.opinion);
      expect(found.record.source).toMatch(/^well-map:/u);
    },
  );

  test('whose file names another account than they do keep no part of it', async () => {
    const renamed = { ...old.opinion, user: 'fan' };
    const sources = [];
    for (const name of ['Well Map_wellfan_7', 'well-map-wellfan-7']) {
      sources.push((await readFormer(`reviews/${name}.json`, renamed)).record.source.replace(/:.*/u, ''));
    }
    expect(sources).toEqual(['well-map', 'unknown']);
  });

  test('that cannot be read are reported by number', async () => {
    const found = await readFiles({ 'reviews/Well Map_wellfan-7.json': '{"license":' });
    expect(found).toEqual([expect.objectContaining({ what: 'refused', source: 'reviews, file 1' })]);
    expect(JSON.stringify(found)).not.toMatch(nobody);
  });

  test('of a time that is none are taken without a day', async () => {
    const found = await readFormer('reviews/a_b.json', { ...old.opinion, timestamp: '17' });
    expect(found.record.on).toBeNull();
    expect(found.remarks).toContainEqual(expect.stringContaining('timestamp: not a time'));
  });
});

describe('applications of the portal', () => {
  test('are read in both generations, without a status', async () => {
    const found = await readFormer('webapp-application/20001.json', old.application);
    expect(found.record).toMatchObject({
      kind: 'application',
      source: '20001',
      name: 'Well Map',
      stage: null,
      website: 'https://well.example',
      repositories: ['https://github.com/well-example/map', 'https://github.com/well-example/app'],
      sdgs: [6],
    });
    // The field is named the wrong way round.
    expect(found.record.answers).toMatchObject({ closed_components: 'yes', pii_level: 'none', sdg_relevance: 'Water' });
    const { dpgid: _, ...first } = feed;
    const before = await readFormer('webapp-application/13001.json', first);
    expect(before.record).toMatchObject({ kind: 'application', source: '13001', sdgs: [9, 16] });
  });

  test('keep unknown fields aside, without people', async () => {
    const found = await readFormer('20001.json', old.application);
    expect(found.aside).toEqual({ shoeSize: '44\nsee [address removed]' });
    expect(found.leftOut).toContainEqual({ field: 'submitterPhone', why: 'contact' });
    expect(JSON.stringify(found)).not.toMatch(nobody);
  });

  test.each([
    ['only a name', { name: 'Well Map' }],
    ['nearly nothing', { id: '7', name: ' ', privacy: [[]], platformIndependence: [], aliases: '' }],
    ['blanks', { id: '7', name: ' ', description: ' ', website: ' ', openStandards: [' '] }],
    ['a number as id', { id: 7, name: 'Well Map' }],
  ])('with %s are taken', async (_name, content) => {
    const found = await readFormer('webapp-application/7.json', content);
    expect(found.record).toMatchObject({ kind: 'application', source: '7' });
  });

  test('know the one before them, and a DPG id', async () => {
    const found = await readFormer('webapp-application/7.json', { id: '7', parentId: 5, dpgid: 'gid0090009' });
    expect(found.record).toMatchObject({ parent: '5', dpgId: 'GID0090009' });
  });

  test('without any contents are refused, and stop no other', async () => {
    const found = await readFiles({ 'webapp-application/8.json': '', 'webapp-application/9.json': { name: 'A' } });
    expect(found.map(({ what, source }) => [what, source])).toEqual([
      ['refused', 'webapp-application/8.json'],
      ['former', 'webapp-application/9.json'],
    ]);
  });
});

test('summaries have days, and stages as they say', async () => {
  const [found] = await readFiles({
    'registry.json': { meta: { items: 'none' }, items: [old.summary], more: [{ a: [1] }] },
  });
  expect(found).toMatchObject({
    what: 'former',
    record: { kind: 'summary', source: 'well-map', on: '2021-03-01', recognisedOn: '2021-05-01', stage: 'listed' },
  });
});

test('a whole copy of the registry is read in one go: files with days first, then those with DPG ids', async () => {
  const found = await readFiles({
    'a.json': [feed],
    'z.json': [{ id: 'GID0090001', name: 'Seed Ledger', nominalExpiryOn: '2026-01-01' }],
    'archive/well-map.json': old.nominee,
    'nominees/well-map.json': old.nominee,
    'form.json': { items: [{ id: 'name', label: 'Name', kind: 'text' }] },
  });
  const kinds = found.map((one) =>
    one.what === 'former' ? one.record.kind : one.what === 'listing' ? one.record.dpgId : one.reason,
  );
  expect(kinds).toEqual(['GID0090001', 'GID0090002', 'a question of the form, not a record', 'archived', 'nominee']);
});
