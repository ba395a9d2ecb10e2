/**
 * How much of an answer is enough for a small project, and what is expected of a large one: the same question, more or
 * less to say. For owners before they start, and for reviewers beside each answer. In our own words; CC0-1.0.
 */
import type { Guidance, Question } from './standard.js';

/** What both have to say alike. */
const both = (words: string): Guidance => ({ small: words, large: words });

const guidance: Readonly<Record<string, Guidance>> = {
  name: both('The name under which people find the product.'),
  aliases: { small: 'Nothing, if it has one name.', large: 'Former names, acronyms, and names in other languages.' },
  category: {
    small: 'One category.',
    large: 'Each category of which the product has a part that people take by itself.',
  },
  short_description: {
    small: 'One sentence that says who uses it and what for.',
    large: 'Two sentences: the core product, without what a single country built on it.',
  },
  website: {
    small: 'The page of the repository, if it tells what the product is.',
    large: 'A page of the product itself, not of the whole organisation.',
  },
  alternate_email: {
    small: 'Another address of the same person.',
    large: 'A mailbox that several people read, so that it outlives each of them.',
  },
  source_location: {
    small: 'One public link from which everyone gets all of it.',
    large: 'The place of each part, and of the release that is in use.',
  },
  sdgs: {
    small: 'The one goal that it serves.',
    large: 'The few goals that it serves most; each needs words of its own.',
  },
  sdg_relevance: {
    small: 'Two sentences for each goal: what changes, and for whom.',
    large: 'For each goal the target, and evidence of use: places, numbers, or a study.',
  },
  licences: {
    small: 'The one licence of the product.',
    large: 'The licence of each part: code, content, data, and models.',
  },
  licence_evidence: {
    small: 'A link to the licence file in the repository.',
    large: 'A link for each part, among them the documentation and the data.',
  },
  owner: {
    small: 'The organisation that stands in the licence; or that people own it without one.',
    large: 'The legal name, as in the copyright notice or the trademark.',
  },
  owner_evidence: {
    small: 'A copyright line in the licence file or on the website.',
    large: 'Terms of use, a trademark, or an agreement between the owners.',
  },
  owner_type: both('The type of the one who answers for the product.'),
  owner_country: both('The country where the owner is registered, or lives.'),
  owns_all: {
    small: 'Yes, if you or your contributors made all of it, apart from open libraries.',
    large: 'Yes only if contributors and suppliers gave their rights, or a licence.',
  },
  redistribution_right: {
    small: 'Each part of others, and its licence.',
    large: 'A list of the parts with their licences or agreements, kept with each release.',
  },
  core_technologies: {
    small: 'Language, database, and what it runs on.',
    large: 'Also each service of others that it needs, with a list of its components.',
  },
  closed_components: {
    small: 'No, if all that it needs is open.',
    large: 'Yes also if only a service of others, a map, or a model is closed.',
  },
  open_alternatives: {
    small: 'The name of an open replacement for each, and what would have to change.',
    large: 'Proof that somebody runs it so, or steps in the documentation.',
  },
  ai_weights: {
    small: 'A download of the weights in use, with their licence.',
    large: 'Each version with its licence, its date, and how it is checked for changes.',
  },
  ai_training_code: {
    small: 'The code with which the model was trained, even if it is rough.',
    large: 'Code, settings, and what machines and time it took, so that others can repeat it.',
  },
  ai_training_data: {
    small: 'A link to the data, and its licence.',
    large: 'Each set of data with its source, licence, and what was done to it.',
  },
  documentation: {
    small: 'A README by which a stranger installs and uses it.',
    large: 'Pages for those who install, use, and change it; what it needs; how it is supported.',
  },
  handles_non_pii: both('Yes, if it holds anything that users would want to take elsewhere.'),
  non_pii_mechanism: {
    small: 'One way out in an open format, such as CSV.',
    large: 'Export and import of all data, or an open interface with documentation.',
  },
  laws: {
    small: 'The law on personal data of your country, or why none applies.',
    large: 'The laws of the places where the owner runs it, each with its country.',
  },
  laws_evidence: {
    small: 'A privacy policy or terms of use, however short.',
    large: 'Policy and terms of the product itself; assessments, if a law asks for them.',
  },
  standards: {
    small: 'Those on which it is built, such as HTTP, JSON, or Unicode, and where.',
    large: 'Also those of its field, with a test, a profile, or a certificate.',
  },
  best_practices: {
    small: 'Two or three habits that a look at the repository proves.',
    large: 'Named principles, how changes are reviewed, and how weaknesses are reported.',
  },
  content_level: both('The most that can happen to content in the product as you give it out.'),
  content_types: {
    small: 'The few types that there are.',
    large: 'Every type, among them what users write or upload.',
  },
  content_moderation: {
    small: 'Whom to write to, and in how many days a person looks at it.',
    large: 'A policy, tools to report and to remove, a usual time, and who decides.',
  },
  user_interaction: {
    small: 'Yes, if people write to each other, in a forum of contributors too.',
    large: 'Yes, if any part lets people meet, comment, or share.',
  },
  harassment_protection: {
    small: 'A code of conduct with an address to write to.',
    large: 'Also ways to block and report, how reports are handled, and what protects minors.',
  },
  pii_level: both('The most that can happen to personal data in the product as you give it out.'),
  pii_types: {
    small: 'Every type, as users meet it: name, address, photo.',
    large: 'Every type, also what logs keep, with the sensitive ones named as such.',
  },
  P1: {
    small: 'For each type, a few words on what it is for.',
    large: 'For each type its purpose; what is optional; when it was last looked at.',
  },
  P2: {
    small: 'Where the notice stands, and when a user sees it.',
    large: 'Notice and consent by purpose, how consent is taken back, and in which languages.',
  },
  P3: {
    small: 'A short public policy: what, why, how long, and whom to ask.',
    large: 'Also the legal grounds, how requests are answered and in what time, and who else handles data.',
  },
  P4: {
    small: 'The parts that use personal data, and who can see it.',
    large: 'A map of the data through all components, the roles, and a review of who has them.',
  },
  P5: {
    small: 'One way that works, by hand too, and whom users ask.',
    large: 'Periods for each type, deletion without request, and what becomes of backups.',
  },
  pii_protection: {
    small: 'Encrypted connections, passwords kept safely, and as few people with access as possible.',
    large: 'Also encrypted storage, roles, logs, tests of security, and what follows a breach.',
  },
  deployed_in: { small: 'The countries that you know of.', large: 'All countries, with the year where you have it.' },
  used_by: { small: 'Those who agree to be named.', large: 'The largest, and what each uses it for.' },
  multilingual: both('Yes, if it can be translated without changes to its code.'),
  languages: { small: 'The languages that are complete.', large: 'All, with those that are not complete marked.' },
  programmes: both('Only programmes that a public page confirms.'),
  highlights: { small: 'Nothing, or one page.', large: 'A few pages that others wrote: studies, reports, news.' },
  annexure_governance: {
    small: 'A short policy, and one person who answers for it.',
    large: 'All three practices, with pages that show them.',
  },
  annexure_documentation: {
    small: 'A sketch of where data goes, and an address for security problems.',
    large: 'An assessment, a map, periods, records of training, and a list of suppliers.',
  },
  annexure_safeguards: {
    small: 'Encrypted connections, updates, and few people with access.',
    large: 'Practices of each kind, and who tests them how often.',
  },
  annexure_oversight: {
    small: 'A look once a year, noted somewhere public.',
    large: 'A plan for risks, proofs for audits, and a check of each change.',
  },
};

/** A question with its guidance, where we have some. */
export function withGuidance(question: Question): Question {
  const own = Object.hasOwn(guidance, question.id) ? guidance[question.id] : undefined;
  return own === undefined ? question : { ...question, guidance: own };
}
