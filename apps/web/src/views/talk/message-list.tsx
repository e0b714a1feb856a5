/** The messages of a conversation, the newest at the bottom: what is on the screen is drawn, more comes at both ends. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '../../language/language.ts';
import type { Page } from '../../page/page.ts';
import type { Thread } from '../../page/thread.ts';
import type { HistoryView, MessageView } from '../../protocol/views.ts';
import { Happenings } from './happenings.tsx';
import { MessageRow, type RowActions } from './message-row.tsx';
import { NO_CHANGES, placeChanges, type PlacedChanges } from './place-changes.ts';
import { rowsOf, type Row } from './rows.ts';
import { useFocus } from './use-focus.ts';
import { useNow } from './use-now.ts';
import { Virtualizer, type VirtualizerHandle } from './virtualizer.ts';

/** So near to an end, in points, counts as there. */
const NEAR_END = 24;
/** So near to an end, more is asked for. */
const NEAR_EDGE = 800;
const NOTHING_ELSE = { hasOlder: false, hasNewer: false };

interface ListParts {
  readonly page: Page;
  readonly thread: Thread;
  readonly name: string;
  readonly isGroup: boolean;
  /** What happened in the group; undefined as long as that is not known. */
  readonly changes: readonly HistoryView[] | undefined;
  readonly isBlocked: boolean;
  readonly firstUnread: string | undefined;
  readonly actions: Omit<RowActions, 'focused'>;
  /** The person sees the end. */
  readonly onEnd: () => void;
}

export function MessageList({
  page,
  thread,
  name,
  isGroup,
  changes,
  isBlocked,
  firstUnread,
  actions,
  onEnd,
}: ListParts): JSX.Element | null {
  const window = thread.window.value;
  // Drawn at once with what happened between them: lines that come later would move what is read.
  const messages = changes === undefined ? undefined : window?.messages;
  const placed = useMemo(
    () => placeChanges(window?.messages ?? [], changes ?? NO_CHANGES, window ?? NOTHING_ELSE),
    [window, changes],
  );
  const rows = useRows(messages ?? [], firstUnread, placed);
  const list = useRef<VirtualizerHandle>(null);
  const { active, toFocus, moveTo, focused } = useFocus(window);
  const now = useNow();
  const target = thread.target.value;
  const found = target?.to === 'message' ? target.key : undefined;
  const isFirst = useRef(true);
  /** The list has gone to a message, and the person has not moved it since. */
  const isHeld = useRef(false);

  const toLast = useCallback(() => {
    const last = (thread.window.value?.messages.length ?? 0) - 1;
    if (last >= 0) list.current?.scrollToIndex(last, { align: 'end' });
  }, [thread]);

  useLayoutEffect(() => {
    if (messages === undefined || messages.length === 0) return;
    const unread = messages.findIndex(({ key }) => key === firstUnread);
    if (isFirst.current && thread.target.value === undefined && unread > 0) {
      thread.isAtEnd = false;
      list.current?.scrollToIndex(unread, { align: 'center' });
    } else if (thread.isAtEnd) toLast();
    isFirst.current = false;
  }, [messages, firstUnread, thread, toLast]);

  useLayoutEffect(() => {
    if (target === undefined) return;
    isHeld.current = target.to === 'message';
    if (target.to === 'end') {
      thread.isAtEnd = true;
      toLast();
      return;
    }
    const index = (thread.window.value?.messages ?? []).findIndex(({ key }) => key === target.key);
    if (index === -1) return;
    thread.isAtEnd = false;
    list.current?.scrollToIndex(index, { align: 'center' });
    moveTo(target.key);
  }, [target, thread, toLast, moveTo]);

  const look = useCallback(() => {
    const shown = list.current;
    const around = thread.window.value;
    if (shown === null || around === undefined || shown.viewportSize === 0) return;
    const below = shown.scrollSize - shown.scrollOffset - shown.viewportSize;
    thread.isAtEnd = !around.hasNewer && below <= NEAR_END;
    if (thread.isAtEnd) onEnd();
    if (around.hasOlder && shown.scrollOffset < NEAR_EDGE) void thread.loadOlder();
    if (around.hasNewer && below < NEAR_EDGE) void thread.loadNewer();
  }, [thread, onEnd]);

  // A picture that has come, or the keyboard of a phone, must hide neither what was looked for nor the newest.
  const resized = useCallback(() => {
    const to = isHeld.current ? thread.target.value : undefined;
    const index =
      to?.to === 'message' ? (thread.window.value?.messages ?? []).findIndex(({ key }) => key === to.key) : -1;
    if (index !== -1) list.current?.scrollToIndex(index, { align: 'center' });
    else if (thread.isAtEnd) toLast();
    look();
  }, [thread, toLast, look]);
  const letGo = useCallback(() => {
    isHeld.current = false;
  }, []);

  const rowActions = useMemo<RowActions>(
    () => ({ ...actions, focused: ({ key }: MessageView) => focused(key) }),
    [actions, focused],
  );

  const keyDown = (event: JSX.TargetedKeyboardEvent<HTMLDivElement>): void => {
    const to = indexAfter(event.key, rows, active);
    const row = to === undefined ? undefined : rows[to];
    if (to === undefined || row === undefined || isInControl(event.target)) {
      if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
        const message = rows.find((one) => one.message.key === active)?.message;
        if (message !== undefined) actions.openMenu(message);
        event.preventDefault();
      }
      return;
    }
    event.preventDefault();
    list.current?.scrollToIndex(to, { align: 'nearest' });
    moveTo(row.message.key);
  };

  // Not before the list has moved to where it is now: it would see its old place, and ask for one page after the other.
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(look);
    });
    return () => cancelAnimationFrame(frame);
  }, [messages, look]);

  if (messages === undefined) return <p class="hint">{t('loadingMessages')}</p>;
  const lastKey = messages.at(-1)?.key;
  const isActiveHere = active !== undefined && messages.some(({ key }) => key === active);
  const tabStop = isActiveHere ? active : lastKey;
  const stop = messages.findIndex(({ key }) => key === tabStop);
  return (
    <div
      class="message-list"
      role="region"
      aria-label={t('messagesWith', { name })}
      onKeyDown={(event) => {
        letGo();
        keyDown(event);
      }}
      onWheel={letGo}
      onPointerDown={letGo}
      onTouchMove={letGo}
    >
      <div class="message-space" />
      {messages.length === 0 && <Happenings group={thread.conversation} changes={placed.after} now={now} />}
      {messages.length === 0 && <p class="hint">{t(isBlocked ? 'blockedHidden' : 'noMessages')}</p>}
      <Virtualizer
        ref={list}
        as="ol"
        item="li"
        data={rows}
        shift={window?.grewBefore ?? false}
        keepMounted={stop === -1 ? [] : [stop]}
        onScroll={look}
        onResize={resized}
      >
        {(row) => (
          <MessageRow
            key={row.message.key}
            page={page}
            row={row}
            now={now}
            isActive={row.message.key === tabStop}
            takesFocus={row.message.key === active ? toFocus : 0}
            isFound={row.message.key === found}
            isLast={row.message.key === lastKey}
            showsSender={isGroup}
            actions={rowActions}
          />
        )}
      </Virtualizer>
    </div>
  );
}

function useRows(
  messages: readonly MessageView[],
  firstUnread: string | undefined,
  placed: PlacedChanges,
): readonly Row[] {
  const before = useRef<readonly Row[]>([]);
  return useMemo(() => {
    before.current = rowsOf(messages, firstUnread, before.current, placed);
    return before.current;
  }, [messages, firstUnread, placed]);
}

/** Where the keyboard goes from a message. */
function indexAfter(key: string, rows: readonly Row[], active: string | undefined): number | undefined {
  const at = rows.findIndex(({ message }) => message.key === active);
  const from = at === -1 ? rows.length - 1 : at;
  if (key === 'ArrowUp') return Math.max(0, from - 1);
  if (key === 'ArrowDown') return Math.min(rows.length - 1, from + 1);
  if (key === 'Home') return 0;
  if (key === 'End') return rows.length - 1;
  return undefined;
}

/** Arrows belong to a control that has the focus, as the time of a sound. */
function isInControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('audio, input, textarea') !== null;
}
