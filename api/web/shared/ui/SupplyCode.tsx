import { useText } from '@shared/i18n';
import { uiMessages } from './messages';

/** The kinds are abbreviations people know by their capitals; only the utility's own code needs words. */
export function SupplyCode({ kind, code }: { kind: string; code: string }) {
  const t = useText(uiMessages);
  return (
    <>
      {kind === 'own' ? t('codeKind.own') : kind.toUpperCase()} <span className="num">{code}</span>
    </>
  );
}
