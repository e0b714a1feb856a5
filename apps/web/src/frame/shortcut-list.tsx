/** All shortcuts, so that nobody has to guess. */
import { t } from '../language/language.ts';
import { Dialog } from '../views/parts/dialog.tsx';
import { keysText, shortcuts } from '../page/shortcuts.ts';

export function ShortcutList({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={t('shortcuts')} onClose={onClose}>
      <dl class="pairs">
        {shortcuts.value.map(({ keys, does }) => (
          <div key={keys}>
            <dt>{t(does)}</dt>
            <dd>
              <kbd>{keysText(keys)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
