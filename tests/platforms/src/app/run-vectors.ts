/** Runs the conformance vectors wherever there is `fetch`. */
import { runFile } from 'conformance/run-file';

/** What came of one file, as data that goes from a worker to a page and from a page to Node. */
export interface VectorsOutcome {
  readonly name: string;
  readonly passed: number;
  readonly failures: readonly string[];
}

/** Runs the files of these names, which stand under `/vectors` on the server of the page. */
export async function runVectors(names: readonly string[]): Promise<readonly VectorsOutcome[]> {
  const files = new Map<string, unknown>();
  for (const name of names) {
    const response = await fetch(`/vectors/${name}.json`);
    files.set(name, await response.json());
  }
  const outcomes: VectorsOutcome[] = [];
  for (const name of names) {
    const { known, passed, failures } = await runFile(name, (other) => files.get(other));
    const texts = failures.map(({ check, error }) => `${check}: ${String(error)}`);
    outcomes.push({ name, passed, failures: known ? texts : ['no suite knows the file'] });
  }
  return outcomes;
}
