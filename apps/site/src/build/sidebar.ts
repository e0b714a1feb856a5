/** What stands beside the pages. It is written into each of them, so that the reference has its doors there, and not its names. */
import type { DefaultTheme } from 'vitepress';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { doors } from '../api/doors.ts';
import { CHAPTERS, type Entry } from '../project/contents.ts';
import { ROOT } from '../project/places.ts';

export function sidebar(): DefaultTheme.SidebarMulti {
  return {
    '/api/': [{ text: 'Reference', items: doors().map(({ name }) => ({ text: name, link: `/api/${name}/` })) }],
    '/': CHAPTERS.map(({ title, entries }) => ({
      text: title,
      items: entries.map((entry) => ({ text: titleOf(entry), link: entry.address })),
    })),
  };
}

/** The first heading of a page. @throws Error for a page without one */
export function titleOf({ source }: Entry): string {
  const heading = readFileSync(join(ROOT, source), 'utf8')
    .split('\n')
    .find((line) => line.startsWith('# '));
  if (heading === undefined) throw new Error(`${source} has no heading`);
  return heading.slice(2).replaceAll('`', '');
}
