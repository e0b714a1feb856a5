/** Many rows, of which those on the screen are drawn. */
import type { JSX } from 'preact';
import { Virtualizer } from './virtualizer.ts';

export function VirtualRows<T>({
  rows,
  nameOf,
  draw,
}: {
  readonly rows: readonly T[];
  readonly nameOf: (row: T) => string;
  readonly draw: (row: T) => JSX.Element;
}): JSX.Element {
  return (
    <div class="virtual-rows">
      <Virtualizer as="ul" item="li" data={rows}>
        {(row: T) => (
          <div key={nameOf(row)} class="virtual-row">
            {draw(row)}
          </div>
        )}
      </Virtualizer>
    </div>
  );
}
