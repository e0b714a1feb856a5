/** What the server of this page says, and what it said last. */
import type { ClientStore } from 'dimsdk';
import type { Platform } from './platform.ts';
import { askServer, isSame, keepConfig, keptConfig, NOTHING_SAID, type ServerConfig } from './server-config.ts';

export class ServerWord {
  readonly #platform: Platform;
  #asked: Promise<ServerConfig | undefined> = Promise.resolve(undefined);
  #config: ServerConfig = NOTHING_SAID;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** What counts now. */
  get config(): ServerConfig {
    return this.#config;
  }

  /** Asks it, once more. Done when it has answered, or will not. */
  async ask(): Promise<void> {
    this.#asked = askServer(this.#platform);
    await this.#asked;
  }

  /** What it said last counts: only the first time somebody waits for it. */
  async read(store: ClientStore): Promise<ServerConfig> {
    this.#config = (await keptConfig(store)) ?? (await this.#asked) ?? NOTHING_SAID;
    return this.#config;
  }

  /** Keeps what it has answered, for those without a network. @returns whether that is something else than what counts */
  async isAnother(store: ClientStore): Promise<boolean> {
    const config = await this.#asked;
    if (config === undefined) return false;
    await keepConfig(store, config);
    return !isSame(config, this.#config);
  }
}
