import { describe, expect, test } from '@jest/globals';
import {
  applyCampaign,
  campaignAttention,
  firstAgenda,
  nameProblem,
  type CampaignEvent,
  type CampaignRecord,
  type MemberProgress,
} from '../../domain/campaign.js';
import { candidate, planned } from '../support/candidates.js';
import { quiet } from '../support/case-records.js';

const NOW = quiet.now;

describe('a running campaign', () => {
  const plan = planned([candidate('a'), candidate('b')], { perDay: 1 });
  const running: CampaignRecord = {
    name: 'annual-2026',
    state: 'running',
    agenda: firstAgenda({ plan, now: NOW }),
    stuck: false,
  };
  const member = (slug: string, some: Partial<MemberProgress> = {}): MemberProgress => ({
    slug,
    wave: 1,
    released: true,
    outcome: 'accepted',
    open: true,
    hasContact: true,
    ...some,
  });
  const sleeping = { released: false, outcome: null, open: false } as const;
  const entry = (id: string): CampaignEvent => {
    const found = running.agenda.find((one) => one.id.startsWith(id));
    if (found === undefined) throw new Error(id);
    return { is: 'due', entry: found };
  };
  const on = (event: CampaignEvent, members: readonly MemberProgress[], record = running) =>
    applyCampaign({ record, event, now: NOW, members });

  test('has an entry for each wave and follows once a day', () => {
    expect(running.agenda.map(({ id, due, nth, of }) => [id, due, nth, of])).toEqual([
      ['wave:1', '2026-07-10T08:00:00.000Z', 1, 2],
      ['wave:2', '2026-07-11T08:00:00.000Z', 2, 2],
      ['follow:2026-07-11', '2026-07-11T09:00:00.000Z', undefined, undefined],
    ]);
  });

  test('an entry that was due is gone, or lies ahead', () => {
    const members = [member('a'), member('b', sleeping)];
    const { record, notes } = on(entry('wave:1'), members);
    expect(record.agenda.map(({ id }) => id)).toEqual(['wave:2', 'follow:2026-07-11']);
    expect(notes).toEqual([{ what: 'wave_released', detail: { wave: 1, products: 2 } }]);
    const late = applyCampaign({ record, event: entry('follow'), now: '2026-07-20T10:00:00.000Z', members });
    expect(late.record.agenda.map(({ id }) => id)).toEqual(['wave:2', 'follow:2026-07-21']);
  });

  test.each<[string, 'running' | 'closed', Partial<MemberProgress>]>([
    ['a wake has no outcome', 'running', { outcome: null, open: false }],
    ['a product is asleep', 'running', sleeping],
    ['a review is open', 'running', {}],
    ['the review has ended', 'closed', { open: false }],
    ['the wake was refused', 'closed', { outcome: 'refused', open: false }],
  ])('when %s it is %s', (_what, state, some) => {
    const { record, notes } = on(entry('follow'), [member('a', { open: false }), member('b', some)]);
    expect(record.state).toBe(state);
    expect(notes.map(({ what }) => what)).toEqual([state === 'closed' ? 'campaign_closed' : 'followed']);
    if (state === 'closed') expect(record.agenda).toEqual([]);
  });

  test('staff close it with a reason: what was not woken stays asleep, what is open goes on', () => {
    const members = [member('a'), member('b', sleeping), member('c', sleeping)];
    expect(on({ is: 'close', reason: '  ' }, members).outcome?.result).toBe('refused');
    const { record, outcome } = on({ is: 'close', reason: 'wrong texts' }, members);
    expect(record).toMatchObject({ state: 'closed', agenda: [] });
    expect(outcome).toEqual({
      result: 'accepted',
      sentence:
        'The campaign is closed. 2 products are not woken and stay asleep; 1 product is under review and goes on.',
    });
    const again = on({ is: 'close', reason: 'again' }, members, record);
    expect(again).toMatchObject({ record, outcome: { result: 'late' } });
    expect(on({ is: 'other' }, members).outcome?.result).toBe('refused');
  });

  test('what was set aside goes on by a release', () => {
    const agenda = running.agenda.map((one) => (one.id === 'wave:1' ? ({ ...one, aside: true } as const) : one));
    const stuck = { ...running, agenda };
    expect(campaignAttention({ record: stuck, members: [member('a')] })).toEqual(['stuck']);
    expect(on({ is: 'release' }, [member('a')], stuck).record).toEqual(running);
  });

  test('staff must look while somebody who is to be asked has no contact', () => {
    const attention = (some: Partial<MemberProgress>) =>
      campaignAttention({ record: running, members: [member('a'), member('b', { hasContact: false, ...some })] });
    expect(attention(sleeping)).toEqual(['no_contact']);
    expect(attention({})).toEqual(['no_contact']);
    expect(attention({ open: false, outcome: null })).toEqual(['no_contact']);
    expect(attention({ open: false })).toEqual([]);
  });

  test.each([
    ['annual-2026', true],
    ['2026', true],
    ['Annual 2026', false],
    ['annual--2026', false],
    ['../x', false],
    ['a'.repeat(65), false],
    ['', false],
  ])('%p as a name: %p', (name, allowed) => {
    expect(nameProblem(name) === null).toBe(allowed);
  });
});
