/** A program of the network in a process of its own: requests and answers in JSON lines, and lines of what happens. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { parseJson, stringifyJson, type JsonMap } from 'dimp';
import { isJsonMap } from 'dimp/extend';
import { BrokenSide, Refusal } from '../side.ts';
import { asText } from '../values.ts';
import { EventLog, PATIENCE_MS } from './event-log.ts';
import type { Journal } from './journal.ts';

/** How to start one. It must end when its input does. */
export interface ProgramOptions {
  /** For reports. */
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly journal: Journal;
  /** Whether a line says that something happened; the others are for the journal only. JSON maps, if not given. */
  readonly readEvent?: (line: string) => JsonMap | undefined;
  /** How long it may take to end with its input. */
  readonly stopMs?: number;
}

/** A program that runs. */
export interface Program {
  readonly pid: number | undefined;
  readonly events: EventLog<JsonMap>;
  /** @throws Refusal when the program says no; BrokenSide when it ended or does not answer */
  request(op: string, parameters?: JsonMap): Promise<JsonMap>;
  /** Ends it: first by the end of its input, and after a while by force. */
  stop(): Promise<void>;
  /** Ends it by force. */
  kill(): Promise<void>;
}

/** What the library says of settings that need not be there. */
const NOISE = /Config >|NeighborLoader >|Storage >|^!!!/;

interface Asked {
  readonly resolve: (answer: JsonMap) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a program. What it says at once are its first events. */
export function startProgram({ name, command, journal, ...options }: ProgramOptions): Program {
  const { readEvent = readMap, stopMs = 3000 } = options;
  const child = spawn(command, options.arguments, { stdio: ['pipe', 'pipe', 'pipe'] });
  const events = new EventLog<JsonMap>(name);
  const asked = new Map<number, Asked>();
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  let count = 0;
  let broken: string | undefined;

  function breakOff(reason: string): void {
    broken ??= reason;
    events.break(broken);
    for (const { reject } of asked.values()) reject(new BrokenSide(`${name}: ${broken}`));
    asked.clear();
  }

  function hear(line: string): void {
    journal.add(name, line);
    const event = readEvent(line);
    if (event === undefined) return;
    const number = event['n'];
    if (typeof number !== 'number') return events.add(event);
    const { resolve, reject } = asked.get(number) ?? {};
    asked.delete(number);
    if (event['ok'] === true) resolve?.(event);
    else reject?.(new Refusal(`${name}: ${asText(event['reason'])}`));
  }

  child.stdin.on('error', () => breakOff('does not listen'));
  child.on('error', (error) => breakOff(`does not start: ${error.message}`));
  child.on('close', (code) => breakOff(`ended with ${code ?? 'a signal'}`));
  createInterface({ input: child.stdout, crlfDelay: Infinity }).on('line', (line) => hear(line));
  createInterface({ input: child.stderr, crlfDelay: Infinity }).on('line', (line) => {
    if (!NOISE.test(line)) journal.add(`${name} (log)`, stripVTControlCharacters(line));
  });

  return {
    pid: child.pid,
    events,
    async request(op, parameters = {}) {
      if (broken !== undefined) throw new BrokenSide(`${name}: ${broken}`);
      const n = ++count;
      const line = stringifyJson({ ...parameters, n, op });
      journal.add(`to ${name}`, line);
      const answer = new Promise<JsonMap>((resolve, reject) => asked.set(n, { resolve, reject }));
      const timer = setTimeout(() => breakOff(`no answer to ${op}`), PATIENCE_MS);
      child.stdin.write(`${line}\n`);
      try {
        return await answer;
      } finally {
        clearTimeout(timer);
      }
    },
    async stop() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
      await closed;
      clearTimeout(timer);
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

function readMap(line: string): JsonMap | undefined {
  try {
    const value = parseJson(line);
    return isJsonMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
