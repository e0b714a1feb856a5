/** All rows, in the order of the tables. */
import { backlogRows } from './backlog.ts';
import { cipherRows } from './ciphers.ts';
import { clientRows } from './clients.ts';
import { contentRows } from './contents.ts';
import { identityRows } from './identities.ts';
import { messageRows } from './messages.ts';
import { relayRows } from './relay.ts';
import type { Row } from './row.ts';

/** @param quick without those that take long to prepare */
export function allRows(quick: boolean): readonly Row[] {
  return [
    ...messageRows(quick),
    ...identityRows(),
    ...cipherRows(quick),
    ...relayRows(),
    ...contentRows(),
    ...clientRows(quick),
    ...backlogRows(quick),
  ];
}
