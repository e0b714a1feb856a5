/** Passing on what is for all stations: to each neighbor once. */
import { DimError } from 'dimp';
import { textsOf } from '../directory/items-of.ts';
import type { ReceivedMessage } from '../messages/received-message.ts';
import type { Neighbors } from '../ports/neighbors.ts';
import type { Session } from '../sessions/session.ts';
import type { StationParts } from '../sessions/parts.ts';
import { traceHere, withEnvelope } from './envelopes.ts';
import { stationsIn, tracesOf } from './trace-guard.ts';

/** More stations than have one message. */
const MAX_RECIPIENTS = 256;

/**
 * Passes on a message that is for all stations, to those neighbors that do not have it yet, as far as it says.
 * @throws DimError `INPUT_LIMIT`
 */
export function passToAll(
  parts: StationParts,
  neighbors: Neighbors,
  session: Session,
  received: ReceivedMessage,
): void {
  const { fields } = received.message;
  const traces = tracesOf(fields, parts.self.toString());
  const recipients = textsOf(fields, 'recipients');
  if (recipients.length > MAX_RECIPIENTS)
    throw new DimError('INPUT_LIMIT', 'is for too many stations', { path: 'recipients' });
  if (traces.isHere || traces.isFull) return;
  const been = new Set([...recipients, ...stationsIn(traces.list)]);
  const targets = neighbors
    .reachable()
    .filter((station) => !been.has(station.toString()) && session.user?.equals(station) !== true);
  if (targets.length === 0) return;
  const all = [...new Set([...recipients, ...targets.map((station) => station.toString())])];
  const bytes = withEnvelope(received, { traces: [...traces.list, traceHere(parts)], recipients: all });
  for (const station of targets) neighbors.pass({ bytes, signature: received.signature }, station);
}
