/** A pattern that an ID makes: no picture of a stranger is loaded. It tells at a glance, and proves nothing. */
import { useMemo } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { Icon } from './icon.tsx';

const SIDE = 5;

interface AvatarParts {
  readonly id: string;
  readonly isLarge?: boolean;
  /** Round, with a sign and a word: a group may be called like a person. */
  readonly isGroup?: boolean;
}

export function Avatar({ id, isLarge = false, isGroup = false }: AvatarParts) {
  const { hue, cells } = useMemo(() => patternOf(id), [id]);
  return (
    <>
      <span class={`avatar${isLarge ? ' large' : ''}${isGroup ? ' of-group' : ''}`} aria-hidden="true">
        <svg viewBox={`-1 -1 ${SIDE + 2} ${SIDE + 2}`} shape-rendering="crispEdges" class="pattern">
          <rect x="-1" y="-1" width={SIDE + 2} height={SIDE + 2} fill={`hsl(${hue} 35% 88%)`} />
          {cells.map(([x, y]) => (
            <rect key={`${x} ${y}`} x={x} y={y} width="1" height="1" fill={`hsl(${hue} 45% 34%)`} />
          ))}
        </svg>
        {isGroup && (
          <span class="group-sign">
            <Icon name="group" />
          </span>
        )}
      </span>
      {isGroup && <span class="unseen">{t('groupSign')}</span>}
    </>
  );
}

/** The same on both halves, as a face is. */
export function patternOf(id: string): {
  readonly hue: number;
  readonly cells: readonly (readonly [number, number])[];
} {
  const next = numbersOf(id);
  const hue = next() % 360;
  const cells: (readonly [number, number])[] = [];
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x <= SIDE >> 1; x += 1) {
      if (next() % 2 === 0) continue;
      cells.push([x, y]);
      if (x !== SIDE - 1 - x) cells.push([SIDE - 1 - x, y]);
    }
  }
  return { hue, cells };
}

/** FNV-1a over the text, then xorshift: even enough for a pattern. */
function numbersOf(text: string): () => number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) >>> 7;
  };
}
