/** Takes records out of a JSON file one by one: a file of any length needs the memory of its longest record. */
import { createReadStream } from 'node:fs';

/** Characters of one record; the longest honest one that was seen has 40,000. */
const LONGEST_RECORD = 2_000_000;
/** So much of what comes before a bracket is looked at for the name of a list. */
const NAME_LENGTH = 64;
const listOfItems = /"items"\s*:\s*$/u;

/** The text of one record; null if it is longer than any record is. */
export interface Piece {
  readonly json: string | null;
  /** The file is this one record, and no list. */
  readonly alone: boolean;
}

/**
 * The records of a file: the items of a list, those of the list `items` of an object, or the one object that it is.
 * Ends with an error, one sentence for people, when the file is empty or no JSON; what came before it stands.
 */
export async function* piecesOf({ path, source }: { path: string; source: string }): AsyncGenerator<Piece> {
  const splitter = createSplitter(source);
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 65_536 })) {
    // A stream with an encoding gives strings.
    for (const piece of splitter.take(chunk as string)) yield piece;
  }
  splitter.end();
}

interface Splitter {
  readonly take: (chunk: string) => readonly Piece[];
  readonly end: () => void;
}

function notJson(source: string): Error {
  return new Error(`${source} is not JSON: it may be cut off or of another kind. Give a JSON file.`);
}

/** Where in the file the splitter is. It follows brackets and strings only: what is JSON is for whoever parses. */
interface State {
  depth: number;
  inString: boolean;
  escaped: boolean;
  started: boolean;
  /** How deep records begin: 0 the object itself, 1 a list, 2 a list in an object; -1 after that list. */
  level: number;
  /** What was collected of the record so far; null between records, and `tooLong` for one that is. */
  open: string | null;
  tooLong: boolean;
}

function createSplitter(source: string): Splitter {
  const state: State = {
    ...{ depth: 0, inString: false, escaped: false, started: false, level: 0 },
    ...{ open: null, tooLong: false },
  };
  return {
    take: (chunk) => {
      const pieces: Piece[] = [];
      let from = 0;
      for (let at = 0; at < chunk.length; at += 1) {
        const character = chunk.charAt(at);
        if (state.inString) {
          passInString(state, character);
        } else if (character === ',' || character === ']' || character === '}') {
          if (character !== ',') state.depth -= 1;
          if (state.depth < 0) throw notJson(source);
          if (endsRecord(state, character))
            pieces.push(closed(state, chunk.slice(from, at + (state.level === 0 ? 1 : 0))));
          if (state.level === 2 && state.depth === 1 && character === ']') state.level = -1;
        } else if (!blanks.has(character)) {
          if (state.open === null) from = at;
          if (!begin(state, character)) throw notJson(source);
          if (character === '"') state.inString = true;
          else if (character === '{' || character === '[')
            goDeeper(state, { character, before: chunk.slice(from, at) });
        }
      }
      keep(state, chunk.slice(from));
      return pieces;
    },
    end: () => {
      if (!state.started) throw new Error(`${source} is empty. Give a file with records of the registry as JSON.`);
      if (state.depth !== 0 || state.inString) throw notJson(source);
    },
  };
}

/** The colon stands between a name and its value, and means nothing here. */
const blanks: ReadonlySet<string> = new Set([' ', '\n', '\r', '\t', '\ufeff', ':']);

function passInString(state: State, character: string): void {
  if (state.escaped) state.escaped = false;
  else if (character === '\\') state.escaped = true;
  else if (character === '"') state.inString = false;
}

/** Begins a record where one may begin; false where nothing may. */
function begin(state: State, character: string): boolean {
  if (state.depth === 0) {
    if (state.started || (character !== '{' && character !== '[')) return false;
    state.started = true;
    state.level = character === '[' ? 1 : 0;
  }
  if (state.depth === state.level && state.open === null) {
    state.open = '';
    state.tooLong = false;
  }
  return true;
}

function goDeeper(state: State, { character, before }: { character: string; before: string }): void {
  if (state.level === 0 && state.depth === 1 && character === '[') {
    const name =
      before.length < NAME_LENGTH ? (state.open ?? '').slice(-NAME_LENGTH) + before : before.slice(-NAME_LENGTH);
    if (listOfItems.test(name)) {
      state.open = null;
      state.level = 2;
    }
  }
  state.depth += 1;
}

function endsRecord({ open, level, depth }: State, character: string): boolean {
  if (open === null) return false;
  if (level === 0) return depth === 0 && character !== ',';
  return character === ',' ? depth === level : depth === level - 1;
}

function keep(state: State, text: string): void {
  if (state.open === null || state.tooLong) return;
  state.open += text;
  if (state.open.length > LONGEST_RECORD) {
    state.open = '';
    state.tooLong = true;
  }
}

function closed(state: State, rest: string): Piece {
  keep(state, rest);
  const piece = { json: state.tooLong ? null : state.open, alone: state.level === 0 };
  state.open = null;
  return piece;
}
