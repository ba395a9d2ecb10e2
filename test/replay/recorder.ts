import { proxySinks, type Sinks, type WorkflowInterceptors } from '@temporalio/workflow';
import type { Command } from './commands.js';

/** Where the commands of workflows go, outside of them. */
export interface RecorderSinks extends Sinks {
  readonly recorder: { readonly commands: (given: readonly Command[]) => void };
}

const { recorder } = proxySinks<RecorderSinks>();

/** Bundled with workflows that are replayed: tells every command that they give, and changes none. */
export const interceptors = (): WorkflowInterceptors => ({
  internals: [
    {
      concludeActivation: (input, next) => {
        const output = next(input);
        recorder.commands(output.commands);
        return output;
      },
    },
  ],
});
