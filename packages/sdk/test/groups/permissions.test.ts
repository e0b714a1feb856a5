/** Who may do what: all of the table, in the words that deployed clients show. */
import { describe, expect, test } from '@jest/globals';
import {
  permissionOf,
  PERMISSIONS,
  RESET_REFUSALS,
  roleIn,
  type GroupAction,
  type GroupRole,
} from '../../src/groups/permissions.ts';
import { alice, bob, carol, dave, mallory } from './world.ts';

const ROLES = ['owner', 'administrator', 'member', 'assistant', 'stranger'] as const;
const yes = 'allowed';
const idle = 'without-effect';
const no = (text: string): string => `${text} group: \${gid}`;

const TABLE: Readonly<Record<GroupAction, readonly [string, string, string, string, string]>> = {
  reset: [yes, yes, ...thrice(no('Not allowed to reset members of'))],
  invite: [yes, yes, yes, ...twice(no('Not allowed to invite member into'))],
  expel: [yes, yes, ...thrice(no('Not allowed to expel members of'))],
  join: [idle, idle, idle, yes, yes],
  quit: [no('Owner cannot quit from'), no('Administrator cannot quit from'), yes, idle, idle],
  resign: [no('Owner cannot resign from'), yes, idle, idle, idle],
  hire: [yes, ...four(no('Not allowed to hire administrator of'))],
  fire: [yes, ...four(no('Not allowed to fire administrator of'))],
  rename: [yes, ...four(no('Not allowed to change the document of'))],
  appoint: [yes, ...four(no('Not allowed to change the document of'))],
  found: [yes, ...four(no('Not allowed to found'))],
  dissolve: ['allowed', ...four(no('Not allowed to dissolve'))],
  abdicate: [no('Owner cannot abdicate from'), ...four(no('Not allowed to abdicate from'))],
  query: [yes, yes, yes, yes, no('Not allowed to query members of')],
  write: [yes, yes, yes, ...twice(no('Not allowed to send messages to'))],
  'ask-key': [yes, yes, yes, yes, no('Not allowed to ask for keys of')],
};

function twice(text: string): [string, string] {
  return [text, text];
}
function thrice(text: string): [string, string, string] {
  return [text, text, text];
}
function four(text: string): [string, string, string, string] {
  return [text, text, text, text];
}

const all = Object.entries(TABLE).flatMap(([action, row]) =>
  ROLES.map((role, index) => [action as GroupAction, role, row[index]] as const),
);

test.each(all)('%s by %s', (action, role, expected) => {
  const permission = permissionOf(action, role);
  expect(typeof permission === 'object' ? permission.template : permission).toBe(expected);
});

test('the table has nothing else', () => {
  expect(Object.keys(PERMISSIONS).sort()).toEqual(Object.keys(TABLE).sort());
  for (const row of Object.values(PERMISSIONS)) expect(Object.keys(row).sort()).toEqual([...ROLES].sort());
});

test('a reset of somebody who may send one has two conditions', () => {
  expect(RESET_REFUSALS.ownerNotFirst.template).toBe('Owner must be the first member of group: ${gid}');
  expect(RESET_REFUSALS.expelsAdministrator.template).toBe('Not allowed to expel administrator of group: ${gid}');
});

describe('what somebody is', () => {
  const keys = (...users: readonly { readonly id: { readonly entityKey: string } }[]): ReadonlySet<string> =>
    new Set(users.map(({ id }) => id.entityKey));
  const roster = {
    owner: alice.id,
    administrators: keys(alice, bob),
    members: keys(alice, bob, carol),
    assistants: keys(carol, dave),
  };
  const expected: readonly (readonly [string, typeof alice, GroupRole])[] = [
    ['the owner, who is more than an administrator', alice, 'owner'],
    ['an administrator, who is more than a member', bob, 'administrator'],
    ['a member, who is more than an assistant', carol, 'member'],
    ['an assistant', dave, 'assistant'],
    ['anybody else', mallory, 'stranger'],
  ];
  test.each(expected)('%s', (_, user, role) => {
    expect(roleIn(roster, user.id)).toBe(role);
    expect(roleIn(roster, user.id.at('phone'))).toBe(role);
  });
});
