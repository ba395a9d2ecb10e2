/** Records of the past in words, for pages. */
import type { FormerLine } from './former-history.js';

/** One line of a product's past, without its day. */
export function formerInWords({ what, number, count }: FormerLine): string {
  switch (what) {
    case 'nominated':
      return 'Nominated';
    case 'recognised':
      return 'Recognised as a digital public good';
    case 'archived':
      return 'The nomination was archived; older files do not say why';
    case 'excluded':
      return 'Excluded';
    case 'answered':
      return 'Indicators 3 to 9 of an older form were answered';
    case 'opinions':
      return count === 1 ? 'Reviewed by a volunteer' : `Reviewed by volunteers, ${count} times`;
    case 'applied':
      return `Application ${number ?? ''} in the former portal; older files do not say what was decided`;
    default: {
      const never: never = what;
      return never;
    }
  }
}

const saidWords: Readonly<Record<string, string>> = {
  'clearOwnership.isOwnershipExplicit': 'Is the ownership explicit?',
  'platformIndependence.mandatoryDepsCreateMoreRestrictions': 'Do required components restrict more than the licence?',
  'platformIndependence.isSoftwarePltIndependent': 'Can they be replaced?',
  'documentation.isDocumentationAvailable': 'Is there documentation?',
  'NonPII.collectsNonPII': 'Does it collect data that is not personal?',
  'NonPII.checkNonPIIAccessMechanism': 'Can that data be taken out?',
  'privacy.isPrivacyCompliant': 'Does it keep to privacy laws?',
  'standards.supportStandards': 'Does it support standards?',
  'standards.evidenceStandardSupport': 'Evidence for that',
  'standards.implementBestPractices': 'Does it follow best practices?',
  'doNoHarm.preventHarm.stepsToPreventHarm': 'Are steps taken to prevent harm?',
  'doNoHarm.preventHarm.additionalInfoMechanismProcessesPolicies': 'How harm is prevented',
  'doNoHarm.dataPrivacySecurity.collectsPII': 'Does it collect personal data?',
  'doNoHarm.dataPrivacySecurity.thirdPartyDataSharing': 'Is personal data shared?',
  'doNoHarm.dataPrivacySecurity.dataSharingCircumstances': 'When personal data is shared',
  'doNoHarm.dataPrivacySecurity.ensurePrivacySecurity': 'Is personal data protected?',
  'doNoHarm.inappropriateIllegalContent.collectStoreDistribute': 'Does it handle content of users?',
  'doNoHarm.inappropriateIllegalContent.contentFilter': 'Is content filtered?',
  'doNoHarm.inappropriateIllegalContent.illegalContentDetection': 'Is illegal content found?',
  'doNoHarm.protectionFromHarassment.userInteraction': 'Do users interact?',
  'doNoHarm.protectionFromHarassment.addressSafetySecurityUnderageUsers': 'Are minors protected?',
  'doNoHarm.protectionFromHarassment.griefAbuseHarassmentProtection': 'Are users protected from harassment?',
  collectsPii: 'Does it collect personal data?',
  sharesPiiWithThirdParties: 'Is personal data shared?',
  handlesContent: 'Does it handle content of users?',
  userInteraction: 'Do users interact?',
  license: 'Licence',
  clearOwnership: 'Ownership',
  ownership: 'Ownership',
  documentation: 'Documentation',
  nonPII: 'Data that is not personal',
};

/** What an answer of an older form was about; as the file calls it, where we have no words. */
export function saidAbout(about: string): string {
  const goal = /^SDG\[(\d)\]$/u.exec(about)?.[1];
  if (goal !== undefined) return `Sustainable Development Goal ${Number(goal) + 1} of those named`;
  return saidWords[about] ?? about.replace(/^indicators\./u, 'Indicator ');
}
