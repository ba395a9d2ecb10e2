/**
 * The one place that decides how hints name a command. They are written with `perennial`; whoever began it by
 * `npm run perennial --` reads that, to be copied as it stands. Data, as with --json, stays as it is.
 */
export function asBegun(
  text: string,
  { begun, commands }: { readonly begun: string; readonly commands: readonly string[] },
): string {
  if (begun === 'perennial' || /^\s*[[{]/u.test(text)) return text;
  return text.replace(new RegExp(`(?<![\\w-])perennial (?=(?:${commands.join('|')})\\b)`, 'gu'), `${begun} `);
}
