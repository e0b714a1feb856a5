/** The results as a picture: for each row with a bound how near everybody comes to it, and the growth over sizes. */
import type { Growth } from './growth.ts';
import { rate, type Results, type RowResult } from './results.ts';

const WIDTH = 860;
const LABELS = 300;
const BAR = 12;
const GAP = 10;
const SCALE = 420;
const COLORS: Readonly<Record<string, string>> = { ours: '#1f6feb', portable: '#8b5cf6', python: '#d29922' };

/** An SVG document. */
export function chartOf(results: Results): string {
  const rows = results.rows.filter(({ rates }) => rates['bound'] !== undefined);
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
  results.growth.forEach((growth, index) => {
    parts.push(curveOf(growth, 60 + index * 400, y));
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

function curveOf({ name, unit, points }: Growth, left: number, top: number): string {
  const height = 140;
  const width = 300;
  const most = Math.max(...points.map(({ nanoseconds }) => nanoseconds));
  const at = points.map(({ nanoseconds }, index) => ({
    x: left + (index * width) / Math.max(points.length - 1, 1),
    y: top + height - (nanoseconds / most) * height * 0.9,
  }));
  const line = at.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return [
    text(left, top - 8, `${name}: microseconds a ${unit}`),
    `<line x1="${left}" y1="${top + height}" x2="${left + width}" y2="${top + height}" stroke="#57606a"/>`,
    `<polyline points="${line}" fill="none" stroke="${COLORS['ours']}" stroke-width="2"/>`,
    ...at.map(({ x, y }, index) => {
      const point = points[index];
      const label = point === undefined ? '' : (point.nanoseconds / 1000).toPrecision(3);
      return (
        `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3" fill="${COLORS['ours']}"/>` +
        text(x, y - 8, label, 'middle') +
        text(x, top + height + 16, String(point?.size ?? ''), 'middle')
      );
    }),
  ].join('');
}

function text(x: number, y: number, content: string, anchor = 'start'): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="#1f2328">${escaped}</text>`;
}
