/** `dim send`, `dim read`, `dim chat`: messages. */
import type { Cli } from '../command/cli.ts';

/** Adds the commands. */
export function addChatCommands(cli: Cli): void {
  cli
    .command(undefined, 'send <to> [words...]', 'sends a text to a person or a group', [
      ['send Bob "See you at eight"', 'by the name of a contact'],
      ['date | dim send 0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b -', 'what a program says'],
    ])
    .option('--wait <state>', 'until it is queued, sent or delivered', 'sent')
    .option('--timeout <seconds>', 'how long to wait for that', '30')
    .option('--station <address>', 'another station than the one of this home (or DIM_STATION)')
    .action(async (to, words, options) =>
      cli.run(async (call) => (await import('../messages/send-text.ts')).sendText(call, { to, words }, options)),
    );

  cli
    .command(undefined, 'read [who]', 'fetches what waits, and shows what you have not seen', [
      ['read', 'of everybody'],
      ['read Bob --last 20', 'the newest, seen or not'],
      ['read --follow --json', 'for a program: an object a line, until it is ended'],
    ])
    .option('--last <count>', 'so many of the newest, also those you have seen or written')
    .option('--follow', 'goes on with what comes')
    .option('--keep', 'they still count as not seen')
    .option('--offline', 'only what is here already')
    .option('--timeout <seconds>', 'how long to wait for a station', '10')
    .option('--station <address>', 'another station than the one of this home (or DIM_STATION)')
    .action(async (who, options) =>
      cli.run(async (call) => (await import('../messages/read-messages.ts')).readMessages(call, who, options)),
    );

  cli
    .command(undefined, 'chat [who]', 'talks with people and groups, in the terminal or through pipes', [
      ['chat', 'shows the conversations; /help says what can be typed'],
      ['chat Bob', 'with a contact, a group, or whoever has an ID'],
      ['tail -f /var/log/syslog | dim chat Ops', 'sends each line; what comes is printed'],
      ['chat Bob --json < texts', 'the same for programs: each event is an object in a line'],
    ])
    .option('--plain', 'in lines, with words in place of signs: for screen readers')
    .option('--timeout <seconds>', 'how long to wait at the end of the input until all is sent', '30')
    .option('--station <address>', 'another station than the one of this home (or DIM_STATION)')
    .option('--files <url>', 'another file service than the one of this home')
    .action(async (who, options) =>
      cli.run(async (call) => (await import('../chat/run-chat.ts')).runChat(call, who, options)),
    );
}
