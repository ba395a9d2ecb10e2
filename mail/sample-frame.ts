import type { CaseFrame, EmailFrame, Question } from './content.js';
import { LINK_PLACEHOLDER } from './values.js';

/** Invented people and an invented product, for previews and tests. */
export const frame: EmailFrame = {
  language: 'en',
  organisation: 'Digital Public Goods Alliance',
  senderName: 'Fatou Ndiaye',
  replyTo: 'reviews@dpga.example',
  recipientName: 'Amina Diallo',
  invented: false,
};

export const openwise: Omit<CaseFrame, 'review'> = {
  ...frame,
  product: 'Openwise',
  reference: '2026-7Q2MK',
  link: LINK_PLACEHOLDER,
  checkUrl: 'https://reviews.dpga.example/check',
};

/** The five official questions, in their wording of 11 September 2025 (DPGA's announcement). */
export const privacyQuestions: readonly Question[] = [
  'Is this the minimum amount of PII data required for your solution to function properly?',
  'How does your solution communicate to the user that you are collecting their PII data?',
  'Please provide your privacy policy or any relevant documentation that outlines consent management procedures, the reasons for collecting and processing PII data, and any processes in place for handling subject requests.',
  'Where in the solution is PII data being processed or used? And which components of the solution allow access to this data?',
  'Which mechanisms does your solution provide to delete PII data?',
].map((label, index) => ({ number: String(index + 1), label }));
