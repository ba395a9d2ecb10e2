/** Waits for a piece of work, at most so many milliseconds; false if it is not done by then. Throws what it throws. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  return Promise.race([work.then(() => true), over]).finally(() => clearTimeout(timer));
}
