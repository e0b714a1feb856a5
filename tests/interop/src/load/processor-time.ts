/** How much of a processor another process has taken. */
import { readFile } from 'node:fs/promises';

/** Linux counts in hundredths, whatever the machine. */
const TICKS_PER_SECOND = 100;

/** In seconds; undefined where the system does not tell it. */
export async function processorTimeOf(pid: number | undefined): Promise<number | undefined> {
  try {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may have spaces in it.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}
