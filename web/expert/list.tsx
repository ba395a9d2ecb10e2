import { printDay } from '../../adapters/dates.js';
import type { ExpertLine } from '../../prisma/read-expert.js';
import type { WebContext } from '../context.js';
import type { Staff } from '../desk/session.js';
import { SignOut } from '../desk/sign-out.js';
import { Page } from '../layout.js';

/** What was ever asked of an expert, the newest first. */
export function ExpertList({
  context,
  staff,
  lines,
}: {
  readonly context: WebContext;
  readonly staff: Staff;
  readonly lines: readonly ExpertLine[];
}) {
  return (
    <Page context={context} title="Questions to you" staff>
      <h1>Questions to you</h1>
      {lines.length === 0 ? <p>Nobody asked you anything yet. When somebody does, we write to you.</p> : null}
      <ul class="products">
        {lines.map((line) => (
          <li>
            <h2>
              <a href={pathOf(line)}>{line.title}</a>
            </h2>
            <p>
              Reference {line.reference}. {standing(line)}
            </p>
          </li>
        ))}
      </ul>
      <ExpertHere staff={staff} />
    </Page>
  );
}

/** The path of a question's page. */
export function pathOf({ reference, number, section }: Pick<ExpertLine, 'reference' | 'number' | 'section'>): string {
  return `/expert/${reference}/${number}/${section}`;
}

/** Where a question stands with its expert, in words. */
export function standing({ stage, end, until, hasAdvice }: ExpertLine): string {
  if (hasAdvice) return 'You answered. Thank you.';
  if (stage === 'declined') return 'You declined. You are not asked any more.';
  const day = until === null ? '' : printDay(until);
  if (end !== null || stage === 'silent' || stage === 'over') {
    return 'This question is closed, or somebody else is asked now. If you still answer, your advice counts as late.';
  }
  return stage === 'accepted'
    ? `You accepted. Your advice is due by the end of ${day}.`
    : `Tell us by the end of ${day} if you can answer.`;
}

/** Who is signed in, and the way out. */
export function ExpertHere({ staff }: { readonly staff: Staff }) {
  return (
    <section aria-label="Your account">
      <p class="small">You are signed in as {staff.person.name}.</p>
      <SignOut staff={staff} />
    </section>
  );
}
