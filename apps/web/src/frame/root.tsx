/** What is shown, by how far the engine is. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../language/language.ts';
import { Button } from '../views/parts/button.tsx';
import { FailureNote } from '../views/parts/failure.tsx';
import { Toasts } from '../views/parts/toast.tsx';
import { PageContext } from '../page/context.ts';
import { lazily } from './lazily.tsx';
import type { Failure, Phase } from '../protocol/views.ts';
import type { Page } from '../page/page.ts';
import { Shell } from './shell.tsx';

const Start = lazily(async () => (await import('../views/start/start.tsx')).Start);
const Unlock = lazily(async () => (await import('../views/start/unlock.tsx')).Unlock);

export function Root({ page }: { readonly page: Page }) {
  return (
    <PageContext.Provider value={page}>
      <Phases page={page} />
      <Toasts />
    </PageContext.Provider>
  );
}

function Phases({ page }: { readonly page: Page }) {
  const { phase } = page.state.value;
  const hasAsked = useRef(false);
  if (phase.is === 'empty' || phase.is === 'locked') hasAsked.current = true;
  return phaseView(phase, hasAsked.current);
}

/** @param hasAsked whether the person has made an identity or unlocked it in this page */
function phaseView(phase: Phase, hasAsked: boolean): VNode {
  switch (phase.is) {
    case 'starting':
      return (
        <main class="alone">
          <p role="status">{t('starting')}</p>
        </main>
      );
    case 'empty':
      return <Start />;
    case 'locked':
      return <Unlock id={phase.id} name={phase.name} />;
    case 'open':
      return <Shell key={phase.me.id} takesFocus={hasAsked} />;
    case 'broken':
      return <Broken failure={phase.failure} />;
    default:
      return phase satisfies never;
  }
}

function Broken({ failure }: { readonly failure: Failure }) {
  return (
    <main class="alone stack">
      <h1>{t('broken')}</h1>
      <FailureNote failure={failure} />
      <p>{t('brokenMeans')}</p>
      <Button kind="primary" onClick={() => location.reload()}>
        {t('loadAnew')}
      </Button>
    </main>
  );
}
