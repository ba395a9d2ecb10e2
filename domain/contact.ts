/** Whom to ask about a product, as a file or a person names them; the order of a product's alternates counts. */
export interface ProductContact {
  readonly slug: string;
  readonly name: string;
  readonly address: string;
  /** A language code, such as "en". */
  readonly language: string;
  /** Two letters in capitals, or a name; null when it is not known. */
  readonly country: string | null;
  readonly rank: 'primary' | 'alternate';
}
