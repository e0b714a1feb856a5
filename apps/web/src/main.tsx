/** The page. */
import { render } from 'preact';
import type { EngineLink } from './link/engine-link.ts';
import { startEngine } from './link/start-engine.ts';
import { useChoices } from './page/choices.ts';
import { lookWhetherKept } from './page/kept.ts';
import { saveWhenHidden } from './page/leaving.ts';
import { createPage } from './page/page.ts';
import { Root } from './frame/root.tsx';
import { listenForShortcuts } from './page/shortcuts.ts';
import { trustOwnFiles } from './page/trusted.ts';

const root = document.getElementById('chat');
if (root !== null) void begin(root);

async function begin(element: HTMLElement): Promise<void> {
  trustOwnFiles();
  useChoices();
  listenForShortcuts();
  saveWhenHidden();
  render(<Root page={createPage(await engineLink())} />, element);
  void lookWhetherKept();
  if (!import.meta.env.DEV) {
    const { registerServiceWorker } = await import('./frame/update.ts');
    await registerServiceWorker();
  }
}

/** The engine, or in development a fake one where the address of the page asks for it. */
async function engineLink(): Promise<EngineLink> {
  if (import.meta.env.DEV && new URL(location.href).searchParams.has('fake')) {
    const { fakeFor } = await import('../test/fake-engine.ts');
    const fake = fakeFor(location.href);
    return Object.assign(globalThis, { fake }).fake;
  }
  return startEngine();
}
