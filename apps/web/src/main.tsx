/** The page. */
import { render } from 'preact';
import { t } from './language/language.ts';
import type { EngineLink } from './link/engine-link.ts';
import { createPage } from './page/page.ts';

const root = document.getElementById('chat');
if (root !== null) void begin(root);

async function begin(element: HTMLElement): Promise<void> {
  const page = createPage(await engineLink());
  render(<p>{t('starting')}</p>, element);
  void page;
}

/** The engine, or in development a fake one where the address of the page asks for it. */
async function engineLink(): Promise<EngineLink> {
  if (import.meta.env.DEV && new URL(location.href).searchParams.has('fake')) {
    const { fakeFor } = await import('../test/fake-engine.ts');
    return fakeFor(location.href);
  }
  return { call: () => new Promise(() => {}), hear: () => () => {} };
}
