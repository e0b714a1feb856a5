/** Files that were chosen, before they are sent: what they are, and whether pictures go as they are. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { language, t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import type { SendFile } from '../../protocol/calls.ts';
import type { MessageView } from '../../protocol/views.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Choice } from '../parts/field.tsx';
import { attempt } from '../parts/toast.tsx';
import { asPicture } from '../parts/file-type.ts';
import { filenameText } from './said.ts';
import { shrinkPicture } from './shrink-picture.ts';
import { sizeText } from './sizes.ts';
import { useObjectUrl } from './use-download.ts';

interface SendFilesParts {
  readonly id: string;
  readonly files: readonly File[];
  readonly onSent: (message: MessageView) => void;
  readonly onClose: () => void;
}

export function SendFiles({ id, files, onSent, onClose }: SendFilesParts): JSX.Element {
  const link = useLink();
  const [left, setLeft] = useState(files);
  const [asOriginal, setAsOriginal] = useState(false);
  const send = (): void => {
    onClose();
    // One after the other: so they stand in the order in which they were chosen.
    void (async () => {
      for (const file of left)
        await attempt(async () => onSent(await link.call('sendFile', await partsOf(id, file, asOriginal))));
    })();
  };
  return (
    <Dialog title={t('sendFiles')} onClose={onClose}>
      <ul class="chosen-files">
        {left.map((file, index) => (
          <li key={index}>
            <Preview file={file} />
            <bdi dir="auto">{filenameText({ filename: file.name })}</bdi>
            <span class="small soft">{sizeText(file.size, language.value)}</span>
            <IconButton
              icon="close"
              label={t('removeFile', { name: filenameText({ filename: file.name }) })}
              onClick={() => {
                const rest = left.filter((other) => other !== file);
                if (rest.length === 0) onClose();
                setLeft(rest);
              }}
            />
          </li>
        ))}
      </ul>
      <Choice label={t('asOriginal')} isChosen={asOriginal} onChange={setAsOriginal} />
      <p class="buttons">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button kind="primary" icon="send" onClick={send}>
          {t('sendMessage')}
        </Button>
      </p>
    </Dialog>
  );
}

/** A picture that is sent as it is goes as a file: it is what the person asked for. */
async function partsOf(conversation: string, file: File, asOriginal: boolean): Promise<SendFile> {
  const shrunk = asOriginal ? undefined : await shrinkPicture(file);
  const token = crypto.randomUUID();
  if (shrunk !== undefined) {
    const filename = filenameText(shrunk);
    return { conversation, kind: 'image', token, ...shrunk, filename };
  }
  const kind = (await asPicture(file)) === undefined ? kindOf(file.type) : 'image';
  return { conversation, file, filename: filenameText({ filename: file.name }), kind, token };
}

function kindOf(type: string): SendFile['kind'] {
  if (type.startsWith('audio/')) return 'audio';
  return type.startsWith('video/') ? 'video' : 'file';
}

function Preview({ file }: { readonly file: File }): JSX.Element | null {
  const [picture, setPicture] = useState<Blob | undefined>(undefined);
  useEffect(() => {
    let isWanted = true;
    void (async () => {
      const typed = await asPicture(file).catch(() => undefined);
      if (isWanted) setPicture(typed);
    })();
    return () => {
      isWanted = false;
    };
  }, [file]);
  const url = useObjectUrl(picture);
  return url === undefined ? null : <img class="chosen-picture" src={url} alt="" />;
}
