/** Which word rules a text of ours breaks: no courtesies, idioms or contractions, and at most 20 words a sentence. */
export function brokenWordRules(text: string): readonly string[] {
  const broken = [/\b(please|kindly|sorry|gentle|click here|invalid)\b/iu, /\w['’](t|s|re|ve|ll|d|m)\b/iu]
    .filter((rule) => rule.test(text))
    .map((rule) => `${rule.source}: ${text}`);
  const long = text
    .split(/(?<=[.?!])\s/u)
    .filter((sentence) => sentence.split(/\s+/u).length > 20)
    .map((sentence) => `more than 20 words: ${sentence}`);
  return [...broken, ...long];
}
