/** What is told of a group: what happened, by whom, and nothing that somebody only wrote. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { foldHistory, type GroupFacts, type HistoryEntry } from '../../src/internal.ts';
import { anyBulletins, anyEntries, bulletin, entry, factsOf } from './histories.ts';
import { alice, bob, carol, dave, erin, mallory, nameOf, namesOf } from './world.ts';

const founded = entry(1, alice, 'reset', [alice, bob, carol]);

/** `alice added dave`, each change. */
function told(facts: GroupFacts, ...entries: readonly HistoryEntry[]): readonly string[] {
  return foldHistory(facts, entries).changes.map(({ by, did, users, name }) =>
    [nameOf(by), did, namesOf(users), name].filter((word) => word !== undefined && word !== '').join(' '),
  );
}

describe('what happened in a group', () => {
  test('founded, added, let in, left, removed', () => {
    const facts = factsOf(bulletin(1));
    expect(
      told(
        facts,
        founded,
        entry(2, alice, 'invite', [dave, bob]),
        entry(3, erin, 'join'),
        entry(4, erin, 'join'),
        entry(5, alice, 'invite', [erin]),
        entry(6, bob, 'quit'),
        entry(7, alice, 'reset', [alice, carol, erin]),
      ),
    ).toEqual([
      'alice founded bob carol',
      'alice added dave',
      'erin asked',
      'alice admitted erin',
      'bob left',
      'alice removed dave',
    ]);
  });

  test('members propose, and a reset refuses who waits', () => {
    expect(
      told(
        factsOf(bulletin(1)),
        founded,
        entry(2, bob, 'invite', [dave, erin]),
        entry(3, carol, 'invite', [dave]),
        entry(4, alice, 'reset', [alice, bob, carol, dave]),
      ),
    ).toEqual(['alice founded bob carol', 'bob proposed dave erin', 'alice admitted dave', 'alice refused erin']);
  });

  test('what changes nothing, and what was not allowed, did not happen', () => {
    expect(
      told(
        factsOf(bulletin(1)),
        founded,
        entry(2, mallory, 'reset', [mallory, bob]),
        entry(3, bob, 'reset', [alice, bob]),
        entry(4, mallory, 'invite', [dave]),
        entry(5, mallory, 'quit'),
        entry(6, bob, 'resign'),
        entry(7, alice, 'reset', [alice, bob, carol]),
      ),
    ).toEqual(['alice founded bob carol']);
  });

  test('offices and names, by bulletins: of the first nobody can tell what it changed', () => {
    const renamed = { ...bulletin(5, [bob]), name: 'The team' };
    const facts = factsOf(bulletin(1, [carol]), bulletin(3, [carol, bob]), renamed);
    expect(told(facts, founded, entry(4, carol, 'resign'))).toEqual([
      'alice founded bob carol',
      'alice hired bob',
      'carol resigned',
      'alice renamed The team',
    ]);
    expect(told(factsOf(bulletin(1, [carol]), bulletin(9)), founded)).toContain('alice fired carol');
  });

  test('where the founder leaves nobody else in it, the group has ended; an administrator cannot', () => {
    expect(told(factsOf(bulletin(1)), founded, entry(2, alice, 'reset', [alice]))).toContain('alice ended bob carol');
    const byCarol = entry(2, carol, 'reset', [alice, carol]);
    expect(told(factsOf(bulletin(1, [carol])), founded, byCarol)).toContain('carol removed bob');
  });

  test('who came later hears who the members were, by whoever said it', () => {
    expect(told(factsOf(bulletin(1, [carol])), entry(4, carol, 'reset', [alice, bob, carol]))).toEqual([
      'carol listed alice bob',
    ]);
  });

  test('the same histories tell the same, in the order of their times, each change once', () => {
    fc.assert(
      fc.property(anyBulletins, anyEntries, fc.func(fc.integer()), (bulletins, entries, by) => {
        const { changes } = foldHistory(factsOf(...bulletins), entries);
        const mixed = [...entries].sort((one, other) => by(one.id) - by(other.id));
        expect(foldHistory(factsOf(...bulletins), mixed).changes).toEqual(changes);
        expect(changes.map(({ time }) => time)).toEqual(changes.map(({ time }) => time).sort((one, two) => one - two));
        expect(new Set(changes.map(({ key }) => key)).size).toBe(changes.length);
      }),
    );
  });
});
