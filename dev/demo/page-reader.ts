import { DomUtils, parseDocument } from 'htmlparser2';

/** A choice that a field offers. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A field of a form as a person meets it: radio buttons and checkboxes of one name are one field. */
export interface Field {
  readonly name: string;
  readonly kind: 'hidden' | 'text' | 'email' | 'textarea' | 'select' | 'radio' | 'checkbox';
  /** Its label; for radio buttons and checkboxes the legend around them. */
  readonly label: string;
  /** The heading that it stands under, or that its label is. */
  readonly heading: string;
  /** What is said beside it: hints and errors that it names as its description. */
  readonly hint: string;
  /** What the page's list of problems says of it; empty if nothing. */
  readonly problem: string;
  /** What is filled in or chosen already; several only for checkboxes. */
  readonly value: readonly string[];
  readonly choices: readonly Choice[];
}

export interface Button {
  readonly text: string;
  readonly name: string;
  readonly value: string;
}

export interface Form {
  /** Where it is sent to, in full. */
  readonly action: string;
  readonly method: 'get' | 'post';
  readonly fields: readonly Field[];
  readonly buttons: readonly Button[];
  /** The page that it stands on, and whether that page lets browsers name it. */
  readonly page: string;
  readonly namesOrigin: boolean;
}

export interface Link {
  /** In full. */
  readonly href: string;
  readonly text: string;
  /** The text of the list item around it, or its own: a list of tasks says there how each stands. */
  readonly item: string;
}

/** A page as a person reads it. */
export interface Page {
  /** Where redirects have led to. */
  readonly url: string;
  readonly status: number;
  readonly title: string;
  readonly h1: string;
  /** The text of its main part. */
  readonly text: string;
  readonly forms: readonly Form[];
  /** The links of its main part. */
  readonly links: readonly Link[];
  /** Seconds after which it loads itself again; null if it does not. */
  readonly refresh: number | null;
}

type Element = NonNullable<ReturnType<typeof DomUtils.getElementById>>;

/** Elements by their ids, and labels by the ids of what they label. */
interface Index {
  readonly byId: ReadonlyMap<string, Element>;
  readonly labels: ReadonlyMap<string, Element>;
}

/** Reads a page of HTML. A page without `main` is read as a whole. */
export function readPage(source: {
  readonly html: string;
  readonly url: string;
  readonly status: number;
  readonly namesOrigin?: boolean;
}): Page {
  const { html, url, status, namesOrigin = true } = source;
  const all = DomUtils.findAll(() => true, parseDocument(html).children);
  const index = indexOf(all);
  const main = all.find(({ name }) => name === 'main');
  const inside = main === undefined ? all : DomUtils.findAll(() => true, main.children);
  const problems = problemsOf(inside);
  return {
    url,
    status,
    title: textOf(all.find(({ name }) => name === 'title')),
    h1: textOf(inside.find(({ name }) => name === 'h1')),
    text: main === undefined ? squeeze(all.slice(0, 1).map(textOf).join(' ')) : textOf(main),
    forms: inside
      .filter(({ name }) => name === 'form')
      .map((form) => readForm({ form, index, problems, page: url, namesOrigin })),
    links: inside
      .filter(({ name, attribs }) => name === 'a' && attribs['href'] !== undefined)
      .map((link) => ({
        href: new URL(link.attribs['href'] ?? '', url).href,
        text: textOf(link),
        item: textOf(around(link, ['li']) ?? link),
      })),
    refresh: refreshOf(all),
  };
}

function indexOf(elements: readonly Element[]): Index {
  const byId = new Map<string, Element>();
  const labels = new Map<string, Element>();
  for (const element of elements) {
    const { id, for: of } = element.attribs;
    if (id !== undefined) byId.set(id, element);
    if (element.name === 'label' && of !== undefined) labels.set(of, element);
  }
  return { byId, labels };
}

/** The text of an element in one line; elements are set apart by blanks. */
function textOf(element: Element | undefined): string {
  return element === undefined ? '' : squeeze(rawText(element));
}

function rawText(element: Element): string {
  return element.children
    .map((child) => (DomUtils.isTag(child) ? ` ${rawText(child)} ` : DomUtils.textContent(child)))
    .join('');
}

function squeeze(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** The nearest element around another with one of some names. */
function around(element: Element, names: readonly string[]): Element | undefined {
  for (let at = element.parent; at !== null; at = at.parent) {
    if (DomUtils.isTag(at) && names.includes(at.name)) return at;
  }
  return undefined;
}

/** What the list of problems says, by the id of the field that each links to. */
function problemsOf(elements: readonly Element[]): ReadonlyMap<string, string> {
  const alerts = elements.filter(({ attribs }) => attribs['role'] === 'alert');
  const links = alerts.flatMap((alert) => DomUtils.findAll(({ name }) => name === 'a', alert.children));
  return new Map(links.map((link) => [(link.attribs['href'] ?? '').replace(/^#/u, ''), textOf(link)]));
}

function refreshOf(elements: readonly Element[]): number | null {
  const meta = elements.find(({ attribs }) => attribs['http-equiv']?.toLowerCase() === 'refresh');
  const seconds = Number.parseInt(meta?.attribs['content'] ?? '', 10);
  return Number.isNaN(seconds) ? null : seconds;
}

interface Reading {
  readonly form: Element;
  readonly index: Index;
  readonly problems: ReadonlyMap<string, string>;
  readonly page: string;
  readonly namesOrigin: boolean;
}

const HEADING = /^h[1-6]$/u;

function readForm(reading: Reading): Form {
  const { form, page, namesOrigin } = reading;
  const fields = new Map<string, Field>();
  const buttons: Button[] = [];
  let heading = '';
  for (const element of DomUtils.findAll(() => true, form.children)) {
    const { name: tag, attribs } = element;
    if (HEADING.test(tag)) heading = textOf(element);
    if (isButton(element)) {
      const text = textOf(element) || (attribs['value'] ?? '');
      buttons.push({ text, name: attribs['name'] ?? '', value: attribs['value'] ?? '' });
      continue;
    }
    const name = attribs['name'] ?? '';
    if (!['input', 'textarea', 'select'].includes(tag) || name === '') continue;
    const field = readField({ ...reading, element, heading });
    const known = fields.get(name);
    fields.set(name, known === undefined ? field : joined(known, field));
  }
  return {
    action: new URL(form.attribs['action'] ?? '', page).href,
    method: form.attribs['method']?.toLowerCase() === 'post' ? 'post' : 'get',
    fields: [...fields.values()],
    buttons,
    page,
    namesOrigin,
  };
}

function isButton({ name, attribs }: Element): boolean {
  if (name === 'button') return (attribs['type'] ?? 'submit') === 'submit';
  return name === 'input' && attribs['type'] === 'submit';
}

/** A further radio button or checkbox of a name adds its choice. */
function joined(one: Field, other: Field): Field {
  return {
    ...one,
    problem: one.problem || other.problem,
    value: [...one.value, ...other.value],
    choices: [...one.choices, ...other.choices],
  };
}

function readField(reading: Reading & { readonly element: Element; readonly heading: string }): Field {
  const { element, index, problems, heading } = reading;
  const { attribs } = element;
  const kind = kindOf(element);
  const id = attribs['id'] ?? '';
  const label = textOf(index.labels.get(id) ?? around(element, ['label']));
  const group = kind === 'radio' || kind === 'checkbox' ? around(element, ['fieldset']) : undefined;
  const legend =
    group === undefined ? '' : textOf(DomUtils.findOne(({ name }) => name === 'legend', group.children) ?? undefined);
  const described = `${attribs['aria-describedby'] ?? ''} ${group?.attribs['aria-describedby'] ?? ''}`.split(' ');
  const hints = described.filter((one) => one !== '').map((one) => textOf(index.byId.get(one)));
  const { value, choices } = contentOf({ element, kind, label });
  return {
    name: attribs['name'] ?? '',
    kind,
    label: legend === '' ? label : legend,
    heading,
    hint: hints.join(' '),
    problem: problems.get(id) ?? '',
    value,
    choices,
  };
}

function kindOf({ name, attribs }: Element): Field['kind'] {
  if (name === 'textarea' || name === 'select') return name;
  const type = attribs['type'] ?? 'text';
  const known = ['hidden', 'email', 'radio', 'checkbox'] as const;
  return known.find((one) => one === type) ?? 'text';
}

function contentOf({
  element,
  kind,
  label,
}: {
  readonly element: Element;
  readonly kind: Field['kind'];
  readonly label: string;
}): Pick<Field, 'value' | 'choices'> {
  const { attribs } = element;
  const given = attribs['value'] ?? '';
  switch (kind) {
    case 'radio':
    case 'checkbox': {
      const own = attribs['value'] ?? 'on';
      return { value: attribs['checked'] === undefined ? [] : [own], choices: [{ value: own, label }] };
    }
    case 'textarea':
      return { value: [typedText(DomUtils.textContent(element))], choices: [] };
    case 'select': {
      const options = DomUtils.findAll(({ name }) => name === 'option', element.children);
      const choices = options.map((option) => ({
        value: option.attribs['value'] ?? textOf(option),
        label: textOf(option),
      }));
      const at = options.findIndex((option) => option.attribs['selected'] !== undefined);
      return { value: [choices[Math.max(at, 0)]?.value ?? []].flat(), choices };
    }
    case 'hidden':
    case 'text':
    case 'email':
      return { value: [given], choices: [] };
    default:
      return kind satisfies never;
  }
}

/** The text of a textarea. Browsers leave out one line end directly after the tag; the parser leaves entities as they are. */
function typedText(source: string): string {
  const text = source.replace(/^\r?\n/u, '').replaceAll('<', '&lt;');
  return DomUtils.textContent(parseDocument(text));
}
