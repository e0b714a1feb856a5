/** The connection, the clock, and what waits. */
import type { Call } from '../command/call.ts';
import { withDeadline } from '../input/deadline.ts';
import { untilOnline, type OpenClient } from '../messages/open-client.ts';
import { minuteText } from '../text/time.ts';
import { printable } from '../text/printable.ts';
import { badFrom, type Finding } from './finding.ts';

/** Receivers take a message that is a day ahead, and the network a login of half an hour; people see it much earlier. */
const MUCH_APART = 60;
/** How long to wait for a word of the station, in seconds. */
const PATIENCE = 4;

/** Connects, and compares clocks by what the station says. */
export async function lookAtStation(call: Call, open: OpenClient, seconds: number): Promise<readonly Finding[]> {
  const { client, station } = open;
  const said = firstWordOf(open, call.context.signal);
  const begin = performance.now();
  try {
    await untilOnline(open, { signal: call.context.signal, seconds });
  } catch (error) {
    return [badFrom('connection', error), { about: 'clock', is: 'unknown', says: 'no station says what time it is' }];
  }
  const state = client.connection;
  const id = state.is === 'online' ? state.station.toString() : '';
  const took = `logged in within ${Math.ceil(performance.now() - begin)} ms`;
  const connection: Finding = {
    about: 'connection',
    is: 'good',
    says: `${printable(station)}, ${printable(id)}, ${took}`,
  };
  return [connection, clockFinding(await said)];
}

/** How far the station's clock is ahead of this one, in seconds; undefined where it says nothing. */
async function firstWordOf({ client }: OpenClient, signal: AbortSignal): Promise<number | undefined> {
  return withDeadline(signal, PATIENCE, async (over) => {
    for await (const { sender, content } of client.events('received', over)) {
      const state = client.connection;
      if (content.time !== undefined && state.is === 'online' && sender.equals(state.station.entity))
        return content.time - Date.now() / 1000;
    }
    return undefined;
  });
}

function clockFinding(ahead: number | undefined): Finding {
  if (ahead === undefined) return { about: 'clock', is: 'unknown', says: 'the station has not said what time it is' };
  const apart = Math.round(Math.abs(ahead));
  if (apart < MUCH_APART) return { about: 'clock', is: 'good', says: 'as the station has it' };
  return {
    about: 'clock',
    is: 'bad',
    says: `this device is ${apart} seconds ${ahead > 0 ? 'behind' : 'ahead of'} the station`,
    advice: 'Set the clock, by NTP say: messages of a wrong time are refused.',
    code: 'USAGE_CLOCK',
  };
}

/** What has not gone out. */
export async function lookAtDeliveries({ client }: OpenClient): Promise<Finding> {
  const waiting = (await client.deliveries()).filter(({ state }) => state === 'queued');
  if (waiting.length === 0) return { about: 'messages', is: 'good', says: 'nothing waits to go out' };
  return {
    about: 'messages',
    is: 'unknown',
    says: `${waiting.length} wait to go out, seen at ${minuteText(Date.now() / 1000)}`,
  };
}
