/** Records of invented products, as files of the registry have them, and a way to read them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRegistryFiles } from '../../adapters/registry-files.js';
import type { RegistryFiles } from '../../adapters/registry-files.js';
import type { ListingRecord } from '../../domain/listing-record.js';

/** A record of registry-facts.json. */
export const facts = {
  id: 'GID0090001',
  applicationId: '12001',
  name: 'Seed Ledger',
  website: 'https://seed.example',
  repositories: ['https://github.com/seed-example/ledger'],
  licenses: ['MIT'],
  sdgs: [12, 2],
  types: ['Open Software'],
  firstListedOn: '2024-01-05',
  currentApprovalFirstSeenOn: '2025-09-01',
  nominalExpiryOn: '2026-09-01',
  piiHandling: 'collected_stored',
  contentHandling: 'none',
  userInteraction: 'yes',
  collectsNonPii: 'yes',
  usesClosedComponents: 'no',
};

/** A record as the feed has it, of an invented product. */
export const feed = {
  id: '13001',
  name: 'Rain Atlas ',
  dpgid: 'GID0090002',
  sectors: [],
  stage: 'DPG',
  aliases: '',
  categories: ['Open Data', ''],
  description: 'Maps of rain.\r\nFor everyone. ',
  website: 'rain.example/atlas',
  repositories: [
    { name: 'main', url: 'https://github.com/rain-example/atlas, https://github.com/rain-example/app.git' },
  ],
  sdgs: {
    sdg: ['SDG9: Industry¸ Innovation and Infrastructure', 'SDG16: Peace&#184; Justice'],
    relevance: 'It warns.',
  },
  openlicenses: [{ openLicense: 'OdbL-1.0', openLicenseEvidenceURLs: 'https://rain.example/licence' }],
  clearOwnership: [{ clearOwnershipName: 'Rain Institute', clearOwnershipURL: 'https://rain.example/imprint\r\n\r\n' }],
  platformIndependence: { isPlatformIndependent: 'No', openAlternatives: [] },
  documentation: 'Docs - https://docs.rain.example/,\r\nmanual (see https://rain.example/manual_(long)).',
  NonPII: { collectsNonPII: 'Yes', nonPIIAccessMechanism: 'CSV & API' },
  privacy: [{ privacyCompliance: 'GDPR', privacyComplianceURL: 'see www.rain.example/privacy' }],
  openStandards: ['ISO 19115', ' WMS', 'We follow the code of conduct', ' and we test', ' not only by hand'],
  bestPractices: ['Reviews (by two people', ' at least)'],
  dataPrivacySecurity: {
    collectsPII: 'PII data is collected and stored but NOT distributed.',
    typesOfPIIDataCollected: ['Name', ' email', 'Name'],
    dataPrivacySecurity: 'Write to ada@rain.example or ada (at) rain (dot) example. Ada Raine looks after it.',
  },
  userContent: {
    contentManagement: 'Content is collected stored and distributed.',
    contentTypes: '',
    contentManagementPolicy: '',
  },
  protectionFromHarassment: { facilitatesUserInteraction: 'No', harassmentPolicy: '' },
  locations: { developmentCountries: ['Kenya'], deploymentCountries: ['Côte d', 'Kenya'] },
  deploymentOrganisations: [
    'United Nations International Children',
    'United Nations Educational',
    ' Scientific and Cultural Organization (UNESCO)',
  ],
  deploymentCountriesDepartments: '',
  otherDeploymentOrganisations: ['Well Map'],
  awardsReceived: '',
  organizations: [
    {
      name: 'Rain Institute',
      website: 'https://rain.example',
      org_type: 'owner',
      contact_name: 'Ada Raine',
      contact_email: 'ada@rain.example',
    },
  ],
  githubActivity: '<div>many</div>',
  dpgLink: true,
};

/** Reads a value, or a text as it stands, as the contents of a file. */
export async function read(content: unknown): Promise<RegistryFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-records-'));
  try {
    const path = join(folder, 'records.json');
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return await readRegistryFiles(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads a file with one record; throws if it was refused. */
export async function readOne(content: unknown): Promise<ListingRecord> {
  const { records, refused } = await read(content);
  const [record] = records;
  if (record === undefined) throw new Error(`refused: ${refused[0]?.reason ?? 'nothing was read'}`);
  return record;
}
