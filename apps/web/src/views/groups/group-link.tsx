/** The link to a group, as text and as a QR code. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { Button } from '../parts/button.tsx';
import { attempt, say } from '../parts/toast.tsx';

export function GroupLink({ link }: { readonly link: string }): JSX.Element {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(link);
    say(t('copied'));
  };
  return (
    <section class="stack tight" aria-label={t('inviteByLink')}>
      <h2>{t('inviteByLink')}</h2>
      <p class="hint">{t('linkNote')}</p>
      <p class="whole-id code">
        <bdi dir="ltr">{link}</bdi>
      </p>
      <p>
        <Button icon="copy" onClick={() => attempt(copy)}>
          {t('copyLink')}
        </Button>
      </p>
      <QrOf text={link} />
    </section>
  );
}

const POINT = 5;
const EDGE = 4;

/** Drawn on a canvas, so that nothing becomes markup. The library comes when it is needed. */
function QrOf({ text }: { readonly text: string }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isWanted = true;
    void attempt(async () => {
      const { encodeQR } = await import('qr');
      const rows = encodeQR(text, 'raw', { border: EDGE });
      const target = canvas.current;
      if (!isWanted || target === null) return;
      target.width = rows.length * POINT;
      target.height = rows.length * POINT;
      const pen = target.getContext('2d');
      if (pen === null) return;
      pen.fillStyle = '#ffffff';
      pen.fillRect(0, 0, target.width, target.height);
      pen.fillStyle = '#000000';
      rows.forEach((row, y) => row.forEach((isDark, x) => isDark && pen.fillRect(x * POINT, y * POINT, POINT, POINT)));
    });
    return () => {
      isWanted = false;
    };
  }, [text]);
  return <canvas ref={canvas} class="qr" role="img" aria-label={t('qrOfLink')} />;
}
