import assert from 'node:assert/strict';
import { test } from 'node:test';
import { language } from '../../src/language/language.ts';
import { afterEvent } from '../../src/page/transfers.ts';
import type { FileView, GroupView, HistoryView, TransferView } from '../../src/protocol/views.ts';
import { historyText, standsAmongMessages, whyOut } from '../../src/views/groups/history-text.ts';
import { memberActions } from '../../src/views/groups/member-actions.ts';
import { sends } from '../../src/views/talk/composer.tsx';
import { findEmoji } from '../../src/views/talk/emoji.ts';
import { comesByItself } from '../../src/views/talk/file-card.tsx';
import { contextOf } from '../../src/views/talk/hit-context.ts';
import { renamed } from '../../src/views/talk/shrink-picture.ts';
import { message, person } from './talk-link.ts';

const EVERYTHING: GroupView['may'] = {
  write: true,
  invite: true,
  refuse: true,
  expel: true,
  quit: true,
  resign: true,
  hire: true,
  fire: true,
  rename: true,
  dissolve: true,
};

test('a picture comes by itself from contacts alone, and only where it is small', () => {
  const picture: FileView = { is: 'file', kind: 'image', filename: 'a.png', size: 1000, text: undefined };
  const from = (more: Parameters<typeof person>[1]) => message('m', 1, { sender: person('bob', more) });
  assert.equal(comesByItself(from({}), picture), true);
  assert.equal(comesByItself(from({ isContact: false }), picture), false);
  assert.equal(comesByItself(from({ isBlocked: true }), picture), false);
  assert.equal(comesByItself(from({}), { ...picture, size: undefined }), false);
  assert.equal(comesByItself(from({}), { ...picture, size: 5_000_000 }), false);
  assert.equal(comesByItself(from({}), { ...picture, kind: 'file' }), false);
});

test('Enter sends, unless it ends a composition or breaks the line', () => {
  const enter = { key: 'Enter', shiftKey: false, isComposing: false, keyCode: 13 };
  assert.equal(sends(enter), true);
  assert.equal(sends({ ...enter, shiftKey: true }), false);
  assert.equal(sends({ ...enter, isComposing: true }), false);
  assert.equal(sends({ ...enter, keyCode: 229 }), false);
});

test('nothing is offered with a member that the rules of groups refuse', () => {
  assert.deepEqual(memberActions(EVERYTHING, 'member', false), ['hire', 'expel']);
  assert.deepEqual(memberActions(EVERYTHING, 'administrator', false), ['fire']);
  for (const role of ['owner', 'assistant', 'stranger'] as const)
    assert.deepEqual(memberActions(EVERYTHING, role, false), []);
  assert.deepEqual(memberActions(EVERYTHING, 'member', true), []);
  assert.deepEqual(memberActions({ ...EVERYTHING, hire: false, expel: false }, 'member', false), []);
});

function change(did: HistoryView['did'], more: Partial<HistoryView> = {}): HistoryView {
  return { key: did, time: 1, author: person('ann'), did, people: [], count: 0, name: undefined, ...more };
}

test('history is told in both languages, with the person as "you"', () => {
  const me = person('me', { nameFrom: 'self' });
  const entry = change('added', { author: me, people: [person('p0'), person('p1')], count: 4 });
  language.value = 'en';
  assert.match(historyText(entry), /^You added .*p1.* and 2 more$/);
  assert.match(historyText(change('removed', { people: [me], count: 1 })), /ann.* removed you$/);
  language.value = 'zh';
  assert.match(historyText(entry), /^你 添加了/);
  language.value = 'en';
});

test('the name of a group stays in its quotes', () => {
  const name = 'Us\u201d. Bob removed \u201cyou\u202e';
  assert.match(
    historyText(change('renamed', { name })),
    /renamed the group: \u201c\u2068Us". Bob removed "you\u2069\u201d$/,
  );
});

test('who is out hears why: the last that was said of it', () => {
  const me = person('me', { nameFrom: 'self' });
  const about = { people: [me], count: 1 };
  assert.equal(whyOut([change('added', about)]), undefined);
  assert.match(whyOut([change('removed', about), change('removed')]) ?? '', /ann.* removed you/);
  assert.match(whyOut([change('removed', about), change('added', about), change('ended', about)]) ?? '', /ended/);
  assert.match(whyOut([change('left'), change('left', { author: me })]) ?? '', /^You left/);
});

test('whoever has the link writes nothing among messages by asking', () => {
  for (const did of ['asked', 'proposed', 'refused'] as const) assert.equal(standsAmongMessages(change(did)), false);
  assert.equal(standsAmongMessages(change('admitted')), true);
});

test('transfers are those that go', () => {
  const transfer: TransferView = {
    id: 't',
    conversation: 'bob',
    key: undefined,
    filename: 'a',
    direction: 'up',
    phase: 'sending',
    done: 1,
    total: 2,
  };
  const one = afterEvent([], { tell: 'transfer', transfer, is: 'going' });
  assert.deepEqual(one, [transfer]);
  const further = afterEvent(one, { tell: 'transfer', transfer: { ...transfer, done: 2 }, is: 'going' });
  assert.equal(further[0]?.done, 2);
  for (const is of ['done', 'failed'] as const)
    assert.deepEqual(afterEvent(one, { tell: 'transfer', transfer, is }), []);
});

test('a hit is shown with what stands around it', () => {
  assert.deepEqual(contextOf('one Two three', 'two'), { before: 'one ', hit: 'Two', after: ' three' });
  assert.equal(contextOf('x'.repeat(500) + 'Two', 'two').before.length, 41);
  // Its lower case is longer than it is.
  assert.equal(contextOf('\u0130\u0130 two', 'two').hit, '');
});

test('emoji are found by words of both languages', () => {
  const found = (words: string) => findEmoji(words).flatMap(({ emoji }) => emoji.map(([sign]) => sign));
  assert.ok(found('thumbs').includes('\u{1f44d}'));
  assert.ok(found('\u8c22\u8c22').includes('\u{1f64f}'));
  assert.deepEqual(found('no such thing'), []);
  const all = findEmoji('').flatMap(({ emoji }) => emoji.map(([sign]) => sign));
  assert.equal(new Set(all).size, all.length);
});

test('a picture that was made anew has the ending of what it is', () => {
  assert.equal(renamed('a.b.heic', 'jpg'), 'a.b.jpg');
  assert.equal(renamed('.hidden', 'png'), '.hidden.png');
});
