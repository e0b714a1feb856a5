/** Logins that a neighbor hands on in an answer. They are signed by those who have logged in. */
import type { Dim, JsonMap } from 'dimp';
import { readMessage } from '../messages/received-message.ts';
import type { Arrival } from './arrivals.ts';
import { isForAll } from './broadcasts.ts';

/** Logins in one answer: a station keeps eight of a user. */
const MAX_BROUGHT = 8;

/** The logins among messages that a neighbor has handed on. */
export function loginsIn(dim: Dim, brought: readonly JsonMap[]): readonly Arrival[] {
  return brought.slice(0, MAX_BROUGHT).flatMap((fields) => {
    const message = dim.ReliableMessage.tryParse(fields);
    if (message === undefined || !isForAll(message.receiver)) return [];
    return [{ received: readMessage(dim, message.encode(), false), settle: () => undefined }];
  });
}
