/** What others are given to write to this person. */
import { t } from '../../language/language.ts';
import { useMe } from '../../page/context.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/button.tsx';
import { copy } from '../parts/hand-over.ts';
import { plain } from '../parts/plain.ts';
import { QrCode } from '../parts/qr-code.tsx';
import { View } from '../parts/view.tsx';
import { LinkButtons } from './link-buttons.tsx';

export function OwnCard() {
  const { id, name, link } = useMe();
  return (
    <View title={t('ownCard')}>
      <div class="card">
        <Avatar id={id} isLarge />
        <bdi class="name whole">{plain(name)}</bdi>
        <p class="soft">{t('cardMeans')}</p>
        <QrCode text={link} label={t('cardCode')} />
        <div class="buttons middle">
          <LinkButtons link={link} />
        </div>
      </div>
      <section class="stack tight">
        <h2>{t('yourId')}</h2>
        <p class="id" dir="ltr">
          {id}
        </p>
        <div class="buttons">
          <Button icon="copy" onClick={() => copy(id)}>
            {t('copy')}
          </Button>
        </div>
      </section>
    </View>
  );
}
