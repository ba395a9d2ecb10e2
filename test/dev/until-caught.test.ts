import { expect, test } from '@jest/globals';
import { createPace } from '../../dev/demo/pace.js';
import { sendUntilCaught } from '../../dev/demo/until-caught.js';
import type { CaughtEmail } from '../../dev/mailbox.js';

/** Sends a form whose email comes after so many times; null: it is never taken. */
async function sendForm(comesAfter: number | null) {
  const email = { to: 'amina@tide.example', key: 'start:1' } as CaughtEmail;
  let sent = 0;
  const caught = await sendUntilCaught(
    createPace({ dayMs: 1, seed: 1 }),
    { emails: () => (comesAfter !== null && sent > comesAfter ? [email] : []) },
    {
      ...{ to: email.to, key: 'start:' },
      send: () => {
        sent += 1;
        return Promise.resolve(comesAfter !== null);
      },
    },
  );
  return { sent, came: caught === email };
}

test('whoever gets no email sends the form again, and in the end no more; whoever is turned away does not', async () => {
  expect(await sendForm(0)).toEqual({ sent: 1, came: true });
  expect(await sendForm(1)).toEqual({ sent: 2, came: true });
  expect(await sendForm(9)).toEqual({ sent: 4, came: false });
  expect(await sendForm(null)).toEqual({ sent: 1, came: false });
});
