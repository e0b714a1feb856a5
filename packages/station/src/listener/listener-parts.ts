/** What the parts of a listener have from each other. */
import type { SecureContext } from 'node:tls';
import type { LinkShared } from '../link/link-shared.ts';
import type { AcceptLink } from '../ports/link.ts';
import type { Meter } from '../ports/meter.ts';
import type { AddressCounts } from './addresses.ts';
import type { HttpSide } from './http-side.ts';

/** For the connections of a listener, each of which is a `C`. */
export interface ListenerParts<C> {
  readonly accept: AcceptLink;
  readonly shared: LinkShared;
  readonly meter: Meter;
  readonly counts: AddressCounts;
  /** Addresses whose `X-Forwarded-For` is believed. */
  readonly proxies: ReadonlySet<string>;
  readonly http: HttpSide;
  /** Where the listener has a certificate. */
  secureContext(): SecureContext | undefined;
  isClosing(): boolean;
  /** A connection is over. */
  ended(connection: C): void;
  /** Code of others failed. */
  failed(event: string, error: unknown): void;
}
