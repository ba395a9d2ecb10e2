import { counted } from '../../client/words/words.js';
import type { CampaignLine } from '../../prisma/campaign-status.js';
import { ConsolePage, mayUse, type ConsoleProps } from './frame.js';
import { reasonWords } from './reasons.js';
import { Started } from './started.js';

/** All campaigns, the newest first, and the way to the next one. */
export function CampaignsPage({
  context,
  staff,
  campaigns,
}: ConsoleProps & { readonly campaigns: readonly CampaignLine[] }) {
  return (
    <ConsolePage context={context} staff={staff} title="Campaigns">
      <h1>Campaigns</h1>
      {mayUse(staff, 'GET /console/campaigns/new') ? (
        <p>
          <a class="button" href="/console/campaigns/new">
            Plan a campaign
          </a>
        </p>
      ) : null}
      {campaigns.length === 0 ? <p>No campaign was started yet.</p> : null}
      <ul class="products" role="list">
        {campaigns.map((campaign) => (
          <li>
            <LineOf campaign={campaign} />
          </li>
        ))}
      </ul>
    </ConsolePage>
  );
}

function LineOf({ campaign }: { readonly campaign: CampaignLine }) {
  const { name, state, startedAt, closedAt, members, released, attention } = campaign;
  // Words as steps wrote them.
  const reasons = attention.flatMap((word) =>
    word === 'no_contact' || word === 'stuck' ? [reasonWords(word).short] : [],
  );
  return (
    <>
      <h2 class="small-title">
        <a href={`/console/campaigns/${name}`}>{name}</a>
      </h2>
      <p>
        {state === 'running' ? 'Running' : 'Closed'}: waves with {released} of {counted(members, 'product')} went
        {reasons.length === 0 ? '' : `. Needs you: ${reasons.join(', ').toLowerCase()}`}
      </p>
      <p class="small">
        <Started startedAt={startedAt} closedAt={closedAt} />
      </p>
    </>
  );
}
