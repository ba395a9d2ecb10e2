/** Records of invented products as the older files of the registry have them, oddities included, and a way to read them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openRegistry, type Found, type FoundFormer } from '../../adapters/registry-stream.js';

export const nominee = {
  name: 'Well Map',
  aliases: ['WM'],
  description: 'Finds wells.\r\nEverywhere.',
  website: 'https://well.example/',
  license: [{ spdx: 'OdbL-1.0', licenseURL: 'https://well.example/licence' }],
  SDGs: [
    {
      SDGNumber: 6,
      evidenceText: 'Water for all, says wells@well.example',
      evidenceURL: 'See: https://well.example/a\nand b',
    },
  ],
  sectors: [],
  type: ['software', 'data'],
  repositories: [{ name: 'main', url: 'https://github.com/well-example/map' }],
  organizations: [
    {
      name: 'Well Institute',
      website: 'https://well.example',
      org_type: 'owner',
      contact_name: 'Jean-Luc Wells',
      contact_email: 'wells@well.example',
    },
  ],
  stage: 'DPG',
};

export const excluded = {
  name: 'Salt Forms',
  description: 'Forms. Write to Jean-Luc Wells.',
  website: 'https://salt.example',
  license: [{ spdx: 'Salt-Licence-1.0', licenseURL: '' }],
  SDGs: [
    [16, 'Peace, Justice and Strong Institutions'],
    [4, 'Quality Education'],
  ],
  sectors: [],
  type: ['software'],
  organizations: [{ name: 'Jean-Luc Wells', org_type: 'owner', contact_name: 'Jean-Luc Wells' }],
};

export const exclusions = [
  '# Excluded nominees',
  '',
  '| Nominee | Date | Reason |',
  '| :--- | --- | --- |',
  '| [Salt Forms](salt-forms.json) | 3 March 2021 | The licence is not [open](https://licences.example); ask wells@well.example \\| or not |',
  '| Rye Atlas | some time | |',
  '',
  'More words | that are no row',
].join('\r\n');

export const screening = {
  name: 'Another Name',
  clearOwnership: { isOwnershipExplicit: 'Yes', copyrightURL: 'https://well.example/c' },
  platformIndependence: {
    mandatoryDepsCreateMoreRestrictions: 'No',
    isSoftwarePltIndependent: '',
    pltIndependenceDesc: '',
  },
  documentation: { isDocumentationAvailable: 'Yes', documentationURL: ['https://docs.well.example'] },
  NonPII: { collectsNonPII: 'Yes', nonPIIAccessMechanism: 'CSV' },
  privacy: { isPrivacyCompliant: 'Unknown', privacyComplianceList: [''], adherenceSteps: [''] },
  standards: { supportStandards: 'No', standardsList: ['WMS'], bestPracticesList: [''] },
  doNoHarm: {
    preventHarm: { stepsToPreventHarm: 'Yes', additionalInfoMechanismProcessesPolicies: 'Ask harm@well.example' },
    dataPrivacySecurity: { collectsPII: 'No', typesOfDataCollected: ['Users of Another Product'] },
    inappropriateIllegalContent: { collectStoreDistribute: 'No', type: '' },
    protectionFromHarassment: { userInteraction: 'Yes', harassmentProtectionSteps: [''] },
  },
  locations: { developmentCountries: ['Kenya'], deploymentCountries: ['Côte d', 'Kenya'] },
  carbon: { grams: 7 },
};

export const opinion = {
  license: { answer: true, comment: '', confidence: 5 },
  'SDG[0]': { answer: false, comment: 'wellfan-7 and @other-fan doubt it; mail fan@well.example', confidence: '2' },
  ownership: { answer: true, comment: 'clear', confidence: 9 },
  user: 'wellfan-7',
  timestamp: 1_633_978_455,
  timeTaken: 287,
};

/** Of the second generation: lists where the first has objects. */
export const application = {
  id: '20001',
  name: 'Well Map ',
  stage: 'DPG',
  sectors: [],
  aliases: '',
  categories: ['Open Data', ''],
  website: 'well.example, https://second.example',
  repositories: [{ name: 'main', url: 'https://github.com/well-example/map https://github.com/well-example/app' }],
  sdgs: [{ sdg: ['SDG6: Clean Water¸ and more'], relevance: 'Water' }],
  platformIndependence: { isPlatformIndependent: 'Yes', openAlternatives: [] },
  privacy: [[]],
  dataPrivacySecurity: { collectsPII: 'PII data can NOT be collected, can NOT be stored and can NOT be distributed.' },
  organizations: [{ name: 'Well Institute', contact_name: 'Jean-Luc Wells', contact_email: 'wells@well.example' }],
  bestPractices: ['As Jean-Luc Wells says'],
  shoeSize: ['44', 'see wells@well.example'],
  submitterPhone: '+1 555',
};

export const summary = {
  id: 'well-map',
  name: 'Well Map',
  description: 'Finds wells.',
  website: 'https://well.example/',
  repositories: ['https://github.com/well-example/map'],
  licenses: [{ spdx: 'ODbL-1.0', url: 'https://well.example/licence' }],
  sdgs: [6],
  types: ['software'],
  sectors: [],
  stage: 'DPG',
  nominatedOn: '2021-03-01',
  recognisedOn: '2021-05-01',
  recognisedYear: 2021,
  hasScreening: true,
  collectsPii: 'no',
  indicators: { 1: 'yes', '9a': 'not_applicable' },
};

/** Writes files by their paths below a folder of its own; gone after `work`. */
export async function withFiles<Result>(
  files: Readonly<Record<string, unknown>>,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'former-records-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads files by their paths. */
export function readFiles(files: Readonly<Record<string, unknown>>): Promise<readonly Found[]> {
  return withFiles(files, async (folder) => {
    const all: Found[] = [];
    for await (const found of (await openRegistry(folder)).found) all.push(found);
    return all;
  });
}

/** Reads one file with one record of the past; throws if it was refused. */
export async function readFormer(name: string, content: unknown): Promise<FoundFormer> {
  const [found] = await readFiles({ [name]: content });
  if (found?.what !== 'former') throw new Error(`not taken: ${JSON.stringify(found)}`);
  return found;
}
