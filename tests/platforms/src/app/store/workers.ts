/** Asks workers. */
import type { WorkerTasks } from '../store-worker.ts';

type Answer = { readonly value: unknown } | { readonly error: string };
type Result<N extends keyof WorkerTasks> = Awaited<ReturnType<WorkerTasks[N]>>;

/** What a worker of this page says. */
export async function askWorker<N extends keyof WorkerTasks>(task: N): Promise<Result<N>> {
  const worker = new Worker('/store-worker.js', { type: 'module' });
  try {
    return (await ask(worker, task)) as Result<N>;
  } finally {
    worker.terminate();
  }
}

/** What the service worker of this origin says. */
export async function askServiceWorker<N extends keyof WorkerTasks>(task: N): Promise<Result<N>> {
  const { serviceWorker } = navigator as unknown as { readonly serviceWorker: ServiceWorkerContainer };
  await serviceWorker.register('/store-worker.js', { type: 'module' });
  const { active } = await serviceWorker.ready;
  if (active === null) throw new Error('there is no service worker');
  return (await ask(active, task)) as Result<N>;
}

async function ask(worker: Worker | ServiceWorker, task: string): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<Answer>((resolve, reject) => {
    port1.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      resolve(data);
    });
    worker.addEventListener('error', () => {
      reject(new Error('a worker failed'));
    });
  });
  port1.start();
  worker.postMessage(task, [port2]);
  const result = await answer;
  if ('error' in result) throw new Error(result.error);
  return result.value;
}
