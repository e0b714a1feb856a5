/**
 * Notifications for users who are away, sent on to a service that can wake phones.
 *
 * `POST url`, `{ "id": text, "items": [PushItem, …] }`, signed: see `verifyPush`
 */
import { randomUUID } from 'node:crypto';
import { DimError, type ID } from 'dimp';
import { requireArgument } from 'dimp/extend';
import { BoundedCache, isHttpUrl } from 'dimp/internal';
import { silentLogger, systemClock, type Clock, type Logger } from 'dimsdk';
import type { CachedMessage } from '../routing/deliveries.ts';
import { postPush, type PushTarget } from './post-push.ts';
import { isToPush, LATEST, pushItemOf, type PushItem } from './push-item.ts';
import { readSecret } from './push-signature.ts';

/** Where notifications go, and how. */
export interface WebhookPushOptions {
  /** Of the service that wakes phones: `https:`, or `http:` within one's own network. */
  readonly url: string;
  /** What it knows the station by: 16 bytes or more, that nobody else knows. */
  readonly secret: string | Uint8Array;
  /** What to call a user or a group; the name in the ID, or the address, where this is not given, or gives nothing. */
  readonly nameOf?: ((id: ID) => string | undefined) | undefined;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
  /** How long the service may take for one request, in seconds; 10, if not given. */
  readonly timeout?: number | undefined;
  /** How many notifications may wait; 5000, if not given. Of more, the oldest ones are dropped. */
  readonly waiting?: number | undefined;
  /** What to send by; that of the platform, if not given. */
  readonly fetch?: typeof fetch | undefined;
}

/** Notifications on their way: both hooks are for `createStation`. */
export interface WebhookPush {
  /** A message waits for a user who is away. It takes no time. */
  readonly cached: (message: CachedMessage) => void;
  /** A user is here: badges begin anew. */
  readonly cameIn: (user: ID) => void;
  /** Sends what was collected, each once, and ends: after one timeout at the latest for each fifty. */
  close(): Promise<void>;
}

/** How long notifications are collected, in seconds. */
const COLLECTING = 1;

/** Notifications of one request. */
const BATCH = 50;

/** The first pause after a failure, in seconds; each next one is twice as long, up to the longest. */
const FIRST_PAUSE = 1;
const LONGEST_PAUSE = 32;

/** Users whose badges are counted. Of more, those that were counted last begin anew. */
const BADGES = 100_000;

/**
 * Sends notifications to a service, in the order in which messages came. What cannot be sent in two minutes is dropped: nothing
 * but a notification is lost, since the message waits in the mailbox.
 *
 * @throws DimError `USAGE_ARGUMENT` for an address, a secret or a number that is none
 * @example
 * ```ts
 * import { createStation, webhookPush, type Station, type StationOptions } from 'dimstation';
 *
 * async function withPush(options: StationOptions, secret: string): Promise<Station> {
 *   const push = webhookPush({ url: 'https://push.example.com/dim', secret });
 *   return createStation({ ...options, cached: push.cached, cameIn: push.cameIn });
 * }
 * ```
 */
export function webhookPush(options: WebhookPushOptions): WebhookPush {
  const { url, secret, timeout = 10, waiting = 5000, clock = systemClock } = requireArgument(options, 'options');
  const { hasCredentials } = checkUrl(url);
  if (hasCredentials) throw new DimError('USAGE_ARGUMENT', 'must have no user name or password', { path: 'url' });
  if (!(timeout > 0 && timeout < Infinity))
    throw new DimError('USAGE_ARGUMENT', 'must be a number of seconds', { path: 'timeout' });
  if (!Number.isSafeInteger(waiting) || waiting < 1)
    throw new DimError('USAGE_ARGUMENT', 'must be a whole number, 1 or more', { path: 'waiting' });
  const target = { url, secret: readSecret(secret), clock, timeout, fetch: options.fetch ?? fetch };
  const push = new Webhook(target, options, waiting);
  return Object.freeze<WebhookPush>({
    cached: (message) => push.add(message),
    cameIn: (user) => push.resetBadges(user),
    close: async () => push.close(),
  });
}

function checkUrl(url: string): { readonly hasCredentials: boolean } {
  if (typeof url !== 'string' || !isHttpUrl(url))
    throw new DimError('USAGE_ARGUMENT', 'must be an http or https URL', { path: 'url' });
  const { username, password } = new URL(url);
  return { hasCredentials: username !== '' || password !== '' };
}

/** A notification that waits. */
interface Waiting {
  readonly item: PushItem;
  /** When it was collected, in seconds since 1970. */
  readonly since: number;
}

class Webhook {
  readonly #target: PushTarget;
  readonly #logger: Logger;
  readonly #nameOf: (id: ID) => string | undefined;
  readonly #limit: number;
  readonly #badges = new BoundedCache<string, number>(BADGES);
  readonly #over = new AbortController();
  #waiting: Waiting[] = [];
  #dropped = 0;
  #work: Promise<void> | undefined;

  constructor(
    target: PushTarget,
    { logger = silentLogger, nameOf = () => undefined }: WebhookPushOptions,
    limit: number,
  ) {
    this.#target = target;
    this.#logger = logger;
    this.#nameOf = (id) => {
      try {
        return nameOf(id);
      } catch {
        // What a name is asked of may fail: nobody is to go without messages for that.
        return undefined;
      }
    };
    this.#limit = limit;
  }

  add(message: CachedMessage): void {
    const now = this.#target.clock.now();
    if (this.#over.signal.aborted || !isToPush(message, now)) return;
    const key = badgeKey(message.receiver);
    const badge = (this.#badges.get(key) ?? 0) + 1;
    this.#badges.set(key, badge);
    this.#waiting.push({ item: pushItemOf(message, badge, this.#nameOf), since: now });
    // A slow receiver gets the newest ones: a phone that was not woken for an hour needs no hundred calls.
    if (this.#waiting.length > this.#limit) {
      this.#waiting.shift();
      this.#dropped += 1;
    }
    this.#work ??= this.#run();
  }

  resetBadges(user: ID): void {
    this.#badges.set(badgeKey(user), 0);
    // Who has come at a terminal is given what waits for none in particular, too.
    this.#badges.set(badgeKey(user.entity), 0);
  }

  async close(): Promise<void> {
    this.#over.abort();
    await this.#work;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#waiting.length < BATCH) await this.#pause(COLLECTING);
      await this.#send(this.#waiting.splice(0, BATCH));
    }
    this.#work = undefined;
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    const items = batch.map(({ item }) => item);
    // The same each time, so that a receiver can tell that it has it.
    const body = JSON.stringify({ id: randomUUID(), items });
    const newest = batch.at(-1)?.since ?? 0;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      const { is, why } = await postPush(this.#target, body);
      if (is === 'taken') return this.#tellDropped();
      const isLast = is === 'refused' || this.#over.signal.aborted || this.#isTooLate(newest + LATEST - pause);
      this.#logger.warn('notifications could not be sent on', { count: items.length, why, again: !isLast });
      if (isLast) {
        this.#dropped += items.length;
        return;
      }
      await this.#pause(pause);
    }
  }

  #isTooLate(latest: number): boolean {
    return this.#target.clock.now() > latest;
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return;
    this.#logger.warn('notifications were dropped', { count: this.#dropped });
    this.#dropped = 0;
  }

  /** Waits; not at the end. */
  async #pause(seconds: number): Promise<void> {
    try {
      await this.#target.clock.wait(seconds, this.#over.signal);
    } catch {
      // It is over.
    }
  }
}

/** Of a user at a terminal. */
function badgeKey(user: ID): string {
  return `${user.entityKey} ${user.terminal ?? ''}`;
}
