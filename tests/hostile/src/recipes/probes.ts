/** Counts what a hostile value notices: how often it was read, and how often its code was called. */

/** A field that gives another value when it is read again. */
export interface FlippingField {
  readonly name: string;
  /** What the first reading gave. */
  readonly first: unknown;
  reads: number;
}

/** The counters of one value. */
export interface Probes {
  readonly flipping: FlippingField[];
  /** Calls of `toJSON`, where that gives a value. */
  toJsonCalls: number;
}

export function createProbes(): Probes {
  return { flipping: [], toJsonCalls: 0 };
}
