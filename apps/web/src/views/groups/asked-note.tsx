/** This person asked a group to be let in: that it waits, and what can be done meanwhile. */
import type { JSX } from 'preact';
import { language, t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { go } from '../../page/route.ts';
import { Button } from '../parts/button.tsx';
import { attempt } from '../parts/toast.tsx';
import { fullText } from '../talk/times.ts';

export function AskedNote({ id, at }: { readonly id: string; readonly at: number | undefined }): JSX.Element {
  const link = useLink();
  const stop = async () => {
    await link.call('stopJoining', { id });
    go({ at: 'list' });
  };
  return (
    <div class="talk-note asked" role="status">
      <p>{at === undefined ? t('askedNote') : t('askedNoteAt', { time: fullText(at, language.value) })}</p>
      <p class="buttons">
        <Button onClick={() => attempt(() => link.call('joinGroup', { text: id }))}>{t('askToJoinAgain')}</Button>
        <Button onClick={() => attempt(stop)}>{t('stopJoining')}</Button>
      </p>
    </div>
  );
}
