/** A channel between all pages and workers of this origin, of words of one type. */

export interface WordChannel<W> {
  /** Everybody else hears it. @throws DataCloneError for what cannot be copied */
  post(word: W): void;
  hear(listener: (word: W) => void): void;
}

/** The channel of a name. What is heard on it comes from this application: nobody else is of this origin and uses the name. */
export function broadcastChannel<W>(name: string): WordChannel<W> {
  const channel = new BroadcastChannel(name);
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no origin but its own
    post: (word) => channel.postMessage(word),
    hear: (listener) => channel.addEventListener('message', ({ data }) => listener(data as W)),
  };
}
