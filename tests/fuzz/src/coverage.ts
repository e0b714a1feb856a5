/**
 * Which code ran, by V8's own block coverage, of chosen scripts.
 *
 * It must be started before those scripts are loaded: only functions compiled afterwards count their blocks.
 */
import { Session, type Profiler } from 'node:inspector';

/** What is known of one script: a byte for each character, 1 where it ever ran. */
interface Script {
  seen: Uint8Array;
  scratch: Uint8Array;
}

export class Coverage {
  readonly #session = new Session();
  readonly #isOurs: (url: string) => boolean;
  readonly #scripts = new Map<string, Script>();

  /** @param isOurs which scripts count, by their URL */
  constructor(isOurs: (url: string) => boolean) {
    this.#isOurs = isOurs;
  }

  start(): void {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Forgets what ever ran. */
  forget(): void {
    this.#take();
    this.#scripts.clear();
  }

  /**
   * How many characters of code ran since the last call that had never run before.
   * @param remember whether they count as known from now on
   */
  takeNews(remember: boolean): number {
    let news = 0;
    for (const { scriptId, functions } of this.#take()) news += this.#newsOf(scriptId, functions, remember);
    return news;
  }

  /** How often blocks were entered since the last call, in all: a measure of work that no clock disturbs. */
  takeWork(): number {
    let work = 0;
    for (const { functions } of this.#take()) {
      for (const { ranges } of functions) for (const { count } of ranges) work += count;
    }
    return work;
  }

  /** How many characters of code ever ran, and how many there are. */
  get reached(): { readonly characters: number; readonly of: number } {
    let characters = 0;
    let of = 0;
    for (const { seen } of this.#scripts.values()) {
      of += seen.length;
      for (const byte of seen) characters += byte;
    }
    return { characters, of };
  }

  #take(): readonly Profiler.ScriptCoverage[] {
    let scripts: readonly Profiler.ScriptCoverage[] = [];
    // The session is of this thread, so that the answer is there when the call returns.
    this.#session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (error !== null) throw error;
      scripts = answer.result.filter(({ url }) => this.#isOurs(url));
    });
    return scripts;
  }

  #newsOf(scriptId: string, functions: readonly Profiler.FunctionCoverage[], remember: boolean): number {
    const script = this.#scriptOf(scriptId, Math.max(...functions.map(({ ranges }) => ranges[0]?.endOffset ?? 0)));
    const { seen, scratch } = script;
    let [start, end] = [scratch.length, 0];
    // Outer ranges come before inner ones, which say the last word on their part.
    for (const { ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges) {
        scratch.fill(count > 0 ? 1 : 0, startOffset, endOffset);
        start = Math.min(start, startOffset);
        end = Math.max(end, endOffset);
      }
    }
    let news = 0;
    for (let index = start; index < end; index++) {
      if (scratch[index] === 0 || seen[index] === 1) continue;
      news++;
      if (remember) seen[index] = 1;
    }
    scratch.fill(0, start, end);
    return news;
  }

  #scriptOf(scriptId: string, length: number): Script {
    const known = this.#scripts.get(scriptId);
    if (known !== undefined && known.seen.length >= length) return known;
    const script = { seen: new Uint8Array(length), scratch: new Uint8Array(length) };
    if (known !== undefined) script.seen.set(known.seen);
    this.#scripts.set(scriptId, script);
    return script;
  }
}

/** Whether a script is one of the packages of this repository. */
export function ofPackages(url: string): boolean {
  return PACKAGES.some((directory) => url.startsWith(directory));
}

const PACKAGES: readonly string[] = ['mkm', 'dkd', 'dimp', 'dimplugins', 'dimsdk'].map((name) =>
  new URL('.', import.meta.resolve(name)).toString(),
);
