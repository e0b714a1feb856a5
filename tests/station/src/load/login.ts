/** A login by hand: what a client does, without a client's store, queues and handlers. */
import { MemoryStore, type Dim, type ID, type Messenger, type User } from 'dimp';
import type { Connection, IncomingPayload } from 'dimsdk';
import { HandshakeCommand } from 'dimp';

/** Somebody who has logged in over a connection. */
export interface LoggedIn {
  readonly user: User;
  readonly messenger: Messenger;
  readonly connection: Connection;
  readonly incoming: AsyncIterator<IncomingPayload>;
}

/** Logs in. */
export async function logIn(dim: Dim, user: User, connection: Connection): Promise<LoggedIn> {
  const store = new MemoryStore();
  await dim.addUser(store, user);
  const messenger = dim.messenger({ self: user.id, store });
  const incoming = connection.incoming[Symbol.asyncIterator]();
  const anyStation = dim.ID.parse('station@anywhere');
  const stations = dim.ID.parse('stations@everywhere');
  await say(HandshakeCommand.offer(undefined, { group: stations }), anyStation, true);
  const asked = await answer();
  await say(HandshakeCommand.offer(asked.session), asked.station, false);
  await answer();
  return { user, messenger, connection, incoming };

  async function say(content: HandshakeCommand, receiver: ID, introduce: boolean): Promise<void> {
    const { message } = await messenger.packMessage(content, receiver, { introduce });
    await connection.send(message.encode());
  }

  async function answer(): Promise<{ readonly session: string; readonly station: ID }> {
    const next = await incoming.next();
    if (next.done === true) throw new Error('the station has ended the connection');
    next.value.acknowledge();
    const { content, message } = await messenger.unpack(next.value.bytes);
    const { session } = content.fields;
    return { session: typeof session === 'string' ? session : '', station: message.sender };
  }
}
