import sprite from './icons.svg?url';

export type IconName =
  | 'arrow'
  | 'bolt'
  | 'busbar'
  | 'check'
  | 'clock'
  | 'crit'
  | 'down'
  | 'drop'
  | 'eye-off'
  | 'file'
  | 'flame'
  | 'half'
  | 'headset'
  | 'heat'
  | 'history'
  | 'home'
  | 'info'
  | 'invoice'
  | 'left'
  | 'link'
  | 'lock'
  | 'mail'
  | 'meter'
  | 'money'
  | 'no'
  | 'ok'
  | 'pause'
  | 'paused'
  | 'phone-down'
  | 'phone-in'
  | 'pin'
  | 'plus'
  | 'right'
  | 'ring'
  | 'scale'
  | 'search'
  | 'shield-ok'
  | 'user'
  | 'warn'
  | 'web'
  | 'x';

export function Icon({ name, size }: { name: IconName; size?: 's' | 'l' }) {
  return (
    <svg
      className={size ? `i ${size}` : 'i'}
      viewBox={name === 'busbar' ? '0 0 32 32' : '0 0 20 20'}
      aria-hidden="true"
    >
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}
