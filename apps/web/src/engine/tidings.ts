/** What happens at the client, told to pages: of strangers no more than that there is a request. */
import { isDimError, type ID } from 'dimp';
import { failureOf } from './failure.ts';
import { continueToJoin } from './joining.ts';
import { isHidden, type OpenSession } from './open-session.ts';
import type { SessionHost } from './session-host.ts';

/** @returns what ends it */
export function tellTidings(open: OpenSession, host: SessionHost): () => void {
  const { client, people, alarms, strangers, tell } = open;
  const failed = (error: unknown): void => {
    if (isDimError(error) && error.code === 'STORE_CLOSED') host.broke(failureOf(error));
  };
  const peopleChanged = (): void => tell({ tell: 'people' });

  const stops = [
    client.on('received', async ({ key }) => {
      const message = await client.conversations.message(key);
      if (message === undefined) return;
      const { conversation, isOwn } = message;
      const name = conversation.toString();
      // Of a stranger: that there is something, and nothing of it.
      if (await isHidden(open, conversation)) return tell({ tell: 'conversation', conversation: name });
      const isNew = !isOwn && !client.contact(conversation).isMuted;
      tell({ tell: 'message', conversation: name, key, isNew });
    }),
    client.on('delivery', ({ id, receiver }) => {
      tell({ tell: 'message', conversation: receiver.entity.toString(), key: id, isNew: false });
    }),
    client.on('connection', () => host.stateChanged()),
    client.on('contact', () => {
      people.changed();
      peopleChanged();
    }),
    client.on('learned', async ({ id }) => {
      people.learned(id);
      if (id.equals(client.self)) host.stateChanged();
      open.stories.learned(id);
      if (id.isGroup) await continueToJoin(open, id);
      peopleChanged();
    }),
    client.on('meta-changed', async ({ id }) => raise(id)),
    client.on('error', ({ error }) => failed(error)),
  ];
  return () => {
    for (const stop of stops) stop();
  };

  async function raise(id: ID): Promise<void> {
    if (!(await alarms.raise(id, await strangers.isStranger(id)))) return;
    people.changed();
    tell({ tell: 'alarm', id: id.entity.toString() });
    peopleChanged();
  }
}
