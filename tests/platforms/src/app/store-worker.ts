/** The script of the workers that test the store of dimsdk: a worker of a page, and a service worker. */
import { runContract } from './store/contract.ts';
import { claimRows, countUp } from './store/tabs.ts';

const tasks = {
  contract: async () => runContract('contract in a worker', 'unprotected'),
  claims: async () => claimRows('worker', 'worker', { count: 50, tabs: 3 }),
  count: async () => countUp('worker', { count: 50, tabs: 3 }),
};

/** What a worker can be asked for. */
export type WorkerTasks = typeof tasks;

addEventListener('message', ({ data, ports }: MessageEvent<keyof WorkerTasks>) => void answer(data, ports[0]));

async function answer(task: keyof WorkerTasks, port: MessagePort | undefined): Promise<void> {
  const result = await tasks[task]().then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ error: String(error) }),
  );
  port?.postMessage(result);
}
