/** Files of nominees/, archive/ and excluded-nominees/, and the summaries that were made of them. */
import type { FormerRecord, FormerStage } from '../domain/former-record.js';
import { contactsIn, ownerIn } from './registry-feed.js';
import { formerOf, oldTypesAt, saidAt } from './registry-former.js';
import { goalsAt, licencesAt } from './registry-record.js';
import type { RawRecord, RecordReader } from './registry-record.js';

/** What they carry and nobody asks for any more. */
export const nomineeWithoutPlace: readonly string[] = [
  'sectors',
  'repositories.name',
  'organizations.website',
  'organizations.org_type',
];

/** Whose place decides: the stage of a file in archive/ mostly still says nominee. */
export type NomineeKind = 'nominee' | 'archived' | 'excluded';

/** Reads one nominee of any of the three folders. */
export function readNominee({
  raw,
  reader,
  source,
  kind,
}: {
  raw: RawRecord;
  reader: RecordReader;
  source: string;
  kind: NomineeKind;
}): FormerRecord {
  return formerOf({
    kind,
    source,
    name: reader.line('name') ?? '',
    stage: stageAt(reader),
    description: reader.text('description'),
    websites: reader.links('website'),
    repositories: reader.links('repositories.url'),
    licences: licencesAt(reader, 'license.spdx'),
    sdgs: goalsOf(reader),
    types: oldTypesAt(reader, 'type'),
    answers: {
      aliases: reader.list('aliases'),
      // Texts stand in the fields for links, and the other way round.
      sdg_relevance: textOf(reader, 'SDGs.evidenceText', 'SDGs.evidenceURL'),
      licence_evidence: reader.links('license.licenseURL'),
      owner: ownerIn({ reader, contacts: contactsIn(raw), path: 'organizations.name' }),
    },
  });
}

/** Goals as records, or as pairs of number and title. */
function goalsOf(reader: RecordReader): readonly number[] {
  const pairs = reader.values('SDGs').flatMap((value) => (/^\d{1,2}$/u.test(value) ? [Number(value)] : []));
  const valid = pairs.filter((goal) => goal >= 1 && goal <= 17);
  return [...new Set([...goalsAt(reader, 'SDGs.SDGNumber'), ...valid])].sort((one, other) => one - other);
}

/** The texts of several paths as one; null when there is none. */
export function textOf(reader: RecordReader, ...paths: readonly string[]): string | null {
  return paths.flatMap((path) => reader.text(path) ?? []).join('\n') || null;
}

function stageAt(reader: RecordReader): FormerStage | null {
  const word = reader.line('stage')?.toLowerCase() ?? '';
  if (word === '') return null;
  const stage = ({ nominee: 'nominee', dpg: 'listed', archive: 'archived' } as const)[word];
  if (stage === undefined) reader.remark('stage: an unknown word, taken as unknown');
  return stage ?? null;
}

/** What summaries repeat of other fields. */
export const summaryWithoutPlace: readonly string[] = [
  'sectors',
  'recognisedYear',
  'hasScreening',
  'deploymentCountryCount',
];

const indicators = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9a', '9b', '9c'].map((one) => `indicators.${one}`);
const summarised = ['collectsPii', 'sharesPiiWithThirdParties', 'handlesContent', 'userInteraction', ...indicators];

/** Reads one record of nominees.json or registry.json: `id` is the name of the nominee's file. */
export function readSummary({ reader, source }: { reader: RecordReader; source: string }): FormerRecord {
  return formerOf({
    kind: 'summary',
    source,
    name: reader.line('name') ?? '',
    stage: stageAt(reader),
    description: reader.text('description'),
    websites: reader.links('website'),
    repositories: reader.links('repositories'),
    licences: licencesAt(reader, 'licenses.spdx'),
    sdgs: goalsAt(reader, 'sdgs'),
    types: oldTypesAt(reader, 'types'),
    on: reader.day('nominatedOn'),
    recognisedOn: reader.day('recognisedOn'),
    answers: { licence_evidence: reader.links('licenses.url') },
    said: saidAt(reader, summarised),
  });
}
