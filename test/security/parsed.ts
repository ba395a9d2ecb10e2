import { parseDocument } from 'htmlparser2';

/** A node of htmlparser2, as far as these tests read it. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly Node[];
}

/** A page as a parser that is not ours reads it. */
export interface Parsed {
  /** Each kind of tag with each of its attributes: "a href"; a comment or a declaration by its name alone. */
  readonly kinds: ReadonlySet<string>;
  /** Tags in their order, with the names of their attributes. */
  readonly tags: readonly string[];
  /** Values of href, src and action. */
  readonly addresses: readonly string[];
  /** Values of a field of a form by its name, in order. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** What a person reads, in one line. */
  readonly text: string;
}

export function parsePage(html: string): Parsed {
  const kinds = new Set<string>();
  const tags: string[] = [];
  const addresses: string[] = [];
  const fields = new Map<string, string[]>();
  const texts: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'text') texts.push(node.data ?? '');
    else if (node.type === 'comment' || node.type === 'directive' || node.type === 'cdata') {
      kinds.add(`${node.type} ${node.name ?? ''}`);
    }
    if (node.name !== undefined && node.attribs !== undefined) {
      const { name, attribs } = node;
      tags.push([name, ...Object.keys(attribs)].join(' '));
      kinds.add(name);
      for (const [attribute, value] of Object.entries(attribs)) {
        kinds.add(`${name} ${attribute}`);
        if (['href', 'src', 'action', 'formaction'].includes(attribute)) addresses.push(value);
      }
      const field = attribs['name'] ?? '';
      if (name === 'textarea') fields.set(field, [...(fields.get(field) ?? []), inTextarea(textOf(node))]);
      if (name === 'input' && ['text', 'email', 'hidden', 'url'].includes(attribs['type'] ?? '')) {
        fields.set(field, [...(fields.get(field) ?? []), attribs['value'] ?? '']);
      }
    }
    for (const child of node.children ?? []) visit(child);
  };
  visit(parseDocument(html));
  return { kinds, tags, addresses, fields, text: oneLine(texts.join(' ')) };
}

/** The library gives what stands in a textarea unread; browsers read its references, and no tags. */
function inTextarea(source: string): string {
  const { children } = parseDocument(source) as Node;
  return source.includes('<') ? `not escaped: ${source}` : (children ?? []).map(textOf).join('');
}

function textOf(node: Node): string {
  return node.type === 'text' ? (node.data ?? '') : (node.children ?? []).map(textOf).join('');
}

/** A text with every run of blanks as one: pages part lines by tags. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** Addresses that a browser would run or load from elsewhere when a page is opened or a link of it is followed. */
export function harmfulAddresses(addresses: readonly string[]): readonly string[] {
  return addresses.filter((address) => !/^(?:[/#?]|https?:\/\/|mailto:[\w.]+@[\w.]+$|data:,$)/u.test(address));
}
