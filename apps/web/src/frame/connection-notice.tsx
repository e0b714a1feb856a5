/** Whether there is a station now, and what that means for what is written. */
import { t } from '../language/language.ts';
import { Button, ButtonLink } from '../views/parts/button.tsx';
import { attempt } from '../views/parts/toast.tsx';
import { usePage } from '../page/context.ts';

/** In a word, under the name. */
export function ConnectionState() {
  const { is } = usePage().state.value.connection;
  const text = is === 'online' ? t('online') : is === 'offline' ? t('offline') : t('connecting');
  return (
    <span class={`connection ${is === 'online' ? 'online' : 'away'}`} role="status">
      {text}
    </span>
  );
}

/** A bar over everything, while there is none. */
export function OfflineBar() {
  const { link, state } = usePage();
  if (state.value.connection.is !== 'offline') return null;
  if (state.value.settings.station === undefined) {
    return (
      <div class="offline-bar">
        <p>{t('noStation')}</p>
        <ButtonLink to={{ at: 'settings' }}>{t('settings')}</ButtonLink>
      </div>
    );
  }
  return (
    <div class="offline-bar">
      <p>{t('offlineMeans')}</p>
      <Button onClick={() => attempt(() => link.call('connectNow'))}>{t('connectNow')}</Button>
    </div>
  );
}
