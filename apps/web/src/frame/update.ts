/** The service worker: the page opens without a network, and another version of it comes when the person says so. */
import { say } from '../views/parts/toast.tsx';
import { t } from '../language/language.ts';
import { saveBeforeLeaving } from '../page/leaving.ts';

const CHECK_MS = 3_600_000;
const MOST_MS = 3000;

export async function registerServiceWorker(): Promise<void> {
  const { registerSW } = await import('virtual:pwa-register');
  const update = registerSW({
    immediate: true,
    onNeedRefresh: () =>
      void say({
        text: t('updateIsThere'),
        action: { label: t('loadUpdate'), do: async () => saveAnd(() => void update()) },
        stays: true,
      }),
    // Also in the other pages of this browser, when one of them has asked for it.
    onNeedReload: () => void saveAnd(() => location.reload()),
    onRegisteredSW: (_, registration) => {
      if (registration === undefined) return;
      setInterval(() => void registration.update().catch(() => {}), CHECK_MS);
    },
  });
}

async function saveAnd(act: () => void): Promise<void> {
  await saveBeforeLeaving(new Promise((resolve) => setTimeout(resolve, MOST_MS)));
  act();
}
