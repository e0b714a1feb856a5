/** Times for people, in their language. `now` is passed in; all are seconds since 1970. */
import type { Language } from '../../language/language.ts';

const DAY = 24 * 60 * 60;
const WEEK = 7;

/** The day of a time at this place, as a number that grows by one a day. */
export function dayOf(time: number): number {
  const date = dateOf(time);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / (1000 * DAY));
}

/** `15:04`. */
export function timeText(time: number, language: Language): string {
  return format(language, { hour: '2-digit', minute: '2-digit' }).format(dateOf(time));
}

/** What stands between the days of a conversation: `today`, `yesterday`, `Monday, March 3`, with the year where it is another. */
export function dayText(time: number, now: number, language: Language): string {
  const ago = dayOf(now) - dayOf(time);
  if (ago === 0 || ago === 1)
    return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(ago === 0 ? 0 : -1, 'day');
  const isThisYear = dateOf(now).getFullYear() === dateOf(time).getFullYear();
  return format(language, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(dateOf(time));
}

/** In the list: the time of today, the day of this week, or the date. */
export function shortText(time: number, now: number, language: Language): string {
  const ago = dayOf(now) - dayOf(time);
  if (ago === 0) return timeText(time, language);
  if (ago > 0 && ago < WEEK) return format(language, { weekday: 'short' }).format(dateOf(time));
  return format(language, { year: 'numeric', month: 'numeric', day: 'numeric' }).format(dateOf(time));
}

/** All of it. */
export function fullText(time: number, language: Language): string {
  return format(language, { dateStyle: 'full', timeStyle: 'medium' }).format(dateOf(time));
}

/** `1:05`, of something that lasts. */
export function lengthText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** To make one costs more than to use it. */
function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${language} ${JSON.stringify(options)}`;
  const made = formats.get(name) ?? new Intl.DateTimeFormat(language, options);
  formats.set(name, made);
  return made;
}

/** A peer may write any number. */
function dateOf(time: number): Date {
  const date = new Date(time * 1000);
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}
