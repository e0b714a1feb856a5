/**
 * Sends a file of the disk to a service and fetches it again, and tells what memory that took.
 *
 * node --expose-gc --conditions=@dim/source --import ./run-typescript.mjs transfer.ts ORIGIN SECRET PATH FOLDER
 */
import { createDim } from 'dimp';
import { standardPlugin } from 'dimplugins';
import {
  Files,
  httpFileService,
  silentLogger,
  systemClock,
  type FileProgress,
  type OnFileProgress,
} from '../../../src/index.ts';
import { fileSink, fileSource, fileSpool } from '../../../src/node/index.ts';

/** Bytes at most, after all that nobody holds was thrown away. */
export interface Held {
  readonly buffers: number;
  readonly heap: number;
  readonly rss: number;
}

/** What this program prints, as JSON. */
export interface TransferReport {
  readonly before: Held;
  readonly uploading: Held;
  readonly downloading: Held;
  readonly uploadSeconds: number;
  readonly downloadSeconds: number;
}

const [origin = '', secret = '', path = '', folder = ''] = process.argv.slice(2);

function held(): Held {
  (globalThis as { gc?: () => void }).gc?.();
  const { arrayBuffers, heapUsed, rss } = process.memoryUsage();
  return { buffers: arrayBuffers, heap: heapUsed, rss };
}

/** Bytes after which memory is looked at. */
const STEP = 1024 * 1024;

/** The most that was held while something ran. */
async function most(
  run: (onProgress: OnFileProgress) => Promise<void>,
): Promise<readonly [held: Held, seconds: number]> {
  let top: Held = { buffers: 0, heap: 0, rss: 0 };
  let next = 0;
  function onProgress({ done, total = 0 }: FileProgress): void {
    if (done < next) return;
    next = done === total ? 0 : done + STEP;
    const { buffers, heap, rss } = held();
    top = { buffers: Math.max(top.buffers, buffers), heap: Math.max(top.heap, heap), rss: Math.max(top.rss, rss) };
  }
  const start = performance.now();
  await run(onProgress);
  return [top, (performance.now() - start) / 1000];
}

const dim = createDim({ plugins: [standardPlugin()] });
const files = new Files(
  {
    dim,
    self: dim.ID.parse('moky@4DnqXWdTV8wuZgfqSCX9GjE2kNq7HJrUgQ'),
    service: httpFileService({
      upload: { file: `${origin}/upload/{ID}/file?md5={MD5}&salt={SALT}&enigma={ENIGMA}`, secret },
      limits: { file: {} },
    }),
    clock: systemClock,
    logger: silentLogger,
    signal: new AbortController().signal,
  },
  { spool: fileSpool(folder) },
);

const before = held();
let content: Awaited<ReturnType<typeof files.upload>> | undefined;
const [uploading, uploadSeconds] = await most(async (onProgress) => {
  content = await files.upload(await fileSource(path), { onProgress });
});
const [downloading, downloadSeconds] = await most(async (onProgress) => {
  if (content !== undefined) await files.downloadTo(content, fileSink(`${path}.back`), { onProgress });
});
const report: TransferReport = { before, uploading, downloading, uploadSeconds, downloadSeconds };
process.stdout.write(JSON.stringify(report));
