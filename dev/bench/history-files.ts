import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** So long that a record is as large as real ones. */
const TEXT = 'It is used in many places, and what it does there is told in these words.\r\n'.repeat(20);

type Make = (number: number) => object;

const contact = { contact_name: 'Nora Nobody', contact_email: 'nora@nobody.example' };
const nominee: Make = (number) => ({
  ...{ name: `Well ${number}`, description: TEXT, website: `https://well-${number}.example`, stage: 'nominee' },
  license: [{ spdx: 'MIT', licenseURL: 'https://well.example/licence' }],
  SDGs: [{ SDGNumber: (number % 17) + 1, evidenceText: TEXT }],
  type: ['software'],
  repositories: [{ name: 'main', url: `https://github.com/wells-example/${number}` }],
  organizations: [{ name: 'Well Institute', org_type: 'owner', ...contact }],
});
const application: Make = (number) => ({
  ...{
    id: String(30_000 + number),
    name: `Well ${number}`,
    stage: 'DPG',
    description: TEXT,
    categories: ['Open Data'],
  },
  website: `https://well-${number}.example`,
  repositories: [{ name: 'main', url: `https://github.com/wells-example/${number}` }],
  sdgs: { sdg: ['SDG6: Clean Water'], relevance: TEXT },
  openlicenses: [{ openLicense: 'MIT', openLicenseEvidenceURLs: 'https://well.example/licence' }],
  documentation: TEXT,
  privacy: [{ privacyCompliance: TEXT }],
  dataPrivacySecurity: {
    collectsPII: 'PII data is collected and stored but NOT distributed.',
    dataPrivacySecurity: TEXT,
  },
  organizations: [{ name: 'Well Institute', ...contact }],
});

/** Every form, by its file. */
const FORMS: Readonly<Record<string, Make>> = {
  'feed.json': (number) => ({ ...application(number), dpgid: `GID${1_000_000 + number}` }),
  'nominees/all.json': nominee,
  'archive/all.json': (number) => ({ ...nominee(number), name: `Dry ${number}` }),
  'excluded-nominees/all.json': (number) => ({ ...nominee(number), name: `Salt ${number}`, SDGs: [[6, 'Water']] }),
  'digitalpublicgoods/all.json': (number) => ({
    ...{ name: `Well ${number}`, documentation: { isDocumentationAvailable: 'Yes', documentationURL: [TEXT] } },
    NonPII: { collectsNonPII: 'Yes', nonPIIAccessMechanism: TEXT },
    doNoHarm: { preventHarm: { stepsToPreventHarm: 'Yes', additionalInfoMechanismProcessesPolicies: TEXT } },
  }),
  'reviews/all.json': (number) => ({
    ...{
      license: { answer: true, comment: TEXT, confidence: 4 },
      'SDG[0]': { answer: false, comment: '', confidence: '5' },
    },
    ...{ user: 'nobody-at-all', timestamp: 1_600_000_000 + number },
  }),
  'webapp-application/all.json': application,
  'nominees.json': (number) => ({
    ...{ id: `well-${number}`, name: `Well ${number}`, description: TEXT, website: `https://well-${number}.example` },
    ...{ sdgs: [6], types: ['software'], stage: 'nominee', nominatedOn: '2021-03-01', hasScreening: false },
  }),
};

/** Writes a made-up history of the registry: so many records, of every form alike. How many there are. */
export async function writeHistory(folder: string, count: number): Promise<number> {
  const each = Math.ceil(count / Object.keys(FORMS).length);
  for (const [name, make] of Object.entries(FORMS)) {
    const path = join(folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    await pipeline(Readable.from(lines(make, each)), createWriteStream(path));
  }
  return each * Object.keys(FORMS).length;
}

function* lines(make: Make, count: number): Generator<string> {
  for (let number = 0; number < count; number += 1)
    yield `${number === 0 ? '[' : ',\n'}${JSON.stringify(make(number))}`;
  yield ']';
}
