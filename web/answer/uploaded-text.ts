import type { Context } from 'hono';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';

/** The most that an uploaded text may have, in bytes: several times the form with its longest answers. */
export const MOST_BYTES = 400_000;

const NOT_TEXT =
  'This file is not plain text. Save it as plain text in UTF-8 (its name then ends in .txt or .md), and choose it again.';

/** The text that somebody chose as a file or pasted, or what is to be done instead. The file comes first. */
export async function uploadedText(
  request: Context,
  form: FormFields,
): Promise<{ readonly text: string } | { readonly problems: readonly Problem[] }> {
  const pasted = posted(form, 'text');
  const file = await chosenFile(request);
  if (file !== null && pasted.trim() !== '') {
    return problem('file', 'Choose a file or paste the text, not both. Choose the file again if you want that one.');
  }
  if (file === null && pasted.trim() === '') return problem('file', 'Choose a file, or paste the text.');
  const bytes = file === null ? Buffer.byteLength(pasted) : file.size;
  const field = file === null ? 'text' : 'file';
  if (bytes > MOST_BYTES) {
    const size = `It has ${Math.ceil(bytes / 1_000)} KB. At most ${MOST_BYTES / 1_000} KB are read.`;
    return problem(field, `Shorten the text, or leave out what you did not fill in. ${size}`);
  }
  const text = file === null ? pasted : decoded(new Uint8Array(await file.arrayBuffer()));
  return text === null || text.includes('\0') ? problem(field, NOT_TEXT) : { text };
}

function problem(field: string, sentence: string): { readonly problems: readonly Problem[] } {
  return { problems: [{ field, sentence }] };
}

/** Browsers send an empty file where none was chosen. */
async function chosenFile(request: Context): Promise<File | null> {
  const { file } = await request.req.parseBody({ all: true });
  const files = [file].flat().filter((one) => one instanceof File);
  return files.find(({ size, name }) => size > 0 || name !== '') ?? null;
}

/** Text in UTF-8, or in UTF-16 where a mark at its beginning says so; null: it is none of these. */
function decoded(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
