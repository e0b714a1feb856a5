/** What `--only` selects: a file, and behind a slash a part of the names of its cases. */
import { namesIn, readCaseFile } from 'runner/case-files';
import { nameAmong, quoted, suggestion } from 'runner/names';
import { UsageError } from 'runner/usage-error';
import { readCases, type HostileCase } from './case.ts';

/** What was selected. */
export interface NamedSelection {
  readonly fileName?: string;
  readonly caseName?: string;
}

/** @throws UsageError where nothing would run: it would look as if nothing was there to fail */
export function selectionOf(directory: string, only: string | undefined, heavy: boolean): NamedSelection {
  if (only === undefined) return {};
  const [given = '', ...rest] = only.split('/');
  const known = namesIn(directory).filter((name) => name !== 'fixtures');
  const fileName = nameAmong(given.replace(/\.json$/, ''), known, 'file of cases');
  if (rest.length === 0) return { fileName };
  const caseName = rest.join('/');
  const cases = casesIn(directory, fileName);
  const found = cases?.filter(({ name }) => name.includes(caseName));
  if (cases !== undefined && found?.length === 0) {
    const near = suggestion(
      caseName,
      cases.map(({ name }) => name),
    );
    throw new UsageError(`no case of ${fileName}.json has ${quoted(caseName)} in its name${near}`);
  }
  if (!heavy && found?.every((entry) => entry.heavy) === true)
    throw new UsageError(`${quoted(caseName)} runs with --heavy only, as it needs much memory`);
  return { fileName, caseName };
}

/** The cases of a file; of one that cannot be read, none: that is a failure, which the run will tell. */
function casesIn(directory: string, fileName: string): readonly HostileCase[] | undefined {
  try {
    return readCases(readCaseFile(directory, fileName));
  } catch {
    return undefined;
  }
}
