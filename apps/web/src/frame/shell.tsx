/** The frame around all views of an open identity: the list on one side, a view on the other, one of them where it is narrow. */
import { useEffect, useState } from 'preact/hooks';
import { t } from '../language/language.ts';
import { ConversationList } from '../views/talk/conversation-list.tsx';
import { Avatar } from '../views/parts/avatar.tsx';
import { ButtonLink, IconLink } from '../views/parts/button.tsx';
import { EmptyState } from '../views/parts/empty-state.tsx';
import { Menu } from '../views/parts/menu.tsx';
import { attempt, say } from '../views/parts/toast.tsx';
import { plain } from '../views/parts/plain.ts';
import { ConnectionState, OfflineBar } from './connection-notice.tsx';
import { useLink, useMe } from '../page/context.ts';
import { Place } from './places.tsx';
import { go, hashOf, hasMoved, route } from '../page/route.ts';
import { ShortcutList } from './shortcut-list.tsx';
import { useShortcut } from '../page/shortcuts.ts';
import { isWide } from '../page/wide.ts';

/** @param takesFocus whether it comes after a form, which had the focus */
export function Shell({ takesFocus }: { readonly takesFocus: boolean }) {
  const link = useLink();
  const [areShortcutsShown, showShortcuts] = useState(false);
  const at = route.value;
  const isList = at.at === 'list';

  useShortcut('mod+k', 'search', () => go({ at: 'search' }));
  useShortcut('mod+,', 'settings', () => go({ at: 'settings' }));
  const { isSealed } = useMe();
  const lock = () => (isSealed ? attempt(() => link.call('lock')) : say(t('nothingToLock')));
  useShortcut('mod+shift+l', 'lockNow', lock);
  useShortcut('mod+/', 'shortcuts', () => showShortcuts(true));
  useShortcut('alt+h', 'toList', () => go({ at: 'list' }));
  useEffect(() => link.hear((event) => event.tell === 'alarm' && sayAlarm(event.id)), [link]);
  useEffect(() => {
    if (!isList) return;
    document.title = t('appName');
    if (hasMoved()) document.querySelector<HTMLElement>('.side')?.focus();
  }, [isList]);
  useEffect(() => {
    // A view that takes the focus itself has it already, or takes it from here once it is loaded.
    if (takesFocus && document.activeElement === document.body)
      document.querySelector<HTMLElement>(isList ? '.side' : '.main')?.focus();
  }, []);

  const skip = (event: MouseEvent) => {
    event.preventDefault();
    document.querySelector<HTMLElement>('main, [role="main"]')?.focus();
  };
  return (
    <div class="shell">
      <header>
        <a class="skip button primary" href={hashOf(at)} onClick={skip}>
          {t('skip')}
        </a>
        <OfflineBar />
      </header>
      <div class="columns">
        <div
          class="side"
          role={isWide.value || !isList ? 'navigation' : 'main'}
          aria-label={t('conversations')}
          hidden={!isWide.value && !isList}
          tabIndex={-1}
        >
          <SideHeader onShortcuts={() => showShortcuts(true)} onLock={lock} />
          {isList && <h1 class="unseen">{t('conversations')}</h1>}
          <ConversationList />
        </div>
        {(isWide.value || !isList) && (
          <main class="main" tabIndex={-1}>
            {isList ? (
              <EmptyState icon="talk" title={t('nothingOpen')}>
                <p>{t('nothingOpenMeans')}</p>
                <ButtonLink to={{ at: 'add-contact', text: '' }} icon="add">
                  {t('addContact')}
                </ButtonLink>
              </EmptyState>
            ) : (
              <Place key={hashOf(at)} route={at} />
            )}
          </main>
        )}
      </div>
      {areShortcutsShown && <ShortcutList onClose={() => showShortcuts(false)} />}
    </div>
  );
}

function SideHeader({ onShortcuts, onLock }: { readonly onShortcuts: () => void; readonly onLock: () => unknown }) {
  const me = useMe();
  return (
    <div class="bar">
      <a class="own" href={hashOf({ at: 'me' })} aria-label={t('ownCardOf', { name: plain(me.name) })}>
        <Avatar id={me.id} />
        <bdi class="own-name">{plain(me.name)}</bdi>
      </a>
      <ConnectionState />
      <IconLink to={{ at: 'search' }} icon="search" label={t('search')} />
      <Menu
        label={t('menu')}
        items={[
          { label: t('addContact'), icon: 'add', do: () => go({ at: 'add-contact', text: '' }) },
          { label: t('newGroup'), icon: 'group', do: () => go({ at: 'new-group' }) },
          { label: t('people'), icon: 'person', do: () => go({ at: 'people' }) },
          { label: t('ownCard'), icon: 'qr', do: () => go({ at: 'me' }) },
          { label: t('settings'), icon: 'settings', do: () => go({ at: 'settings' }) },
          { label: t('shortcuts'), icon: 'key', do: onShortcuts },
          { label: t('lockNow'), icon: 'lock', do: onLock },
        ]}
      />
    </div>
  );
}

function sayAlarm(id: string): void {
  say({ text: t('alarmTold'), stays: true, action: { label: t('look'), do: () => go({ at: 'person', id }) } });
}
