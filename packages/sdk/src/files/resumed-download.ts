/** A download that goes on where it broke off. */
import { DimError } from 'dimp';
import type { FileBody, FileService } from '../ports/file-service.ts';
import { RunningDigest } from './file-digest.ts';
import { linkAbort, type LinkedAbort } from './linked-abort.ts';
import type { PhaseProgress } from './progress.ts';
import { Attempts, isOverInTime, LEAST_PROGRESS, stalled, type TransferRules } from './transfer-rules.ts';

/** What to download, and what it may be. */
export interface ResumedDownloadOptions {
  readonly service: FileService;
  readonly url: string;
  readonly rules: TransferRules;
  readonly signal: AbortSignal;
  /** Bytes, at most. */
  readonly limit: number;
  /** What is thrown beyond the limit. */
  readonly tooLarge: () => DimError;
  /** SHA-256 of all of it, in small hex; it is not known, if not given. */
  readonly digest: string | undefined;
  readonly progress: PhaseProgress;
}

/** What is being read at the moment. */
interface Current {
  readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly attempt: LinkedAbort;
  /** Bytes that are there already: the service gives files whole only. */
  skip: number;
  readonly skipped: RunningDigest;
}

/** Downloads a file, by as many attempts as it takes. */
export class ResumedDownload {
  /** The file. It ends well only where all of it came, and is what was meant. */
  readonly stream: ReadableStream<Uint8Array>;
  /** What the stream ended in, where it ended in an error. */
  failure: unknown;
  readonly #options: ResumedDownloadOptions;
  readonly #attempts: Attempts;
  readonly #digest = new RunningDigest();
  #current: Current | undefined;
  #done = 0;
  /** What was said of the file when all of it was last given. */
  #known: Pick<FileBody, 'size' | 'version'> | undefined;
  #canResume = true;
  /** How much longer nothing may come, in seconds, and what came since. */
  #patience: number;
  #moved = 0;

  constructor(options: ResumedDownloadOptions) {
    this.#options = options;
    this.#attempts = new Attempts(options.rules, options.signal);
    this.#patience = options.rules.patience;
    this.stream = new ReadableStream<Uint8Array>(
      { pull: (controller) => this.#pull(controller), cancel: () => this.#drop() },
      { highWaterMark: 0 },
    );
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      const chunk = await this.#next();
      if (chunk !== undefined) {
        controller.enqueue(chunk);
        return;
      }
      const { digest, progress } = this.#options;
      if (digest !== undefined && digest !== this.#digest.value)
        throw new DimError('FILE_DAMAGED', 'the file is not the one that was sent: its digest is another');
      progress.finish(this.#done);
      await this.#drop();
      controller.close();
    } catch (error) {
      this.failure = error;
      await this.#drop();
      controller.error(error);
    }
  }

  /** The next bytes, from whichever attempt; undefined at the end. */
  async #next(): Promise<Uint8Array | undefined> {
    for (;;) {
      try {
        this.#current ??= await this.#open();
        const chunk = await this.#read(this.#current);
        if (chunk === undefined || chunk.length > 0) return chunk;
      } catch (error) {
        await this.#drop();
        await this.#attempts.afterFailure(error);
      }
    }
  }

  async #open(): Promise<Current> {
    const { service, url, rules, signal } = this.#options;
    const attempt = linkAbort(signal);
    const opening = service.download(url, { from: this.#canResume ? this.#done : 0, signal: attempt.signal });
    // One that came too late is not left open.
    opening
      .then(
        ({ stream }) => (attempt.signal.aborted ? stream.cancel() : undefined),
        () => undefined,
      )
      .catch(() => undefined);
    try {
      if (!(await isOverInTime(rules.clock, rules.patience, signal, opening))) throw stalled(rules);
      const body = await opening;
      this.#check(body);
      this.#patience = rules.patience;
      return {
        reader: body.stream.getReader(),
        attempt,
        skip: body.from === this.#done ? 0 : this.#done,
        skipped: new RunningDigest(),
      };
    } catch (error) {
      attempt.abort();
      attempt.release();
      throw error;
    }
  }

  /** Whether a body can be the rest of what came before. */
  #check({ from, size, version }: FileBody): void {
    const { limit, tooLarge, progress } = this.#options;
    if (size !== undefined && size > limit) throw tooLarge();
    if (from !== this.#done && from !== 0)
      throw new DimError('FILE_TRANSFER', 'the file service gives another part than it was asked for');
    if (from === 0) this.#known = { size, version };
    else if (!(agrees(size, this.#known?.size) && agrees(version, this.#known?.version))) {
      // It may be another file by now, or the same on another machine: from the start, what came before shows which.
      this.#canResume = false;
      throw new DimError('FILE_TRANSFER', 'the file service gives the rest of another file');
    }
    if (this.#known?.size !== undefined) progress.expect(this.#known.size);
    progress.reach(this.#done);
  }

  async #read(current: Current): Promise<Uint8Array | undefined> {
    const { value } = await this.#readInTime(current);
    if (value === undefined) {
      this.#checkEnd(current);
      return undefined;
    }
    const fresh = this.#withoutKnown(current, value);
    const { limit, tooLarge, progress } = this.#options;
    if (this.#done + fresh.length > limit) throw tooLarge();
    this.#done += fresh.length;
    this.#digest.update(fresh);
    this.#attempts.moved(fresh.length);
    progress.reach(this.#done);
    return fresh;
  }

  /** Patience is for the network alone: how long the reader takes for what came is no matter. */
  async #readInTime({ reader }: Current): Promise<{ readonly value?: Uint8Array | undefined }> {
    const { rules, signal } = this.#options;
    const since = rules.clock.now();
    const reading = reader.read();
    if (!(await isOverInTime(rules.clock, this.#patience, signal, reading))) throw stalled(rules);
    const result = await reading;
    this.#patience -= Math.max(rules.clock.now() - since, 0);
    this.#moved += result.value?.length ?? 0;
    if (this.#moved >= LEAST_PROGRESS) {
      this.#moved = 0;
      this.#patience = rules.patience;
    }
    return result;
  }

  /** What of a chunk is new. What is there already has to be the same. */
  #withoutKnown(current: Current, chunk: Uint8Array): Uint8Array {
    if (current.skip === 0) return chunk;
    const known = chunk.subarray(0, current.skip);
    current.skipped.update(known);
    current.skip -= known.length;
    if (current.skip === 0 && current.skipped.value !== this.#digest.value) throw changed();
    return chunk.subarray(known.length);
  }

  #checkEnd({ skip }: Current): void {
    if (skip > 0) throw changed();
    const size = this.#known?.size;
    if (size !== undefined && this.#done < size)
      throw new DimError('FILE_TRANSFER', 'the file broke off before the end that the file service told');
  }

  /** Lets go of the connection. */
  async #drop(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    current.attempt.abort();
    current.attempt.release();
    await current.reader.cancel().catch(() => undefined);
  }
}

function agrees<T>(one: T | undefined, other: T | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function changed(): DimError {
  return new DimError('FILE_DAMAGED', 'the file was changed at the service while it was downloaded');
}
