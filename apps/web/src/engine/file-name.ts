/** Names of files, made safe to show and to save. */
import { shownLine } from './shown-text.ts';

const MAX_NAME = 120;
const MAX_EXTENSION = 16;
/** What separates folders, and what some systems give a meaning. */
const UNSAFE = /[/\\:*?"<>|]/g;
/** Devices of Windows, whatever their extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A name as its sender wrote it, without folders, controls and turned directions. The true ending stays: of a long name the middle
 * goes. A name that is none is `file`.
 */
export function safeFilename(name: string | undefined): string {
  const line = shownLine((name ?? '').slice(0, 4096), 4096).replace(UNSAFE, '_');
  const trimmed = withoutDots(line.trim());
  const safe = trimmed === '' ? 'file' : RESERVED.test(trimmed) ? `_${trimmed}` : trimmed;
  if (safe.length <= MAX_NAME) return safe;
  const dot = safe.lastIndexOf('.');
  const ending = dot > 0 && safe.length - dot <= MAX_EXTENSION ? safe.slice(dot) : '';
  const kept = safe.slice(0, MAX_NAME - ending.length - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}…${ending}`;
}

/** Neither hidden by a dot before, nor with dots and blanks behind, which some systems cut off: another ending would be the true one. */
function withoutDots(name: string): string {
  let [from, to] = [0, name.length];
  while (from < to && name[from] === '.') from++;
  while (to > from && (name[to - 1] === '.' || name[to - 1] === ' ')) to--;
  return name.slice(from, to);
}
