/** Buttons, and links that look like them. */
import type { ComponentChildren } from 'preact';
import { hashOf, type Route } from '../../page/route.ts';
import { Icon, type IconName } from './icon.tsx';

interface Look {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger' | undefined;
  readonly icon?: IconName | undefined;
}

export interface ButtonProps extends Look {
  readonly children: ComponentChildren;
  readonly onClick?: ((event: MouseEvent) => unknown) | undefined;
  readonly submits?: boolean | undefined;
  /** What it began is still going: it keeps the focus, and does nothing. */
  readonly isBusy?: boolean | undefined;
}

export function Button({ kind = 'plain', icon, children, onClick, submits = false, isBusy = false }: ButtonProps) {
  const click = (event: MouseEvent) => {
    if (isBusy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button type={submits ? 'submit' : 'button'} class={`button ${kind}`} aria-disabled={isBusy} onClick={click}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface IconButtonProps {
  readonly icon: IconName;
  /** What it does, for those who do not see it and for those who point at it. */
  readonly label: string;
  readonly onClick: (event: MouseEvent) => unknown;
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger' | undefined;
  readonly isPressed?: boolean | undefined;
}

export function IconButton({ icon, label, onClick, kind = 'quiet', isPressed }: IconButtonProps) {
  return (
    <button
      type="button"
      class={`button icon ${kind}`}
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

/** Leads to another view. */
export function ButtonLink({
  to,
  kind = 'plain',
  icon,
  children,
}: Look & { readonly to: Route; readonly children: ComponentChildren }) {
  return (
    <a class={`button ${kind}`} href={hashOf(to)}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

export function IconLink({ to, icon, label }: { readonly to: Route; readonly icon: IconName; readonly label: string }) {
  return (
    <a class="button icon quiet" href={hashOf(to)} aria-label={label} title={label}>
      <Icon name={icon} />
    </a>
  );
}
