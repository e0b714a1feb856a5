/** Completion by the tab key: commands, names of contacts and groups, paths. */
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { foreignLine } from '../text/foreign-text.ts';
import { CHAT_COMMANDS, commandOf } from './chat-commands.ts';
import type { ChatSession } from './chat-session.ts';
import { quoted, wordsOf } from './words.ts';

/** Candidates, and what of the line they replace: as readline takes it. */
export type Completer = (line: string) => Promise<[string[], string]>;

const MAX_CANDIDATES = 100;

/** Completes what is typed. */
export async function completeLine(session: ChatSession, line: string): Promise<[string[], string]> {
  if (!line.startsWith('/') || line.startsWith('//')) return [[], line];
  const command = commandOf(wordsOf(line));
  if (command === undefined || !line.startsWith(`${command.name} `)) {
    const found = CHAT_COMMANDS.map(({ name }) => name).filter((name) => name.startsWith(line));
    return [found.map((name) => `${name} `), line];
  }
  const typed = lastWord(line);
  if (command.takes === 'who') {
    const names = (await session.chat.names.typed()).map(quoted);
    return [matching(names, typed).map((name) => `${name} `), typed];
  }
  return command.takes === 'path' ? [await paths(session.folder, typed), typed] : [[], line];
}

/** What stands behind the last space that is not inside of quotes. */
function lastWord(line: string): string {
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') isQuoted = !isQuoted;
    else if (line[at] === ' ' && !isQuoted) from = at + 1;
  }
  return line.slice(from);
}

function matching(names: readonly string[], typed: string): readonly string[] {
  const wanted = typed.toLowerCase().replace(/^"/, '');
  return names.filter((name) => name.toLowerCase().replace(/^"/, '').startsWith(wanted)).slice(0, MAX_CANDIDATES);
}

async function paths(folder: string, typed: string): Promise<string[]> {
  const path = typed.replace(/^"/, '');
  const [above, begun] = path.endsWith(sep) ? [path, ''] : [dirname(path), path.slice(path.lastIndexOf(sep) + 1)];
  try {
    const entries = await readdir(resolve(folder, above), { withFileTypes: true });
    return (
      entries
        .filter(({ name }) => name.startsWith(begun) && (begun !== '' || !name.startsWith('.')))
        // readline prints them as they are.
        .filter(({ name }) => name === foreignLine(name, name.length))
        .slice(0, MAX_CANDIDATES)
        .map((entry) => {
          const whole = path.includes(sep) ? join(above, entry.name) : entry.name;
          const one = entry.isDirectory() ? `${whole}${sep}` : whole;
          return quoted(one);
        })
    );
  } catch {
    return [];
  }
}
