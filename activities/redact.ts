import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { failures, type FailureType } from '../domain/failures.js';

/** What the interceptor needs to know of an error. */
export interface Redaction {
  /** The type, of the closed list, that operators read. */
  readonly typeOf: (error: unknown) => FailureType;
  /** Hears of the real error. It logs it redacted, in this process. */
  readonly log: (activity: string, error: unknown) => void;
}

/**
 * Turns every error of an activity into a type of the closed list and its fixed sentence, without message, cause or
 * stack: histories cannot be erased, and errors quote what people typed. Cancelling stays what it is.
 */
export function createRedaction(activity: string, { typeOf, log }: Redaction) {
  return {
    async execute<Input, Output>(input: Input, next: (input: Input) => Promise<Output>): Promise<Output> {
      try {
        return await next(input);
      } catch (error) {
        if (error instanceof CancelledFailure) throw error;
        log(activity, error);
        const type = typeOf(error);
        const failure = ApplicationFailure.retryable(failures[type], type);
        failure.stack = '';
        throw failure;
      }
    },
  };
}
