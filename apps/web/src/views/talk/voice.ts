/** A voice that is recorded. */

export interface Recording {
  /** From 0 to 1. */
  readonly level: () => number;
  /** Ends it. */
  readonly stop: () => Promise<Blob>;
  /** Ends it, and keeps nothing. */
  readonly discard: () => void;
}

/** Those that others can play, the widest known first. */
const TYPES = ['audio/mp4', 'audio/webm;codecs=opus', 'audio/ogg;codecs=opus'];

export function canRecord(): boolean {
  return typeof MediaRecorder === 'function' && navigator.mediaDevices?.getUserMedia !== undefined;
}

/** The ending of a file of a type. */
export function endingOf(type: string): string {
  if (type.startsWith('audio/mp4')) return 'm4a';
  return type.startsWith('audio/ogg') ? 'ogg' : 'webm';
}

/** Asks for the microphone, and begins. @throws DOMException where there is none, or it was not allowed */
export async function record(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const context = new AudioContext();
  const free = () => {
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  };
  try {
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const wave = new Uint8Array(analyser.fftSize);
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType });
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const ended = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve(), { once: true }));
    recorder.start(1000);
    return {
      level() {
        analyser.getByteTimeDomainData(wave);
        return Math.min(1, Math.max(...wave.map((value) => Math.abs(value - 128))) / 100);
      },
      async stop() {
        if (recorder.state !== 'inactive') recorder.stop();
        await ended;
        free();
        return new Blob(parts, { type: recorder.mimeType });
      },
      discard() {
        if (recorder.state !== 'inactive') recorder.stop();
        free();
      },
    };
  } catch (error) {
    free();
    throw error;
  }
}
