/** Logging, for those who want it: an application passes its own logger, or one of its own making. */

/** What belongs to a log line: IDs, counts, codes. Never a content, a key, a session key or a passphrase. */
export type LogDetails = Readonly<Record<string, string | number | boolean | undefined>>;

/** Takes log lines. `console` is one. */
export interface Logger {
  debug(event: string, details?: LogDetails): void;
  info(event: string, details?: LogDetails): void;
  warn(event: string, details?: LogDetails): void;
  error(event: string, details?: LogDetails): void;
}

/** Says nothing. */
export const silentLogger: Logger = /* @__PURE__ */ Object.freeze({
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
});
