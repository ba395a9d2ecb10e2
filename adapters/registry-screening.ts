/** Files of digitalpublicgoods/: answers to indicators 3 to 9 of the old form. None of them tells what was decided. */
import type { FormerRecord } from '../domain/former-record.js';
import type { YesNo } from '../domain/listing-record.js';
import { formerOf, saidAt } from './registry-former.js';
import { textOf } from './registry-nominee.js';
import type { RecordReader } from './registry-record.js';
import { linksIn } from './registry-text.js';

export const screeningWithoutPlace: readonly string[] = ['locations.developmentCountries'];

const privacy = 'doNoHarm.dataPrivacySecurity';
const content = 'doNoHarm.inappropriateIllegalContent';
const harassment = 'doNoHarm.protectionFromHarassment';

/** Answers in the old form's own words, for which today's has no question, or another one. */
const saidOnly: readonly string[] = [
  'clearOwnership.isOwnershipExplicit',
  'platformIndependence.mandatoryDepsCreateMoreRestrictions',
  'platformIndependence.isSoftwarePltIndependent',
  'documentation.isDocumentationAvailable',
  'NonPII.collectsNonPII',
  'NonPII.checkNonPIIAccessMechanism',
  'privacy.isPrivacyCompliant',
  'standards.supportStandards',
  'standards.evidenceStandardSupport',
  'standards.implementBestPractices',
  'doNoHarm.preventHarm.stepsToPreventHarm',
  'doNoHarm.preventHarm.additionalInfoMechanismProcessesPolicies',
  // "Yes" is none of today's levels, and what is described below a "No" may be another product's.
  `${privacy}.collectsPII`,
  `${privacy}.thirdPartyDataSharing`,
  `${privacy}.dataSharingCircumstances`,
  `${privacy}.ensurePrivacySecurity`,
  `${content}.collectStoreDistribute`,
  `${content}.contentFilter`,
  `${content}.illegalContentDetection`,
  `${harassment}.userInteraction`,
  `${harassment}.addressSafetySecurityUnderageUsers`,
  `${harassment}.griefAbuseHarassmentProtection`,
];

/** Reads one file of answers; it belongs to the nominee whose file has the same name, whatever name it gives itself. */
export function readScreening({ reader, source }: { reader: RecordReader; source: string }): FormerRecord {
  const documentation = reader.text('documentation.documentationURL');
  return formerOf({
    kind: 'screening',
    source,
    name: reader.line('name') ?? '',
    facts: {
      usesClosedComponents: yesNoAt(reader, 'platformIndependence.mandatoryDepsCreateMoreRestrictions'),
      collectsNonPii: yesNoAt(reader, 'NonPII.collectsNonPII'),
      userInteraction: yesNoAt(reader, `${harassment}.userInteraction`),
    },
    answers: {
      owner_evidence: linksAt(reader, 'clearOwnership.copyrightURL'),
      open_alternatives: reader.text('platformIndependence.pltIndependenceDesc'),
      documentation:
        documentation === null ? null : { text: documentation, urls: linksIn({ text: documentation, bare: false }) },
      non_pii_mechanism: reader.text('NonPII.nonPIIAccessMechanism'),
      laws: reader.list('privacy.privacyComplianceList'),
      laws_evidence: linksAt(reader, 'privacy.adherenceSteps'),
      standards: reader.list('standards.standardsList'),
      best_practices: reader.list('standards.bestPracticesList'),
      pii_types: reader.list(`${privacy}.typesOfDataCollected`),
      pii_protection: reader.text(`${privacy}.privacySecurityDescription`),
      content_types: reader.list(`${content}.type`),
      content_moderation: textOf(
        reader,
        `${content}.policyGuidelinesDocumentationLink`,
        `${content}.illegalContentDetectionMechanism`,
      ),
      harassment_protection: textOf(
        reader,
        `${harassment}.stepsAddressRiskPreventSafetyUnderageUsers`,
        `${harassment}.harassmentProtectionSteps`,
      ),
      deployed_in: reader.list('locations.deploymentCountries'),
    },
    said: saidAt(reader, saidOnly),
  });
}

function yesNoAt(reader: RecordReader, path: string): YesNo | null {
  const word = reader.line(path)?.toLowerCase();
  return word === 'yes' || word === 'no' ? word : null;
}

/** Steps are mostly sentences: that there is no link among them is nothing odd. */
function linksAt(reader: RecordReader, path: string): readonly string[] {
  return linksIn({ text: reader.text(path) ?? '', bare: false });
}
