/**
 * How much memory a case may take.
 *
 * A reader holds its input as text, as the tree that JSON makes of it, and as the frozen copy of that tree; a text takes
 * one or two bytes a character, a small value some sixty. Eight times the input is enough for all of it together, and
 * far from what a loop over a claimed length, or work that grows with the square, would take.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MULTIPLE = 8;

/** What comes and goes with any case: code that is compiled, keys that are prepared. */
const SLACK_BYTES = 48 * 1024 * 1024;

/** From this size on, old garbage is cleared away first, so that it is not counted. */
const LARGE_BYTES = 256 * 1024;

/** Takes the measure around one case. */
export class HeapMeter {
  readonly #bytes: number;
  readonly #before: number;

  /** @param bytes the size of the input */
  constructor(bytes: number) {
    this.#bytes = bytes;
    if (bytes >= LARGE_BYTES) collectGarbage();
    this.#before = usedBytes();
  }

  /** What is wrong; nothing, if the memory in use grew within the bounds. Garbage of the case counts too. */
  faults(): readonly string[] {
    const grown = usedBytes() - this.#before;
    if (grown <= MULTIPLE * this.#bytes + SLACK_BYTES) return [];
    return [`memory grew by ${toMegabytes(grown)} MB for an input of ${toMegabytes(this.#bytes)} MB`];
  }
}

function usedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function toMegabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

let collector: (() => void) | undefined;

function collectGarbage(): void {
  if (collector === undefined) {
    setFlagsFromString('--expose-gc');
    collector = runInNewContext('gc') as () => void;
  }
  collector();
}
