/** What comes in one by one, in batches that are kept in one commit each: while one is worked on, the next one gathers. */
import { nextTask } from 'dimp/internal';
import { Signal } from '../device/signal.ts';
import type { IncomingPayload } from '../ports/connection.ts';

/** How many payloads are in one batch, and how many bytes: one is in it even if it has more. */
const COUNT = 256;
const BYTES = 4 * 1024 * 1024;

/** Takes from a source, and holds no more than one batch beside the one that was given. */
export async function* batchesOf(source: AsyncIterable<IncomingPayload>): AsyncGenerator<readonly IncomingPayload[]> {
  const [filled, emptied] = [new Signal(), new Signal()];
  const over = new AbortController();
  let gathered: IncomingPayload[] = [];
  let bytes = 0;
  let failure: { readonly error: unknown } | undefined;
  const gather = async (): Promise<void> => {
    try {
      for await (const one of source) {
        while (gathered.length >= COUNT || (gathered.length > 0 && bytes + one.bytes.length > BYTES))
          if (!(await emptied.wait(over.signal))) return;
        gathered.push(one);
        bytes += one.bytes.length;
        filled.set();
      }
    } catch (error) {
      failure = { error };
    }
    over.abort();
    filled.set();
  };
  void gather();
  try {
    for (;;) {
      await filled.wait(over.signal);
      // A commit costs as much for one as for many: what came at the same time goes with it.
      await nextTask();
      const batch = gathered;
      [gathered, bytes] = [[], 0];
      emptied.set();
      if (batch.length > 0) yield batch;
      else if (over.signal.aborted) break;
    }
    if (failure !== undefined) throw failure.error;
  } finally {
    over.abort();
  }
}
