/** The times of documents: the same for people and for machines, wherever they are. */

/** `2026-11-30 15:04:05 UTC`. */
export function timeText(seconds: number | undefined): string {
  if (seconds === undefined) return 'no time';
  const time = new Date(seconds * 1000);
  if (Number.isNaN(time.getTime())) return `${seconds} seconds`;
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
