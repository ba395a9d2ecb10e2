import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A program that we started and that ends with us, whatever becomes of us. */
export interface OwnedProcess {
  readonly name: string;
  readonly pid: number;
  /** Whether it still runs. */
  running(): boolean;
  /** The last lines that it wrote, for an error message. */
  lastWords(): string;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Asks it to end with its signal, and kills it when it has not after `limitMs` (8 s by default). */
  stop(limitMs?: number): Promise<void>;
}

/** What to start, and how to end it. */
export interface ProcessPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The signal that this program takes as "please end". */
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** System user and group to run as; ours by default. */
  readonly runAs?: { readonly uid: number; readonly gid: number } | undefined;
  /** Where its output goes; kept only in memory (the last lines) by default. */
  readonly logFile?: string;
}

const WORDS_KEPT = 4000;
const STOP_LIMIT_MS = 8_000;

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches only us and we decide the
 * order in which things end. A small shell beside it waits on a pipe of ours: when we die without a chance to clean
 * up (even by kill -9), the pipe closes and the shell ends the program. Windows has no such shell: there the program
 * ends by an ordinary stop only.
 * @throws when the program cannot be started at all.
 */
export async function startProcess(plan: ProcessPlan): Promise<OwnedProcess> {
  const child = spawn(plan.command, plan.args, {
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    env: plan.env ?? process.env,
    ...(plan.cwd === undefined ? {} : { cwd: plan.cwd }),
    ...(plan.runAs ?? {}),
  });
  const words = keepWords(child, plan.logFile);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(new Error(`${plan.name} could not be started (${plan.command}).`, { cause })),
    );
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${plan.name} has no process id.`);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const running = () => child.exitCode === null && child.signalCode === null;
  watchOver(child, pid, plan.stopSignal);
  return {
    name: plan.name,
    pid,
    running,
    lastWords: words,
    ended,
    stop: (limitMs = STOP_LIMIT_MS) => stopChild({ child, running, ended, signal: plan.stopSignal, limitMs }),
  };
}

function keepWords(child: ChildProcess, logFile: string | undefined): () => string {
  let kept = '';
  const log = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' });
  // A full disk must not end us: the output is a comfort.
  log?.on('error', () => undefined);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      kept = (kept + chunk.toString()).slice(-WORDS_KEPT);
      log?.write(chunk);
    });
  }
  child.once('exit', () => log?.end());
  return () => kept.trim();
}

function watchOver(child: ChildProcess, pid: number, signal: ProcessPlan['stopSignal']): void {
  if (process.platform === 'win32') return;
  const name = signal.slice('SIG'.length);
  // After the polite signal it gets as long as an ordinary stop.
  const patience = `n=0; while [ $n -lt ${STOP_LIMIT_MS / 1000} ] && kill -0 ${pid}; do sleep 1; n=$((n+1)); done`;
  const script = `read _; kill -${name} ${pid}; ${patience}; kill -KILL ${pid}`;
  const watchdog = spawn('sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watchdog.on('error', () => undefined);
  watchdog.stdin.on('error', () => undefined);
  child.once('exit', () => watchdog.kill('SIGKILL'));
  watchdog.unref();
}

async function stopChild(options: {
  child: ChildProcess;
  running: () => boolean;
  ended: Promise<void>;
  signal: NodeJS.Signals;
  limitMs: number;
}): Promise<void> {
  const { child, running, ended, signal, limitMs } = options;
  if (!running()) return;
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await ended;
  clearTimeout(timer);
}

/**
 * Runs a program to its end.
 * @returns its exit code (null when a signal ended it) and the last of what it wrote.
 */
export async function runProgram(options: {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly runAs?: { readonly uid: number; readonly gid: number } | undefined;
  readonly limitMs?: number;
}): Promise<{ readonly code: number | null; readonly words: string }> {
  const child = spawn(options.command, options.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: options.env ?? process.env,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.limitMs === undefined ? {} : { timeout: options.limitMs }),
    ...(options.runAs ?? {}),
  });
  const words = keepWords(child, undefined);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  return { code, words: words() };
}

/** Whether a process of this id runs, whoever's it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Stops things one after the other, the last started first. Every one is tried; the first failure is thrown at the end. */
export async function stopInReverse(stops: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const stop of [...stops].reverse()) {
    try {
      await stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/**
 * Waits until a program accepts connections on a port of this machine.
 * @throws with the program's last words when it ends before, or has not opened the port after `limitMs`.
 */
export async function waitForPort(options: {
  readonly owner: OwnedProcess;
  readonly port: number;
  readonly limitMs: number;
  readonly host?: string;
}): Promise<void> {
  const { owner, port, limitMs, host = '127.0.0.1' } = options;
  const end = performance.now() + limitMs;
  for (;;) {
    if (await accepts(port, host)) return;
    if (!owner.running()) throw new Error(`${owner.name} ended at once. Its last words:\n${owner.lastWords()}`);
    if (performance.now() > end) {
      throw new Error(
        `${owner.name} did not open port ${port} within ${Math.round(limitMs / 1000)} s. Its last words:\n${owner.lastWords()}`,
      );
    }
    await pause(25);
  }
}

function accepts(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
