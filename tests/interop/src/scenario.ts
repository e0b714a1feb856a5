/** A row of the matrix: what is exchanged, and when it counts as understood. */
import type { Exchange } from './exchange.ts';

/** Something that is to be understood in both directions. */
export interface Scenario {
  /** The part of the matrix. */
  readonly part: string;
  readonly name: string;
  /** `refuse`: the reader must say no to what it is given at last. */
  readonly expect: 'understand' | 'refuse';
  run(exchange: Exchange): Promise<void>;
}

/** The scenarios of a part that must be understood. */
export function understand(
  part: string,
  rows: Readonly<Record<string, (exchange: Exchange) => Promise<unknown>>>,
): readonly Scenario[] {
  return Object.entries(rows).map(([name, run]) => ({
    part,
    name,
    expect: 'understand',
    async run(exchange) {
      await run(exchange);
    },
  }));
}
