/** Tellings: an event whose teller waits goes from listener to listener until it is ended, and the teller is to know how far it came. */

/** How far an event came. */
export class Telling {
  /** After it is aborted no further listener is called. */
  readonly signal: AbortSignal;
  /** How many listeners are still to be called; undefined while nobody has begun. */
  left: number | undefined;

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  /** Whether all listeners were called. They may not have ended yet: one of them may be the one that ends all this. */
  get isWhole(): boolean {
    return this.left === 0;
  }
}

/** By their events: those who only hand an event on need know nothing of it. */
const tellings = /* @__PURE__ */ new WeakMap<object, Telling>();

/** Whoever tells this event from now on waits. */
export function beginTelling(event: object, signal: AbortSignal): Telling {
  const telling = new Telling(signal);
  tellings.set(event, telling);
  return telling;
}

/** How an event is told; undefined where its teller does not wait. */
export function tellingOf(event: object): Telling | undefined {
  return tellings.get(event);
}
