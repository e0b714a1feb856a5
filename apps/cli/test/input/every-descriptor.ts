/** A process that asks for the passphrase from each file that Node may have open for itself, and tells the exit codes. */
import { PassThrough } from 'node:stream';
import { runProgram } from '../../src/program.ts';

const [folder = '', home = '', ...line] = process.argv.slice(2);
const codes: Record<string, number> = {};
for (let fd = 4; fd < 24; fd += 1) {
  codes[fd] = await runProgram({
    arguments: [...line, '--passphrase-fd', String(fd)],
    environment: { DIM_HOME: home, DIM_PASSPHRASE: '' },
    folder,
    stdin: new PassThrough().end(),
    stdout: new PassThrough().resume(),
    stderr: new PassThrough().resume(),
    signal: new AbortController().signal,
  });
}
process.stdout.write(JSON.stringify(codes));
