/** How long Node takes to import the packages, over an empty script. */
import { runCommand } from '../run-command.ts';

const ROUNDS = 20;

/** What is imported. Each has all of those before it. */
const SCRIPTS = {
  core: "import 'dimp'; import 'dimplugins';",
  client: "import 'dimp'; import 'dimplugins'; import 'dimsdk';",
  nodeClient: "import 'dimp'; import 'dimplugins'; import 'dimsdk'; import 'dimsdk/node';",
} as const;

/** What is imported: `dimp` and `dimplugins`, `dimsdk` beside them, and `dimsdk/node`. */
export type Imported = keyof typeof SCRIPTS;

/** Prints the processor time that a process has taken from its start. */
const CLOCK = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);';

/** What an empty script takes on a machine that is not busy. A busy or slow one makes both slower in the same measure. */
const EMPTY = 45;

/** Milliseconds of processor time. */
export interface ImportTime {
  readonly empty: number;
  /** With all packages. */
  readonly full: number;
  /** The difference, where the empty script takes no longer than {@link EMPTY}. */
  readonly scaled: number;
}

/** Measures `dimp` and `dimplugins`. */
export async function measureImportTime(application: string): Promise<ImportTime> {
  const { core } = await measureImportTimes(application, ['core']);
  return core;
}

/** The second fastest of each: whatever else the machine does can only add. All take turns. */
export async function measureImportTimes<K extends Imported>(
  application: string,
  all: readonly K[],
): Promise<Readonly<Record<K, ImportTime>>> {
  const times = new Map<K | 'empty', number[]>([['empty', []]]);
  for (const name of all) times.set(name, []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, measured] of times) {
      const script = name === 'empty' ? '' : SCRIPTS[name];
      const parameters = ['--input-type=module', '--eval', script + CLOCK];
      const time = Number(await runCommand(process.execPath, parameters, { cwd: application }));
      if (Number.isFinite(time)) measured.push(time);
    }
  }
  const empty = fastest(times.get('empty'));
  const results = all.map((name) => {
    const full = fastest(times.get(name));
    return [name, { empty, full, scaled: (full - empty) * Math.min(1, EMPTY / empty) }] as const;
  });
  // Each of them was measured.
  return Object.fromEntries(results) as Record<K, ImportTime>;
}

function fastest(values: readonly number[] = []): number {
  return [...values].sort((one, other) => one - other)[1] ?? Number.NaN;
}
