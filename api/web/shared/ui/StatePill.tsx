import type { CasePriority, CaseState } from '@shared/graphql/graphql';
import { useText } from '@shared/i18n';
import { Icon } from './Icon';
import { uiMessages } from './messages';

const looks = {
  OPEN: { icon: 'half', tone: '' },
  WAITING: { icon: 'paused', tone: 'hold' },
  CLOSED: { icon: 'ok', tone: 'ok' },
} as const;

/** State of a case, and its priority where it is above the usual. */
export function StatePill({ state, priority }: { state: CaseState; priority?: CasePriority }) {
  const t = useText(uiMessages);
  const { icon, tone } = looks[state];
  return (
    <>
      <span className={`pill ${tone}`}>
        <Icon name={icon} size="s" />
        {t(`caseState.${state}`)}
      </span>
      {(priority === 'HIGH' || priority === 'EMERGENCY') && (
        <span className={priority === 'EMERGENCY' ? 'pill crit' : 'pill warn'}>
          <Icon name={priority === 'EMERGENCY' ? 'crit' : 'warn'} size="s" />
          {t(`priority.${priority}`)}
        </span>
      )}
    </>
  );
}
