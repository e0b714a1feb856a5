import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConversations } from '../../src/page/conversations.ts';
import type { ConversationView } from '../../src/protocol/views.ts';
import { TalkLink, message, person, until } from './talk-link.ts';

function conversation(id: string, more: Partial<ConversationView> = {}): ConversationView {
  return {
    with: person(id),
    last: undefined,
    unread: 0,
    draft: undefined,
    isRequest: false,
    asking: 0,
    isAsked: false,
    ...more,
  };
}

test('the list follows what the engine tells, and what did not change stays the same object', async () => {
  const link = new TalkLink();
  link.conversations = [conversation('bob'), conversation('carol')];
  const conversations = createConversations(link);
  await until(conversations.list, (list) => list?.length === 2);
  const carol = conversations.list.value?.[1];
  link.conversations = [conversation('bob', { unread: 1, last: message('m', 1) }), conversation('carol')];
  link.tellOf('m');
  await until(conversations.list, (list) => list?.[0]?.unread === 1);
  assert.equal(conversations.list.value?.[1], carol);
});

test('a thousand events at once are two questions at most', async () => {
  const link = new TalkLink();
  const conversations = createConversations(link);
  await until(conversations.list, (list) => list !== undefined);
  link.asked.length = 0;
  for (let index = 0; index < 1000; index++) link.tellOf(`m${index}`);
  await conversations.refresh();
  assert.ok(link.asked.length <= 2, String(link.asked.length));
});

test('a failure is told, and does not take away what is shown', async () => {
  const link = new TalkLink();
  link.conversations = [conversation('bob')];
  const conversations = createConversations(link);
  await until(conversations.list, (list) => list?.length === 1);
  link.gate = Promise.reject(new Error('no engine'));
  await conversations.refresh();
  assert.equal(conversations.failure.value?.reason, 'no engine');
  assert.equal(conversations.list.value?.length, 1);
});
