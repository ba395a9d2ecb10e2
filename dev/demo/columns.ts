/** The width of a terminal that nobody widened. */
export const WIDTH = 80;

/** Text in lines of words, each at most so wide unless a single word is wider. */
export function wrapped(text: string, width: number): readonly string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) return [...lines.slice(0, -1), `${last} ${word}`];
    return [...lines, word];
  }, []);
}

/** A beginning of a line with a text behind it, which goes on in lines below itself. */
export function beside(beginning: string, text: string): readonly string[] {
  const width = beginning.length;
  return wrapped(text, WIDTH - width).map((line, at) => (at === 0 ? beginning : ' '.repeat(width)) + line);
}
