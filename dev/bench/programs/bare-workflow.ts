/** The least that a workflow can be. */
export async function bare(): Promise<void> {
  // It completes in its first task.
}
