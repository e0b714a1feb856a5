/** What is told of an identity, for people. */
import type { IdentityCard } from '../home/cards.ts';
import { printable } from '../text/printable.ts';
import { minuteText } from '../text/time.ts';

/** Some lines. */
export function cardText({ id, type, name, isOwn, meta, visas }: IdentityCard): string {
  const rows = [
    ['name', name ?? 'not known'],
    ['ID', id],
    ['type', `${type}${isOwn ? ', of this home' : ''}`],
    ['meta', meta === null ? 'not known' : `type ${meta.type}, ${meta.algorithm}`],
    ...visas.map(({ terminal, time, keys }) => [
      'device',
      `${terminal ?? 'any'}, since ${time === null ? 'ever' : minuteText(time)}, ${keys.join(', ')}`,
    ]),
  ];
  return rows.map(([label = '', value = '']) => `${label.padEnd(8)}${printable(value)}`).join('\n');
}
