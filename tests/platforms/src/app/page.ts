/** The script of the test page. What it offers to the test stands in `tests`. */
import { nodeGlobals } from './node-globals.ts';
import { runVectors, type VectorsOutcome } from './run-vectors.ts';
import { createSide, type Generation, type Side } from './side.ts';

const sides = new Map<string, Side>();

const tests = {
  nodeGlobals,
  hasWebCrypto: () => 'subtle' in crypto && crypto.subtle !== undefined,
  runVectors,
  runVectorsInWorker: (names: readonly string[]) => askWorker({ names }),
  async createSide(name: string, generation: Generation) {
    const side = await createSide(name, generation);
    sides.set(name, side);
    return { backend: side.backend, card: side.card() };
  },
  pack: (name: string, text: string, card: string) => sideNamed(name).pack(text, card),
  unpack: (name: string, packed: string, card: string) => sideNamed(name).unpack(packed, card),
};

/** What a worker is asked for, and what it answers. */
export interface WorkerRequest {
  readonly names: readonly string[];
}
export interface WorkerAnswer {
  readonly nodeGlobals: readonly string[];
  readonly outcomes: readonly VectorsOutcome[];
}

export type PageTests = typeof tests;

Object.assign(globalThis, { tests });

function sideNamed(name: string): Side {
  const side = sides.get(name);
  if (side === undefined) throw new Error(`nobody is named ${name}`);
  return side;
}

function askWorker(request: WorkerRequest): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker('/worker.js', { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
      resolve(data);
      worker.terminate();
    });
    worker.addEventListener('error', ({ message }) => {
      reject(new Error(message));
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin
    worker.postMessage(request);
  });
}
