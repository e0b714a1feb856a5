/** Hands over a link: to the clipboard, or to another program where the browser can. */
import { t } from '../../language/language.ts';
import { Button } from '../parts/button.tsx';
import { canShare, copy, share } from '../parts/hand-over.ts';

export function LinkButtons({ link }: { readonly link: string }) {
  return (
    <>
      <Button icon="copy" onClick={() => copy(link)}>
        {t('copyLink')}
      </Button>
      {canShare && (
        <Button icon="share" onClick={() => share(link)}>
          {t('shareLink')}
        </Button>
      )}
    </>
  );
}
