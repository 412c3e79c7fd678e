import { Button } from '@mantine/core';
import type { CaseEntriesQuery, CasePageQuery } from '@shared/graphql/graphql';
import { useLanguage, useText } from '@shared/i18n';
import { identity } from '@shared/ui/brand';
import { formatInstant } from '@shared/ui/format';
import { Logo } from '@shared/ui/Logo';
import { MaskedText } from '@shared/ui/Masked';
import { Notice } from '@shared/ui/Notice';
import { Skeleton } from '@shared/ui/Skeleton';
import { StatePill } from '@shared/ui/StatePill';
import { Trouble } from '@shared/ui/Trouble';
import { useTitle } from '@shared/ui/useTitle';
import { useCallback, useState } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { TenantApi, type Utility, useUtility } from '../session';
import { CloseForm } from './CloseForm';
import { caseMessages } from './messages';
import { NoteForm } from './NoteForm';
import { CaseEntriesDocument, CasePageDocument } from './query';

export type CaseData = Extract<NonNullable<CasePageQuery['node']>, { __typename: 'Case' }>;
type Entry = CaseEntriesQuery['caseEntries']['edges'][number]['node'];
type Cursor = string | undefined;

export function CasePage() {
  const { tenant = '', caseId = '' } = useParams();
  const utility = useUtility(tenant);
  if (!utility) return <Gone />;
  return (
    <TenantApi tenant={tenant}>
      <Loaded key={`${tenant}/${caseId}`} utility={utility} caseId={caseId} />
    </TenantApi>
  );
}

function Gone() {
  const t = useText(caseMessages);
  return (
    <main className="idle">
      <Notice tone="warn" title={t('gone')}>
        {t('goneHelp')}
      </Notice>
    </main>
  );
}

function Loaded({ utility, caseId }: { utility: Utility; caseId: string }) {
  const t = useText(caseMessages);
  const language = useLanguage();
  const [{ data, error, fetching }, ask] = useQuery({ query: CasePageDocument, variables: { caseId } });
  const [revision, setRevision] = useState(0);
  const kase = data?.node?.__typename === 'Case' ? data.node : undefined;
  useTitle(kase && t('title', { number: kase.number }), utility.name);
  const changed = useCallback(() => {
    ask({ requestPolicy: 'network-only' });
    setRevision((now) => now + 1);
  }, [ask]);

  if (data && !kase && !fetching) return <Gone />;
  return (
    <main className="work" {...identity(utility)}>
      <header className="top">
        <div className="ubrand">
          <Logo brand={utility.brand} inverted />
          <strong>{utility.name}</strong>
        </div>
        {kase && (
          <>
            <div className="caller">
              <h1 className="el">{t('title', { number: kase.number })}</h1>
              <p className="el">
                {kase.typeLabel} · <MaskedText text={kase.subject} />
              </p>
            </div>
            <div className="ver">
              <div>
                <b>{kase.owner ? t('owner', { owner: kase.owner }) : t('noOwner')}</b>
                <span>
                  {kase.closedAt
                    ? t('closed', { when: formatInstant(kase.closedAt, language) })
                    : t('opened', { when: formatInstant(kase.openedAt, language) })}
                </span>
              </div>
            </div>
            <div className="timer">
              <span className="row">
                <StatePill state={kase.state} priority={kase.priority} />
              </span>
            </div>
          </>
        )}
      </header>
      <div className="casebody">
        {error && <Trouble error={error} asked="read" onRetry={() => ask({ requestPolicy: 'network-only' })} />}
        {!kase && !error && <Skeleton lines={6} />}
        {kase && (
          <>
            <History key={revision} caseId={caseId} />
            <div className="caseforms">
              <NoteForm utility={utility.key} caseId={caseId} onSaved={changed} />
              {kase.state !== 'CLOSED' && <CloseForm utility={utility.key} kase={kase} onChanged={changed} />}
            </div>
          </>
        )}
      </div>
    </main>
  );
}

function History({ caseId }: { caseId: string }) {
  const t = useText(caseMessages);
  const [pages, setPages] = useState<readonly Cursor[]>([undefined]);
  return (
    <section className="history" aria-labelledby="history">
      <h2 id="history">{t('history')}</h2>
      <ol className="timeline">
        {pages.map((after, index) => (
          <Entries
            key={after ?? 'first'}
            caseId={caseId}
            after={after}
            last={index === pages.length - 1}
            onMore={(next) => setPages((now) => [...now, next])}
          />
        ))}
      </ol>
    </section>
  );
}

interface EntriesProps {
  caseId: string;
  after: Cursor;
  last: boolean;
  onMore: (next: string) => void;
}

function Entries({ caseId, after, last, onMore }: EntriesProps) {
  const t = useText(caseMessages);
  const [{ data, error }, ask] = useQuery({ query: CaseEntriesDocument, variables: { caseId, after } });
  if (!data) {
    return (
      <li>
        {error ? (
          <Trouble error={error} asked="read" onRetry={() => ask({ requestPolicy: 'network-only' })} />
        ) : (
          <Skeleton />
        )}
      </li>
    );
  }
  const { edges, pageInfo } = data.caseEntries;
  const next = pageInfo.hasNextPage && pageInfo.endCursor;
  return (
    <>
      {edges.length === 0 && after === undefined && <li className="q2">{t('noHistory')}</li>}
      {edges.map(({ node }) => (
        <EntryRow key={node.id} entry={node} />
      ))}
      {last && next && (
        <li>
          <Button onClick={() => onMore(next)}>{t('more')}</Button>
        </li>
      )}
    </>
  );
}

function EntryRow({ entry: { at, by, kind, text } }: { entry: Entry }) {
  const t = useText(caseMessages);
  const language = useLanguage();
  return (
    <li>
      <p className="row">
        <b>{t(`entry.${kind}`)}</b>
        <span className="q2">{by}</span>
        <span className="sp" />
        <time className="q2 small num" dateTime={at}>
          {formatInstant(at, language)}
        </time>
      </p>
      {text && (
        <p className="words">
          <MaskedText text={text} />
        </p>
      )}
    </li>
  );
}
