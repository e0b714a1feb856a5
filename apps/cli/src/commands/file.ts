/** `dim file`: files. */
import type { Cli } from '../command/cli.ts';

/** Adds the commands. */
export function addFileCommands(cli: Cli): void {
  cli.group('file', 'sends and fetches files', (file) => {
    cli
      .command(file, 'send <to> <path>', 'encrypts a file, uploads it, and sends where it is', [
        ['file send Bob holiday.jpg --kind image', 'to a person'],
        ['file send Friends talk.pdf', 'to a group'],
      ])
      .option('--kind <kind>', 'file, image, audio or video', 'file')
      .option('--files <url>', 'another service than the one of this home, as https://files.example/{ID}/upload')
      .option('--wait <state>', 'until it is queued, sent or delivered', 'sent')
      .option('--timeout <seconds>', 'how long to wait for that', '30')
      .option('--station <address>', 'another station than the one of this home (or DIM_STATION)')
      .action(async (to, path, options) =>
        cli.run(async (call) => (await import('../files/send-file.ts')).sendFile(call, { to, path }, options)),
      );

    cli
      .command(file, 'get <from> [path]', 'fetches a file that was sent in a conversation, decrypts and checks it', [
        ['file get Bob', 'the newest one, by its own name, into this folder'],
        ['file get Bob downloads/ --number 2', 'the one before, into a folder'],
      ])
      .option('--number <number>', '1 for the newest, 2 for the one before', '1')
      .option('--force', 'replaces a file that is there')
      .option('--files <url>', 'the file service of this home: only there is a private address asked for a file')
      .action(async (from, path, options) =>
        cli.run(async (call) => (await import('../files/get-file.ts')).getFile(call, { from, to: path }, options)),
      );

    cli
      .command(file, 'use <url>', 'chooses the service that this home uploads files to', [
        ['file use https://files.example/{ID}/upload', 'with the ID of the sender in its place'],
      ])
      .action(async (url) => cli.run(async (call) => (await import('../files/use-service.ts')).useService(call, url)));
  });
}
