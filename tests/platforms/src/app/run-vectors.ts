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
    const { passed, failures } = await runFile(name, (other) => files.get(other));
    outcomes.push({
      name,
      passed,
      failures: failures.map((failure) => `${failure.name}: ${failure.faults.join('; ')}`),
    });
  }
  return outcomes;
}
