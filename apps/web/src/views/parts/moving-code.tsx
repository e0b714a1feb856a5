/** A text as codes that follow each other; who cannot have things move goes through them by hand. */
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { failureOf } from '../../link/failure-of.ts';
import type { Failure } from '../../protocol/views.ts';
import { Button } from './button.tsx';
import { partsOf } from './code-parts.ts';
import { FailureNote } from './failure.tsx';
import { QrCode } from './qr-code.tsx';

const STEP_MS = 350;

export function MovingCode({ text, label }: { readonly text: string; readonly label: string }) {
  const [parts, setParts] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<Failure>();
  const [at, setAt] = useState(0);
  const [isMoving, setMoving] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  useEffect(() => {
    setAt(0);
    partsOf(text).then(setParts, (error: unknown) => setFailure(failureOf(error)));
  }, [text]);
  useEffect(() => {
    if (!isMoving || parts.length < 2) return undefined;
    const timer = setInterval(() => setAt((before) => (before + 1) % parts.length), STEP_MS);
    return () => clearInterval(timer);
  }, [isMoving, parts]);
  const part = parts[at];
  if (part === undefined) return <FailureNote failure={failure} />;
  const number = { number: at + 1, count: parts.length };
  return (
    <figure class="stack">
      <QrCode text={part} label={label} />
      {parts.length > 1 && (
        <figcaption class="buttons middle">
          <span>{t('partOf', number)}</span>
          <Button onClick={() => setMoving(!isMoving)}>{isMoving ? t('stop') : t('goOn')}</Button>
          {!isMoving && <Button onClick={() => setAt((at + 1) % parts.length)}>{t('next')}</Button>}
        </figcaption>
      )}
    </figure>
  );
}
