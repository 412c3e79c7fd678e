import { createClient } from '@shared/api/client';
import { errorCode } from '@shared/api/errors';
import { hasChosenLanguage, setLanguage, toLanguage, useLanguage } from '@shared/i18n';
import { Skeleton } from '@shared/ui/Skeleton';
import { Trouble } from '@shared/ui/Trouble';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { type Client, Provider, useQuery } from 'urql';
import { Bill } from './bill/Bill';
import { Enter } from './enter/Enter';
import { type Company, Frame, NoCompany } from './frame/Frame';
import { Home } from './home/Home';
import { PortalHomeDocument } from './home/query';
import { PortalTenantDocument } from './signIn/query';
import { SignIn } from './signIn/SignIn';

const companyKey = /^\/portal\/([^/]+)/.exec(location.pathname)?.[1] ?? '';

export function App() {
  const language = useLanguage();
  const nobody = useMemo(() => createClient({ language, nobody: true, onError: () => {} }), [language]);
  const mine = useMemo(() => createClient({ language, onError: () => {} }), [language]);
  return (
    <BrowserRouter basename={`/portal/${companyKey}`}>
      <Provider value={nobody}>
        <Portal nobody={nobody} mine={mine} />
      </Provider>
    </BrowserRouter>
  );
}

interface Clients {
  nobody: Client;
  mine: Client;
}

function Portal({ nobody, mine }: Clients) {
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
      <Route
        path="*"
        element={
          <Provider value={mine}>
            <MyPages company={company} nobody={nobody} />
          </Provider>
        }
      />
    </Routes>
  );
}

function MyPages({ company, nobody }: { company: Company; nobody: Client }) {
  const [{ data, error, fetching }, ask] = useQuery({ query: PortalHomeDocument });
  const [signedOut, setSignedOut] = useState(false);
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const mine = data?.card && data.me.kind === 'CUSTOMER' && data.me.tenant?.key === company.key ? data.card : undefined;
  const isNobody = !mine && (!error || isNotMine(error));
  // Asking again, in another language for one, leaves the form for the address where it is.
  const [wasNobody, setWasNobody] = useState(false);
  useEffect(() => {
    if (!fetching) setWasNobody(isNobody);
  }, [fetching, isNobody]);

  if (signedOut || (isNobody && (wasNobody || !fetching))) {
    return (
      <Provider value={nobody}>
        <SignIn company={company} signedOut={signedOut} />
      </Provider>
    );
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
