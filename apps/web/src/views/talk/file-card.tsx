/** A file of a message: fetched when the person asks, as whoever sent it chose from where; small pictures of contacts come by themselves. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import type { Page } from '../../page/page.ts';
import type { FileView, MessageView } from '../../protocol/views.ts';
import { asPicture, asSound } from '../parts/file-type.ts';
import { nameText } from '../parts/name.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { fileText, filenameText } from './said.ts';
import { saveBlob } from './save-blob.ts';
import { Transferring } from './transfer-line.tsx';
import { useDownload, useObjectUrl, type Download } from './use-download.ts';
import { LinkedText } from './linked-text.tsx';

const SMALL = 1024 * 1024;

interface FileParts {
  readonly page: Page;
  readonly message: MessageView;
  readonly file: FileView;
  readonly tabIndex: number;
}

/** Whether a picture is shown without being asked for. */
export function comesByItself({ sender, isOwn }: MessageView, { kind, size }: FileView): boolean {
  return kind === 'image' && size !== undefined && size <= SMALL && (isOwn || (sender.isContact && !sender.isBlocked));
}

export function FileCard({ page, message, file, tabIndex }: FileParts): JSX.Element {
  const download = useDownload(page, message.key);
  const { load } = download;
  const isAsked = comesByItself(message, file);
  useEffect(() => {
    if (isAsked) void load();
  }, [isAsked, load]);
  const save = async (): Promise<void> => {
    const loaded = await load();
    if (loaded !== undefined) saveBlob(loaded.blob, filenameText(file));
  };
  return (
    <div class="file">
      {file.kind === 'image' && <Picture download={download} message={message} file={file} tabIndex={tabIndex} />}
      {file.kind === 'audio' && <Sound download={download} tabIndex={tabIndex} />}
      <p class="file-facts">
        <bdi dir="auto">{fileText(file)}</bdi>
      </p>
      {file.text !== undefined && <LinkedText text={file.text} tabIndex={tabIndex} />}
      {download.file?.isVerified === false && <p class="warning">{t('notVerified')}</p>}
      {download.failure !== undefined && <FailureNote failure={download.failure} />}
      {download.isLoading && <Transferring page={page} messageKey={message.key} />}
      <button type="button" tabIndex={tabIndex} disabled={download.isLoading} onClick={() => void save()}>
        {t('saveThisFile')}
      </button>
    </div>
  );
}

interface ShownParts {
  readonly download: Download;
  readonly tabIndex: number;
}

function Picture({ download, message, file, tabIndex }: ShownParts & Pick<FileParts, 'message' | 'file'>): JSX.Element {
  const [typed, isNone] = useTyped(download.file?.blob, asPicture);
  const url = useObjectUrl(typed);
  const [isBroken, setBroken] = useState(false);
  if (isNone || isBroken) return <p class="hint">{t('noPicture')}</p>;
  if (url === undefined)
    return (
      <button type="button" class="picture-place" tabIndex={tabIndex} onClick={() => void download.load()}>
        {download.isLoading ? t('loading') : t('showPicture')}
      </button>
    );
  const alt = t('pictureBy', { name: nameText(message.sender), filename: filenameText(file) });
  return <img class="picture" src={url} alt={alt} decoding="async" onError={() => setBroken(true)} />;
}

function Sound({ download, tabIndex }: ShownParts): JSX.Element {
  const [typed, isNone] = useTyped(download.file?.blob, asSound);
  const url = useObjectUrl(typed);
  const [isBroken, setBroken] = useState(false);
  if (isNone || isBroken) return <p class="hint">{t('noSound')}</p>;
  if (url === undefined)
    return (
      <button type="button" tabIndex={tabIndex} onClick={() => void download.load()}>
        {download.isLoading ? t('loading') : t('listen')}
      </button>
    );
  return <audio controls src={url} tabIndex={tabIndex} onError={() => setBroken(true)} />;
}

/** The Blob with the type that its bytes have, and whether it has none of those. */
function useTyped(
  blob: Blob | undefined,
  typeOf: (blob: Blob) => Promise<Blob | undefined>,
): readonly [Blob | undefined, boolean] {
  const [found, setFound] = useState<readonly [Blob | undefined, boolean]>([undefined, false]);
  useEffect(() => {
    let isWanted = true;
    if (blob === undefined) setFound([undefined, false]);
    else
      void (async () => {
        const typed = await typeOf(blob).catch(() => undefined);
        if (isWanted) setFound([typed, typed === undefined]);
      })();
    return () => {
      isWanted = false;
    };
  }, [blob, typeOf]);
  return found;
}
