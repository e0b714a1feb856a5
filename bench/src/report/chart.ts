/** The results as a picture: how near the same work by hand we come on each version of Node, and the growth over sizes. */
import type { Growth } from '../beside/growth.ts';
import type { Memory } from '../beside/memory.ts';
import { BOUND, OURS, PORTABLE, PRIMITIVE } from '../rows/row.ts';
import { majorOf, rate, type Results, type RowResult } from './results.ts';

const WIDTH = 890;
const LABELS = 300;
const BAR = 12;
const GAP = 10;
const SCALE = 420;
const COLORS = ['#1f6feb', '#54aeff', '#0a3069'];
const PORTABLE_COLOR = '#8b5cf6';

/** What a bar is of. */
interface Bar {
  readonly color: string;
  readonly ratio: number;
}

/** An SVG document. */
export function chartOf(results: Results): string {
  const [newest = ''] = results.nodes.slice(-1);
  const rows = results.rows.filter(({ on, row: { note } }) => on.size > 1 && note !== PRIMITIVE);
  const parts: string[] = [];
  let y = 56;
  for (const result of rows) {
    const bars = barsOf(result, results.nodes);
    parts.push(
      ...drawBars(`${result.row.name} (${rate(result.on.get(newest)?.warm[BOUND] ?? Number.NaN)}/s)`, bars, y),
    );
    y += bars.length * BAR + GAP;
  }
  parts.push(
    `<line x1="${LABELS + SCALE}" y1="48" x2="${LABELS + SCALE}" y2="${y}" stroke="#57606a" stroke-dasharray="4 3"/>`,
    text(LABELS + SCALE, 42, 'the same work by hand, with its checks', 'middle'),
  );
  y += 40;
  const beside = results.beside.get(newest);
  const curves = beside === undefined ? [] : [...beside.growth.map(curveOfGrowth), curveOfMemory(beside.memory)];
  curves.forEach((curve, index) => {
    parts.push(drawCurve(curve, 40 + index * 280, y));
  });
  y += 220;
  const names = [...results.nodes.map((node) => `Node ${majorOf(node)}`), `portable, Node ${majorOf(newest)}`];
  const legend = names.map((name, index) => {
    const color = index < results.nodes.length ? COLORS[index] : PORTABLE_COLOR;
    return `<rect x="${20 + index * 90}" y="14" width="12" height="12" fill="${color}"/>${text(38 + index * 90, 24, name)}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${y}" fill="#ffffff"/>`,
    ...legend,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function barsOf({ on }: RowResult, nodes: readonly string[]): readonly Bar[] {
  const bars = nodes.map((node, index): Bar => {
    const { [OURS]: ours = Number.NaN, [BOUND]: bound = Number.NaN } = on.get(node)?.warm ?? {};
    return { color: COLORS[index] ?? '', ratio: ours / bound };
  });
  const { [PORTABLE]: portable, [BOUND]: bound } = on.get(nodes.at(-1) ?? '')?.portable ?? {};
  if (portable !== undefined && bound !== undefined) bars.push({ color: PORTABLE_COLOR, ratio: portable / bound });
  return bars;
}

function drawBars(label: string, bars: readonly Bar[], top: number): readonly string[] {
  const drawn = bars.map(({ color, ratio }, index) => {
    // What is far beyond the bound still fits the picture.
    const width = Math.min(ratio, 1.25) * SCALE;
    const y = top + index * BAR;
    const bar = `<rect x="${LABELS}" y="${y}" width="${width.toFixed(1)}" height="${BAR - 2}" fill="${color}"/>`;
    return bar + text(LABELS + width + 6, y + BAR - 3, ratio.toFixed(2));
  });
  return [text(LABELS - 8, top + (bars.length * BAR) / 2 + 4, label, 'end'), ...drawn];
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
    `<polyline points="${line}" fill="none" stroke="${COLORS[0]}" stroke-width="2"/>`,
    ...at.map(({ x, y }, index) => {
      const point = points[index];
      return (
        `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3" fill="${COLORS[0]}"/>` +
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
