/** Checks of one file, and what came of them. Nothing here is Node's alone: a page and a worker run the same suites. */

/** One check: it passes, throws, or says what is wrong. */
export interface Check {
  readonly name: string;
  run(): readonly string[] | void | Promise<readonly string[] | void>;
}

/** Says something about a file that is neither passed nor failed. */
export type Note = (text: string) => void;

/** Reads another file of the same directory: documents name the keys of `asymmetric-keys.json`. */
export type LoadFile = (name: string) => unknown;

/** The checks of one file, in order. */
export type Suite = (file: unknown, load: LoadFile, note: Note) => readonly Check[] | Promise<readonly Check[]>;

/** A check that did not pass, and what is wrong. */
export interface Failure {
  readonly name: string;
  readonly faults: readonly string[];
}

/** What came of one file. */
export interface FileReport {
  /** The file's name without `.json`. */
  readonly name: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

/** Runs checks, one after the other. What fails while they are made fails the file. */
export async function runChecks(
  name: string,
  checksOf: (note: Note) => readonly Check[] | Promise<readonly Check[]>,
): Promise<FileReport> {
  const start = performance.now();
  const failures: Failure[] = [];
  const notes: string[] = [];
  let passed = 0;
  try {
    for (const check of await checksOf((text) => void notes.push(text))) {
      const faults = await faultsOf(check);
      if (faults.length === 0) passed++;
      else failures.push({ name: check.name, faults });
    }
  } catch (error) {
    failures.push({ name: 'the file', faults: [messageOf(error)] });
  }
  return { name, passed, failures, notes, milliseconds: performance.now() - start };
}

/** Runs the file of a name; `load` gives the parsed content of any file of its directory. */
export async function runSuite(suites: ReadonlyMap<string, Suite>, name: string, load: LoadFile): Promise<FileReport> {
  const suite = suites.get(name);
  return suite === undefined ? unknownFile(name) : runChecks(name, (note) => suite(load(name), load, note));
}

/** The report of a file that no suite is for: nobody shall take it for one that passed. */
export async function unknownFile(name: string): Promise<FileReport> {
  return runChecks(name, () => {
    throw new Error('this version does not know the file');
  });
}

async function faultsOf(check: Check): Promise<readonly string[]> {
  try {
    return (await check.run()) ?? [];
  } catch (error) {
    return [messageOf(error)];
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
