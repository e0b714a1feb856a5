/** Short words about what was done, or was not: at the lower edge, and said by screen readers when they are idle. */
import { signal } from '@preact/signals';
import { failureOf } from '../../link/failure-of.ts';
import { failureText } from '../../language/failure-text.ts';
import { t } from '../../language/language.ts';
import { Button, IconButton } from './button.tsx';

export interface Toast {
  readonly text: string;
  readonly action?: { readonly label: string; readonly do: () => unknown } | undefined;
  /** It stays until it is closed: what went wrong, and what can be done about it. */
  readonly stays?: boolean | undefined;
}

const MOST = 3;
const SHOWN_MS = 6000;

export const toasts = signal<readonly Toast[]>([]);

/** Says something. @returns what takes it away */
export function say(toast: Toast | string): () => void {
  const one = typeof toast === 'string' ? { text: toast } : toast;
  const takeAway = () => void (toasts.value = toasts.value.filter((other) => other !== one));
  toasts.value = [...toasts.value.filter(({ text }) => text !== one.text), one].slice(-MOST);
  if (one.stays !== true) setTimeout(takeAway, SHOWN_MS);
  return takeAway;
}

/** Does something, and says what went wrong with it. */
export async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    say({ text: failureText(failureOf(error)), stays: true });
    return undefined;
  }
}

/** The place of the toasts: there from the beginning, as screen readers want it. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <div class="toast" key={toast.text}>
          <span>{toast.text}</span>
          {toast.action && (
            <Button
              onClick={() => {
                close(toast);
                toast.action?.do();
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton icon="close" label={t('close')} onClick={() => close(toast)} />
        </div>
      ))}
    </div>
  );
}

function close(toast: Toast): void {
  toasts.value = toasts.value.filter((other) => other !== toast);
}
