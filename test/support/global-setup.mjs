// Jest imports this file itself; what it needs is TypeScript, which tsx translates on the way.
import { tsImport } from 'tsx/esm/api';

export default async function globalSetup() {
  const { prepareRun } = await tsImport('./prepare-run.ts', import.meta.url);
  globalThis.endPerennialRun = await prepareRun();
}
