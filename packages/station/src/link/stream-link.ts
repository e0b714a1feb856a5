/** A link over a stream of bytes, in which packets are to be found. */
import { FramedLink } from './framed-link.ts';

/** Reads packets, one when it may be taken: those behind it stay bytes until then. */
export abstract class StreamLink<Packet> extends FramedLink<Packet> {
  #packets: Iterator<Packet, void> | undefined;
  /** Pieces that came while others waited: one or two, as the socket is paused then. */
  #pieces: Uint8Array[] = [];

  /** A piece of the stream came. The bytes belong to the link from now on. */
  read(piece: Uint8Array): void {
    if (!this.arrived(piece.length)) return;
    this.#pieces.push(piece);
    this.pump();
  }

  /** The packets that end in a piece. */
  protected abstract decode(piece: Uint8Array): Iterator<Packet, void>;

  protected override next(): Packet | undefined {
    for (;;) {
      if (this.#packets === undefined) {
        const piece = this.#pieces.shift();
        if (piece === undefined) return undefined;
        this.#packets = this.decode(piece);
      }
      const result = this.#packets.next();
      if (result.done !== true) {
        this.intake.whole();
        return result.value;
      }
      this.#packets = undefined;
    }
  }
}
