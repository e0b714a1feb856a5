/** Where a message is written: text, emoji, files, a voice. */
import type { JSX } from 'preact';
import { Suspense, lazy } from 'preact/compat';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink, usePage } from '../../page/context.ts';
import { Draft } from '../../page/draft.ts';
import { unsaved } from '../../page/unsaved.ts';
import { beforeLeaving } from '../../page/leaving.ts';
import type { MessageView } from '../../protocol/views.ts';
import { IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { nameText } from '../parts/name.tsx';
import { attempt, say } from '../parts/toast.tsx';
import { SendFiles } from './send-files.tsx';
import { saidIn } from './said.ts';
import { canRecord } from './voice.ts';

// Not before somebody wants one: they are no part of the first paint.
const EmojiPicker = lazy(async () => ({ default: (await import('./emoji-picker.tsx')).EmojiPicker }));
const VoiceRecorder = lazy(async () => ({ default: (await import('./voice-recorder.tsx')).VoiceRecorder }));

interface ComposerParts {
  readonly id: string;
  /** Whom it is for. */
  readonly name: string;
  readonly draft: string | undefined;
  readonly answered: MessageView | undefined;
  readonly onAnswered: () => void;
  readonly onSent: (message: MessageView) => void;
}

export function Composer({ id, name, draft: begun, answered, onAnswered, onSent }: ComposerParts): JSX.Element {
  const link = useLink();
  const page = usePage();
  const draft = useDraft(id, begun);
  const field = useRef<HTMLTextAreaElement>(null);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [open, setOpen] = useState<'emoji' | 'voice' | undefined>(undefined);
  const text = draft.text.value;
  useHeight(field, text);
  useEffect(() => {
    // On a phone that would bring up the keyboard.
    if (answered !== undefined || !isTouch()) field.current?.focus();
  }, [answered]);

  const send = (): void => {
    if (text.trim() === '') return;
    const quote = answered?.key;
    onAnswered();
    setOpen(undefined);
    field.current?.focus();
    void attempt(() =>
      draft.send(async (written) => {
        onSent(await link.call('send', { conversation: id, text: written, quote, token: crypto.randomUUID() }));
      }),
    );
  };
  const insert = (emoji: string): void => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    draft.write(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd));
    const at = selectionStart + emoji.length;
    requestAnimationFrame(() => field.current?.setSelectionRange(at, at));
  };
  const choose = useCallback(
    (chosen: readonly File[]) => {
      if (chosen.length === 0) return;
      if (page.state.value.settings.files === undefined) say({ text: t('filesNotSetUp'), stays: true });
      else setFiles(chosen);
    },
    [page],
  );
  useDropped(choose);
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {answered !== undefined && <Answered message={answered} onCancel={onAnswered} />}
      <Suspense fallback={null}>
        {open === 'emoji' && <EmojiPicker onChoose={insert} onClose={() => setOpen(undefined)} />}
        {open === 'voice' && <VoiceRecorder id={id} onClose={() => setOpen(undefined)} onSent={onSent} />}
      </Suspense>
      <div class="composer-line">
        <IconButton
          icon="smile"
          label={t('emoji')}
          isPressed={open === 'emoji'}
          onClick={() => setOpen(open === 'emoji' ? undefined : 'emoji')}
        />
        <FileButton onChoose={choose} />
        <textarea
          ref={field}
          class="input"
          rows={1}
          dir="auto"
          aria-label={t('writeMessageTo', { name })}
          placeholder={t('writeMessage')}
          value={text}
          enterkeyhint={isTouch() ? 'enter' : 'send'}
          onInput={({ currentTarget }) => draft.write(currentTarget.value)}
          onKeyDown={(event) => {
            if (!sends(event) || isTouch()) return;
            event.preventDefault();
            send();
          }}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])];
            if (pasted.length === 0) return;
            event.preventDefault();
            choose(pasted);
          }}
        />
        {text.trim() === '' && canRecord() ? (
          <IconButton
            icon="microphone"
            label={t('recordVoice')}
            onClick={() => {
              if (page.state.value.settings.files === undefined) say({ text: t('filesNotSetUp'), stays: true });
              else setOpen('voice');
            }}
          />
        ) : (
          <button type="submit" class="button icon primary" aria-label={t('sendMessage')} title={t('sendMessage')}>
            <Icon name="send" />
          </button>
        )}
      </div>
      {files.length > 0 && <SendFiles id={id} files={files} onSent={onSent} onClose={() => setFiles([])} />}
    </form>
  );
}

function Answered({
  message,
  onCancel,
}: {
  readonly message: MessageView;
  readonly onCancel: () => void;
}): JSX.Element {
  return (
    <div class="answered">
      <span class="quote">
        <strong>{t('replyTo', { name: message.isOwn ? t('you') : nameText(message.sender) })}</strong>
        <span class="quote-text" dir="auto">
          {saidIn(message.says)}
        </span>
      </span>
      <IconButton icon="close" label={t('cancelReply')} onClick={onCancel} />
    </div>
  );
}

function FileButton({ onChoose }: { readonly onChoose: (files: readonly File[]) => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon="attach" label={t('attach')} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          onChoose([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}

/** Files that are dropped anywhere on the page: a browser would leave the page for them. */
function useDropped(onFiles: (files: readonly File[]) => void): void {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
    };
  }, [onFiles]);
}

/** What is being written here; saved when the page is left, and when another conversation is opened. */
function useDraft(id: string, begun: string | undefined): Draft {
  const link = useLink();
  const [draft] = useState(() => {
    const save = (text: string) => unsaved.during(id, text, () => link.call('saveDraft', { conversation: id, text }));
    const one = new Draft(begun ?? '', save);
    const left = unsaved.of(id);
    if (left !== undefined) one.write(left);
    return one;
  });
  useEffect(() => {
    const stop = beforeLeaving(() => draft.flush());
    return () => {
      stop();
      void draft.flush();
    };
  }, [draft]);
  return draft;
}

/** Grows with its text, as far as the stylesheet lets it. */
function useHeight(field: { readonly current: HTMLTextAreaElement | null }, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [field, text]);
}

/** Enter alone, and not the one that ends a composition of Chinese or Japanese: Safari tells that one by its number. */
export function sends({
  key,
  shiftKey,
  isComposing,
  keyCode,
}: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing' | 'keyCode'>): boolean {
  return key === 'Enter' && !shiftKey && !isComposing && keyCode !== 229;
}

function isTouch(): boolean {
  return globalThis.matchMedia?.('(pointer: coarse)').matches ?? false;
}
