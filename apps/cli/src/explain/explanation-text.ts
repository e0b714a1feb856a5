/** An explanation for people: what is well, what is not, and what could not be told. */
import { stringifyJson, type ExplanationStep, type JsonValue, type MessageExplanation } from 'dimp';
import { isJsonMap } from 'dimp/extend';
import { Help } from '@commander-js/extra-typings';
import { adviceFor } from '../command/advice.ts';
import { printable } from '../text/printable.ts';
import type { Style } from '../text/style.ts';

const MARKS = { good: 'ok', bad: '!!', unknown: '--' } as const;
const COLORS = { good: 'green', bad: 'red', unknown: 'yellow' } as const;

const MIN_WIDTH = 40;
const MAX_WIDTH = 80;
const INDENT = 4;

/** One paragraph a step, then what it says where somebody asked to see that, in lines that are no longer than the terminal is wide, and than one reads well. */
export function explanationText(
  { steps, faults, content }: MessageExplanation,
  columns: number | undefined,
  style: Style,
): string {
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, columns ?? MAX_WIDTH));
  const [first] = faults.items;
  const advice = first && adviceFor(first);
  return [
    ...steps.map((step) => paragraph(step, width, style)),
    ...shownText(content).map((line) => wrapped(line, width)),
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

/** More of one value is not shown. */
const MAX_VALUE = 600;

/** A line for each field of the content. It is cut short already, and so are its lists. */
function shownText(content: MessageExplanation['content']): readonly string[] {
  const shown = 'shown' in content ? content.shown : undefined;
  if (shown === undefined) return [];
  if (!isJsonMap(shown)) return [`It says: ${valueText(shown)}`];
  return ['It says:', ...Object.entries(shown).map(([name, value]) => `  ${printable(name)}: ${valueText(value)}`)];
}

function valueText(value: JsonValue): string {
  return printable(typeof value === 'string' ? value : stringifyJson(value), MAX_VALUE);
}
