import { describe, expect, test } from '@jest/globals';
import { questionOf } from '../../domain/standard.js';
import { NEWEST } from '../../domain/standards.js';
import { feed, read, readOne } from '../support/registry-records.js';

describe('a record of the feed', () => {
  test('becomes a record, whatever its strings look like', async () => {
    expect(await readOne(feed)).toMatchObject({
      dpgId: 'GID0090002',
      applicationId: '13001',
      name: 'Rain Atlas',
      description: 'Maps of rain.\nFor everyone.',
      website: 'https://rain.example/atlas',
      repositories: ['https://github.com/rain-example/atlas', 'https://github.com/rain-example/app.git'],
      licences: ['ODbL-1.0'],
      sdgs: [9, 16],
      types: ['Open Data'],
      firstListedOn: null,
      approvedOn: null,
      validUntil: null,
      facts: {
        piiHandling: 'collected_stored',
        contentHandling: 'collected_stored_distributed',
        userInteraction: 'no',
        collectsNonPii: 'yes',
        usesClosedComponents: 'no',
      },
    });
  });

  test('brings its texts as answers of the form, without empty ones', async () => {
    const { answers } = await readOne(feed);
    expect(answers).toEqual({
      name: 'Rain Atlas',
      short_description: 'Maps of rain.\nFor everyone.',
      category: ['open_data'],
      website: ['https://rain.example/atlas'],
      source_location: ['https://github.com/rain-example/atlas', 'https://github.com/rain-example/app.git'],
      sdgs: ['9', '16'],
      sdg_relevance: 'It warns.',
      licences: ['ODbL-1.0'],
      licence_evidence: ['https://rain.example/licence'],
      owner: 'Rain Institute',
      owner_evidence: ['https://rain.example/imprint'],
      closed_components: 'no',
      documentation: {
        text: 'Docs - https://docs.rain.example/,\nmanual (see https://rain.example/manual_(long)).',
        urls: ['https://docs.rain.example/', 'https://rain.example/manual_(long)'],
      },
      handles_non_pii: 'yes',
      non_pii_mechanism: 'CSV & API',
      laws: ['GDPR'],
      laws_evidence: ['https://www.rain.example/privacy'],
      standards: ['ISO 19115', 'WMS', 'We follow the code of conduct, and we test, not only by hand'],
      best_practices: ['Reviews (by two people, at least)'],
      pii_level: 'collected_stored',
      pii_types: ['Name', 'email'],
      pii_protection: 'Write to [address removed] or [address removed]. [name removed] looks after it.',
      content_level: 'collected_stored_distributed',
      user_interaction: 'no',
      deployed_in: ["Côte d'Ivoire", 'Kenya'],
      used_by: [
        "United Nations International Children's Emergency Fund (UNICEF)",
        'United Nations Educational, Scientific and Cultural Organization (UNESCO)',
        'Well Map',
      ],
    });
    expect(Object.keys(answers).filter((id) => questionOf(NEWEST, id) === undefined)).toEqual([]);
  });

  test('never brings a contact, and says what was left out and why', async () => {
    const result = await read({ ...feed, newField: { inner: 'x' }, locations: feed.locations });
    expect(JSON.stringify(result)).not.toMatch(/ada|raine\b/i);
    const left = (why: string): readonly string[] =>
      result.leftOut.flatMap((one) => (one.why === why ? [one.field] : []));
    expect(left('contact')).toEqual(['organizations.contact_name', 'organizations.contact_email']);
    expect(left('unknown')).toEqual(['newField.inner']);
    expect(left('no_place')).toContain('locations.developmentCountries');
  });

  test('whose owner is the contact person brings no owner', async () => {
    const owned = { ...feed, clearOwnership: [{ clearOwnershipName: 'Ada Raine', clearOwnershipURL: '' }] };
    const { records, remarks } = await read(owned);
    expect(records[0]?.answers['owner']).toBeUndefined();
    expect(remarks.map(({ text }) => text)).toContain('owner: it names the contact person, left out');
  });

  test('keeps the name of a product that is named like its contact', async () => {
    const named = { ...feed, organizations: [{ name: 'Rain Atlas', contact_name: 'Rain Atlas', contact_email: '' }] };
    expect(await readOne(named)).toMatchObject({ name: 'Rain Atlas', answers: { owner: 'Rain Institute' } });
  });

  test('may have the older lists where newer ones have objects, and lists of nothing', async () => {
    const older = {
      ...feed,
      sdgs: [
        { sdg: 'SDG3: Good Health', relevance: 'Health.' },
        { sdg: 'SDG4: Quality Education', relevance: 'Schools.' },
      ],
      platformIndependence: [],
      privacy: [[]],
    };
    const record = await readOne([older]);
    expect(record).toMatchObject({ sdgs: [3, 4], facts: { usesClosedComponents: null } });
    expect(record.answers).toMatchObject({ sdg_relevance: 'Health.\nSchools.' });
    expect(record.answers['laws']).toBeUndefined();
  });

  test.each([
    ['PII data is NOT collected NOT stored and NOT distributed.', 'none'],
    ['PII data is collected but NOT stored and NOT distributed.', 'collected'],
    ['PII data is collected and stored and distributed.', 'collected_stored_distributed'],
    ['PII data can NOT be collected, NOT be stored and NOT be distributed.', 'none'],
    ['PII data can be collected but can NOT be stored and NOT be distributed', 'collected'],
    ['PII data can be collected and stored but NOT be distributed', 'collected_stored'],
    ['Yes', null],
  ])('"%s" means %s', async (collectsPII, level) => {
    const record = await readOne({ ...feed, dataPrivacySecurity: { collectsPII } });
    expect(record.facts.piiHandling).toBe(level);
  });

  test.each([
    ['https://a.example https://b.example', ['https://a.example', 'https://b.example']],
    ['https://a.example,https://b.example/x?y=1,2', ['https://a.example', 'https://b.example/x?y=1,2']],
    ['https://a.examplehttps://b.example', ['https://a.example', 'https://b.example']],
    ['www.a.example; b.example/c', ['https://www.a.example', 'https://b.example/c']],
    ['https://web.archive.example/2020/https://a.example', ['https://web.archive.example/2020/https://a.example']],
    ['git@github.com:rain/atlas.git', ['https://github.com/rain/atlas.git']],
    ['https://user:secret@a.example/x', ['https://a.example/x']],
    ['<a href="https://a.example/x">here</a>', ['https://a.example/x']],
    ['javascript:alert(1) ftp://a.example mailto:x@a.example README.md none', []],
  ])('links in "%s"', async (url, links) => {
    const record = await readOne({ ...feed, repositories: [{ name: 'main', url }] });
    expect(record.repositories).toEqual(links);
  });

  test.each([
    ['<p>One &amp; <b>two</b></p><script>alert(1)</script><br>three', 'One & two\n\nthree'],
    ['See <a href="https://a.example">the page</a>.', 'See the page (https://a.example).'],
    ['Set <your key> and a < b, x&copy=1', 'Set <your key> and a < b, x&copy=1'],
    ['a\u0000b\u202ec\ud800d\ttab', 'abc\ufffdd tab'],
    [
      'Ask ops@rain.example, or @rain on the net; git@github.com:a/b',
      'Ask [address removed], or @rain on the net; git@github.com:a/b',
    ],
  ])('a text such as %j', async (documentation, text) => {
    expect((await readOne({ ...feed, documentation })).answers['documentation']).toMatchObject({ text });
  });

  test('leaves out a text of absurd length, with a remark', async () => {
    const { records, remarks } = await read({ ...feed, documentation: 'x'.repeat(90_000) });
    expect(records[0]?.answers['documentation']).toBeUndefined();
    expect(remarks[0]?.text).toContain('documentation: longer than');
  });
});
