/** The results as a picture: how near everybody comes to the same work by hand, and the growth over sizes. */
import type { Growth } from './growth.ts';
import type { Memory } from './memory.ts';
import { rate, type Results, type RowResult } from './results.ts';
import { PRIMITIVE } from './row.ts';

const WIDTH = 860;
const LABELS = 300;
const BAR = 12;
const GAP = 10;
const SCALE = 420;
const COLORS: Readonly<Record<string, string>> = { ours: '#1f6feb', portable: '#8b5cf6', python: '#d29922' };

/** An SVG document. */
export function chartOf(results: Results): string {
  const rows = results.rows.filter(({ rates, note }) => rates['bound'] !== undefined && note !== PRIMITIVE);
  const parts: string[] = [];
  let y = 56;
  for (const row of rows) {
    parts.push(...barsOf(row, y));
    y += heightOf(row) + GAP;
  }
  const barsEnd = y;
  parts.push(
    `<line x1="${LABELS + SCALE}" y1="48" x2="${LABELS + SCALE}" y2="${barsEnd}" stroke="#57606a" stroke-dasharray="4 3"/>`,
    text(LABELS + SCALE, 42, 'the same bytes by hand', 'middle'),
  );
  y += 40;
  [...results.growth.map(curveOfGrowth), curveOfMemory(results.memory)].forEach((curve, index) => {
    parts.push(drawCurve(curve, 40 + index * 280, y));
  });
  y += 220;
  const legend = Object.entries(COLORS).map(
    ([name, color], index) =>
      `<rect x="${20 + index * 90}" y="14" width="12" height="12" fill="${color}"/>${text(38 + index * 90, 24, name)}`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${y}" fill="#ffffff"/>`,
    ...legend,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function namesOf({ rates }: RowResult): readonly string[] {
  return Object.keys(COLORS).filter((name) => rates[name] !== undefined);
}

function heightOf(row: RowResult): number {
  return namesOf(row).length * BAR;
}

function barsOf(row: RowResult, top: number): readonly string[] {
  const bound = row.rates['bound'] ?? Number.NaN;
  const bars = namesOf(row).map((name, index) => {
    const ratio = (row.rates[name] ?? 0) / bound;
    // What is beyond the bound by noise or by a better way still fits the picture.
    const width = Math.min(ratio, 1.25) * SCALE;
    const y = top + index * BAR;
    const bar = `<rect x="${LABELS}" y="${y}" width="${width.toFixed(1)}" height="${BAR - 2}" fill="${COLORS[name]}"/>`;
    return bar + text(LABELS + width + 6, y + BAR - 3, ratio.toFixed(2));
  });
  return [text(LABELS - 8, top + heightOf(row) / 2 + 4, `${row.name} (${rate(bound)}/s)`, 'end'), ...bars];
}

interface Curve {
  readonly title: string;
  readonly points: readonly { readonly size: number; readonly value: number; readonly label: string }[];
}

function curveOfGrowth({ name, unit, points }: Growth): Curve {
  return {
    title: `${name}: microseconds a ${unit}`,
    points: points.map(({ size, nanoseconds }) => ({
      size,
      value: nanoseconds,
      label: (nanoseconds / 1000).toPrecision(3),
    })),
  };
}

function curveOfMemory({ afterDistinct }: Memory): Curve {
  return {
    title: 'held after distinct IDs, MiB',
    points: afterDistinct.map(({ count, bytes }) => {
      const value = Math.max(bytes, 0) / 1024 / 1024;
      return { size: count, value, label: value.toFixed(1) };
    }),
  };
}

function drawCurve({ title, points }: Curve, left: number, top: number): string {
  const height = 140;
  const width = 220;
  const most = Math.max(...points.map(({ value }) => value), 1);
  const at = points.map(({ value }, index) => ({
    x: left + (index * width) / Math.max(points.length - 1, 1),
    y: top + height - (value / most) * height * 0.9,
  }));
  const line = at.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return [
    text(left, top - 8, title),
    `<line x1="${left}" y1="${top + height}" x2="${left + width}" y2="${top + height}" stroke="#57606a"/>`,
    `<polyline points="${line}" fill="none" stroke="${COLORS['ours']}" stroke-width="2"/>`,
    ...at.map(({ x, y }, index) => {
      const point = points[index];
      return (
        `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3" fill="${COLORS['ours']}"/>` +
        text(x, y - 8, point?.label ?? '', 'middle') +
        text(x, top + height + 16, point?.size.toLocaleString('en') ?? '', 'middle')
      );
    }),
  ].join('');
}

function text(x: number, y: number, content: string, anchor = 'start'): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="#1f2328">${escaped}</text>`;
}
