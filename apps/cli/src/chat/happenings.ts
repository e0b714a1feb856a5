/** What happens while a person chats: shown, or told in a line. */
import { isDimError, type ID } from 'dimp';
import { systemClock, type StoredMessage } from 'dimsdk';
import { failureOf } from '../command/failure.ts';
import { isFamiliar } from '../messages/familiar.ts';
import type { CliContent } from '../messages/open-client.ts';
import { foreignLine } from '../text/foreign-text.ts';
import type { Chat } from './chat.ts';
import { ConnectionNotices } from './connection-notices.ts';
import { sayingOf } from './saying.ts';
import { Seldom } from './seldom.ts';

/** So many strangers are announced, then no more: `/list` has all of them. */
const STRANGERS = 10;

const FAILURES = 20;

const MAX_HINT = 60;

/** Tells of all that happens. @returns what ends it */
export function tellHappenings(chat: Chat): () => void {
  const { client, station } = chat.open;
  const connection = new ConnectionNotices(station, () => systemClock.now());
  const strangers = new Seldom(STRANGERS);
  const failures = new Seldom(FAILURES);
  const groups = new Set<string>();
  const known = client.groups.all().then((all) => all.forEach(({ group }) => groups.add(group.entityKey)));

  const tellFailure = async (error: unknown, about = ''): Promise<void> => {
    const { text, json } = failureOf(error);
    const code = isDimError(error) ? error.code : 'FAILED';
    if (failures.may(`${code} ${about}`) === false) return;
    await chat.view.show({
      is: 'notice',
      text: `${about}${text.slice('dim: '.length).trim()}`,
      json: { event: 'error', ...json },
    });
  };

  const stops = [
    client.on('received', async ({ key }) => {
      const arrival = await chat.arrived(key);
      if (arrival !== undefined && !arrival.isShown) await tellElsewhere(chat, arrival.stored, strangers);
    }),
    client.on('delivery', async (delivery) => chat.delivered(delivery)),
    client.on('connection', async (state) => {
      const notice = connection.of(state);
      if (notice === undefined) return;
      const { state: is, text } = notice;
      await chat.view.show({ is: 'notice', text, json: { event: 'connection', state: is } });
    }),
    client.on('contact', ({ id }) => {
      chat.names.forgetAll();
      if (chat.isCurrent(id)) void talkAgain(chat, id);
    }),
    client.on('learned', async ({ id }) => {
      chat.names.forget(id);
      if (chat.isCurrent(id)) await talkAgain(chat, id);
      if (!id.isGroup) return;
      await known;
      await tellGroup(chat, id, { groups, strangers });
    }),
    client.on('meta-changed', async ({ id }) => {
      const { text } = await chat.names.of(id);
      await chat.view.show({
        is: 'alarm',
        text: `SOMEBODY SHOWS ANOTHER IDENTITY FOR ${text}. It was refused. Compare the ID with its owner by other means before you trust anything: ${id.toString()}`,
        json: { event: 'meta-changed', id: id.toString() },
      });
    }),
    // Anybody may send what cannot be read: of those whom the person knows, it is told.
    client.on('refused', async ({ error, sender }) => {
      if (sender === undefined || !client.contact(sender).isAdded) return;
      const { text } = await chat.names.of(sender);
      await tellFailure(error, `a message of ${text} was not read: `);
    }),
    client.on('handler-failed', async ({ error }) => tellFailure(error)),
    client.on('error', async ({ error }) => tellFailure(error)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** The prompt says another name from now on. */
async function talkAgain(chat: Chat, id: ID): Promise<void> {
  chat.view.talk(await chat.names.of(id));
}

/** A line about a message of another conversation. */
async function tellElsewhere(chat: Chat, stored: StoredMessage<CliContent>, strangers: Seldom): Promise<void> {
  if (stored.isOwn) return;
  const { client } = chat.open;
  const { conversation, sender, content } = stored;
  const contact = client.contact(conversation);
  if (contact.isMuted) return;
  const name = await chat.names.of(conversation);
  const json = { event: 'elsewhere', conversation: conversation.toString(), sender: sender.toString() };
  if (!(await isFamiliar(chat.open, conversation))) {
    const may = strangers.may(conversation.entityKey);
    if (may === false) return;
    const last = may === 'last' ? ' Further ones are not announced.' : '';
    const who = conversation.isGroup ? 'a group of somebody who' : 'who';
    const text = `${name.text}, ${who} is no contact, has written: /list shows it.${last}`;
    return chat.view.show({ is: 'notice', text, json: { ...json, isStranger: true } });
  }
  const { label, text } = sayingOf(content);
  const who = conversation.isGroup ? `${name.text}, ${(await chat.names.of(sender)).text}` : name.text;
  const hint = label === undefined ? foreignLine(text, MAX_HINT) : `[${label}]`;
  await chat.view.show({ is: 'notice', text: `${who}: ${hint}`, json });
}

/** A line about a group that this person has become a member of. */
async function tellGroup(
  chat: Chat,
  group: ID,
  { groups, strangers }: { readonly groups: Set<string>; readonly strangers: Seldom },
): Promise<void> {
  if (groups.has(group.entityKey)) return;
  const { client } = chat.open;
  const state = await client.groups.state(group);
  if (state === undefined || !state.members.some((member) => member.equals(client.self.entity))) return;
  groups.add(group.entityKey);
  if (chat.names.isSelf(state.owner)) return;
  const isFriend = client.contact(state.owner).isAdded;
  if (!isFriend && strangers.may(state.owner.entityKey) === false) return;
  const [name, owner] = [await chat.names.of(group), await chat.names.of(state.owner)];
  await chat.view.show({
    is: 'notice',
    text: `you are in ${name.text}, a group of ${owner.text}: /list shows it.`,
    json: { event: 'group', group: group.toString(), owner: state.owner.toString() },
  });
}
