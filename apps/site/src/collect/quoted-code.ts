/** Code of another document, so that it stands in one place: `<!-- code: ../../../README.md#fifteen-lines -->`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { slug } from 'github-slugger';

const MARK = /^<!-- code: ([\w./-]{1,100})#([\w-]{1,100}) -->$/;

/** A text with the code in place of each mark: the first block below the heading. @throws Error where there is none */
export function withQuotedCode(text: string, folder: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [, file, heading] = MARK.exec(line) ?? [];
      return file === undefined ? line : firstCode(readFileSync(join(folder, file), 'utf8'), heading ?? '', file);
    })
    .join('\n');
}

function firstCode(text: string, heading: string, file: string): string {
  const lines = text.split('\n');
  const top = lines.findIndex((line) => /^#{1,6} /.test(line) && slug(line.replace(/^#{1,6} /, '')) === heading);
  const begin = lines.findIndex((line, index) => index > top && line.startsWith('```'));
  const end = lines.indexOf('```', begin + 1);
  if (top < 0 || begin < 0 || end < 0) throw new Error(`${file} has no code below #${heading}`);
  return lines.slice(begin, end + 1).join('\n');
}
