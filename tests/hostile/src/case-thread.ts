/** The thread that cases run in: one may hang, and is ended with its thread. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { backendNamed } from './backends.ts';
import { readCases } from './case.ts';
import { useBackend } from './dim.ts';
import type { Fixtures } from './fixtures.ts';
import { judgeCase, type CaseRunner, type Verdict } from './judge.ts';

/** What a thread is given. */
export interface ThreadData {
  /** The file with the cases. */
  readonly path: string;
  /** The name of the suite: the file's, without `.json`. */
  readonly name: string;
  /** The module that exports `SUITES`. */
  readonly suites: string;
  readonly fixtures: Fixtures;
  /** The name of the backend; the platform's without one. */
  readonly backend?: string | undefined;
}

/** What a thread says: the time of a case runs, or a case is done. */
export type ThreadNews = { readonly started: number } | { readonly done: number; readonly verdict: Verdict };

if (parentPort !== null) await serve(parentPort, workerData as ThreadData);

async function serve(port: NonNullable<typeof parentPort>, data: ThreadData): Promise<void> {
  useBackend(backendNamed(data.backend));
  const { SUITES } = (await import(data.suites)) as { readonly SUITES: ReadonlyMap<string, CaseRunner> };
  const runner = SUITES.get(data.name);
  const cases = readCases(JSON.parse(readFileSync(data.path, 'utf8')));
  const tell = (news: ThreadNews) => port.postMessage(news);

  async function run(index: number): Promise<void> {
    const vector = cases[index];
    if (vector === undefined || runner === undefined) throw new Error(`there is no case ${index} of ${data.name}`);
    const verdict = await judgeCase(vector, runner, data.fixtures, () => tell({ started: index }));
    tell({ done: index, verdict });
  }
  port.on('message', (index: number) => void run(index));
}
