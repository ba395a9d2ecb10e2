import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of /proc in a second: 100 on every Linux that Node runs on. */
const TICKS = 100;

interface Stat {
  readonly parent: number;
  readonly ticks: number;
}

/** CPU seconds that processes, and all that they started, have used since they began; ended children too. */
export function cpuSecondsOf(pids: readonly number[]): number {
  const all = new Map(
    readdirSync('/proc').flatMap((name) => {
      const stat = /^\d+$/u.test(name) ? statOf(name) : null;
      return stat === null ? [] : [[Number(name), stat] as const];
    }),
  );
  const isOurs = (pid: number): boolean =>
    pids.includes(pid) || (all.has(pid) && pid > 1 && isOurs(all.get(pid)?.parent ?? 0));
  let ticks = 0;
  for (const [pid, stat] of all) if (isOurs(pid)) ticks += stat.ticks;
  return ticks / TICKS;
}

/** Null: it ended meanwhile. */
function statOf(pid: string): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    return { parent: Number(fields[1]), ticks };
  } catch {
    return null;
  }
}

/** Megabytes of memory that a process has in RAM. */
export function memoryOf(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]) / 1024;
}
