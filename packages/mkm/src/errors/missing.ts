/** What an application lacks, as data: to ask somebody for it, and to try again once it is there. */
import type { ID } from '../identity/identifier.ts';

/**
 * One thing that is missing, and whose it is.
 *
 * | what | whose | who has it |
 * |---|---|---|
 * | `meta` | the identity | the identity itself, or a station |
 * | `visa` | the user that nobody can encrypt to | the user, or a station |
 * | `members` | the group | its founder and administrators, or a bot of the group |
 * | `private-key` | the local user | only this application |
 * | `message-key` | the sender, and the `destination` that it wrote to | the sender |
 */
export type Missing =
  | { readonly what: 'meta' | 'visa' | 'members' | 'private-key'; readonly id: ID }
  | { readonly what: 'message-key'; readonly id: ID; readonly destination: ID };
