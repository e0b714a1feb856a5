/** Circles of imports. */
import type { Arrow } from './imports.ts';

/** The files of each circle, by Tarjan's algorithm; none when the arrows go one way. */
export function circlesOf(arrows: readonly Arrow[]): readonly (readonly string[])[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to]);
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const circles: string[][] = [];
  for (const file of next.keys()) if (!order.has(file)) visit(file);
  return circles;

  function visit(file: string): void {
    const own = order.size;
    order.set(file, own);
    lowest.set(file, own);
    path.push(file);
    for (const other of next.get(file) ?? []) {
      if (!order.has(other)) visit(other);
      if (path.includes(other)) lowest.set(file, Math.min(lowest.get(file) ?? own, lowest.get(other) ?? own));
    }
    if (lowest.get(file) !== own) return;
    const circle = path.splice(path.indexOf(file));
    if (circle.length > 1 || next.get(file)?.includes(file) === true) circles.push(circle);
  }
}
