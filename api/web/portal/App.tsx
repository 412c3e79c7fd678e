import { createClient } from '@shared/api/client';
import { errorCode } from '@shared/api/errors';
import { hasChosenLanguage, setLanguage, toLanguage } from '@shared/i18n';
import { Skeleton } from '@shared/ui/Skeleton';
import { Trouble } from '@shared/ui/Trouble';
import { useCallback, useEffect, useState } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Provider, useQuery } from 'urql';
import { Bill } from './bill/Bill';
import { Enter } from './enter/Enter';
import { type Company, Frame, NoCompany } from './frame/Frame';
import { Home } from './home/Home';
import { PortalHomeDocument } from './home/query';
import { PortalTenantDocument } from './signIn/query';
import { SignIn } from './signIn/SignIn';

const companyKey = /^\/portal\/([^/]+)/.exec(location.pathname)?.[1] ?? '';

export function App() {
  const [client] = useState(() => createClient({ onError: () => {} }));
  return (
    <BrowserRouter basename={`/portal/${companyKey}`}>
      <Provider value={client}>
        <Portal />
      </Provider>
    </BrowserRouter>
  );
}

function Portal() {
  const [{ data, error }, ask] = useQuery({ query: PortalTenantDocument, variables: { key: companyKey } });
  const company = data?.portalTenant ?? undefined;
  const first = company?.languages.map(toLanguage).find((language) => language !== undefined);
  useEffect(() => {
    if (first && !hasChosenLanguage()) setLanguage(first, false);
  }, [first]);
  if (!data) {
    return (
      <main className="alone">
        <h1 className="vh">Busbar</h1>
        {error ? (
          <Trouble error={error} asked="read" onRetry={() => ask({ requestPolicy: 'network-only' })} />
        ) : (
          <Skeleton lines={6} />
        )}
      </main>
    );
  }
  if (!company) return <NoCompany />;
  return (
    <Routes>
      <Route path="enter" element={<Enter company={company} />} />
      <Route path="*" element={<MyPages company={company} />} />
    </Routes>
  );
}

function MyPages({ company }: { company: Company }) {
  const [{ data, error, fetching }, ask] = useQuery({ query: PortalHomeDocument });
  const [signedOut, setSignedOut] = useState(false);
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const mine = data?.card && data.me.kind === 'CUSTOMER' && data.me.tenant?.key === company.key ? data.card : undefined;

  if (signedOut || (!mine && !fetching && (!error || isNotMine(error)))) {
    return <SignIn company={company} signedOut={signedOut} />;
  }
  return (
    <Frame company={company} onSignedOut={mine && (() => setSignedOut(true))}>
      {!mine && !error && <Skeleton lines={6} />}
      {!mine && error && <Trouble error={error} asked="read" onRetry={askAgain} />}
      {mine && (
        <Routes>
          <Route path="bill/:invoiceId" element={<Bill card={mine} company={company} />} />
          <Route path="*" element={<Home card={mine} company={company} />} />
        </Routes>
      )}
    </Frame>
  );
}

/** Someone signed in elsewhere, an operator for one, is nobody here. */
function isNotMine(error: Parameters<typeof errorCode>[0]): boolean {
  return ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_INPUT'].includes(errorCode(error));
}
