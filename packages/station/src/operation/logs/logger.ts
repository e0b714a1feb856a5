/** Logs: one event a line, with what belongs to it. */
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import type { LogDetails, Logger } from 'dimsdk';
import { printable } from 'dimp/internal';
import type { Settings } from '../options/options.ts';

/** Where logs go, and in which form. */
export interface LogOptions {
  readonly level: Settings['log-level'];
  readonly format: 'pretty' | 'json';
  readonly output: DestinationStream;
}

/**
 * Nobody should log these. Where somebody does it all the same, the value stays out of the log.
 */
const SECRETS = [
  'passphrase',
  'password',
  'token',
  'key',
  'keys',
  'session',
  'sessionKey',
  'signature',
  'data',
  'content',
  'text',
];

/** A logger that writes by pino. What a peer has chosen is written without what could hide or forge lines. */
export async function createLogger({ level, format, output }: LogOptions): Promise<Logger> {
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRETS, censor: '(hidden)' },
    },
    format === 'json' ? output : await prettyStream(output),
  );
  return new StructuredLogger(log);
}

class StructuredLogger implements Logger {
  readonly #log: PinoLogger;

  constructor(log: PinoLogger) {
    this.#log = log;
  }

  debug(event: string, details?: LogDetails): void {
    if (this.#log.isLevelEnabled('debug')) this.#log.debug(printableDetails(details), printable(event));
  }

  info(event: string, details?: LogDetails): void {
    this.#log.info(printableDetails(details), printable(event));
  }

  warn(event: string, details?: LogDetails): void {
    this.#log.warn(printableDetails(details), printable(event));
  }

  error(event: string, details?: LogDetails): void {
    this.#log.error(printableDetails(details), printable(event));
  }
}

function printableDetails(details: LogDetails = {}): LogDetails {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, typeof value === 'string' ? printable(value) : value]),
  );
}

/** Loaded where it is wanted: services have no use for it. */
async function prettyStream(output: DestinationStream): Promise<DestinationStream> {
  const { prettyFactory } = await import('pino-pretty');
  const pretty = prettyFactory({
    colorize: false,
    singleLine: true,
    messageKey: 'event',
    translateTime: 'SYS:HH:MM:ss',
  });
  return { write: (line) => output.write(pretty(JSON.parse(line))) };
}
