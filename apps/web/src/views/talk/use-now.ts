/** The time, for words such as "today": looked at again each minute, not each second. */
import { useEffect, useState } from 'preact/hooks';

const MINUTE = 60_000;

export function useNow(): number {
  const [now, setNow] = useState(() => Date.now() / 1000);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() / 1000), MINUTE);
    return () => clearInterval(timer);
  }, []);
  return now;
}
