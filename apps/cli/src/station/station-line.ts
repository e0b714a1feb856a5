/** What of a command line is for the one of a station. */

/** An option of this program. */
interface ProgramOption {
  readonly long?: string | undefined;
  readonly required: boolean;
}

/** A command of a station. */
export interface StationLine {
  readonly name: string;
  /** What stands behind its name, as it was given. */
  readonly rest: readonly string[];
  /** What stands before its name and is none of this program's commands: options, with their values. */
  readonly before: readonly string[];
}

/** Reads `dim [options] station [options] NAME REST`. What stands behind the name is not read: a station has options of its own. */
export function stationLine(given: readonly string[], options: readonly ProgramOption[]): StationLine {
  const before: string[] = [];
  let isBehindStation = false;
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? '';
    if (word.startsWith('-')) {
      before.push(word);
      const option = options.find(({ long }) => long === word);
      if (option?.required === true) before.push(given[++at] ?? '');
    } else if (isBehindStation) return { name: word, rest: given.slice(at + 1), before };
    else isBehindStation = true;
  }
  return { name: '', rest: [], before };
}
