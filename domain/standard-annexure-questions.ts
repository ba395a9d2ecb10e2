/**
 * The best-practice annexure of August 2025 as a self-assessment: its four areas, in our own words. Optional, published
 * as it is, and no condition of anything. Form data is CC0-1.0.
 */
import type { Question, Section } from './standard.js';

/** The section of the four areas. */
export const annexureSection: Section = {
  id: 'annexure',
  title: 'Best practices for privacy and security',
  selfAssessment:
    'This is a self-assessment of the owner. It is optional and published as it is, and no decision depends on it.',
};

const shared = {
  section: 'annexure',
  kind: 'multi_text',
  why: 'Readers see which good practices the product follows',
  good: 'A few words about each practice, with links. Say which ones do not apply to the product or lie outside your control.',
  empty: 'Select the practices that the product follows.',
  required: false,
  public: true,
} as const satisfies Partial<Question>;

/** The four areas, in their order. */
export const annexureQuestions: readonly Question[] = [
  {
    ...shared,
    id: 'annexure_governance',
    title: 'Governance and accountability',
    label: 'Which practices of governance and accountability does the product follow?',
    why: `${shared.why}, and who answers for them.`,
    options: [
      { value: 'privacy_policy', label: 'A privacy policy: which data, why, how long, whose rights and whom to ask' },
      { value: 'group_risks', label: 'A look at risks for groups of people, and of data that is not personal' },
      {
        value: 'governance',
        label: 'A person who answers for privacy, a review of ethics, and explained automatic decisions',
      },
    ],
  },
  {
    ...shared,
    id: 'annexure_documentation',
    title: 'Documentation and proofs',
    label: 'Which documents and proofs about privacy and security does the product have?',
    why: `${shared.why}, and what proves them.`,
    options: [
      { value: 'impact_assessment', label: 'An assessment of the effects on privacy' },
      { value: 'data_flow_map', label: 'A map that shows where data comes from and where it goes' },
      { value: 'retention_policy', label: 'A policy for keeping data and disposing of it' },
      { value: 'security_communication', label: 'A known way to report security problems and to tell those concerned' },
      { value: 'training_records', label: 'Records of training in privacy and security' },
      { value: 'vendor_list', label: 'A list of other organisations that handle data for the product' },
    ],
  },
  {
    ...shared,
    id: 'annexure_safeguards',
    title: 'Technical and organisational safeguards',
    label: 'Which technical and organisational safeguards does the product have?',
    why: `${shared.why}, and how data is kept safe.`,
    options: [
      { value: 'access_control', label: 'Strong sign-in, and as little access for each role as possible' },
      { value: 'logging', label: 'Logs of who did what, and people who look at them' },
      { value: 'encryption', label: 'Encryption of data on its way and where it is stored' },
      { value: 'vulnerability_management', label: 'A search for weaknesses, and their repair' },
      { value: 'isolation', label: 'Data kept apart, and in a place that its owners can choose' },
      { value: 'privacy_enhancing', label: 'Techniques that let data be used without showing whose it is' },
    ],
  },
  {
    ...shared,
    id: 'annexure_oversight',
    title: 'Lifecycle and oversight',
    label: 'Which practices keep privacy and security good over time?',
    why: `${shared.why}, and how they are kept up.`,
    options: [
      { value: 'risk_monitoring', label: 'Risks are looked at again and again' },
      { value: 'audit_readiness', label: 'Proofs for an audit of laws and of data protection are at hand' },
      { value: 'change_management', label: 'Changes are checked for their effects before they are made' },
    ],
  },
];
