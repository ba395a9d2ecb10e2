/** Raw records of the registry's feed: `dpgid` is the DPG id, `id` the number of the present application; no dates. */
import { cleanLine } from '../domain/answer-text.js';
import type { AnswerValue, TextAndLinks } from '../domain/answers.js';
import type { ListingRecord } from '../domain/listing-record.js';
import { goalsAt, licencesAt, recordOf, typesAt } from './registry-record.js';
import type { RawRecord, RecordReader } from './registry-record.js';
import { linksIn } from './registry-text.js';

/** What feed records carry and the form does not ask, or what is always the same. */
export const feedWithoutPlace: readonly string[] = [
  'dpgid',
  'sectors',
  'stage',
  'githubActivity',
  'dpgLink',
  'awardsReceived',
  'repositories.name',
  'locations.developmentCountries',
  'organizations.website',
  'organizations.org_type',
];

/** Where feed records name people; never taken. */
export const feedContacts: readonly string[] = ['organizations.contact_name', 'organizations.contact_email'];

/** The contact persons of a record, on one line each. */
export function contactsIn(raw: RawRecord): readonly string[] {
  return organisationsOf(raw).flatMap(({ contact_name: contact }) =>
    typeof contact === 'string' && contact.trim() !== '' ? [cleanLine(contact)] : [],
  );
}

/**
 * The people whom a feed record names, to be taken out of its texts too: names of at least two words that are not the
 * product's or a part of it.
 */
export function peopleIn(raw: RawRecord): readonly string[] {
  const product = typeof raw['name'] === 'string' ? plain(raw['name']) : '';
  return contactsIn(raw).filter((name) => /\s/u.test(name) && name.length <= 100 && !product.includes(plain(name)));
}

function organisationsOf(raw: RawRecord): readonly RawRecord[] {
  const given = raw['organizations'];
  return (Array.isArray(given) ? given : [given]).filter(isRecord);
}

function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads one record whose id and name were checked. */
export function readFeed({
  raw,
  reader,
  dpgId,
  name,
}: {
  raw: RawRecord;
  reader: RecordReader;
  dpgId: string;
  name: string;
}): ListingRecord {
  return recordOf({
    dpgId,
    name,
    applicationId: reader.line('id'),
    description: reader.text('description'),
    websites: reader.links('website'),
    repositories: reader.links('repositories.url'),
    licences: licencesAt(reader, 'openlicenses.openLicense'),
    sdgs: goalsAt(reader, 'sdgs.sdg'),
    types: typesAt(reader, 'categories'),
    firstListedOn: null,
    approvedOn: null,
    validUntil: null,
    facts: {
      piiHandling: reader.level('dataPrivacySecurity.collectsPII'),
      contentHandling: reader.level('userContent.contentManagement'),
      userInteraction: reader.yesNo('protectionFromHarassment.facilitatesUserInteraction'),
      collectsNonPii: reader.yesNo('NonPII.collectsNonPII'),
      // The field is named the wrong way round: it holds the answer to "uses closed components?".
      usesClosedComponents: reader.yesNo('platformIndependence.isPlatformIndependent'),
    },
    answers: answersIn(reader, contactsIn(raw)),
  });
}

function answersIn(reader: RecordReader, contacts: readonly string[]): Readonly<Record<string, AnswerValue | null>> {
  return {
    aliases: reader.list('aliases'),
    sdg_relevance: reader.text('sdgs.relevance'),
    licence_evidence: reader.links('openlicenses.openLicenseEvidenceURLs'),
    owner: ownerIn({ reader, contacts, path: 'clearOwnership.clearOwnershipName' }),
    owner_evidence: reader.links('clearOwnership.clearOwnershipURL'),
    open_alternatives: reader.text('platformIndependence.openAlternatives'),
    documentation: textAndLinks(reader.text('documentation')),
    non_pii_mechanism: reader.text('NonPII.nonPIIAccessMechanism'),
    laws: reader.list('privacy.privacyCompliance'),
    laws_evidence: reader.links('privacy.privacyComplianceURL'),
    standards: reader.list('openStandards', 'sentences'),
    best_practices: reader.list('bestPractices', 'sentences'),
    pii_types: reader.list('dataPrivacySecurity.typesOfPIIDataCollected'),
    pii_protection: reader.text('dataPrivacySecurity.dataPrivacySecurity'),
    content_types: reader.list('userContent.contentTypes'),
    content_moderation: reader.text('userContent.contentManagementPolicy'),
    harassment_protection: reader.text('protectionFromHarassment.harassmentPolicy'),
    deployed_in: reader.list('locations.deploymentCountries'),
    used_by: [
      ...new Set([
        ...reader.list('deploymentOrganisations'),
        ...reader.list('deploymentCountriesDepartments'),
        ...reader.list('otherDeploymentOrganisations'),
      ]),
    ],
  };
}

/** The owner's name, else those of the organisations; without contact persons and addresses. */
export function ownerIn({
  reader,
  contacts,
  path,
}: {
  reader: RecordReader;
  contacts: readonly string[];
  path: string;
}): string | null {
  const isContact = (name: string): boolean =>
    contacts.some((contact) => plain(contact) === plain(name)) || name.includes(' removed]');
  const organisations = reader.list('organizations.name');
  const owners = reader.list(path);
  const named = owners.length > 0 ? owners : organisations;
  const kept = named.filter((name) => !isContact(name));
  if (kept.length < named.length) reader.remark('owner: it names the contact person, left out');
  return kept.join('; ') || null;
}

function textAndLinks(text: string | null): TextAndLinks | null {
  return text === null ? null : { text, urls: linksIn({ text, bare: false }) };
}

function plain(name: string): string {
  return cleanLine(name).toLowerCase();
}
