/** The two ends of a terminal in this process. */
import { PassThrough, Writable } from 'node:stream';
import { TerminalScreen } from './terminal-screen.ts';

/** A keyboard, and what shows. */
export function terminalStreams(columns: number) {
  const screen = new TerminalScreen({ columns, rows: 20, convertEol: true });
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const stdout = Object.assign(
    new Writable({
      write: (bytes: Buffer, _, done) => {
        screen.write(bytes);
        done();
      },
    }),
    { isTTY: true, columns, rows: 20 },
  );
  return { screen, stdin, stdout };
}
