/** Reads codes with the camera or from a picture. The reader of codes is loaded only here. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { PartCollector } from './code-parts.ts';
import { Dialog } from './dialog.tsx';
import { FileButton } from './file-button.tsx';
import { readPicture } from './read-picture.ts';

export interface ScanProps {
  readonly title: string;
  readonly says: string;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
  /** The text comes in parts: one alone is nothing. */
  readonly isInParts?: boolean;
}

export function Scan({ title, says, onText, onClose, isInParts = false }: ScanProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [note, setNote] = useState('');
  const [progress, setProgress] = useState<{ readonly have: number; readonly total: number }>();
  const isDone = useRef(false);
  const parts = useRef(new PartCollector());

  const take = async (code: string): Promise<void> => {
    if (isDone.current) return;
    const collected = isInParts ? await parts.current.add(code) : ({ is: 'whole', text: code } as const);
    if (isDone.current) return;
    if (collected.is === 'going') setProgress(collected);
    else if (collected.is === 'whole') {
      isDone.current = true;
      onText(collected.text);
    } else setNote(collected.is === 'damaged' ? t('codeDamaged') : t('codeOther'));
  };
  const newest = useRef(take);
  newest.current = take;

  useEffect(() => {
    let stop: (() => void) | undefined;
    let isWanted = true;
    const begin = async () => {
      const element = video.current;
      if (element === null) return;
      const { frameLoop, QRCanvas, rearCamera } = await import('qr/dom.js');
      const camera = await rearCamera(element);
      if (!isWanted) return camera.stop();
      const canvas = new QRCanvas();
      const look = async () => {
        const found = await camera.readFrame(canvas);
        if (typeof found === 'string') await newest.current(found);
      };
      const end = frameLoop(() => void look().catch(() => {}), element);
      stop = () => {
        end();
        camera.stop();
      };
      return undefined;
    };
    begin().catch(() => isWanted && setNote(t('noCamera')));
    return () => {
      isWanted = false;
      isDone.current = true;
      stop?.();
    };
  }, []);

  const readFiles = async (file: File) => {
    const found = await readPicture(file).catch(() => undefined);
    if (found === undefined) setNote(t('noCodeInPicture'));
    else await take(found);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{says}</p>
      <video class="camera" ref={video} muted playsInline aria-label={t('cameraPicture')} />
      <div role="status" class="stack tight">
        {progress && (
          <>
            <progress class="progress" aria-label={t('partsRead')} max={progress.total} value={progress.have} />
            <p>{t('partsOf', { count: progress.have, total: progress.total })}</p>
          </>
        )}
        {note !== '' && <p>{note}</p>}
      </div>
      <FileButton label={t('pictureOfCode')} accept="image/*" onFile={readFiles} />
    </Dialog>
  );
}
