/** Two streams of bytes in memory, each the other side of the other one: a network without a network. */
import type { ByteStream } from 'dimsdk/extend';

/** As much as one side may have written and the other one not read. */
const CAPACITY = 64 * 1024;

/** One way. */
class Way {
  #pieces: Uint8Array[] = [];
  #size = 0;
  #isEnded = false;
  #error: Error | undefined;
  #watchers: (() => void)[] = [];

  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      if (this.#error !== undefined) throw this.#error;
      const piece = this.#pieces.shift();
      if (piece !== undefined) {
        this.#size -= piece.length;
        this.#changed();
        return piece;
      }
      if (this.#isEnded) return undefined;
      await this.#change();
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let index = 0; index < bytes.length;) {
      if (this.#error !== undefined) throw this.#error;
      if (this.#isEnded) throw new Error('the stream was ended');
      const piece = bytes.slice(index, index + CAPACITY - this.#size);
      if (piece.length > 0) {
        this.#pieces.push(piece);
        this.#size += piece.length;
        index += piece.length;
        this.#changed();
      }
      if (index < bytes.length) await this.#change();
    }
  }

  end(): void {
    this.#isEnded = true;
    this.#changed();
  }

  cut(): void {
    this.#error ??= new Error('the stream was cut');
    this.#pieces = [];
    this.#changed();
  }

  async #change(): Promise<void> {
    await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  #changed(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}

/**
 * Two streams that lead to each other. What one of them has written waits until the other one reads it, up to 64 KiB.
 *
 * @example
 * ```ts
 * import { systemClock } from 'dimsdk';
 * import { MtpConnection } from 'dimsdk/extend';
 * import { memoryStreams } from 'dimtestkit/connection';
 *
 * const [here, there] = memoryStreams('memory://test');
 * const connection = new MtpConnection(here, { clock: systemClock });
 * const bytes = await there.read(); // what the connection writes
 * ```
 */
export function memoryStreams(name: string): readonly [ByteStream, ByteStream] {
  const [out, back] = [new Way(), new Way()];
  return [streamOf(name, back, out), streamOf(name, out, back)];
}

function streamOf(name: string, incoming: Way, outgoing: Way): ByteStream {
  return {
    name,
    read: async () => incoming.read(),
    write: async (bytes) => outgoing.write(bytes),
    close: async () => outgoing.end(),
    destroy: () => {
      incoming.cut();
      outgoing.cut();
    },
  };
}
