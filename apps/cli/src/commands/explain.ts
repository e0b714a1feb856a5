/** `dim explain`: what a message is, and why it fails. */
import type { Cli } from '../command/cli.ts';

/** Adds the command. */
export function addExplainCommand(cli: Cli): void {
  cli
    .command(
      undefined,
      'explain <file>',
      'says what a message is, step by step, and why it fails; `-` is standard input',
      [
        ['explain message.json', 'what the bytes and this home tell'],
        ['explain - < packet.bin', 'as it came over TCP, too'],
        ['explain message.json --open', 'asks for the passphrase, to see whether it can be opened here'],
      ],
    )
    .option('--open', 'asks for the passphrase where a private key is needed; without it, one that is given is taken')
    .option('--content', 'shows what it says, cut short and without keys')
    .option('--skip <count>', 'passes over so many messages, to see those behind them')
    .action(async (file, options) =>
      cli.run(async (call) => (await import('../explain/explain.ts')).explain(call, file, options)),
    );
}
