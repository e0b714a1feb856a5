/** A QR code: dark on light in both themes, as cameras want it. */
import { useEffect, useState } from 'preact/hooks';
import { failureOf } from '../../link/failure-of.ts';
import type { Failure } from '../../protocol/views.ts';
import { FailureNote } from './failure.tsx';

const BORDER = 3;

export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const [rows, setRows] = useState<readonly (readonly boolean[])[]>();
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    let isWanted = true;
    import('qr')
      .then(({ encodeQR }) => isWanted && setRows(encodeQR(text, 'raw', { ecc: 'low', border: BORDER })))
      .catch((error: unknown) => setFailure(failureOf(error)));
    return () => void (isWanted = false);
  }, [text]);
  if (failure !== undefined) return <FailureNote failure={failure} />;
  const side = rows?.length ?? 1;
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${side} ${side}`} shape-rendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      {rows && <path d={pathOf(rows)} fill="#000" />}
    </svg>
  );
}

/** Each dark stretch of a row as one. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  const stretches: string[] = [];
  rows.forEach((row, y) => {
    let x = 0;
    while (x < row.length) {
      const from = x;
      while (row[x] === true) x += 1;
      if (x > from) stretches.push(`M${from} ${y}h${x - from}v1h-${x - from}z`);
      else x += 1;
    }
  });
  return stretches.join('');
}
