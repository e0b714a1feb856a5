/** A stream of bytes whose other side is the test. */
import { MtpDecoder, type MtpPacket } from '../../src/internal.ts';
import type { ByteStream } from '../../src/extend.ts';
import { settled } from './turned-clock.ts';

export class ScriptedStream implements ByteStream {
  readonly name = 'test://stream';
  /** Each write, as it was made. */
  readonly writes: Uint8Array[] = [];
  isClosed = false;
  isDestroyed = false;
  /** How many pieces were read. */
  taken = 0;
  readonly #pieces: (Uint8Array | undefined | Error)[] = [];
  #reader: (() => void) | undefined;
  #isStuck = false;
  #writers: (() => void)[] = [];

  async read(): Promise<Uint8Array | undefined> {
    while (this.#pieces.length === 0) await new Promise<void>((resolve) => (this.#reader = resolve));
    const piece = this.#pieces.shift();
    this.taken += 1;
    if (piece instanceof Error) throw piece;
    return piece;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.writes.push(bytes);
    while (this.#isStuck) await new Promise<void>((resolve) => this.#writers.push(resolve));
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  /** The other side sends bytes, ends (undefined), or breaks. */
  async gives(...pieces: readonly (Uint8Array | undefined | Error)[]): Promise<void> {
    this.#pieces.push(...pieces);
    this.#reader?.();
    await settled();
  }

  /** The other side takes nothing any more. */
  stick(): void {
    this.#isStuck = true;
  }

  /** It does again. */
  async loosen(): Promise<void> {
    this.#isStuck = false;
    for (const writer of this.#writers.splice(0)) writer();
    await settled();
  }

  /** The packets that were written since the last call. */
  written(): readonly MtpPacket[] {
    const decoder = new MtpDecoder(1024 * 1024);
    return this.writes.splice(0).flatMap((bytes) => [...decoder.packets(bytes)]);
  }
}
