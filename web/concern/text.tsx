import { sectionTitle, type Standard } from '../../domain/standard.js';
import type { Concern } from '../../prisma/concerns.js';

/** What somebody wrote, for staff and reviewers. */
export function ConcernText({ concern, standard }: { readonly concern: Concern; readonly standard: Standard }) {
  return (
    <>
      <p>About: {concern.sections.map((id) => sectionTitle(standard, id)).join('; ')}</p>
      <p class="inset said">{concern.text === '' ? 'Erased, as its author wished.' : concern.text}</p>
      {concern.details === null ? null : (
        <>
          <p>Asked for details, its author wrote:</p>
          <p class="inset said">{concern.details}</p>
        </>
      )}
    </>
  );
}
