/** What a new device is called. */
import { randomBytes } from 'node:crypto';

/** Two devices never share a name: the visa of the second would take the place of the first one's. */
export function newTerminal(): string {
  return `dim-${randomBytes(3).toString('hex')}`;
}
