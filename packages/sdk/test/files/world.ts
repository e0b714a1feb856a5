/** A user with files, a service on the loopback, and a clock that the test turns. */
import { createCipheriv, createHash } from 'node:crypto';
import { createDim } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';
import {
  Files,
  httpFileService,
  silentLogger,
  type FileProgress,
  type FilesOptions,
  type HttpFileServiceOptions,
} from '../../src/index.ts';
import { FileServer, SECRET, type FileServerOptions } from './file-server.ts';
import { ManualClock, PATIENCE } from './manual-clock.ts';

export { errorIn, errorOf } from '../../../../tests/support/error-of.ts';

export const dim = createDim({ plugins: [standardPlugin(), modernPlugin()] });
export const self = dim.ID.parse('moky@4DnqXWdTV8wuZgfqSCX9GjE2kNq7HJrUgQ');

export interface World {
  readonly server: FileServer;
  readonly clock: ManualClock;
  readonly files: Files;
  /** Ends all transfers. */
  readonly end: AbortController;
}

/** Runs a test in a world, and looks whether all was cleaned up. */
export async function inWorld(
  run: (world: World) => Promise<void>,
  options: FilesOptions & { readonly server?: FileServerOptions; readonly service?: HttpFileServiceOptions } = {},
): Promise<void> {
  const { server: serverOptions, service: serviceOptions, ...filesOptions } = options;
  const server = await FileServer.start(serverOptions);
  const clock = new ManualClock();
  const end = new AbortController();
  const service = httpFileService({ upload: { ...server.uploadUrls, secret: SECRET }, ...serviceOptions });
  const host = { dim, self, service, clock, logger: silentLogger, signal: end.signal };
  try {
    const files = new Files(host, { patience: PATIENCE, ...filesOptions });
    await run({ server, clock, files, end });
    // Nothing is left to wait for.
    if (clock.waiting > 0) throw new Error(`${clock.waiting} waits were left`);
  } finally {
    end.abort();
    await server.close();
  }
}

/** Bytes that are the same in each run, and look like no others. */
export function bytesOf(length: number, seed = 1): Uint8Array {
  const stream = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16));
  return new Uint8Array(stream.update(Buffer.alloc(length)));
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export async function bytesIn(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** What a sink got, and how it ended. */
export class RecordingSink {
  readonly chunks: Uint8Array[] = [];
  end: 'open' | 'closed' | 'aborted' = 'open';
  reason: unknown;
  readonly writable = new WritableStream<Uint8Array>({
    write: (chunk) => {
      this.chunks.push(chunk);
    },
    close: () => {
      this.end = 'closed';
    },
    abort: (reason) => {
      this.end = 'aborted';
      this.reason = reason;
    },
  });

  get bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.chunks));
  }
}

/** Checks that progress never goes back, and that each phase ends at all of it. */
export function checkProgress(told: readonly FileProgress[]): void {
  for (const phase of new Set(told.map((step) => step.phase))) {
    const steps = told.filter((step) => step.phase === phase);
    const last = steps.at(-1);
    if (last === undefined || last.done !== last.total)
      throw new Error(`${phase} ended at ${last?.done} of ${last?.total}`);
    let before = -1;
    for (const { done } of steps) {
      if (done < before) throw new Error(`${phase} went back from ${before} to ${done}`);
      before = done;
    }
  }
}
