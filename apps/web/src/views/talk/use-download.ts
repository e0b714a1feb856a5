/** The file of a message, once it is asked for. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { failureOf } from '../../link/failure-of.ts';
import type { Page } from '../../page/page.ts';
import type { Failure } from '../../protocol/views.ts';

export interface Downloaded {
  readonly blob: Blob;
  readonly isVerified: boolean;
}

export interface Download {
  readonly file: Downloaded | undefined;
  readonly isLoading: boolean;
  readonly failure: Failure | undefined;
  /** @returns the file, or undefined where it failed: `failure` says why */
  readonly load: () => Promise<Downloaded | undefined>;
}

export function useDownload(page: Page, key: string): Download {
  const [file, setFile] = useState<Downloaded | undefined>(undefined);
  const [isLoading, setLoading] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const running = useRef<Promise<Downloaded | undefined> | undefined>(undefined);
  const load = useCallback(async () => {
    running.current ??= (async () => {
      setLoading(true);
      setFailure(undefined);
      try {
        const loaded = await page.link.call('download', { key });
        setFile(loaded);
        return loaded;
      } catch (error) {
        setFailure(failureOf(error));
        running.current = undefined;
        return undefined;
      } finally {
        setLoading(false);
      }
    })();
    return running.current;
  }, [page, key]);
  return { file, isLoading, failure, load };
}

/** An address for a Blob, as long as it is shown. */
export function useObjectUrl(blob: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (blob === undefined) return undefined;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => {
      setUrl(undefined);
      URL.revokeObjectURL(made);
    };
  }, [blob]);
  return url;
}
