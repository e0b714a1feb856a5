import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ANYONE, EVERYONE, type ID } from '../../src/index.ts';
import { context } from '../demo-plugin.ts';
import { address, anything, broadcastAddress, idPart, idText, text } from './arbitraries.ts';
import { assertContract } from '../../../../tests/support/codec-contract.ts';

const id: fc.Arbitrary<ID> = idText.map((written) => context.ID.parse(written));
/** IDs out of a small world, so that some of them are the same. */
const relative: fc.Arbitrary<ID> = fc
  .tuple(
    fc.constantFrom('', 'a@', 'b@'),
    fc.constantFrom('00x0123456789abcdef', '01x0123456789abcdef', 'anywhere', 'ANYWHERE', 'everywhere'),
    fc.constantFrom('', '/a', '/b'),
  )
  .map((parts) => context.ID.parse(parts.join('')));

describe('IDs', () => {
  test('an ID is written as it was read, and as its parts', () => {
    fc.assert(
      fc.property(idText, (written) => {
        const read = context.ID.parse(written);
        expect(read.toString()).toBe(written);
        const again = context.ID.parse(read.toString());
        expect(again.equals(read)).toBe(true);
        expect(again).toEqual(read);
        expect(context.ID.create(read).toString()).toBe(written);
        expect(read.isUser).toBe(!read.isGroup);
      }),
    );
  });

  test('being equal is an equivalence, and the same as having one entity key', () => {
    fc.assert(
      fc.property(relative, relative, relative, (a, b, c) => {
        expect(a.equals(a)).toBe(true);
        expect(a.equals(b)).toBe(b.equals(a));
        if (a.equals(b) && b.equals(c)) expect(a.equals(c)).toBe(true);
        expect(a.equals(b)).toBe(a.entityKey === b.entityKey);
        expect(a.equals(b)).toBe(a.name === b.name && a.address.equals(b.address));
      }),
      { numRuns: 120 },
    );
  });

  test('the terminal is no part of the entity, the name is', () => {
    fc.assert(
      fc.property(id, idPart, idPart, (one, terminal, name) => {
        expect(one.at(terminal).equals(one)).toBe(true);
        expect(one.at(terminal).terminal).toBe(terminal);
        expect(one.entity.equals(one)).toBe(true);
        expect(one.entity.terminal).toBeUndefined();
        const renamed = context.ID.create({ name, address: one.address });
        expect(renamed.equals(one)).toBe(name === one.name);
      }),
    );
  });

  test('a broadcast ID is for anyone or for everyone, in any letter case', () => {
    fc.assert(
      fc.property(broadcastAddress, (word) => {
        const read = context.ID.parse(`${word.toLowerCase() === 'anywhere' ? 'anyone' : 'everyone'}@${word}`);
        expect(read.isBroadcast).toBe(true);
        expect([read.equals(ANYONE), read.equals(EVERYONE)]).toEqual([read.isUser, read.isGroup]);
      }),
    );
  });

  test('one more separator anywhere is refused or makes another ID', () => {
    fc.assert(
      fc.property(idText, fc.nat(), fc.constantFrom('@', '/', ' ', '\u0000', '\u200b', '\\'), (written, at, extra) => {
        const index = at % (written.length + 1);
        const changed = written.slice(0, index) + extra + written.slice(index);
        const read = context.ID.tryParse(changed);
        if (read !== undefined) {
          expect(read.toString()).toBe(changed);
          expect(extra).toMatch(/^[@/]$/);
          expect(changed.split(extra)).toHaveLength(2);
        }
      }),
      { numRuns: 120 },
    );
  });

  test('anything else is refused with one answer', () => {
    assertContract(context.ID, anything, 60);
    assertContract(context.Address, anything, 60);
    assertContract(
      context.ID,
      fc.tuple(text, address, text).map((parts) => parts.join('')),
    );
  });
});
