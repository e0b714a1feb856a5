/** What the tests of commands share: a common part of all maps, a context with all commands, and the check of no loss. */
import { expect } from '@jest/globals';
import * as fc from 'fast-check';
import { stationPlugin, type DimError } from '../../src/index.ts';
import { dim, errorOf } from '../context.ts';

export const COMMON = { sn: 7, time: 1700000000.5 };
export const withNetwork = dim.extend(stationPlugin);
export type AnyContent = ReturnType<typeof withNetwork.Content.parse>;
export type OfKind<K extends AnyContent['kind']> = Extract<AnyContent, { readonly kind: K }>;

/** The command of a map; any other kind fails the test. */
export function parseAs<K extends AnyContent['kind']>(kind: K, map: object): OfKind<K> {
  const content = withNetwork.Content.parse(map);
  if (content.kind !== kind) throw new Error(`read as ${content.kind}`);
  // The kind is a literal of one class.
  return content as OfKind<K>;
}

/** The command after a trip over the wire. */
export function reread<K extends AnyContent['kind']>(kind: K, content: { serialize(): string }): OfKind<K> {
  return parseAs(kind, JSON.parse(content.serialize()) as object);
}

/** The error of a map with some fields changed. */
export function refusalOf(wire: object, change: object): Promise<DimError> {
  return errorOf(() => withNetwork.Content.parse({ ...wire, ...change }));
}

/** Whatever else a map holds comes out again as it came in. */
export function checkNothingLost(kind: AnyContent['kind'], ...samples: readonly object[]): void {
  const names = fc.oneof(
    fc.string().map((name) => `x${name}`),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'S', '你好'),
  );
  for (const wire of samples) {
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.jsonValue())), (extra) => {
        const map = Object.fromEntries([...extra, ...Object.entries(wire)]);
        const content = parseAs(kind, map);
        expect(content.serialize()).toBe(JSON.stringify(map));
        expect(reread(kind, content).serialize()).toBe(content.serialize());
      }),
      { numRuns: 25 },
    );
  }
}
