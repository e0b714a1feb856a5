/** What a history comes to: the same for all who have it, and nothing of what was not allowed. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { foldHistory, type FoldedHistory, type GroupFacts, type HistoryEntry } from '../../src/internal.ts';
import { writeState } from '../../src/groups/group-state.ts';
import { neededHistory } from '../../src/groups/needed-history.ts';
import { anyBulletins, anyEntries, bulletin, entry, factsOf } from './histories.ts';
import { alice, bob, carol, dave, erin, mallory, namesOf } from './world.ts';

const everyone = [alice, bob, carol];

/** Who is a member after some history. */
function membersOf(facts: GroupFacts, ...entries: readonly HistoryEntry[]): string {
  return namesOf(foldHistory(facts, entries).state.members);
}

function verdictOf({ verdicts }: FoldedHistory, { id }: HistoryEntry): unknown {
  const verdict = verdicts.get(id);
  return typeof verdict === 'object' ? verdict.template : verdict;
}

/** All that a history comes to, as a value. */
function resultOf({ state, verdicts }: FoldedHistory): unknown {
  return [writeState(state), Object.fromEntries(verdicts)];
}

describe('each command', () => {
  const founded = entry(1, alice, 'reset', everyone);

  test('without any, the owner is the one member that is known', () => {
    const { state } = foldHistory(factsOf(bulletin(1)), []);
    expect([namesOf(state.members), state.hasMembers, state.historyTime]).toEqual(['alice', false, undefined]);
  });

  test('reset: all members, in the order of the owner', () => {
    const { state } = foldHistory(factsOf(bulletin(1)), [founded]);
    expect([namesOf(state.members), state.hasMembers, state.historyTime]).toEqual(['alice bob carol', true, 1]);
  });

  test('reset: without the owner at the beginning it is refused', () => {
    const wrong = entry(2, alice, 'reset', [bob, alice, carol, dave]);
    const folded = foldHistory(factsOf(bulletin(1)), [founded, wrong]);
    expect(verdictOf(folded, wrong)).toBe('Owner must be the first member of group: ${gid}');
    expect(namesOf(folded.state.members)).toBe('alice bob carol');
  });

  test('reset: without an administrator it is refused, also of the owner', () => {
    const facts = factsOf(bulletin(1, [carol]));
    for (const author of [alice, carol]) {
      const wrong = entry(2, author, 'reset', [alice, bob]);
      const folded = foldHistory(facts, [founded, wrong]);
      expect(verdictOf(folded, wrong)).toBe('Not allowed to expel administrator of group: ${gid}');
      expect(namesOf(folded.state.members)).toBe('alice bob carol');
    }
  });

  test('invite: of owner and administrators it adds, of a member it asks', () => {
    const facts = factsOf(bulletin(1, [bob]));
    const [byAdministrator, byMember] = [entry(2, bob, 'invite', [dave]), entry(3, carol, 'invite', [erin, dave])];
    const { state, verdicts } = foldHistory(facts, [founded, byAdministrator, byMember]);
    expect(namesOf(state.members)).toBe('alice bob carol dave');
    expect(state.invitations.map(({ user, by, time }) => [namesOf([user, by]), time])).toEqual([['erin carol', 3]]);
    expect([verdicts.get(byAdministrator.id), verdicts.get(byMember.id)]).toEqual(['applied', 'pending']);
    expect(membersOf(facts, founded, byMember, entry(4, alice, 'invite', [erin]))).toBe('alice bob carol erin');
  });

  test('join: waits, until somebody who may invites, or resets', () => {
    const facts = factsOf(bulletin(1));
    const join = entry(2, dave, 'join');
    expect(foldHistory(facts, [founded, join]).state.joins.map(({ user }) => namesOf([user]))).toEqual(['dave']);
    const invited = foldHistory(facts, [founded, join, entry(3, alice, 'invite', [dave])]).state;
    expect([namesOf(invited.members), invited.joins]).toEqual(['alice bob carol dave', []]);
    const refused = foldHistory(facts, [founded, join, entry(3, alice, 'reset', everyone)]).state;
    expect([namesOf(refused.members), refused.joins]).toEqual(['alice bob carol', []]);
  });

  test('quit: a member leaves; an administrator resigns before', () => {
    const facts = factsOf(bulletin(1, [carol]));
    const [quit, resign] = [entry(3, carol, 'quit'), entry(2, carol, 'resign')];
    expect(membersOf(facts, founded, entry(2, bob, 'quit'))).toBe('alice carol');
    expect(membersOf(facts, founded, quit)).toBe('alice bob carol');
    expect(membersOf(facts, founded, resign, quit)).toBe('alice bob');
    expect(membersOf(facts, founded, entry(2, alice, 'quit'))).toBe('alice bob carol');
  });

  test('resign: until the owner says otherwise', () => {
    const resign = entry(2, carol, 'resign');
    const administrators = (...times: readonly number[]): string => {
      const facts = factsOf(...times.map((time) => bulletin(time, [carol])));
      return namesOf(foldHistory(facts, [founded, resign]).state.administrators);
    };
    expect([administrators(1), administrators(1, 3), administrators(3)]).toEqual(['', 'carol', 'carol']);
  });
});

describe('what somebody may do is what they might do then', () => {
  test('an administrator who is one no longer: what was done stays done', () => {
    const facts = factsOf(bulletin(1, [carol]), bulletin(5, []));
    const reset = entry(3, carol, 'reset', [alice, carol, dave]);
    expect(membersOf(facts, entry(2, alice, 'reset', everyone), reset)).toBe('alice carol dave');
    const late = entry(6, carol, 'reset', [alice, carol, mallory]);
    expect(membersOf(facts, entry(2, alice, 'reset', everyone), reset, late)).toBe('alice carol dave');
  });

  test('a former administrator who dates back: the word of the owner since then is what counts', () => {
    const facts = factsOf(bulletin(1, [carol]), bulletin(5, []));
    const forged = entry(4.9, carol, 'reset', [alice, carol, mallory]);
    expect(membersOf(facts, entry(2, alice, 'reset', everyone), entry(5, alice, 'reset', everyone), forged)).toBe(
      'alice bob carol',
    );
  });

  test('a member who is hired, and dates back to before', () => {
    const facts = factsOf(bulletin(1), bulletin(5, [carol]));
    const forged = entry(4, carol, 'reset', [alice, carol, mallory]);
    const folded = foldHistory(facts, [entry(2, alice, 'reset', everyone), forged]);
    expect(verdictOf(folded, forged)).toBe('Not allowed to reset members of group: ${gid}');
  });

  test('a member who dates a command back to before a reset', () => {
    const facts = factsOf(bulletin(1));
    const quit = entry(1.5, bob, 'quit');
    const folded = foldHistory(facts, [quit, entry(2, alice, 'reset', everyone)]);
    expect([namesOf(folded.state.members), verdictOf(folded, quit)]).toEqual(['alice bob carol', 'expired']);
  });

  test('somebody who was expelled, with the reset of before', () => {
    const facts = factsOf(bulletin(1));
    const old = entry(2, alice, 'reset', [alice, bob, mallory]);
    expect(membersOf(facts, entry(3, alice, 'reset', everyone), old)).toBe('alice bob carol');
  });

  test('somebody who was expelled, and dates a command back to when they were a member', () => {
    const facts = factsOf(bulletin(1));
    const invite = entry(2.5, mallory, 'invite', [dave]);
    const entries = [entry(2, alice, 'reset', [alice, bob, mallory]), entry(3, alice, 'reset', everyone), invite];
    const { state } = foldHistory(facts, entries);
    expect([namesOf(state.members), state.invitations]).toEqual(['alice bob carol', []]);
  });

  test('two resets at once: the same one for all', () => {
    const facts = factsOf(bulletin(1, [bob]));
    const [one, other] = [entry(2, alice, 'reset', [alice, bob, carol]), entry(2, bob, 'reset', [alice, bob, dave])];
    expect(membersOf(facts, one, other)).toBe(membersOf(facts, other, one));
  });

  test('of the time before any bulletin that is at hand, nobody can say who had to be among the members', () => {
    const facts = factsOf(bulletin(5, [dave]));
    expect(membersOf(facts, entry(2, alice, 'reset', everyone))).toBe('alice bob carol');
  });
});

describe('whatever the history', () => {
  test('it does not matter in which order it came, nor how often', () => {
    fc.assert(
      fc.property(
        fc.tuple(anyBulletins, anyEntries).chain(([bulletins, entries]) =>
          fc.record({
            facts: fc.constant(factsOf(...bulletins)),
            entries: fc.constant(entries),
            again: fc.shuffledSubarray([...entries]),
            shuffled: fc.shuffledSubarray([...entries], { minLength: entries.length }),
            bulletins: fc.shuffledSubarray([...bulletins], { minLength: bulletins.length }),
          }),
        ),
        ({ facts, entries, again, shuffled, bulletins }) => {
          const expected = resultOf(foldHistory(facts, entries));
          expect(resultOf(foldHistory({ ...facts, bulletins }, [...shuffled, ...again]))).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('the owner is the first member, and nobody is there twice', () => {
    fc.assert(
      fc.property(anyBulletins, anyEntries, (bulletins, entries) => {
        const { members } = foldHistory(factsOf(...bulletins), entries).state;
        const keys = members.map(({ entityKey }) => entityKey);
        expect(members[0]?.equals(alice.id)).toBe(true);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  test('somebody who was never more than a stranger changes nothing but what waits', () => {
    fc.assert(
      fc.property(anyBulletins, anyEntries, (bulletins, entries) => {
        const facts = factsOf(...bulletins);
        const others = entries.filter(({ author }) => !author.equals(mallory.id));
        const withHer = foldHistory(facts, entries).state;
        const without = foldHistory(facts, others).state;
        expect([namesOf(withHer.members), namesOf(withHer.administrators)]).toEqual([
          namesOf(without.members),
          namesOf(without.administrators),
        ]);
        expect(withHer.invitations).toEqual(without.invitations);
      }),
    );
  });

  test('what was refused, or is void, is as if it had never been', () => {
    fc.assert(
      fc.property(anyBulletins, anyEntries, (bulletins, entries) => {
        const facts = factsOf(...bulletins);
        const { state, effective } = foldHistory(facts, entries);
        const others = entries.filter(({ id }) => effective.has(id));
        expect(writeState(foldHistory(facts, others).state)).toEqual(writeState(state));
      }),
      { numRuns: 500 },
    );
  });

  test('what is handed on comes to the same', () => {
    fc.assert(
      fc.property(anyBulletins, anyEntries, (bulletins, entries) => {
        const facts = factsOf(...bulletins);
        const folded = foldHistory(facts, entries);
        if (!folded.state.hasMembers) return;
        const needed = neededHistory(facts, folded, entries);
        expect(writeState(foldHistory(factsOf(...needed.bulletins), needed.entries).state)).toEqual(
          writeState(folded.state),
        );
      }),
      { numRuns: 500 },
    );
  });
});
