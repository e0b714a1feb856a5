/** Somebody who comes to one station, says to be at another one, and goes. */
import { LoginCommand } from 'dimp';
import { RawClient } from '../raw-client.ts';
import { dim, person } from '../world.ts';
import type { Region } from './region.ts';

/** @param ahead by how much the clock of that one is, in seconds */
export async function sayWhere(region: Region, who: string, at: string, where: string, ahead = 0): Promise<void> {
  const connection = await region.net
    .from(who)
    .connect(
      { host: '127.0.0.1', port: region.place(at).port },
      { clock: region.clock, logger: console, signal: AbortSignal.timeout(60_000) },
    );
  const client = await RawClient.open(dim, person(who), connection);
  await client.logIn();
  const station = { did: region.place(where).identity.id, host: '127.0.0.1', port: 1 };
  const time = region.clock.now() + ahead;
  const login = LoginCommand.create({ did: client.user.id, station, agent: 'test' }, { time });
  await client.say(login, dim.ID.parse('everyone@everywhere'));
  await connection.close();
}
