/** An explanation for people: what is well, what is not, and what could not be told. */
import type { ExplanationStep, MessageExplanation } from 'dimp';
import { Help } from '@commander-js/extra-typings';
import { adviceFor } from '../command/advice.ts';
import type { Style } from '../text/style.ts';

const MARKS = { good: 'ok', bad: '!!', unknown: '--' } as const;
const COLORS = { good: 'green', bad: 'red', unknown: 'yellow' } as const;

const MIN_WIDTH = 40;
const MAX_WIDTH = 80;
const INDENT = 4;

/** One paragraph a step, in lines that are no longer than the terminal is wide, and than one reads well. */
export function explanationText(
  { steps, faults }: MessageExplanation,
  columns: number | undefined,
  style: Style,
): string {
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, columns ?? MAX_WIDTH));
  const [first] = faults.items;
  const advice = first && adviceFor(first);
  return [
    ...steps.map((step) => paragraph(step, width, style)),
    ...(advice === undefined ? [] : [wrapped(advice, width)]),
  ].join('\n');
}

function paragraph({ outcome, says }: ExplanationStep, width: number, style: Style): string {
  return `${style(COLORS[outcome], MARKS[outcome])}${wrapped(says, width).slice(MARKS[outcome].length)}`;
}

function wrapped(text: string, width: number): string {
  const indent = ' '.repeat(INDENT);
  return new Help()
    .boxWrap(text, width - INDENT)
    .split('\n')
    .map((line) => indent + line)
    .join('\n');
}
