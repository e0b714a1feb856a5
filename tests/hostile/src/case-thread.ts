/** The thread that cases run in: one may hang, and is ended with its thread. */
import { parentPort, workerData } from 'node:worker_threads';
import type { BackendName } from 'runner/backend-names';
import { useBackend } from 'runner/backends';
import { readCaseFile } from 'runner/case-files';
import { readCases } from './case.ts';
import type { Fixtures } from './fixtures.ts';
import { judgeCase, type CaseRunner, type Verdict } from './judge.ts';

/** What a thread is given. */
export interface ThreadData {
  /** Where the file with the cases is. */
  readonly directory: string;
  /** The name of the file, without `.json`, and of its suite. */
  readonly name: string;
  /** The module that exports `SUITES`. */
  readonly suites: string;
  readonly fixtures: Fixtures;
  /** The name of the backend; the platform's without one. */
  readonly backend?: BackendName | undefined;
}

/** What a thread says: the time of a case runs, or a case is done. */
export type ThreadNews = { readonly started: number } | { readonly done: number; readonly verdict: Verdict };

if (parentPort !== null) await serve(parentPort, workerData as ThreadData);

async function serve(port: NonNullable<typeof parentPort>, data: ThreadData): Promise<void> {
  useBackend(data.backend);
  const { SUITES } = (await import(data.suites)) as { readonly SUITES: ReadonlyMap<string, CaseRunner> };
  const runner = SUITES.get(data.name);
  const cases = readCases(readCaseFile(data.directory, data.name));
  const tell = (news: ThreadNews) => port.postMessage(news);

  async function run(index: number): Promise<void> {
    const vector = cases[index];
    if (vector === undefined || runner === undefined) throw new Error(`there is no case ${index} of ${data.name}`);
    const verdict = await judgeCase(vector, runner, data.fixtures, () => tell({ started: index }));
    tell({ done: index, verdict });
  }
  port.on('message', (index: number) => void run(index));
}
