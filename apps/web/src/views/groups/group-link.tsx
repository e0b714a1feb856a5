/** The link to a group, as text and as a QR code. */
import type { JSX } from 'preact';
import { t } from '../../language/language.ts';
import { Button } from '../parts/button.tsx';
import { canShare, copy, share } from '../parts/hand-over.ts';
import { QrCode } from '../parts/qr-code.tsx';

export function GroupLink({ link }: { readonly link: string }): JSX.Element {
  return (
    <section class="section" aria-label={t('inviteByLink')}>
      <h2>{t('inviteByLink')}</h2>
      <p class="hint">{t('linkNote')}</p>
      <p class="whole-id code">
        <bdi dir="ltr">{link}</bdi>
      </p>
      <p class="buttons">
        <Button icon="copy" onClick={() => copy(link)}>
          {t('copyLink')}
        </Button>
        {canShare && (
          <Button icon="share" onClick={() => share(link)}>
            {t('share')}
          </Button>
        )}
      </p>
      <QrCode text={link} label={t('qrOfLink')} />
    </section>
  );
}
