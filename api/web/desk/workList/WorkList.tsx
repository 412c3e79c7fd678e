import { Button } from '@mantine/core';
import type { WorkListQuery } from '@shared/graphql/graphql';
import { useLanguage, useText } from '@shared/i18n';
import { identity } from '@shared/ui/brand';
import { formatInstant } from '@shared/ui/format';
import { Icon } from '@shared/ui/Icon';
import { Logo } from '@shared/ui/Logo';
import { Skeleton } from '@shared/ui/Skeleton';
import { StatePill } from '@shared/ui/StatePill';
import { Trouble } from '@shared/ui/Trouble';
import { useTitle } from '@shared/ui/useTitle';
import { useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useChannelName, useQueueName } from '../routing/names';
import { shellMessages } from '../shell/messages';
import { contactPath } from '../shell/Shell';
import { workListMessages } from './messages';
import { WorkListDocument } from './query';

type Item = WorkListQuery['workList']['edges'][number]['node'];
type Cursor = string | undefined;

export function WorkList() {
  const t = useText(workListMessages);
  useTitle(t('title'));
  const [pages, setPages] = useState<readonly Cursor[]>([undefined]);
  return (
    <main className="worklist">
      <h1>{t('title')}</h1>
      <p className="q2">{t('help')}</p>
      <div className="tablewrap">
        <table className="work-table">
          <caption className="vh">{t('title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('utility')}</th>
              <th scope="col">{t('number')}</th>
              <th scope="col">{t('kind')}</th>
              <th scope="col">{t('type')}</th>
              <th scope="col">{t('state')}</th>
              <th scope="col">{t('owner')}</th>
              <th scope="col">{t('since')}</th>
            </tr>
          </thead>
          {pages.map((after, index) => (
            <Page
              key={after ?? 'first'}
              after={after}
              last={index === pages.length - 1}
              onMore={(next) => setPages((now) => [...now, next])}
            />
          ))}
        </table>
      </div>
    </main>
  );
}

const columns = 7;

interface PageProps {
  after: Cursor;
  last: boolean;
  onMore: (next: string) => void;
}

function Page({ after, last, onMore }: PageProps) {
  const t = useText(workListMessages);
  const [{ data, error }, ask] = useQuery({ query: WorkListDocument, variables: { after } });
  const next = data?.workList.pageInfo.hasNextPage && data.workList.pageInfo.endCursor;
  const whole = !data ? (
    error ? (
      <Trouble error={error} asked="read" onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <Skeleton lines={6} />
    )
  ) : data.workList.edges.length === 0 && after === undefined ? (
    <>
      <b>{t('empty')}</b> {t('emptyHelp')}
    </>
  ) : last && next ? (
    <Button onClick={() => onMore(next)}>{t('more')}</Button>
  ) : null;
  return (
    <tbody>
      {data?.workList.edges.map(({ node }) => (
        <Row key={node.id} item={node} />
      ))}
      {whole && (
        <tr>
          <td colSpan={columns}>{whole}</td>
        </tr>
      )}
    </tbody>
  );
}

const caseStates = ['OPEN', 'WAITING', 'CLOSED'] as const;
const contactStates = ['WAITING', 'OFFERED', 'ACTIVE', 'WRAP_UP', 'CLOSED', 'ABANDONED'] as const;

function Row({ item }: { item: Item }) {
  const { id, tenant, kind, number, type, typeLabel, state, priority, since, mine, assigned } = item;
  const t = useText(workListMessages);
  const channelName = useChannelName();
  const queueName = useQueueName();
  const shell = useText(shellMessages);
  const language = useLanguage();
  const caseState = kind === 'CASE' ? caseStates.find((known) => known === state) : undefined;
  const contactState = kind === 'CONTACT' ? contactStates.find((known) => known === state) : undefined;
  const path = kind === 'CASE' ? `/case/${tenant.key}/${encodeURIComponent(id)}` : contactPath(tenant.key, id);
  return (
    <tr {...identity(tenant)}>
      <td className="ucell">
        <span className="row">
          <Logo brand={tenant.brand} />
          {tenant.name}
        </span>
      </td>
      <th scope="row" className="num">
        <Link to={path}>{kind === 'CASE' ? number : queueName(number)}</Link>
      </th>
      <td>
        <span className="row">
          <Icon name={kind === 'CASE' ? 'file' : 'phone-in'} />
          {t(`kind.${kind}`)}
        </span>
      </td>
      <td>{kind === 'CASE' ? typeLabel : channelName(type)}</td>
      <td>
        <span className="row">
          {caseState ? (
            <StatePill state={caseState} priority={priority} />
          ) : (
            <span className="pill">{contactState ? shell(`contact.${contactState}`) : state}</span>
          )}
        </span>
      </td>
      <td>
        {mine ? (
          <span className="row b">
            <Icon name="user" size="s" />
            {t('mine')}
          </span>
        ) : (
          <span className="q2">{t(assigned ? 'others' : 'nobody')}</span>
        )}
      </td>
      <td className="num nw">{formatInstant(since, language)}</td>
    </tr>
  );
}
