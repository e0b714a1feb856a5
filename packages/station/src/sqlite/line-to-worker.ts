/** A line to a desk in a thread of its own: that waits for the disk, and this one goes on. */
import { Worker } from 'node:worker_threads';
import { DimError } from 'dimp';
import { errorOf } from './collector.ts';
import type { Call, DeskLine, Outcome } from './desk.ts';
import type { FromWorker, ToWorker, WorkerTask } from './worker-messages.ts';

/** Opens a file. @param path as `prepareFile` gives it @throws DimError `STORE_…` */
export async function openLine(path: string): Promise<DeskLine> {
  const thread = new Thread({ path });
  await thread.ready;
  return {
    send: (calls) => thread.run(calls),
    backup: async (target) => new Thread({ path, backup: target }).ready,
    close: () => thread.close(),
  };
}

/** A thread has the flags of its process, but none that is for a program without a file (`node --eval`). */
const FOR_FILES = process.execArgv.some((flag) => flag.startsWith('--input-type')) ? { execArgv: [] } : {};

/** One thread, which does one batch at a time. */
class Thread {
  /** When it has opened its file. @throws DimError `STORE_…` */
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #answer: { resolve(outcomes: readonly Outcome[]): void; reject(error: DimError): void } | undefined;
  #failure: DimError | undefined;

  constructor(task: WorkerTask) {
    this.#worker = new Worker(new URL(import.meta.resolve('#sqlite-worker')), { workerData: task, ...FOR_FILES });
    this.#ended = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: FromWorker) => {
        if (message.is === 'ready') resolve();
        else if (message.is === 'failed') reject(errorOf(message.error));
        else this.#answer?.resolve(message.outcomes);
        // An open file keeps no process alive; what is being done does.
        this.#worker.unref();
      });
      const fail = (cause: unknown): void => {
        this.#failure ??= new DimError('STORE_FAILED', `the thread of ${task.path} has ended`, { cause });
        reject(this.#failure);
        this.#answer?.reject(this.#failure);
      };
      this.#worker.once('error', fail);
      this.#worker.once('exit', fail);
    });
  }

  run(calls: readonly Call[]): Promise<readonly Outcome[]> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      this.#answer = { resolve, reject };
      this.#worker.ref();
      this.#tell({ do: 'run', calls });
    });
  }

  async close(): Promise<void> {
    this.#worker.ref();
    this.#tell({ do: 'close' });
    await this.#ended;
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message, []);
  }
}
