/** Records a voice message: how long, how loud, and send or discard. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import type { MessageView } from '../../protocol/views.ts';
import { Button } from '../parts/button.tsx';
import { attempt, say } from '../parts/toast.tsx';
import { lengthText } from './times.ts';
import { endingOf, record, type Recording } from './voice.ts';

interface RecorderParts {
  readonly id: string;
  readonly onClose: () => void;
  readonly onSent: (message: MessageView) => void;
}

const LOOK = 100;

export function VoiceRecorder({ id, onClose, onSent }: RecorderParts): JSX.Element {
  const link = useLink();
  const recording = useRef<Recording | undefined>(undefined);
  const [begun, setBegun] = useState<number | undefined>(undefined);
  const [{ level, now }, setLook] = useState({ level: 0, now: 0 });
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    let isWanted = true;
    void (async () => {
      try {
        const going = await record();
        if (!isWanted) return going.discard();
        recording.current = going;
        setBegun(performance.now());
      } catch {
        say({ text: t('noMicrophone'), stays: true });
        close.current();
      }
    })();
    return () => {
      isWanted = false;
      recording.current?.discard();
    };
  }, []);
  useEffect(() => {
    if (begun === undefined) return undefined;
    const timer = setInterval(
      () => setLook({ level: recording.current?.level() ?? 0, now: performance.now() - begun }),
      LOOK,
    );
    return () => clearInterval(timer);
  }, [begun]);
  const send = async (): Promise<void> => {
    const going = recording.current;
    recording.current = undefined;
    if (going === undefined) return;
    onClose();
    await attempt(async () => {
      const file = await going.stop();
      const filename = `voice-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.${endingOf(file.type)}`;
      const token = crypto.randomUUID();
      onSent(await link.call('sendFile', { conversation: id, file, filename, kind: 'audio', token }));
    });
  };
  return (
    <div class="recorder" role="group" aria-label={t('voiceMessage')}>
      <span role="timer">{t('recordingFor', { time: lengthText(now / 1000) })}</span>
      <meter aria-label={t('recordingLevel')} min={0} max={1} value={level} />
      <Button onClick={onClose}>{t('discard')}</Button>
      <Button kind="primary" icon="send" isBusy={begun === undefined} onClick={() => void send()}>
        {t('sendMessage')}
      </Button>
    </div>
  );
}
