/** Answers of services: short, or none. */
import { DimError } from 'dimp';

/** Bytes; characters, where the platform decodes them. */
export const MAX_ANSWER = 64 * 1024;

/** An answer that goes on and on. */
export function answerTooLong(): DimError {
  return new DimError('FILE_TRANSFER', 'the answer is longer than any of a file service');
}

/**
 * The text of a response, if it is short.
 * @throws DimError `FILE_TRANSFER`
 */
export async function readShortText(response: Response): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
      if (text.length > MAX_ANSWER) throw answerTooLong();
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
