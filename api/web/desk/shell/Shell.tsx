import { useText } from '@shared/i18n';
import { LanguageSwitch } from '@shared/i18n/LanguageSwitch';
import { identity } from '@shared/ui/brand';
import { formatClock } from '@shared/ui/format';
import { Icon } from '@shared/ui/Icon';
import { Logo } from '@shared/ui/Logo';
import { Notice } from '@shared/ui/Notice';
import { useNow } from '@shared/ui/useNow';
import { useEffect, useRef, useState } from 'react';
import { NavLink, Outlet, useMatch, useNavigate } from 'react-router';
import { Key } from '../keys/Key';
import { KeySheet } from '../keys/KeySheet';
import { shortcuts } from '../keys/keys';
import { useShortcuts } from '../keys/useShortcuts';
import { useLive } from '../live';
import { useChannelName, useQueueName } from '../routing/names';
import { TenantApi, useMe } from '../session';
import { shellMessages } from './messages';
import { type Offer, OfferBox } from './OfferBox';
import { PresenceMenu } from './PresenceMenu';

export const contactPath = (tenant: string, interactionId: string) =>
  `/contact/${tenant}/${encodeURIComponent(interactionId)}`;

export interface ShellContext {
  onChange: () => void;
}

export function Shell({ onChange, onSignOut }: { onChange: () => void; onSignOut: () => void }) {
  const t = useText(shellMessages);
  const { displayName, contacts, offers } = useMe();
  const { connected } = useLive();
  const navigate = useNavigate();
  const [keysShown, setKeysShown] = useState(false);
  const here = useMatch('/contact/:tenant/:interactionId')?.params.interactionId;
  const live = offers.filter(({ state }) => state === 'LIVE');

  function move(step: 1 | -1) {
    const at = contacts.findIndex(({ id }) => id === here);
    const next = contacts[(at + step + contacts.length) % contacts.length] ?? contacts[0];
    if (next) navigate(contactPath(next.tenant.key, next.id));
  }
  useShortcuts({
    previousContact: () => move(-1),
    nextContact: () => move(1),
    help: () => setKeysShown(true),
  });

  return (
    <div className="desk">
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <nav className="rail" aria-label={t('rail')}>
        <div className="mark">
          <Icon name="busbar" size="l" />
          <span>Busbar</span>
        </div>
        <div className="me">
          <p className="el name">{displayName}</p>
          <PresenceMenu onChange={onChange} onSignOut={onSignOut} />
        </div>
        <div className="railscroll">
          <h2>
            {t('contacts')} <span className="num q">{contacts.length}</span>
            <span className="sp" />
            <Key of="nextContact" />
          </h2>
          {contacts.length === 0 && <p className="none">{t('noContacts')}</p>}
          <ul className="tabs">
            {contacts.map((contact) => (
              <ContactTab key={contact.id} contact={contact} />
            ))}
          </ul>
          {live.map((offer, index) => (
            <TenantApi key={offer.id} tenant={offer.tenant.key}>
              <OfferBox
                offer={offer}
                first={index === 0}
                onGone={onChange}
                onAccepted={() => {
                  onChange();
                  navigate(contactPath(offer.tenant.key, offer.interactionId), { state: { accepted: true } });
                }}
              />
            </TenantApi>
          ))}
          <OfferAnnouncer offers={live} />
        </div>
        <div className="railfoot">
          <NavLink to="/work" className="navlink">
            <Icon name="file" />
            {t('workList')}
          </NavLink>
          <button type="button" className="navlink" onClick={() => setKeysShown(true)}>
            <Icon name="info" />
            {t('keys')}
            <span className="sp" />
            <Key of="help" />
          </button>
          <LanguageSwitch />
        </div>
      </nav>
      <div className="content" id="content" tabIndex={-1}>
        {!connected && (
          <Notice tone="crit" title={t('offline')}>
            {t('offlineHelp')}
          </Notice>
        )}
        <Outlet context={{ onChange } satisfies ShellContext} />
      </div>
      <KeySheet opened={keysShown} onClose={() => setKeysShown(false)} />
    </div>
  );
}

type Contact = ReturnType<typeof useMe>['contacts'][number];
const states = ['WAITING', 'OFFERED', 'ACTIVE', 'WRAP_UP', 'CLOSED', 'ABANDONED'] as const;

function ContactTab({ contact: { id, tenant, type, number, state, since } }: { contact: Contact }) {
  const t = useText(shellMessages);
  const channelName = useChannelName();
  const queueName = useQueueName();
  const now = useNow();
  const known = states.find((name) => name === state);
  return (
    <li>
      <NavLink className="tab" to={contactPath(tenant.key, id)} {...identity(tenant)}>
        {({ isActive }) => (
          <>
            <Logo brand={tenant.brand} inverted={isActive} />
            <span className="t el">
              <span className="vh">{channelName(type)}</span> {queueName(number)}
            </span>
            <span className="un el">{tenant.name}</span>
            <span className="m">
              <Icon name={state === 'WRAP_UP' ? 'file' : 'phone-in'} size="s" />
              <span className="el">{known ? t(`contact.${known}`) : state}</span>
              <span className="sp" />
              <span className="num">{formatClock(now - Date.parse(since))}</span>
            </span>
          </>
        )}
      </NavLink>
    </li>
  );
}

/** Says each offer once, when it is new, and nothing when it ticks or goes. */
function OfferAnnouncer({ offers }: { offers: readonly Offer[] }) {
  const t = useText(shellMessages);
  const queueName = useQueueName();
  const said = useRef(new Set<string>());
  const [text, setText] = useState('');
  useEffect(() => {
    const fresh = offers.find(({ id }) => !said.current.has(id));
    if (!fresh) return;
    for (const { id } of offers) said.current.add(id);
    setText(t('offerAnnounced', { utility: fresh.tenant.name, queue: queueName(fresh.queue), key: shortcuts.accept }));
  }, [offers, t, queueName]);
  return (
    <p className="vh" aria-live="polite">
      {text}
    </p>
  );
}
