import { stringify } from 'csv-stringify/sync';
import type { AnswerValue } from '../../domain/answers.js';
import { dayOf, type Day } from '../../domain/calendar.js';
import { publishedAnswers } from '../../domain/published-answers.js';
import type { Standard } from '../../domain/standard.js';
import { coming, newestBinding, publicForm } from '../../domain/standards.js';
import type { PublicDecision, Published } from '../../prisma/read-published.js';
import type { Registry, RegistryProduct } from '../../prisma/read-registry.js';
import { REGISTRY_LICENCE, type WebContext } from '../context.js';
import type { AnswerData, DecisionData, ProductData, RegistryData } from './data-shape.js';

type Publication = Registry & { readonly published: (slug: string) => Published };
type DataContext = Pick<WebContext, 'organisation' | 'publicUrl' | 'invented' | 'standards'>;

const INVENTED = 'A demonstration: answers, people and outcomes in this file are invented.';

/** The columns of /registry.csv, header included even where the list is empty. */
const CSV_COLUMNS = [
  'slug',
  'dpg_id',
  'name',
  'url',
  'website',
  'repositories',
  'licences',
  'sdgs',
  'types',
  'status',
  'status_since',
  'status_in_words',
  'valid_until',
  'first_listed_on',
  'approved_on',
  'removed_on',
  'invented',
] as const;

/** The registry with all that is public of it, as /registry.json gives it. */
export function registryData(context: DataContext, { today, products, published }: Publication): RegistryData {
  const form = publicForm(context.standards, today);
  return {
    format: 'perennial-registry-1',
    organisation: context.organisation,
    asOf: today,
    invented: context.invented,
    notice: context.invented
      ? INVENTED
      : 'Answers with "confirmed": false were carried over and not confirmed by the owner.',
    licence: { id: REGISTRY_LICENCE.id, url: REGISTRY_LICENCE.url },
    standard: standardData(context, today),
    products: products.map((product) => productData({ context, form, product, published: published(product.slug) })),
  };
}

function productData({
  context,
  form,
  product,
  published,
}: {
  readonly context: DataContext;
  readonly form: Standard;
  readonly product: RegistryProduct;
  readonly published: Published;
}): ProductData {
  const answers = Object.entries(publishedAnswers({ standard: form, sets: published.sets }));
  return {
    slug: product.slug,
    dpgId: product.dpgId,
    name: product.name,
    url: addressOf(context, product),
    description: product.description,
    website: product.website,
    repositories: [...product.repositories],
    licences: [...product.licences],
    sdgs: [...product.sdgs],
    types: [...product.types],
    status: product.status,
    statusSince: product.since,
    statusInWords: product.words.label,
    validUntil: product.validUntil,
    firstListedOn: product.firstListedOn,
    approvedOn: product.approvedOn,
    removedOn: product.removedOn,
    answers: Object.fromEntries(
      answers.map(([id, { value, confirmed, on }]) => [id, { value: valueData(value), confirmed, date: on }]),
    ),
    decisions: published.decisions.map(decisionData),
    history: published.former.map(({ what, on, reason, number, count }) => ({ what, date: on, reason, number, count })),
  };
}

/** The version in force, and those to come, whose questions may have answers already. */
function standardData({ publicUrl, standards }: DataContext, today: Day): RegistryData['standard'] {
  const { version, source, bindsFrom } = newestBinding(standards, today);
  const ahead = coming(standards, today).map((one) => ({
    version: one.version,
    answerableFrom: one.answerableFrom,
    bindsFrom: one.bindsFrom,
    questions: `${publicUrl}/standard/${one.version}`,
  }));
  return { version, url: source, bindsFrom, questions: `${publicUrl}/standard/${version}`, coming: ahead };
}

/** A decision as data. */
export function decisionData({ reference, kind, result, at, validUntil, reasons }: PublicDecision): DecisionData {
  return { reference, kind, result, date: dayOf(at), validUntil, reasons: reasons.map((reason) => ({ ...reason })) };
}

/** The same value, in lists of its own. */
function valueData(value: AnswerValue): AnswerData['value'] {
  if (typeof value === 'string') return value;
  if ('urls' in value) return { text: value.text, urls: [...value.urls] };
  if ('choice' in value) return { choice: value.choice, text: value.text };
  if ('choices' in value) return { choices: [...value.choices], text: value.text };
  return [...value];
}

/** The list as CSV, one line a product; cells that a spreadsheet would take for formulas are made text. */
export function registryCsv(context: DataContext, { products }: Registry): string {
  const rows = products.map((product) => ({
    slug: product.slug,
    dpg_id: product.dpgId,
    name: product.name,
    url: addressOf(context, product),
    website: product.website,
    repositories: product.repositories.join(' '),
    licences: product.licences.join(' '),
    sdgs: product.sdgs.join(' '),
    types: product.types.join('; '),
    status: product.status,
    status_since: product.since,
    status_in_words: product.words.label,
    valid_until: product.validUntil,
    first_listed_on: product.firstListedOn,
    approved_on: product.approvedOn,
    removed_on: product.removedOn,
    invented: context.invented ? 'outcomes are invented' : 'no',
  }));
  return stringify(rows, { header: true, columns: [...CSV_COLUMNS], escape_formulas: true, record_delimiter: '\r\n' });
}

function addressOf({ publicUrl }: DataContext, { slug }: RegistryProduct): string {
  return `${publicUrl}/r/${slug}`;
}
