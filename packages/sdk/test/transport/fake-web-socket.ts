/** A WebSocket as browsers have it, whose other side is the test. */
import type { WebSocketLike } from '../../src/index.ts';
import { settled } from './turned-clock.ts';

type Listener = (event: object) => void;

export class FakeWebSocket implements WebSocketLike {
  binaryType = 'blob';
  readyState = 0;
  bufferedAmount = 0;
  readonly url: string;
  /** Texts that were sent since the last {@link said}. */
  #sent: string[] = [];
  readonly #listeners = new Map<string, Listener[]>();
  /** With which code it was closed here. */
  closedWith: number | undefined;
  isClosed = false;

  constructor(url: string) {
    this.url = url;
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  send(text: string): void {
    this.#sent.push(text);
  }

  close(code?: number): void {
    this.closedWith ??= code;
    this.isClosed = true;
  }

  /** What was sent since the last call. */
  said(): readonly string[] {
    return this.#sent.splice(0);
  }

  /** Something happens. */
  async happens(type: 'open' | 'message' | 'close' | 'error', event: object = {}): Promise<void> {
    if (type === 'open') this.readyState = 1;
    if (type === 'close') this.readyState = 3;
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
    await settled();
  }

  /** Frames come in. */
  async gives(...frames: readonly unknown[]): Promise<void> {
    for (const data of frames) for (const listener of this.#listeners.get('message') ?? []) listener({ data });
    await settled();
  }
}
