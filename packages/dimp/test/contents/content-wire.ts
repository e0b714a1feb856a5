/** What the tests of contents share: a common part of all maps, and the property of no loss. */
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { dim } from '../context.ts';

export const COMMON = { sn: 7, time: 1700000000.5 };

/** The content of a map, after a trip over the wire. */
export function reread(content: { serialize(): string }): ReturnType<typeof dim.Content.parse> {
  return dim.Content.parse(JSON.parse(content.serialize()));
}

/** Whatever else a map holds comes out again as it came in, and changes nothing of what is read. */
export function testNothingLost(wire: object, kind: string): void {
  test(`nothing of a ${kind} is lost`, () => {
    const names = fc.oneof(
      fc.string().map((name) => `x${name}`),
      fc.constantFrom('__proto__', 'constructor', 'toString', 'S', '你好'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.jsonValue())), (extra) => {
        const map = Object.fromEntries([...extra, ...Object.entries(wire)]);
        const content = dim.Content.parse(map);
        expect(content.kind).toBe(kind);
        expect(content.serialize()).toBe(JSON.stringify(map));
        expect(reread(content).serialize()).toBe(content.serialize());
      }),
    );
  });
}
