import { posted, type FormFields } from '../../domain/answer-form.js';
import { cleanText } from '../../domain/answer-text.js';
import { questionOf } from '../../domain/standard.js';
import { knownForm, type Standards } from '../../domain/standards.js';

const OWN = /\.(?:version|other|keep|choose)$/u;
const NOT_TYPED = new Set([
  'act',
  'key',
  'round',
  'seen',
  'from',
  'maySpeak',
  'next',
  'csrf',
  'replace',
  'newest',
  'remove',
]);

/** Whether people typed or chose what a field of a form holds. */
export function isTyped(name: string): boolean {
  return !NOT_TYPED.has(name) && !OWN.test(name);
}

/**
 * What was typed and could not be saved, to be copied. Nothing when nothing was typed. With `labelOf` it is what that
 * has a name for; without, all fields.
 */
export function TypedText(props: {
  readonly standards: Standards;
  readonly form: FormFields;
  readonly labelOf?: (name: string) => string | undefined;
}) {
  const { standards, form, labelOf } = props;
  const typed = Object.keys(form).flatMap((name) => {
    const text = cleanText(posted(form, name));
    const label = labelOf === undefined ? 'Your text' : labelOf(name);
    return !isTyped(name) || text === '' || label === undefined ? [] : [{ name, text, label }];
  });
  if (typed.length === 0) return null;
  const known = knownForm(standards);
  return (
    <>
      <h2>What you typed</h2>
      <p>It was not saved. Copy it before you leave this page.</p>
      {typed.map(({ name, text, label }) => (
        <>
          <h3>{questionOf(known, name.split('.')[0] ?? '')?.title ?? label}</h3>
          <p class="inset said">{text}</p>
        </>
      ))}
    </>
  );
}
