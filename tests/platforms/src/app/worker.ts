/** The script of the test worker: it runs the vectors that it is asked for. */
import { nodeGlobals } from './node-globals.ts';
import type { WorkerAnswer, WorkerRequest } from './page.ts';
import { runVectors } from './run-vectors.ts';

addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => void answer(data));

async function answer({ names }: WorkerRequest): Promise<void> {
  const result: WorkerAnswer = { nodeGlobals: nodeGlobals(), outcomes: await runVectors(names) };
  postMessage(result);
}
