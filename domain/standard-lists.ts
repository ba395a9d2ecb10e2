/** Closed and suggested words of the form: the 17 goals of the United Nations and licence ids of the SPDX list. Form data is CC0-1.0. */
import type { Option } from './standard.js';

const goals: readonly string[] = [
  'No poverty',
  'Zero hunger',
  'Good health and well-being',
  'Quality education',
  'Gender equality',
  'Clean water and sanitation',
  'Affordable and clean energy',
  'Decent work and economic growth',
  'Industry, innovation and infrastructure',
  'Reduced inequalities',
  'Sustainable cities and communities',
  'Responsible consumption and production',
  'Climate action',
  'Life below water',
  'Life on land',
  'Peace, justice and strong institutions',
  'Partnerships for the goals',
];

/** The Sustainable Development Goals, values '1' to '17'. */
export const goalOptions: readonly Option[] = goals.map((goal, index) => ({
  value: String(index + 1),
  label: `${index + 1}. ${goal}`,
}));

/** SPDX ids that listed products use most; any other id of the SPDX list is accepted as well. */
export const knownLicences: readonly string[] = [
  'AGPL-3.0',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC-BY-SA-3.0',
  'CC-BY-SA-4.0',
  'CC0-1.0',
  'ECL-2.0',
  'EPL-2.0',
  'EUPL-1.2',
  'GPL-2.0',
  'GPL-3.0',
  'ISC',
  'LGPL-2.1',
  'LGPL-3.0',
  'MIT',
  'MPL-2.0',
  'ODC-By-1.0',
  'ODbL-1.0',
  'OFL-1.1',
  'PDDL-1.0',
  'Unlicense',
];

const byLowerCase: ReadonlyMap<string, string> = new Map(
  knownLicences.map((licence) => [licence.toLowerCase(), licence]),
);

/** A licence id spelled as the SPDX list spells it ('mit' becomes 'MIT'); ids that we do not know stay as they are. */
export function spelledLicence(licence: string): string {
  return byLowerCase.get(licence.toLowerCase()) ?? licence;
}

/** The four official levels of handling personal data (9a) and content (9b). */
export const handlingOptions: readonly Option[] = [
  { value: 'none', label: 'It cannot be collected, stored or distributed' },
  { value: 'collected', label: 'It can be collected, but not stored or distributed' },
  { value: 'collected_stored', label: 'It can be collected and stored, but not distributed' },
  { value: 'collected_stored_distributed', label: 'It can be collected, stored and distributed' },
];
