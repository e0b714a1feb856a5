/** What a client tells. */
import { DimError, type Content, type DimContent, type ID } from 'dimp';
import type { Contact } from '../contacts/contacts.ts';
import type { HandlerFailure } from '../inbox/handlers.ts';
import type { Refusal } from '../inbox/inbox-host.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Received } from '../ports/handler.ts';
import type { ConnectionState } from '../session/line.ts';

/** Another meta of an identity than the one that is known: somebody else may be behind it. Show it to the person. */
export interface MetaAlarm {
  readonly id: ID;
  readonly error: DimError;
}

/** The contents of a kind, where a type names them; else those of the protocol that have this kind. */
export type OfKind<C extends Content, K extends string> = [Extract<C, { readonly kind: K }>] extends [never]
  ? Extract<DimContent<readonly []>, { readonly kind: K }>
  : Extract<C, { readonly kind: K }>;

/** The events of a client, by name. */
export interface ClientEvents<C extends Content> {
  /** A content that came in, is kept, and was verified. It is told again where the process ended before it was handled. */
  readonly received: Received<C>;
  /** A delivery is further than it was. */
  readonly delivery: Delivery;
  /** The connection is another than before. */
  readonly connection: ConnectionState;
  /** More is known of an identity: its meta, a visa, a bulletin, members. */
  readonly learned: { readonly id: ID };
  /** A contact was added, changed, blocked, muted or forgotten. */
  readonly contact: Contact;
  readonly 'meta-changed': MetaAlarm;
  /** A message was not read. Replays are not told. */
  readonly refused: Refusal;
  readonly 'handler-failed': HandlerFailure;
  /** Something failed that nobody waits for: the store above all. It is tried again. */
  readonly error: { readonly error: unknown };
}

const NAMES: Readonly<Record<keyof ClientEvents<Content>, true>> = {
  received: true,
  delivery: true,
  connection: true,
  learned: true,
  contact: true,
  'meta-changed': true,
  refused: true,
  'handler-failed': true,
  error: true,
};

/** @throws DimError `USAGE_ARGUMENT` for what is no event of a client */
export function checkEventName(name: string): void {
  if (Object.hasOwn(NAMES, name)) return;
  throw new DimError('USAGE_ARGUMENT', `must be one of ${Object.keys(NAMES).join(', ')}`, { path: 'name' });
}
