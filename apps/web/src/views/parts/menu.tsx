/** A button with a list of things to do: arrows go through it, Escape closes it. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName | undefined;
  readonly isDanger?: boolean | undefined;
  readonly do: () => unknown;
}

export interface MenuProps {
  readonly label: string;
  readonly icon?: IconName;
  /** Without any, there is no button. */
  readonly items: readonly MenuItem[];
}

export function Menu({ label, icon = 'more', items }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);

  useEffect(() => {
    if (!isOpen) return undefined;
    // Above all, so that nothing around it cuts it off.
    list.current?.showPopover();
    place(list.current, button.current);
    (list.current?.firstElementChild as HTMLElement | null | undefined)?.focus();
    const closeOutside = ({ target }: Event) => {
      if (!(target instanceof Node) || root.current?.contains(target) !== true) setOpen(false);
    };
    // It would stay where its button was; what moves elsewhere, as a message that comes, is no reason.
    const closeMoved = ({ target }: Event) => {
      if (target instanceof Node && target.contains(button.current)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('scroll', closeMoved, true);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('scroll', closeMoved, true);
    };
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const choose = (item: MenuItem) => {
    close();
    item.do();
  };
  const press = (event: KeyboardEvent) => {
    if (!isOpen) return;
    const entries = [...(list.current?.children ?? [])] as HTMLElement[];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + entries.length, Home: 0, End: entries.length - 1 }[event.key];
    const item = items[at];
    if (to !== undefined) entries[to % entries.length]?.focus();
    else if (event.key === 'Escape') close();
    else if ((event.key === 'Enter' || event.key === ' ') && item !== undefined) choose(item);
    else if (event.key === 'Tab') return setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (items.length === 0) return null;
  return (
    <div class="menu" ref={root} onKeyDown={press}>
      <button
        type="button"
        ref={button}
        class="button icon quiet"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={icon} />
      </button>
      {isOpen && (
        <ul role="menu" id={id} ref={list} aria-label={label} popover="manual">
          {items.map((item) => (
            <li
              key={item.label}
              role="menuitem"
              tabIndex={-1}
              class={item.isDanger === true ? 'danger' : undefined}
              onClick={() => choose(item)}
            >
              {item.icon && <Icon name={item.icon} />}
              {item.label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Below its button, or above it where there is no room. */
function place(list: HTMLElement | null, button: HTMLElement | null): void {
  if (list === null || button === null) return;
  const { top, bottom, left, right } = button.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const isAbove = bottom + height + GAP > innerHeight && top - height - GAP >= 0;
  const wanted = getComputedStyle(list).direction === 'rtl' ? left : right - width;
  list.style.left = `${Math.max(GAP, Math.min(wanted, innerWidth - width - GAP))}px`;
  list.style.top = `${isAbove ? top - height - GAP : bottom + GAP}px`;
}

/** Between the button and the list, and to the edges of the page. */
const GAP = 4;
