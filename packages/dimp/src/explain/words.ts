/** Words that several sentences share. */
import type { Fault } from './fault.ts';

/** Why, with the code and the place, by which guides and reports are searched. */
export function because(fault: Fault): string {
  return ` (${placeOf(fault)}: ${fault.reason})`;
}

/** The code and the place alone, where the reason was said before. */
export function placeOf({ code, path }: Fault): string {
  return path === '' ? code : `${code} at ${path}`;
}

export function countOf(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

/** A time in seconds since 1970, as people write it. */
export function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
