/** The chat for browsers that is installed with this program. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { wrong } from '../command/wrong.ts';
import { printable } from '../text/printable.ts';

const WEB = '--web';

/** Where it is. @throws DimError `USAGE_ARGUMENT` where it is not, as in a repository where nobody has built it */
export function packagedChat(resolve: (name: string) => string = createRequire(import.meta.url).resolve): string {
  const manifest = found(resolve);
  if (manifest === undefined)
    throw wrong(
      `dim-web is not installed beside this program: install it, or name a folder with a chat (${WEB} FOLDER)`,
    );
  const folder = join(dirname(manifest), 'dist', 'page');
  if (existsSync(join(folder, 'index.html'))) return folder;
  throw wrong(
    `the chat is not built at ${printable(folder)}: \`pnpm --filter dim-web build\` does that, or name another folder (${WEB} FOLDER)`,
  );
}

function found(resolve: (name: string) => string): string | undefined {
  try {
    return resolve('dim-web/package.json');
  } catch {
    return undefined;
  }
}

/** A command line in which `--web` without a folder has the one of the chat that is installed. @throws DimError `USAGE_ARGUMENT` */
export function withChat(words: readonly string[], folder: () => string): readonly string[] {
  return words.flatMap((word, at) => {
    const next = words[at + 1];
    return word === WEB && (next === undefined || next.startsWith('-')) ? [word, folder()] : [word];
  });
}
