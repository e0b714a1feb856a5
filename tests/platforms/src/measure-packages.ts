/** Tables of sizes and speeds. */
import { writeTable } from './document.ts';
import { withApplication } from './tarballs/application.ts';
import { BUDGETS } from './sizes/budget.ts';
import { measureSize } from './sizes/measure-size.ts';
import { measureSpeed, PLACES, type SpeedRow } from './speed/measure-speed.ts';

/** What to measure. */
export interface MeasureOptions {
  /** Whether the tables go into the guide. */
  readonly write: boolean;
  /** Whether sizes are enough. */
  readonly sizes: boolean;
}

/** Measures and prints. */
export async function measure({ write, sizes }: MeasureOptions): Promise<void> {
  await withApplication(async (application) => {
    publish('sizes', await sizeTable(application));
    if (!sizes) publish('speed', speedTable(await measureSpeed(application)));
  });

  function publish(name: string, lines: readonly string[]): void {
    console.log(`${lines.join('\n')}\n`);
    if (write) writeTable(name, lines);
  }
}

async function sizeTable(application: string): Promise<readonly string[]> {
  const lines = [
    '| what is imported | measured, gzip | limit | goal | what fills it (minified) |',
    '|---|---|---|---|---|',
  ];
  for (const { name, entry, goal, limit = goal } of BUDGETS) {
    const { gzip, packages } = await measureSize(application, entry);
    const filling = [...packages].filter(([, bytes]) => bytes >= 100).map(([owner, bytes]) => `${owner} ${kB(bytes)}`);
    const bounds = [limit, goal].map((bytes) => (bytes === undefined ? '–' : `${bytes / 1000} kB`));
    lines.push(`| ${[name, kB(gzip), ...bounds, filling.join(', ')].join(' | ')} |`);
  }
  return lines;
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function speedTable(rows: readonly SpeedRow[]): readonly string[] {
  return [
    `| keys | | ${PLACES.join(' | ')} |`,
    `|---|---|${PLACES.map(() => '---').join('|')}|`,
    ...rows.map(({ keys, operation, rates }) => {
      const native = rates.at(-1) ?? Number.NaN;
      const cells = rates.map((rate) => {
        const ratio = rate === native ? '' : ` (${(rate / native).toFixed(2)})`;
        return `${Number(rate.toPrecision(3))}${ratio}`;
      });
      return `| ${keys} | ${operation} | ${cells.join(' | ')} |`;
    }),
  ];
}
