/** Another implementation in a process of its own: a JSON map on a line asks, one on a line answers. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type JsonMap, type JsonValue } from 'dimp';
import { isJsonMap } from 'dimp/extend';
import { asText } from './values.ts';
import { BrokenSide, Refusal, Unsupported, type Introduction, type Side } from './side.ts';

/** A program and how to start it. */
export interface Program {
  readonly command: string;
  readonly arguments: readonly string[];
  /** How long one answer may take. To start may take a minute. */
  readonly timeoutMs?: number;
}

const START_TIMEOUT_MS = 60_000;

interface Waiting {
  readonly resolve: (answer: JsonMap) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts a program and lets it introduce itself.
 * @throws BrokenSide
 */
export async function startProcess(program: Program): Promise<Side> {
  const { timeoutMs: answerTimeoutMs = 60_000 } = program;
  const child = spawn(program.command, program.arguments, { stdio: ['pipe', 'pipe', 'pipe'] });
  const waiting = new Map<number, Waiting>();
  let count = 0;
  let broken: BrokenSide | undefined;
  let complaints = '';

  function breakOff(reason: string): void {
    broken ??= new BrokenSide(complaints === '' ? reason : `${reason}\n${complaints}`);
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
    child.kill();
  }

  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => (complaints = (complaints + text).slice(-2000)));
  child.stdin.on('error', () => breakOff('the program does not listen'));
  child.on('error', (error) => breakOff(`the program does not start: ${error.message}`));
  child.on('close', (code) => breakOff(`the program ended with ${code ?? 'a signal'}`));
  createInterface({ input: child.stdout, crlfDelay: Infinity }).on('line', (line) => {
    const answer = parseAnswer(line);
    const number = answer?.['n'];
    const asked = typeof number === 'number' ? waiting.get(number) : undefined;
    if (answer === undefined || asked === undefined) return breakOff(`no answer to anything: ${line.slice(0, 200)}`);
    waiting.delete(Number(number));
    if (answer['ok'] === true) return asked.resolve(answer);
    const reason = typeof answer['reason'] === 'string' ? answer['reason'] : 'no reason given';
    asked.reject(answer['unsupported'] === true ? new Unsupported(reason) : new Refusal(reason));
  });

  async function request(op: string, parameters: JsonMap = {}): Promise<JsonMap> {
    return ask(op, parameters, answerTimeoutMs);
  }

  async function ask(op: string, parameters: JsonMap, timeoutMs: number): Promise<JsonMap> {
    if (broken !== undefined) throw broken;
    const n = ++count;
    const answer = new Promise<JsonMap>((resolve, reject) => waiting.set(n, { resolve, reject }));
    const timer = setTimeout(() => breakOff(`no answer to ${op} within ${timeoutMs} ms`), timeoutMs);
    child.stdin.write(`${JSON.stringify({ ...parameters, n, op })}\n`);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
    }
  }

  const introduction = await introduce();
  return {
    introduction,
    request,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(timer);
    },
  };

  async function introduce(): Promise<Introduction> {
    try {
      return readIntroduction(await ask('hello', {}, START_TIMEOUT_MS));
    } catch (error) {
      child.kill();
      throw error;
    }
  }
}

function parseAnswer(line: string): JsonMap | undefined {
  try {
    const value = JSON.parse(line) as JsonValue;
    return isJsonMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readIntroduction(answer: JsonMap): Introduction {
  const { name, versions, operations, kinds, shapes, reads, shortNames } = answer;
  if (typeof name !== 'string' || versions === undefined || !isJsonMap(versions))
    throw new BrokenSide('the program does not say who it is');
  return {
    name,
    versions: Object.fromEntries(Object.entries(versions).map(([key, value]) => [key, asText(value)])),
    operations: textsOf(operations),
    kinds: textsOf(kinds),
    shapes: textsOf(shapes),
    reads: textsOf(reads),
    shortNames: shortNames === true,
  };
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.map((item: JsonValue) => asText(item)) : [];
}
