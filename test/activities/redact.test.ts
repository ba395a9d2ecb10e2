import { expect, test } from '@jest/globals';
import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { defaultPayloadConverter, DefaultFailureConverter } from '@temporalio/common';
import { createRedaction } from '../../activities/redact.js';
import { failures } from '../../domain/failures.js';

const NAME = 'Amina Planted';

/** What goes to Temporal of an error that an activity throws, as it goes over the wire; and what was logged. */
async function sent(error: unknown): Promise<{ wire: string; failure: unknown; logged: readonly unknown[] }> {
  const logged: unknown[] = [];
  const redaction = createRedaction('takeSubmission', {
    typeOf: () => 'STEP_FAILED',
    log: (activity, real) => logged.push([activity, real]),
  });
  const failure: unknown = await redaction
    .execute('input', async () => {
      throw error;
    })
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  const proto = new DefaultFailureConverter().errorToFailure(failure, defaultPayloadConverter);
  const wire = JSON.stringify(proto, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString() : value,
  );
  return { wire, failure, logged };
}

function named(message: string): Error {
  const error = new Error(message, { cause: new Error(`because of ${NAME}`) });
  error.stack = `Error: ${message}\n    at ${NAME} (answers.ts:1:1)`;
  return error;
}

class DatabaseError extends Error {
  override readonly name = `Database of ${NAME}`;
  readonly detail = `Key (address)=(${NAME}) already exists.`;
}

test.each<[string, unknown]>([
  ['with a message, a cause and a stack', named(`cannot read ${NAME}`)],
  ['with a name and fields of its own', new DatabaseError(`duplicate ${NAME}`)],
  ['of Temporal with details', ApplicationFailure.nonRetryable(`no ${NAME}`, NAME, { said: NAME })],
  ['that is no error at all', `${NAME} said no`],
])('an error %s leaves nothing of a person in what goes to Temporal', async (_, error) => {
  const { wire, failure, logged } = await sent(error);
  expect(wire).not.toContain(NAME);
  expect(failure).toMatchObject({ type: 'STEP_FAILED', message: failures.STEP_FAILED, nonRetryable: false });
  expect(JSON.parse(wire)).toMatchObject({ message: failures.STEP_FAILED, stackTrace: '' });
  // The process itself hears of the real one.
  expect(logged).toEqual([['takeSubmission', error]]);
});

test('being cancelled stays what it is, and a result passes as it is', async () => {
  const cancelled = new CancelledFailure('worker is ending');
  expect((await sent(cancelled)).failure).toBe(cancelled);
  const redaction = createRedaction('openReview', { typeOf: () => 'STEP_FAILED', log: () => undefined });
  expect(await redaction.execute(2, async (input) => input + 1)).toBe(3);
});
