/** Runs the cases of one file, one after the other, in a thread that is replaced when a case hangs or breaks it. */
import { Worker } from 'node:worker_threads';
import { readCaseFile } from 'runner/case-files';
import { runChecks, type FileReport } from 'runner/checks';
import { readCases, type HostileCase } from './case.ts';
import type { ThreadData, ThreadNews } from './case-thread.ts';
import { TIME_LIMIT, type Verdict } from './judge.ts';

/** Which cases to run. */
export interface Selection {
  /** Whether those that need much memory run too. */
  readonly heavy?: boolean;
  /** A part of the names of the cases. */
  readonly caseName?: string | undefined;
  /** The thread says itself when a case took too long; past so many times that, on a busy machine too, it hangs. */
  readonly patience?: number;
}

const PATIENCE = 10;

/** Making an input, and starting the thread, is not the case's fault. */
const PREPARATION_LIMIT = 60_000;

/** No more than the main thread of a program has, so that nothing passes that would overflow there. */
const STACK_MEGABYTES = 1;

const HEAP_MEGABYTES = { light: 1024, heavy: 4096 } as const;

/** Runs the cases of a file that are selected. */
export async function runFile(data: ThreadData, selection: Selection = {}): Promise<FileReport> {
  const heapMegabytes = selection.heavy === true ? HEAP_MEGABYTES.heavy : HEAP_MEGABYTES.light;
  const thread = new CaseThread(data, heapMegabytes, selection.patience ?? PATIENCE);
  try {
    return await runChecks(data.name, () =>
      [...readCases(readCaseFile(data.directory, data.name)).entries()]
        .filter(([, vector]) => isSelected(vector, selection))
        .map(([index, vector]) => ({ name: vector.name, run: () => thread.run(index, vector) })),
    );
  } finally {
    await thread.end();
  }
}

function isSelected({ heavy, name }: HostileCase, selection: Selection): boolean {
  if (heavy === true && selection.heavy !== true) return false;
  return selection.caseName === undefined || name.includes(selection.caseName);
}

/** A thread for cases, started when it is needed. */
class CaseThread {
  readonly #data: ThreadData;
  readonly #heapMegabytes: number;
  readonly #patience: number;
  #worker: Worker | undefined;

  constructor(data: ThreadData, heapMegabytes: number, patience: number) {
    this.#data = data;
    this.#heapMegabytes = heapMegabytes;
    this.#patience = patience;
  }

  /** What is wrong with a case. A thread that hangs or dies of it is ended, and the next case gets a new one. */
  async run(index: number, { heavy }: HostileCase): Promise<readonly string[]> {
    const limit = heavy === true ? TIME_LIMIT.heavy : TIME_LIMIT.light;
    const answer = await askThread((this.#worker ??= this.#start()), index, this.#patience * limit);
    if (typeof answer !== 'string') return answer.faults;
    await this.end();
    return [answer];
  }

  #start(): Worker {
    const worker = new Worker(new URL('./case-thread.js', import.meta.url), {
      workerData: this.#data,
      resourceLimits: { maxOldGenerationSizeMb: this.#heapMegabytes, stackSizeMb: STACK_MEGABYTES },
    });
    // Told by the case that runs; and whatever a thread still says while it is ended shall not end this one.
    return worker.on('error', () => {});
  }

  async end(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }
}

/** The verdict, or why there is none. */
function askThread(worker: Worker, index: number, patience: number): Promise<Verdict | string> {
  return new Promise((resolve) => {
    let timer = setTimeout(settle, PREPARATION_LIMIT, 'its input was not made in time');
    worker.on('message', onNews).on('error', onError).on('exit', onExit);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(index);

    function onNews(news: ThreadNews): void {
      if ('done' in news) return settle(news.verdict);
      clearTimeout(timer);
      timer = setTimeout(settle, patience, `it did not end within ${patience} ms`);
    }
    function onError(error: unknown): void {
      settle(`it broke its thread: ${String(error)}`);
    }
    function onExit(): void {
      settle('it ended its thread');
    }
    function settle(answer: Verdict | string): void {
      clearTimeout(timer);
      worker.off('message', onNews).off('error', onError).off('exit', onExit);
      resolve(answer);
    }
  });
}
